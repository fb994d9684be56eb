"""What an office may ask of a plan beyond hours and travel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.npsn import npsn_text
from school_ektp.model.visit import PinnedVisit

_OWNER = "VisitRules"
KIT_DAY_CAP = 150  # quoted machine maximum per kit and day


_count: fields.Validator = attrs.validators.optional(fields.whole_number(1))


def _floors(value: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return _by_name(value, "floors")


def _by_name(value: Mapping[str, Any], field: str) -> tuple[tuple[str, Any], ...]:
    """Return a mapping as sorted pairs; a key that is no text fails."""
    pairs = dict(fields.as_pairs(value, _OWNER, field))
    if not all(isinstance(key, str) for key in pairs):
        raise InvalidFieldError(_OWNER, field, "must be a mapping with names of kecamatan")
    return tuple(sorted(pairs.items()))


def _pairs(value: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    pairs = fields.as_pairs(value, _OWNER, "forbidden_pairs")
    if not all(isinstance(team, str) for team, _ in pairs):
        raise InvalidFieldError(_OWNER, "forbidden_pairs", "must hold (team, NPSN), both texts")
    return frozenset((team, npsn_text(npsn)) for team, npsn in pairs)


def _dates(value: Iterable[tuple[str, dt.date]]) -> frozenset[tuple[str, dt.date]]:
    pairs = fields.as_pairs(value, _OWNER, "forbidden_dates")
    dates = frozenset((npsn_text(npsn), day) for npsn, day in pairs)
    fields.as_days(day for _, day in dates)
    return dates


def _reached(value: Mapping[str, dt.date]) -> tuple[tuple[str, dt.date], ...]:
    return _by_name(value, "reached_by")


def _whole_sites(value: bool | Iterable[str]) -> bool | frozenset[str]:  # noqa: FBT001 - a converter
    if isinstance(value, bool):
        return value
    return frozenset(map(npsn_text, fields.as_tuple(value, _OWNER, "one_visit")))


@attrs.frozen(kw_only=True)
class VisitRules:
    """
    Rules of a plan; each is off, or at the default that offices report, until it is asked for.

    Attributes:
        visits_per_team_day: Most visits of one team on one day.
        visits_per_school: Most visits to one school in the season.
        days_between_visits: Least days between two visits to a school on different days.
        teams_at_once: Most teams at one school in the same minute.
        fewest_pupils: Fewest pupils that a visit after a school's first one must be expected to
            record, if it takes place.
        driving_minutes_per_day: Most minutes a team drives in a day.
        pupils_per_kit_day: Most pupils recorded per kit and day.
        team_days: Most days on which teams go out in the season, over all teams.
        team_days_per_month: The same in each calendar month.
        one_visit: Schools whose head wants one visit for all, by NPSN, or True for all schools:
            at most one visit, with room for everybody called.
        slb_kit: Only teams with the equipment ``"slb"`` go to special-needs schools.
        forbidden_pairs: (team, site) that never meet.
        forbidden_dates: (site, day) on which that school receives nobody.
        pinned: Visits the plan must hold.
        reserve_days: Last working days before the deadline that each team keeps free for making
            up; days on which all schools are closed do not count. Planning again within them opens
            them; a team that works on no more days keeps none, which is warned of.
        floors: Least share of the pupils of a kecamatan to be recorded, before all else.
        reached_by: Date by which everybody of a kecamatan is called once, before all else.
    """

    visits_per_team_day: int | None = attrs.field(default=None, validator=_count)
    visits_per_school: int | None = attrs.field(default=None, validator=_count)
    days_between_visits: int | None = attrs.field(default=None, validator=_count)
    teams_at_once: int | None = attrs.field(default=None, validator=_count)
    fewest_pupils: int | None = attrs.field(default=None, validator=_count)
    driving_minutes_per_day: int | None = attrs.field(default=None, validator=_count)
    pupils_per_kit_day: int | None = attrs.field(default=KIT_DAY_CAP, validator=_count)
    team_days: int | None = attrs.field(default=None, validator=_count)
    team_days_per_month: int | None = attrs.field(default=None, validator=_count)
    one_visit: bool | frozenset[str] = attrs.field(default=False, converter=_whole_sites)
    slb_kit: bool = attrs.field(default=False, validator=fields.switch)
    forbidden_pairs: frozenset[tuple[str, str]] = attrs.field(factory=frozenset, converter=_pairs)
    forbidden_dates: frozenset[tuple[str, dt.date]] = attrs.field(
        factory=frozenset, converter=_dates
    )
    pinned: tuple[PinnedVisit, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(PinnedVisit)
    )
    reserve_days: int = attrs.field(default=0, validator=fields.whole_number(0))
    floors: tuple[tuple[str, float], ...] = attrs.field(
        default=(), converter=_floors, validator=fields.of_pairs(None, fields.fraction)
    )
    reached_by: tuple[tuple[str, dt.date], ...] = attrs.field(
        default=(), converter=_reached, validator=fields.of_pairs(None, fields.day)
    )
