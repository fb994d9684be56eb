"""
How often visits fail, and who walks in.

Shares are means of beta posteriors, counts of gamma posteriors (Gelman et al. 2013, *Bayesian
Data Analysis*, 3rd edition, 2.4 and 2.6).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.risks import Risks
from school_ektp.season.calls import Call
from school_ektp.season.evidence import Evidence, Tried
from school_ektp.season.rates import Gamma, Rate, RateName

#: What tells of a failure of all, or of one school, in the reasons that offices write.
_OF_ALL = re.compile(
    r"\b(sistem|system|server|pusat|central|siak|nasional|national)", re.IGNORECASE
)
_OF_SCHOOL = re.compile(
    r"\b(listrik|power|electric|sinyal|signal|internet|jaringan|sekolah|school|ujian|exam|libur)",
    re.IGNORECASE,
)
_OF_TEAM = re.compile(
    r"\b(mobil|kendaraan|vehicle|car\b|sakit|ill|sick|alat|kit\b|kits\b|petugas|staff|tim\b|team)",
    re.IGNORECASE,
)


def failures(evidence: Evidence) -> Iterator[Rate]:
    """
    Yield how often a team's day, a day of all, and a visit at a school fail.

    The reason says which it was. Where it says nothing, a day on which all of several teams
    stayed at home was one of the system, a day with several visits of which none took place was
    the team's, and one visit of several was the school's; a single visit may have been either.
    """
    risks, trust = evidence.risks, evidence.trust
    down_days = Tried()
    by_team: defaultdict[str, Tried] = defaultdict(Tried)
    by_site: defaultdict[str, Tried] = defaultdict(Tried)
    planned = (call for call in evidence.calls if call.planned)
    for on_day in grouped(planned, lambda one: one.day).values():
        teams = grouped(on_day, lambda one: one.team)
        down = _all_failed(on_day, len(teams))
        down_days += Tried(1, down)
        for team, visits in teams.items() if not down else ():
            lost = _day_was_lost(visits, risks)
            by_team[team] += Tried(1, lost)
            for visit in visits:
                by_site[visit.site] += Tried(1 - lost, (1 - lost) * (not visit.held))
    of_teams = _Failing(RateName.DAY_LOST, risks.day_lost, trust.days, dict(risks.day_lost_by_team))
    yield from of_teams.rates(evidence, by_team)
    yield evidence.share(
        RateName.SYSTEM_DOWN, risks.system_down, trust.days, down_days, down_days.times
    )
    of_sites = _Failing(RateName.OUTAGE, risks.outage, trust.visits, dict(risks.outage_by_school))
    yield from of_sites.rates(evidence, by_site)


@attrs.frozen
class _Failing:
    """
    How often teams or schools fail, as the season began with it.

    Attributes:
        name: The rate.
        begun: Of those without one of their own.
        weight: How many days or visits that weighs.
        own: By team or school.
    """

    name: RateName
    begun: float
    weight: float
    own: Mapping[str, float]

    def rates(self, evidence: Evidence, tried: Mapping[str, Tried]) -> Iterator[Rate]:
        """
        Yield the rate of the office, then of each team or school.

        They lean on the office; one that began with a rate of its own leans on that, and does not
        pull the office.
        """
        total = sum((some for one, some in tried.items() if one not in self.own), Tried())
        office = evidence.share(self.name, self.begun, self.weight, total, total.times)
        yield office
        kind = "team" if self.name is RateName.DAY_LOST else "site"
        by_hand = {site or team for name, site, team, _ in evidence.overruled if name == self.name}
        for one in sorted((tried.keys() | by_hand) - {""}):
            some, own = tried.get(one, Tried()), self.own.get(one)
            yield evidence.rate(
                self.name,
                some.leaning(office, self.weight) if own is None else some.after(own, self.weight),
                prior=office.value if own is None else own,
                begun=self.begun if own is None else own,
                evidence=some.times,
                **{kind: one},
            )


def _all_failed(visits: Sequence[Call], teams: int) -> bool:
    if any(visit.held for visit in visits):
        return False
    reasons = [visit.reason for visit in visits]
    if any(map(_OF_ALL.search, reasons)):
        return True
    return teams > 1 and not any(_OF_SCHOOL.search(why) or _OF_TEAM.search(why) for why in reasons)


def _day_was_lost(visits: Sequence[Call], risks: Risks) -> float:
    """Return the chance that a team could not go out for reasons of its own."""
    if any(visit.held for visit in visits):
        return 0.0
    reasons = [visit.reason for visit in visits]
    if any(map(_OF_TEAM.search, reasons)):
        return 1.0
    if any(map(_OF_SCHOOL.search, reasons)):
        return 0.0
    if len(visits) > 1:
        return 1.0
    either = risks.day_lost + risks.outage
    return risks.day_lost / either if either else 0.5


def walk_ins(evidence: Evidence) -> Iterator[Rate]:
    """Yield walk-ins of a visit."""
    begun, weight, held = evidence.trust.walk_ins, evidence.trust.walk_in_visits, evidence.held
    counted = Gamma(weight * begun + sum(one.walk_ins for one in held), weight + len(held))
    yield evidence.rate(RateName.WALK_INS, counted, prior=begun, begun=begun, evidence=len(held))
