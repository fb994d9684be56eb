"""
Minutes per pupil, and of set-up and pack-down, from visits whose start and end were noted.

A linear regression with a prior (Gelman et al. 2013, *Bayesian Data Analysis*, 3rd edition,
chapter 14), one coefficient after the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.evidence import Evidence
from school_ektp.season.rates import Normal, Rate, RateName

_ROUNDS = 50  # of settling both coefficients
_SETTLED = 1e-9
_LEAST_APART = 0.01
_MINUTES_OFF, _VISITS_OFF = 10.0, 10  # spread of a visit's minutes, and what that guess weighs

_AS_PLANNED = Normal(1.0, 0.0)


@attrs.frozen
class _Timed:
    """A timed visit as a sum: minutes = fixed x planned fixed + pace x planned recording."""

    team: str
    level: str
    minutes: float
    fixed: float
    recording: float


def minutes(evidence: Evidence) -> Iterator[Rate]:
    """
    Yield minutes per pupil, of the office, of levels and of teams at them; then fixed minutes.

    A visit's minutes are regressed on what was planned for its set-up and for its pupils, one
    factor after the other until both have settled. The plan weighs as much as some visits of the
    same size (`Trust.timed`).
    """
    reader = _Minutes(
        evidence, [_timed(evidence, one) for one in evidence.held if one.minutes is not None]
    )
    yield from reader.paces
    yield from reader.fixed()


def _timed(evidence: Evidence, call: Call) -> _Timed:
    """Return a timed visit beside what the season began with for its team."""
    served = call.recorded + call.failed
    pupil = _begun(evidence.teams, RateName.MINUTES, call.team, call.level.value)
    return _Timed(
        team=call.team,
        level=call.level.value,
        minutes=float(call.minutes or 0),
        fixed=_begun(evidence.teams, RateName.FIXED, call.team, ""),
        recording=pupil * served / max(call.kits, 1),
    )


class _Minutes:
    """Factors by which planned minutes are too short or too long."""

    def __init__(self, evidence: Evidence, visits: list[_Timed]) -> None:
        self.evidence, self.visits = evidence, visits
        self.own = {level.value for team in evidence.teams for level, _ in team.minutes_by_level}
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
            own = self.off / self._size / self.evidence.trust.timed**0.5
            return Normal(leans.mean, math.hypot(own, leans.deviation))
        weight = self.evidence.trust.timed * squares / len(pairs)
        products = sum(planned * taken for planned, taken in pairs)
        mean = (weight * leans.mean + products) / (weight + squares)
        own = self.off / (weight + squares) ** 0.5
        shared = leans.deviation * weight / (weight + squares)
        return Normal(max(mean, 0.0), math.hypot(own, shared))

    @property
    def _size(self) -> float:
        """Minutes of what a visit is planned for, where none was timed."""
        return fmean(one.setup_minutes + one.packdown_minutes for one in self.evidence.teams) or 1.0

    def _pace(self, leans: Normal, visits: Sequence[_Timed]) -> Normal:
        pairs = [(one.recording, one.minutes - self.of_fixed * one.fixed) for one in visits]
        return self._factor(leans, pairs)

    def _paces(self) -> Iterator[Rate]:
        """
        Yield minutes per pupil, of the office, of levels, and of teams at levels.

        A level with planned minutes of its own (SLB) leans on these, the others on the office.
        """
        name, overruled = RateName.MINUTES, self.evidence.overruled
        alike = [one for one in self.visits if one.level not in self.own]
        office = self._rate(name, self._pace(_AS_PLANNED, alike), _AS_PLANNED, alike)
        yield office
        of_level = grouped(self.visits, lambda one: one.level)
        levels = {
            level for rate, _, _, level in overruled if rate == name and level
        } | of_level.keys()
        factors = {"": _factor_of(office)}
        for level in sorted(levels):
            leans, visits = (
                _AS_PLANNED if level in self.own else factors[""],
                of_level.get(level, []),
            )
            rate = self._rate(name, self._pace(leans, visits), leans, visits, level=level)
            factors[level] = _factor_of(rate)
            yield rate
        of_team = grouped(self.visits, lambda one: (one.team, one.level))
        teams = {(team, level) for rate, _, team, level in overruled if rate == name and team}
        for team, level in sorted(teams | of_team.keys()):
            leans, visits = factors.get(level, factors[""]), of_team.get((team, level), [])
            yield self._rate(name, self._pace(leans, visits), leans, visits, team=team, level=level)

    def fixed(self) -> Iterator[Rate]:
        """Yield minutes of set-up and pack-down, of the office and of teams."""
        name = RateName.FIXED
        known = self._fixed(_AS_PLANNED, self.visits)
        office = self._rate(name, known, _AS_PLANNED, self.visits)
        yield office
        of_team = grouped(self.visits, lambda one: one.team)
        overruled = {team for rate, _, team, _ in self.evidence.overruled if rate == name and team}
        for team in sorted(overruled | of_team.keys()):
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
        begun = _begun(self.evidence.teams, name, where.get("team", ""), where.get("level", ""))
        known = Normal(factor.mean * begun, factor.deviation * begun)
        return self.evidence.rate(
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
