"""
Frames as files, CSV that a spreadsheet may open and Parquet as it is; tables for publication.

The latter are without small counts and what would give them away.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from school_ektp.files import make_folder, write_bytes, write_text
from school_ektp.model.groups import summed
from school_ektp.plan.coverage import recorded_by_school
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import team_days
from school_ektp.report.disclosure import Disclosure, disclosure_of

_FORMULA = r"^(?:[\t\r\n]|[\s\p{Z}\p{Cf}]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"


#: What files say of themselves that hold small counts, where their format has a place for it.
INTERNAL = {
    "audience": "internal",
    "audience_note": "holds small counts of pupils; not for publication",
}


def for_csv(frame: pl.DataFrame) -> pl.DataFrame:
    """
    Return *frame* as a spreadsheet may open it.

    Times of day are ``07:30``, which every program reads alike. A text that a program would run
    as a formula, because it begins with ``=``, ``+``, ``-``, ``@``, one of these in full width, or
    a tab or line end, gets an apostrophe. Spaces before such a mark hide nothing.
    """
    text = pl.selectors.string()
    runs = text.str.contains(_FORMULA)
    return frame.with_columns(
        pl.selectors.time().dt.strftime("%H:%M"),
        pl.when(runs).then("'" + text).otherwise(text).name.keep(),
    )


def csv_file(frame: pl.DataFrame, folder: Path | str, name: str) -> Path:
    """Write *frame* as `for_csv` gives it to a file of *folder*, made when missing; return it."""
    return write_text(make_folder(folder) / name, for_csv(frame).write_csv())


def parquet_file(frame: pl.DataFrame, folder: Path | str, name: str) -> Path:
    """
    Write *frame* as it is to a file of *folder*, made when missing, and return the file.

    Its metadata say that it is internal.
    """
    stream = io.BytesIO()
    frame.write_parquet(stream, metadata=dict(INTERNAL))
    return write_bytes(make_folder(folder) / name, stream.getvalue())


def tables_for_others(plan: PlanData, fewest: int) -> dict[str, pl.DataFrame]:
    """
    Return visits, schedule, schools and left-out for others, hidden counts as nulls.

    Columns that give a count in another way are left out: room, minutes and the end of a visit,
    pupils of one priority class, figures and dates of reasons, what is not part of the plan. The
    end of a team-day is null where one of its visits is hidden.
    """
    disclosure = disclosure_of(plan, fewest)
    recorded = [
        disclosure.count(visit.recorded, "visit", number)
        for number, visit in enumerate(plan.visit_list)
    ]
    return {
        "visits": _visits(plan, recorded, fewest),
        "schedule": _schedule(plan, recorded, disclosure),
        "by_site": _by_site(plan, disclosure),
        "left_out": _left_out(plan, disclosure),
    }


def _visits(plan: PlanData, recorded: list[int | None], fewest: int) -> pl.DataFrame:
    called = [
        None if few is None or 0 < visit.called < fewest else visit.called
        for few, visit in zip(recorded, plan.visit_list, strict=True)
    ]
    visits = plan.visits.select("date", "team", "site", "site_name", "kecamatan", "start")
    return visits.with_columns(_counts("called", called), _counts("recorded", recorded))


def _schedule(plan: PlanData, recorded: list[int | None], disclosure: Disclosure) -> pl.DataFrame:
    days = team_days(plan)
    hidden = {
        (visit.day, visit.team)
        for few, visit in zip(recorded, plan.visit_list, strict=True)
        if few is None
    }
    ends = pl.Series("known", [(one.day, one.team) not in hidden for one in days], pl.Boolean)
    pupils = (disclosure.count(one.pupils, "team_day", one.day, one.team) for one in days)
    schedule = plan.schedule.select(
        *("date", "team", "site_names", "visits", "first_start"),
        last_end=pl.when(ends).then("last_end"),
    )
    return schedule.with_columns(_counts("recorded", pupils))


def _by_site(plan: PlanData, disclosure: Disclosure) -> pl.DataFrame:
    recorded = recorded_by_school(plan)
    left = summed((one.site, one.pupils) for one in plan.left_out_list)
    sites = plan.by_site.select("site", "site_name", "level", "kecamatan", "visits")
    return sites.with_columns(
        _counts("recorded", (disclosure.count(recorded[n], "school", n) for n in sites["site"])),
        _counts("left_out", (disclosure.count(left[n], "left", n) for n in sites["site"])),
    )


def _left_out(plan: PlanData, disclosure: Disclosure) -> pl.DataFrame:
    reasons = pl.DataFrame(
        [
            (one.site, one.codes, disclosure.count(one.pupils, "why", number))
            for number, one in enumerate(plan.left_out_list)
        ],
        schema={"site": pl.String, "reason": pl.String, "pupils": pl.Int64},
        orient="row",
    )
    names = plan.by_site.select("site", "site_name", "kecamatan")
    named = reasons.join(names, on="site", how="left", maintain_order="left")
    return named.sort("site", "reason", "pupils")


def _counts(name: str, values: Iterable[int | None]) -> pl.Series:
    return pl.Series(name, values, pl.Int64)
