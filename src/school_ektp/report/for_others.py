"""The tables of a plan for publication: without small counts and what would give them away."""

from __future__ import annotations

import polars as pl

from school_ektp.plan.data import PlanData
from school_ektp.plan.days import team_days
from school_ektp.report.disclosure import disclosure_of


def tables_for_others(plan: PlanData, fewest: int) -> dict[str, pl.DataFrame]:
    """
    Return visits, schedule, schools and left-out for others, hidden counts as nulls.

    Columns that give a count in another way are left out: room, minutes and the end of a visit,
    pupils of one priority class, figures and dates of reasons, what is not part of the plan. The
    end of a team-day is null where one of its visits is hidden.

    Args:
        plan: The plan.
        fewest: As in `report.disclosure.disclosure_of`.
    """
    shown = disclosure_of(plan, fewest)
    made = list(enumerate(plan.visit_list))
    recorded = [shown.count(visit.recorded, "visit", number) for number, visit in made]
    called = [
        None if few is None or 0 < visit.called < fewest else visit.called
        for few, (_, visit) in zip(recorded, made, strict=True)
    ]
    visits = plan.visits.select("date", "team", "site", "site_name", "kecamatan", "start")
    days = team_days(plan)
    pupils = [shown.count(one.pupils, "team_day", one.day, one.team) for one in days]
    hidden = {
        (visit.day, visit.team)
        for few, (_, visit) in zip(recorded, made, strict=True)
        if few is None
    }
    ends = pl.Series("known", [(one.day, one.team) not in hidden for one in days], pl.Boolean)
    schedule = plan.schedule.select(
        *("date", "team", "site_names", "visits", "first_start"),
        last_end=pl.when(ends).then("last_end"),
    )
    served: dict[str, int] = {}
    for _, visit in made:
        served[visit.site] = served.get(visit.site, 0) + visit.recorded
    left: dict[str, int] = {}
    for one in plan.left_out_list:
        left[one.site] = left.get(one.site, 0) + one.pupils
    sites = plan.by_site.select("site", "site_name", "level", "kecamatan", "visits")
    names = sites["site"].to_list()
    why = [
        (one.site, one.codes, shown.count(one.pupils, "why", number))
        for number, one in enumerate(plan.left_out_list)
    ]
    reasons = pl.DataFrame(
        why, schema={"site": pl.String, "reason": pl.String, "pupils": pl.Int64}, orient="row"
    )
    return {
        "visits": visits.with_columns(
            pl.Series("called", called, pl.Int64), pl.Series("recorded", recorded, pl.Int64)
        ),
        "schedule": schedule.with_columns(pl.Series("recorded", pupils, pl.Int64)),
        "by_site": sites.with_columns(
            _counts("recorded", [shown.count(served.get(n, 0), "school", n) for n in names]),
            _counts("left_out", [shown.count(left.get(n, 0), "left", n) for n in names]),
        ),
        "left_out": reasons.join(
            sites.select("site", "site_name", "kecamatan"),
            on="site",
            how="left",
            maintain_order="left",
        ).sort("site", "reason", "pupils"),
    }


def _counts(name: str, values: list[int | None]) -> pl.Series:
    return pl.Series(name, values, pl.Int64)
