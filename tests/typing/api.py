"""How users' code must type-check: read by mypy, never run."""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import polars as pl

import school_ektp as ek
from school_ektp.errors import InvalidFieldError, MissingExtraError


def handle_a_missing_extra(error: MissingExtraError) -> str:
    """A caller may tell the user which extra to install."""
    assert_type(error.extra, str)
    return error.extra


def handle_a_bad_field(error: InvalidFieldError) -> str:
    """A form may show a fault beside the field it belongs to."""
    assert_type(error.name, str)
    return error.fault


def catch_as_a_builtin(error: ValueError) -> bool:
    """An error is also the builtin it is a kind of."""
    return isinstance(error, InvalidFieldError)


def plan_a_season(region: ek.datasets.Region) -> str:
    """The first six lines; worth, risks and stop may be given."""
    plan = ek.plan_visits(
        region.schools,
        region.demand(),
        region.teams,
        region.calendar,
        worth=ek.Worth.thrifty(),
        risks=ek.Risks(turnout=0.9),
    )
    assert_type(plan.recorded, int)
    assert_type(plan.gap, float)
    assert_type(plan.outlook.p10, int)
    assert_type([visit.called for visit in plan.visit_list], list[int])
    assert_type(plan.with_visit(team="Tim 1", day=region.first_day, site="10700669"), ek.Plan)
    assert_type(ek.replan(plan).plan, ek.Plan)
    return plan.summary("en")


class OtherTable:
    """A table of another package: all that is asked of it is that it speaks Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows."""
        return requested_schema


def count_any_table(frame: pl.DataFrame, lazy: pl.LazyFrame, other: OtherTable) -> None:
    """A lazy frame gives a lazy one; whatever else speaks Arrow gives a polars DataFrame."""
    on = dt.date(2024, 9, 3)
    assert_type(ek.counts.status_counts(frame, on=on), pl.DataFrame)
    assert_type(ek.counts.status_counts(lazy, on=on), pl.LazyFrame)
    assert_type(ek.counts.status_counts(other, on=on), pl.DataFrame)
    assert_type(ek.demand_of(other), tuple[ek.SchoolDemand, ...])
    assert_type(ek.check_roster(other, schools=None, on=on), ek.intake.CheckedRoster)


def go_on_with_a_season(plan: ek.Plan, today: dt.date) -> ek.season.Season[ek.Plan]:
    """The plan of a season is of the kind that it began with."""
    outcome = ek.Outcome(day=today, team="Tim 1", site="10700669", recorded=3)
    season = ek.season.begin(plan).record([outcome]).replan(on=today)
    assert_type(season.plan, ek.Plan)
    assert_type(season.account.difference, int)
    assert_type(ek.season.read_season("musim.json"), ek.season.Season[ek.Plan])
    return season.record(ek.read_outcomes("hasil/")).record("hasil/")


def use_the_namespaces(plan: ek.Plan, stop: ek.stop.StopRule) -> ek.season.Simulation:
    """What stands in a namespace has its type, too."""
    assert_type(ek.stop.FirstOf(stop, ek.MaxSeconds(5)), ek.stop.FirstOf)
    assert_type(ek.registry.mask_nik("1702090110080001"), str | None)
    assert_type(plan.violations, tuple[ek.problem.Violation, ...])
    days = ek.calendar.public_holidays(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert_type(days.holidays, dict[dt.date, str])
    return ek.simulate(plan)
