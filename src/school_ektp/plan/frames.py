"""A plan as polars frames: names, dates and minutes in documented columns, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from school_ektp.model.groups import grouped
from school_ektp.plan.days import team_days
from school_ektp.plan.left_out import LeftOut
from school_ektp.plan.planned import Planned
from school_ektp.planning.problem import EXPECTED

#: One row per visit, by date, team and start.
VISITS = pl.Schema(
    {
        "date": pl.Date,
        "team": pl.String,
        "site": pl.String,  # the NPSN of a school
        "site_name": pl.String,
        "kecamatan": pl.String,
        "arrive": pl.Time,  # the team reaches the school
        "start": pl.Time,  # set-up begins
        "end": pl.Time,  # pack-down is done
        "minutes": pl.Int64,  # from start to end
        "room": pl.Int64,  # pupils for whom there is time
        "called": pl.Int64,  # pupils to call
        "recorded": pl.Int64,  # pupils expected to be recorded
        "recorded_first": pl.Int64,  # of these, in the first priority class
    }
)

#: One row per team-day, by date and team.
SCHEDULE = pl.Schema(
    {
        "date": pl.Date,
        "team": pl.String,
        "site_names": pl.String,  # in the order of the visits, joined by " > "
        "visits": pl.Int64,
        "recorded": pl.Int64,  # pupils expected to be recorded
        "driving_minutes": pl.Int64,  # from the base and back
        "first_start": pl.Time,
        "last_end": pl.Time,
    }
)

#: One row per school, priority class and reason, by pupils and site.
LEFT_OUT = pl.Schema(
    {
        "site": pl.String,  # the NPSN of a school
        "site_name": pl.String,
        "kecamatan": pl.String,
        "priority": pl.Int64,  # rank of their priority class, 0 for the first
        "pupils": pl.Int64,  # waiting when the season is over
        "pupils_first": pl.Int64,  # of these, in the first priority class
        "reason": pl.String,  # code, see planning.explain.reasons.Reason; several are joined by "+"
        "amount": pl.Int64,  # minutes, days or pupils that the reason speaks of
        "limit": pl.Int64,  # what the rule allows or asks, null without a rule
        "team": pl.String,  # that came nearest, null when it is about the school alone
        "date": pl.Date,  # the reason speaks of, null when there is none
        "brings": pl.Float64,  # pupils that a further visit would bring, null where none was tried
        "price": pl.Float64,  # what it would cost, in pupils, waiting counted in; null like brings
    }
)

#: One row per site, by its number.
BY_SITE = pl.Schema(
    {
        "site": pl.String,  # the NPSN of a school
        "site_name": pl.String,
        "level": pl.String,
        "kecamatan": pl.String,
        "location_method": pl.String,  # how its point was obtained, null: no location
        "recorded_before": pl.Int64,
        "waiting": pl.Int64,  # all who wait on some day of the season
        "recorded": pl.Int64,  # expected from the plan
        "left_out": pl.Int64,  # waiting after the last day
        "too_young": pl.Int64,  # not yet of age on the last day
        "set_aside": pl.Int64,
        "visits": pl.Int64,
    }
)


def visits_frame(plan: Planned) -> pl.DataFrame:
    """Return one row per visit in the columns of `VISITS`."""
    schools = plan.school_by_npsn
    places = zip(plan.visit_list, plan.solution.visits, plan.shown.recorded, strict=True)
    rows = [
        (
            visit.day,
            visit.team,
            visit.site,
            schools[visit.site].name,
            schools[visit.site].kecamatan,
            visit.arrive * _MINUTE,
            visit.start * _MINUTE,
            visit.end * _MINUTE,
            visit.end - visit.start,
            visit.room,
            visit.called,
            visit.recorded,
            _of_first_class(plan, numbers.site, recorded),
        )
        for visit, numbers, recorded in places
    ]
    return _frame(rows, VISITS)


def schedule_frame(plan: Planned) -> pl.DataFrame:
    """Return one row per team-day in the columns of `SCHEDULE`."""
    schools = plan.school_by_npsn
    rows = [
        (
            one.day,
            one.team,
            " > ".join(schools[visit.site].name for visit in one.visits),
            len(one.visits),
            one.pupils,
            one.driving,
            one.visits[0].start * _MINUTE,
            one.visits[-1].end * _MINUTE,
        )
        for one in team_days(plan)
    ]
    return _frame(rows, SCHEDULE)


def left_out_frame(plan: Planned, left: Iterable[LeftOut]) -> pl.DataFrame:
    """Return one row per school, priority class and reason, in the columns of `LEFT_OUT`."""
    schools = plan.school_by_npsn
    rows = [
        (
            one.site,
            schools[one.site].name,
            schools[one.site].kecamatan,
            one.priority,
            one.pupils,
            one.pupils_first,
            one.codes,
            one.amount,
            one.limit,
            one.team,
            one.day,
            one.brings / EXPECTED if one.price else None,
            one.price / EXPECTED if one.price else None,
        )
        for one in sorted(left, key=lambda one: (-one.pupils, one.site, one.priority))
    ]
    return _frame(rows, LEFT_OUT)


def by_site_frame(plan: Planned) -> pl.DataFrame:
    """Return one row per school with demand in the columns of `BY_SITE`."""
    visits = grouped(plan.visit_list, lambda visit: visit.site)
    last = plan.calendar.last_day
    rows = []
    for demand in plan.demand:
        school = plan.school_by_npsn[demand.npsn]
        served = sum(visit.recorded for visit in visits[demand.npsn])
        rows.append(
            (
                school.npsn,
                school.name,
                school.level.value,
                school.kecamatan,
                school.location.method.value if school.location else None,
                demand.recorded,
                demand.on(last),
                served,
                demand.on(last) - served,
                demand.not_yet(last),
                demand.set_aside,
                len(visits[demand.npsn]),
            )
        )
    return _frame(rows, BY_SITE)


_MINUTE = 60 * 10**9  # a polars time counts nanoseconds


def _frame(rows: Sequence[tuple[object, ...]], schema: pl.Schema) -> pl.DataFrame:
    whole = {name: pl.Int64 if kind == pl.Time else kind for name, kind in schema.items()}
    return pl.DataFrame(rows, schema=whole, orient="row").cast(schema)


def _of_first_class(plan: Planned, site: int, pupils: tuple[int, ...]) -> int:
    groups = plan.problem.sites[site].groups
    return sum(n for group, n in zip(groups, pupils, strict=True) if group.priority == 0)
