"""
Turn-out at first and repeated calls, of the office and of schools.

A share is the mean of a beta posterior (Gelman et al. 2013, *Bayesian Data Analysis*, 3rd edition,
2.4). A school leans on the mean of the office (5.3), the more the less schools differ beyond
chance (Kleinman 1973, "Proportions with extraneous variance: single and independent samples",
Journal of the American Statistical Association 68).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from school_ektp.model.groups import grouped
from school_ektp.season.calls import Call
from school_ektp.season.evidence import Evidence, Tried
from school_ektp.season.rates import LEAST, Rate, RateName

_ROUNDS = 50  # of settling rates that hang on each other
_SETTLED = 1e-9
_SURE = 0.95  # a share above it does not make the pupils of a visit ever more alike
_ALIKE = 100  # times `Trust.calls`: the weight of the office's mean when schools do not differ


def turnouts(evidence: Evidence) -> Iterator[Rate]:
    """Yield turn-out at first calls, of the office and of schools, then at repeated calls."""
    reader = _Turnouts(evidence, evidence.risks.turnout, evidence.risks.turnout_again)
    for _ in range(_ROUNDS):
        first, again = (max(rate.value, LEAST) for rate in reader.office())
        settled = max(abs(first - reader.first), abs(again - reader.again)) < _SETTLED
        reader = _Turnouts(evidence, first, again)
        if settled:
            break
    office, repeated = reader.office()
    yield office
    yield from reader.schools(office)
    yield repeated


@attrs.frozen
class _Turnouts:
    """Reads visits in the light of what is known of turn-out at first and repeated calls."""

    evidence: Evidence
    first: float
    again: float

    @property
    def _counted(self) -> list[Call]:
        """Visits that tell who would have come: where room ended a visit, nobody knows."""
        return [call for call in self.evidence.held if not call.full]

    @property
    def _own(self) -> dict[str, float]:
        """Schools that the season began with a turn-out of their own for."""
        return dict(self.evidence.risks.turnout_by_school)

    def office(self) -> tuple[Rate, Rate]:
        """Return the turn-out of the office at first and at repeated calls."""
        risks, weight = self.evidence.risks, self.evidence.trust.calls
        alike = [call for call in self._counted if call.site not in self._own]
        fresh = self._weighed(map(self._fresh, alike), risks.turnout)
        repeated = self._weighed(map(self._repeated, self._counted), risks.turnout_again)
        return (
            self.evidence.share(
                RateName.TURNOUT, risks.turnout, weight, fresh, sum(one.first for one in alike)
            ),
            self.evidence.share(
                RateName.TURNOUT_AGAIN,
                risks.turnout_again,
                weight,
                repeated,
                sum(one.again for one in self._counted),
            ),
        )

    def schools(self, office: Rate) -> Iterator[Rate]:
        """Yield the turn-out of schools with first calls, or with a rate that somebody set."""
        set_by_hand = [
            site for name, site, *_ in self.evidence.overruled if name == RateName.TURNOUT
        ]
        visits = grouped((one for one in self._counted if one.first), lambda one: one.site)
        visits |= {site: [] for site in set_by_hand if site and site not in visits}
        own, risks = self._own, self.evidence.risks
        tried = {
            site: self._weighed(map(self._fresh, some), own.get(site, risks.turnout))
            for site, some in sorted(visits.items())
        }
        weight = self._weight_of_office([one for site, one in tried.items() if site not in own])
        for site, some in tried.items():
            yield self.evidence.rate(
                RateName.TURNOUT,
                some.after(own[site], self.evidence.trust.calls)
                if site in own
                else some.leaning(office, weight),
                prior=own.get(site, office.value),
                begun=risks.turnout_at(site),
                evidence=sum(one.first for one in visits[site]),
                site=site,
            )

    def _weighed(self, visits: Iterable[Tried], share: float) -> Tried:
        """
        Return the calls of some visits, those of one visit counted for fewer.

        The pupils of a visit share its luck (`Risks.turnout_spread`): the variance of their
        turn-out is that of fewer calls, by the design effect (Kish 1965, *Survey Sampling*).
        """
        sure = min(share, _SURE)
        alike = min(sure * self.evidence.risks.turnout_spread**2 / (1 - sure), 1.0)
        total = Tried()
        for one in visits:
            weight = 1 / (1 + max(one.times - 1, 0.0) * alike)
            total += Tried(one.times * weight, one.so * weight)
        return total

    def _fresh(self, call: Call) -> Tried:
        return Tried(call.first * (1 - self.evidence.risks.never), self._split(call)[0])

    def _repeated(self, call: Call) -> Tried:
        return Tried(call.again * self._may_come, self._split(call)[1])

    @property
    def _may_come(self) -> float:
        """Chance that a pupil who stayed away once is not one of those who never come."""
        never = self.evidence.risks.never
        away = (1 - never) * (1 - self.first)
        return away / (away + never) if away + never else 1.0

    def _split(self, call: Call) -> tuple[float, float]:
        """Return how many came at a first and at a repeated call, as expected when not reported."""
        came = min(call.came, call.first + call.again)
        if call.first_came is not None and call.again_came is not None:
            return float(call.first_came), float(call.again_came)
        fresh = call.first * (1 - self.evidence.risks.never) * self.first
        repeated = call.again * self._may_come * self.again
        both = fresh + repeated
        later = came * repeated / both if both else 0.0
        later = min(max(later, came - call.first), call.again)
        return came - later, later

    def _weight_of_office(self, schools: Sequence[Tried]) -> float:
        """Return how many calls the office's mean weighs at a school; many if all are alike."""
        trust = self.evidence.trust
        called = [one for one in schools if one.times > 0]
        total = sum(one.times for one in called)
        mean = sum(one.so for one in called) / total if total else 0.0
        by_chance, most = mean * (1 - mean), float(trust.calls * _ALIKE)
        if len(called) <= 1 or by_chance <= 0:
            return most
        spread = sum(one.times * (one.so / one.times - mean) ** 2 for one in called) / by_chance
        room = total - sum(one.times**2 for one in called) / total
        beyond = (spread - (len(called) - 1)) / room
        return most if beyond <= 0 else min(max(1 / beyond - 1, float(trust.school_calls)), most)
