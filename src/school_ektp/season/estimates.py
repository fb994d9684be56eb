"""
Rates estimated from the calls of a season, each leaning on what was believed before.

Every estimate is the mean of a conjugate posterior (Gelman et al. 2013, *Bayesian Data
Analysis*, 3rd edition): beta for shares (2.4), gamma for counts (2.6), normal for minutes (14).
A school leans on the mean of the office (5.3), the more the less schools differ beyond chance
(Kleinman 1973, "Proportions with extraneous variance: single and independent samples", Journal
of the American Statistical Association 68).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import TypeVar

import attrs

from school_ektp.model.risks import Risks
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.rates import (
    LEAST,
    Beta,
    Gamma,
    Normal,
    Rate,
    RateKey,
    RateName,
    Trust,
)

_ROUNDS = 50  # of settling rates that hang on each other
_SETTLED = 1e-9
_SURE = 0.95  # a share above it does not make the pupils of a visit ever more alike
_ALIKE = 100  # times `Trust.calls`: the weight of the office's mean when schools do not differ
_LEAST_APART = 0.01
_FEW_TRIES = 1.0  # what is known of a share at the least
_MINUTES_OFF, _VISITS_OFF = 10.0, 10  # spread of a visit's minutes, and what that guess weighs

Key = TypeVar("Key", bound=Hashable)


@attrs.frozen
class Known:
    """
    What estimates are made from.

    Attributes:
        calls: Visits with known outcomes.
        risks: What the season began with.
        teams: The teams as it began with them, one at least.
        trust: How much that weighs.
        said: The rates that somebody set.
    """

    calls: tuple[Call, ...]
    risks: Risks
    teams: tuple[Team, ...]
    trust: Trust
    said: Mapping[RateKey, float]

    @property
    def held(self) -> list[Call]:
        """Visits that took place."""
        return [call for call in self.calls if call.held]

    def rate(
        self,
        name: RateName,
        known: Beta | Gamma | Normal,
        *,
        prior: float,
        begun: float,
        evidence: float,
        **where: str,
    ) -> Rate:
        """Return a rate with the value that was learnt, or that somebody set."""
        site, team, level = (where.get(part, "") for part in ("site", "team", "level"))
        said = self.said.get((name.value, site, team, level))
        return Rate(
            name=name,
            site=site,
            team=team,
            level=level,
            value=known.mean if said is None else said,
            prior=prior,
            begun=begun,
            evidence=round(evidence),
            overruled=said is not None,
            within=self.trust.within,
            known=known,
        )

    def share(
        self, name: RateName, begun: float, weight: float, tried: _Tried, evidence: float
    ) -> Rate:
        """Return a rate that leans on what the season began with."""
        known = tried.after(begun, weight)
        return self.rate(name, known, prior=begun, begun=begun, evidence=evidence)


@attrs.frozen
class _Tried:
    """How often something was tried, and how often it was so; parts of calls count as such."""

    times: float = 0.0
    so: float = 0.0

    def __add__(self, other: _Tried) -> _Tried:
        return _Tried(self.times + other.times, self.so + other.so)

    def after(self, prior: float, weight: float) -> Beta:
        """Return what is known when *prior* weighs so many tries."""
        missed = max(self.times - self.so, 0.0)
        return Beta(weight * prior + self.so, weight * (1 - prior) + missed)

    def leaning(self, office: Rate, weight: float) -> Beta:
        """Return the same with a prior that is itself known only so well."""
        surely = self.after(office.value, weight)
        mean, tries = surely.mean, surely.came + surely.missed
        leans = weight / (weight + self.times)
        spread = mean * (1 - mean) / (tries + 1) + leans * leans * office.variance
        if not spread:
            return surely
        tries = max(mean * (1 - mean) / spread - 1, _FEW_TRIES)
        return Beta(mean * tries, (1 - mean) * tries)


# Turn-out -----------------------------------------------------------------------------------


def turnouts(known: Known) -> Iterator[Rate]:
    """Yield turn-out at first calls, of the office and of schools, then at repeated calls."""
    reader = _Turnouts(known, known.risks.turnout, known.risks.turnout_again)
    for _ in range(_ROUNDS):
        first, again = (max(rate.value, LEAST) for rate in reader.office())
        settled = max(abs(first - reader.first), abs(again - reader.again)) < _SETTLED
        reader = _Turnouts(known, first, again)
        if settled:
            break
    office, repeated = reader.office()
    yield office
    yield from reader.schools(office)
    yield repeated


@attrs.frozen
class _Turnouts:
    """Reads visits in the light of what is known of turn-out at first and repeated calls."""

    known: Known
    first: float
    again: float

    @property
    def _told(self) -> list[Call]:
        """Visits that tell who would have come: where room ended a visit, nobody knows."""
        return [call for call in self.known.held if not call.full]

    @property
    def _own(self) -> dict[str, float]:
        """Schools that the season began with a turn-out of their own for."""
        return dict(self.known.risks.turnout_by_school)

    def office(self) -> tuple[Rate, Rate]:
        """Return the turn-out of the office at first and at repeated calls."""
        risks, weight = self.known.risks, self.known.trust.calls
        alike = [call for call in self._told if call.site not in self._own]
        fresh = self._weighed(map(self._fresh, alike), risks.turnout)
        repeated = self._weighed(map(self._repeated, self._told), risks.turnout_again)
        return (
            self.known.share(
                RateName.TURNOUT, risks.turnout, weight, fresh, sum(one.first for one in alike)
            ),
            self.known.share(
                RateName.TURNOUT_AGAIN,
                risks.turnout_again,
                weight,
                repeated,
                sum(one.again for one in self._told),
            ),
        )

    def schools(self, office: Rate) -> Iterator[Rate]:
        """Yield the turn-out of schools with first calls, or with a rate that somebody set."""
        set_by_hand = [site for name, site, *_ in self.known.said if name == RateName.TURNOUT]
        visits = _grouped((one for one in self._told if one.first), lambda one: one.site)
        visits |= {site: [] for site in set_by_hand if site and site not in visits}
        own, risks = self._own, self.known.risks
        tried = {
            site: self._weighed(map(self._fresh, some), own.get(site, risks.turnout))
            for site, some in sorted(visits.items())
        }
        weight = self._weight_of_office([one for site, one in tried.items() if site not in own])
        for site, some in tried.items():
            yield self.known.rate(
                RateName.TURNOUT,
                some.after(own[site], self.known.trust.calls)
                if site in own
                else some.leaning(office, weight),
                prior=own.get(site, office.value),
                begun=risks.turnout_at(site),
                evidence=sum(one.first for one in visits[site]),
                site=site,
            )

    def _weighed(self, visits: Iterable[_Tried], share: float) -> _Tried:
        """
        Return the calls of some visits, those of one visit counted for fewer.

        The pupils of a visit share its luck (`Risks.turnout_spread`): the variance of their
        turn-out is that of fewer calls, by the design effect (Kish 1965, *Survey Sampling*).
        """
        sure = min(share, _SURE)
        alike = min(sure * self.known.risks.turnout_spread**2 / (1 - sure), 1.0)
        total = _Tried()
        for one in visits:
            weight = 1 / (1 + max(one.times - 1, 0.0) * alike)
            total += _Tried(one.times * weight, one.so * weight)
        return total

    def _fresh(self, call: Call) -> _Tried:
        return _Tried(call.first * (1 - self.known.risks.never), self._split(call)[0])

    def _repeated(self, call: Call) -> _Tried:
        return _Tried(call.again * self._may_come, self._split(call)[1])

    @property
    def _may_come(self) -> float:
        """Chance that a pupil who stayed away once is not one of those who never come."""
        never = self.known.risks.never
        away = (1 - never) * (1 - self.first)
        return away / (away + never) if away + never else 1.0

    def _split(self, call: Call) -> tuple[float, float]:
        """Return how many came at a first and at a repeated call, as expected when not told."""
        came = min(call.came, call.first + call.again)
        if call.first_came is not None and call.again_came is not None:
            return float(call.first_came), float(call.again_came)
        fresh = call.first * (1 - self.known.risks.never) * self.first
        repeated = call.again * self._may_come * self.again
        both = fresh + repeated
        later = came * repeated / both if both else 0.0
        later = min(max(later, came - call.first), call.again)
        return came - later, later

    def _weight_of_office(self, schools: Sequence[_Tried]) -> float:
        """Return how many calls the office's mean weighs at a school; many if all are alike."""
        trust = self.known.trust
        told = [one for one in schools if one.times > 0]
        total = sum(one.times for one in told)
        mean = sum(one.so for one in told) / total if total else 0.0
        by_chance, most = mean * (1 - mean), float(trust.calls * _ALIKE)
        if len(told) <= 1 or by_chance <= 0:
            return most
        spread = sum(one.times * (one.so / one.times - mean) ** 2 for one in told) / by_chance
        room = total - sum(one.times**2 for one in told) / total
        beyond = (spread - (len(told) - 1)) / room
        return most if beyond <= 0 else min(max(1 / beyond - 1, float(trust.school_calls)), most)


