"""What outcomes teach: rates that begin as the plan believed them and follow what teams counted."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.risks import Risks
from school_ektp.model.school import SchoolLevel
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.evidence import Evidence
from school_ektp.season.failures import failures, walk_ins
from school_ektp.season.minutes import minutes
from school_ektp.season.rates import (
    LEAST,
    Rate,
    RateKey,
    RateName,
    Trust,
    checked_value,
    rate_name,
)
from school_ektp.season.turnout import turnouts

#: One row per rate, by kind; the office's rate before those of schools, levels and teams.
RATES = pl.Schema(
    {
        "rate": pl.String,  # a value of `RateName`
        "site": pl.String,  # null when it holds for all schools, as the next two for their kind
        "team": pl.String,
        "level": pl.String,
        "value": pl.Float64,  # what the next plan reckons with
        "learnt": pl.Float64,  # the same if nobody had overruled it
        "low": pl.Float64,  # the interval of what was learnt, nine in ten by default
        "high": pl.Float64,
        "prior": pl.Float64,  # what it leans on: what the season began with, or the office's
        "begun": pl.Float64,  # what the season began with
        "evidence": pl.Int64,  # calls, visits or days counted
        "overruled": pl.Boolean,
    }
)


@attrs.frozen(kw_only=True)
class Learnt:
    """
    The rates of a season as they are known now.

    Attributes:
        rates: The rates, by kind; the office's before those of schools, levels and teams.
        overruled: The rates that somebody set.
        base: What the season began with.
    """

    rates: tuple[Rate, ...] = attrs.field(repr=lambda rates: f"<{len(rates)} rates>")
    overruled: tuple[tuple[RateKey, float], ...] = ()
    base: Risks = attrs.field(repr=False)

    def rate(
        self, name: RateName | str, *, site: str = "", team: str = "", level: str = ""
    ) -> Rate:
        """
        Return a rate; without evidence of its own, the one that it leans on.

        Args:
            name: Which, such as ``"turnout"``.
            site: Of a school.
            team: Of a team.
            level: Of a school level.

        Raises:
            InvalidFieldError: There is no such rate.
        """
        wanted = rate_name(name).value
        _check_where(site, team, level)
        by_key = {rate.key: rate for rate in self.rates}
        tries = ((site, team, level), (site, "", ""), ("", "", level), ("", "", ""))
        return next(by_key[wanted, *one] for one in tries if (wanted, *one) in by_key)

    @property
    def table(self) -> pl.DataFrame:
        """One row per rate, see `RATES`."""
        rows = [
            (
                rate.name.value,
                rate.site or None,
                rate.team or None,
                rate.level or None,
                rate.value,
                rate.learnt,
                *rate.interval,
                rate.prior,
                rate.begun,
                rate.evidence,
                rate.overruled,
            )
            for rate in self.rates
        ]
        return pl.DataFrame(rows, schema=RATES, orient="row")

    @arguments.checked
    def risks(self, base: Risks | None = None, *, of: Collection[str] | None = None) -> Risks:
        """
        Return the risks that the next plan should expect.

        Turn-out and how often visits fail are those of the rates, turn-out and outages by school
        and lost days by team among them; what is not learnt (`never` and the spreads) stays.

        Args:
            base: Risks whose other parts are kept; those the season began with when None.
            of: NPSN and names of the schools and teams whose own rates are put in; all when None.

        Raises:
            InvalidFieldError: *base* is of another kind.
        """
        known = self.base if base is None else base
        by_one: defaultdict[RateName, list[tuple[str, float]]] = defaultdict(list)
        for rate in self.rates:
            one = rate.site or rate.team
            if one and (of is None or one in of):
                by_one[rate.name].append((one, rate.value))
        return attrs.evolve(
            known,
            turnout=_share(self.rate(RateName.TURNOUT).value),
            turnout_again=_share(self.rate(RateName.TURNOUT_AGAIN).value),
            turnout_by_school=dict(known.turnout_by_school)
            | {one: _share(value) for one, value in by_one[RateName.TURNOUT]},
            day_lost=self.rate(RateName.DAY_LOST).value,
            day_lost_by_team=dict(known.day_lost_by_team) | dict(by_one[RateName.DAY_LOST]),
            system_down=self.rate(RateName.SYSTEM_DOWN).value,
            outage=self.rate(RateName.OUTAGE).value,
            outage_by_school=dict(known.outage_by_school) | dict(by_one[RateName.OUTAGE]),
        )

    def teams(self, teams: Iterable[Team]) -> tuple[Team, ...]:
        """
        Return teams with the minutes that were learnt, in whole minutes.

        Args:
            teams: The teams with the minutes that the season began with.

        Raises:
            InvalidFieldError: They are no teams.
        """
        return tuple(map(self._team, arguments.several("Learnt", "teams", teams, Team, "Team")))

    def _team(self, team: Team) -> Team:
        def pace(level: str) -> float:
            return self.rate(RateName.MINUTES, team=team.name, level=level).factor

        own = dict(team.minutes_by_level)
        seen = {
            SchoolLevel(rate.level)
            for rate in self.rates
            if rate.name is RateName.MINUTES and rate.level and rate.team in {"", team.name}
        }
        general = _whole(team.minutes_per_pupil * pace(""), least=1)
        by_level = {
            level: _whole(own.get(level, team.minutes_per_pupil) * pace(level.value), least=1)
            for level in {*own, *seen}
        }
        fixed = self.rate(RateName.FIXED, team=team.name).factor
        packdown = _whole(team.packdown_minutes * fixed, least=0)
        both = _whole((team.setup_minutes + team.packdown_minutes) * fixed, least=0)
        return attrs.evolve(
            team,
            minutes_per_pupil=general,
            minutes_by_level={
                level: some for level, some in by_level.items() if level in own or some != general
            },
            setup_minutes=max(both - packdown, 0),
            packdown_minutes=packdown,
        )


def learn(
    calls: Iterable[Call],
    *,
    risks: Risks,
    teams: Iterable[Team],
    trust: Trust | None = None,
    overruled: Iterable[tuple[RateKey, float]] = (),
) -> Learnt:
    """
    Return what visits teach; their order does not matter.

    Args:
        calls: Visits with known outcomes, those that did not take place among them.
        risks: What the season began with.
        teams: The teams as the season began with them, one at least.
        trust: How much that weighs; ``Trust()`` when None.
        overruled: Rates that somebody set, see `overrule`; what leans on them follows.

    Raises:
        InvalidFieldError: A rate that is overruled is none, or its value cannot be.
    """
    by_key = {key: checked_value(key, value) for key, value in overruled}
    in_order = sorted(calls, key=lambda one: (one.day, one.team, one.site))
    evidence = Evidence(tuple(in_order), risks, tuple(teams), trust or Trust(), by_key)
    rates = [*turnouts(evidence), *failures(evidence), *walk_ins(evidence), *minutes(evidence)]
    return Learnt(rates=tuple(rates), overruled=tuple(sorted(by_key.items())), base=risks)


def overrule(
    overruled: Iterable[tuple[RateKey, float]],
    name: RateName | str,
    value: float | None,
    *,
    site: str = "",
    team: str = "",
    level: str = "",
) -> tuple[tuple[RateKey, float], ...]:
    """
    Return the rates that somebody set, with one more, or without it when *value* is None.

    Args:
        overruled: Those set before.
        name: Which, such as ``"turnout"``.
        value: A share, walk-ins a visit, or minutes; None resets the rate to what is learnt.
        site: For one school; only ``"turnout"`` and ``"outage"``.
        team: For one team; only ``"day_lost"``, ``"minutes"`` and ``"fixed"``.
        level: For one school level; only ``"minutes"``.

    Raises:
        InvalidFieldError: There is no such rate, or its value cannot be.
    """
    _check_where(site, team, level)
    key = rate_name(name).value, site, team, level
    checked = checked_value(key, 1.0 if value is None else value)
    kept = {one: before for one, before in overruled if one != key}
    return tuple(sorted((kept if value is None else kept | {key: checked}).items()))


def _check_where(site: object, team: object, level: object) -> None:
    for what, part in (("site", site), ("team", team), ("level", level)):
        arguments.one("Learnt", what, part, str, "text, empty for all")


def _share(value: float) -> float:
    return min(max(round(value, 6), LEAST), 1.0)


def _whole(minutes: float, *, least: int) -> int:
    return max(math.floor(minutes + 0.5), least)