# Visits that fail ---------------------------------------------------------------------------

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


def failures(known: Known) -> Iterator[Rate]:
    """
    Yield how often a team's day, a day of all, and a visit at a school fail.

    The reason says which it was. Where it says nothing, a day on which all of several teams
    stayed at home was one of the system, a day with several visits of which none took place was
    the team's, and one visit of several was the school's; a single visit may have been either.
    """
    risks, trust = known.risks, known.trust
    down_days = _Tried()
    by_team: defaultdict[str, _Tried] = defaultdict(_Tried)
    by_site: defaultdict[str, _Tried] = defaultdict(_Tried)
    planned = (call for call in known.calls if call.planned)
    for on_day in _grouped(planned, lambda one: one.day).values():
        teams = _grouped(on_day, lambda one: one.team)
        down = _all_failed(on_day, len(teams))
        down_days += _Tried(1, down)
        for team, visits in teams.items() if not down else ():
            lost = _day_was_lost(visits, risks)
            by_team[team] += _Tried(1, lost)
            for visit in visits:
                by_site[visit.site] += _Tried(1 - lost, (1 - lost) * (not visit.held))
    yield from _of_all_and_each(known, RateName.DAY_LOST, risks.day_lost, trust.days, by_team)
    yield known.share(
        RateName.SYSTEM_DOWN, risks.system_down, trust.days, down_days, down_days.times
    )
    yield from _of_all_and_each(known, RateName.OUTAGE, risks.outage, trust.visits, by_site)


def _of_all_and_each(
    known: Known, name: RateName, begun: float, weight: float, tried: Mapping[str, _Tried]
) -> Iterator[Rate]:
    """Yield the rate of the office, then of each team or school, which lean on the office."""
    total = sum(tried.values(), _Tried())
    office = known.share(name, begun, weight, total, total.times)
    yield office
    for one, some in sorted(tried.items()):
        where = {"team": one} if name is RateName.DAY_LOST else {"site": one}
        yield known.rate(
            name,
            some.leaning(office, weight),
            prior=office.value,
            begun=begun,
            evidence=some.times,
            **where,
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


def walk_ins(known: Known) -> Iterator[Rate]:
    """Yield walk-ins of a visit."""
    begun, weight, held = known.trust.walk_ins, known.trust.walk_in_visits, known.held
    counted = Gamma(weight * begun + sum(one.walk_ins for one in held), weight + len(held))
    yield known.rate(RateName.WALK_INS, counted, prior=begun, begun=begun, evidence=len(held))


# Minutes ------------------------------------------------------------------------------------


_AS_PLANNED = Normal(1.0, 0.0)


@attrs.frozen
class _Timed:
    """A timed visit as a sum: minutes = fixed x planned fixed + pace x planned recording."""

    team: str
    level: str
    minutes: float
    fixed: float
    recording: float


def minutes(known: Known) -> Iterator[Rate]:
    """
    Yield minutes per pupil, of the office, of levels and of teams at them; then fixed minutes.

    A visit's minutes are regressed on what was planned for its set-up and for its pupils, one
    factor after the other until both have settled. The plan weighs as much as some visits of the
    same size (`Trust.timed`).
    """
    reader = _Minutes(known, [_timed(known, one) for one in known.held if one.minutes is not None])
    yield from reader.paces
    yield from reader.fixed()


def _timed(known: Known, call: Call) -> _Timed:
    """Return a timed visit beside what the season began with for its team."""
    served = call.recorded + call.failed
    pupil = _begun(known.teams, RateName.MINUTES, call.team, call.level.value)
    return _Timed(
        team=call.team,
        level=call.level.value,
        minutes=float(call.minutes or 0),
        fixed=_begun(known.teams, RateName.FIXED, call.team, ""),
        recording=pupil * served / max(call.kits, 1),
    )


class _Minutes:
    """Factors by which planned minutes are too short or too long."""

    def __init__(self, known: Known, visits: list[_Timed]) -> None:
        self.known, self.visits = known, visits
        self.own = {level.value for team in known.teams for level, _ in team.minutes_by_level}
        self.of_fixed, self.off = 1.0, _MINUTES_OFF
        self.paces = [*self._paces()]
        for _ in range(_ROUNDS if visits else 0):
            before = self.of_fixed
            self.of_fixed = self._fixed(_AS_PLANNED, visits).mean
            self.paces = [*self._paces()]
            if abs(self.of_fixed - before) < _SETTLED:
                break
        self.off = self._spread() / self._told_apart() ** 0.5
        self.paces = [*self._paces()]

    def _told_apart(self) -> float:
        """Return how well visits tell set-up from recording: 0 if all have the same shares."""
        both = sum(one.fixed * one.recording for one in self.visits) ** 2
        squares = sum(one.fixed**2 for one in self.visits)
        squares *= sum(one.recording**2 for one in self.visits)
        return max(1 - both / squares, _LEAST_APART) if squares else 1.0

    def _pace_of(self) -> Callable[[_Timed], float]:
        factors = {(rate.team, rate.level): rate.learnt / rate.begun for rate in self.paces}
        return lambda one: factors[one.team, one.level]

    def _spread(self) -> float:
        """Return the standard deviation of a visit's minutes about what the factors give."""
        pace = self._pace_of()
        off = sum(
            (one.minutes - self.of_fixed * one.fixed - pace(one) * one.recording) ** 2
            for one in self.visits
        )
        total = _VISITS_OFF * _MINUTES_OFF**2 + off
        return float((total / (_VISITS_OFF + len(self.visits))) ** 0.5)

    def _factor(self, leans: Normal, pairs: Sequence[tuple[float, float]]) -> Normal:
        """Return the factor of minutes taken over minutes planned, of visits of one kind."""
        squares = sum(planned * planned for planned, _ in pairs)
        if not squares:
            own = self.off / self._size / self.known.trust.timed**0.5
            return Normal(leans.mean, math.hypot(own, leans.deviation))
        weight = self.known.trust.timed * squares / len(pairs)
        products = sum(planned * taken for planned, taken in pairs)
        mean = (weight * leans.mean + products) / (weight + squares)
        own = self.off / (weight + squares) ** 0.5
        shared = leans.deviation * weight / (weight + squares)
        return Normal(max(mean, 0.0), math.hypot(own, shared))

    @property
    def _size(self) -> float:
        """Minutes of what a visit is planned for, where none was timed."""
        return fmean(one.setup_minutes + one.packdown_minutes for one in self.known.teams) or 1.0

    def _pace(self, leans: Normal, visits: Sequence[_Timed]) -> Normal:
        pairs = [(one.recording, one.minutes - self.of_fixed * one.fixed) for one in visits]
        return self._factor(leans, pairs)

    def _paces(self) -> Iterator[Rate]:
        """
        Yield minutes per pupil, of the office, of levels, and of teams at levels.

        A level with planned minutes of its own (SLB) leans on these, the others on the office.
        """
        name, said = RateName.MINUTES, self.known.said
        alike = [one for one in self.visits if one.level not in self.own]
        office = self._rate(name, self._pace(_AS_PLANNED, alike), _AS_PLANNED, alike)
        yield office
        of_level = _grouped(self.visits, lambda one: one.level)
        levels = {level for rate, _, _, level in said if rate == name and level} | of_level.keys()
        factors = {"": _factor_of(office)}
        for level in sorted(levels):
            leans, visits = (
                _AS_PLANNED if level in self.own else factors[""],
                of_level.get(level, []),
            )
            rate = self._rate(name, self._pace(leans, visits), leans, visits, level=level)
            factors[level] = _factor_of(rate)
            yield rate
        of_team = _grouped(self.visits, lambda one: (one.team, one.level))
        teams = {(team, level) for rate, _, team, level in said if rate == name and team}
        for team, level in sorted(teams | of_team.keys()):
            leans, visits = factors.get(level, factors[""]), of_team.get((team, level), [])
            yield self._rate(name, self._pace(leans, visits), leans, visits, team=team, level=level)

    def fixed(self) -> Iterator[Rate]:
        """Yield minutes of set-up and pack-down, of the office and of teams."""
        name = RateName.FIXED
        known = self._fixed(_AS_PLANNED, self.visits)
        office = self._rate(name, known, _AS_PLANNED, self.visits)
        yield office
        of_team = _grouped(self.visits, lambda one: one.team)
        said = {team for rate, _, team, _ in self.known.said if rate == name and team}
        for team in sorted(said | of_team.keys()):
            visits = of_team.get(team, [])
            known = self._fixed(_factor_of(office), visits)
            yield self._rate(name, known, _factor_of(office), visits, team=team)

    def _fixed(self, leans: Normal, visits: Sequence[_Timed]) -> Normal:
        pace = self._pace_of()
        return self._factor(
            leans, [(one.fixed, one.minutes - pace(one) * one.recording) for one in visits]
        )

    def _rate(
        self, name: RateName, factor: Normal, leans: Normal, visits: Sequence[_Timed], **where: str
    ) -> Rate:
        begun = _begun(self.known.teams, name, where.get("team", ""), where.get("level", ""))
        known = Normal(factor.mean * begun, factor.deviation * begun)
        return self.known.rate(
            name, known, prior=leans.mean * begun, begun=begun, evidence=len(visits), **where
        )


def _factor_of(rate: Rate) -> Normal:
    """Return what is known of a rate in minutes as a multiple of what was begun with."""
    return Normal(rate.factor, rate.variance**0.5 / rate.begun if rate.begun else 0.0)


def _begun(teams: Sequence[Team], name: RateName, team: str, level: str) -> float:
    """Return the minutes a team began with; the mean of all for none, or one that is gone."""
    some = [one for one in teams if one.name == team] or teams
    if name is RateName.FIXED:
        return fmean(one.setup_minutes + one.packdown_minutes for one in some)
    return fmean(_minutes_at(one, level) for one in some)


def _minutes_at(team: Team, level: str) -> int:
    own = {known.value: minutes for known, minutes in team.minutes_by_level}
    return own.get(level, team.minutes_per_pupil)


Item = TypeVar("Item")


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for one in items:
        found[key(one)].append(one)
    return dict(found)
