"""What may come of a plan: a thousand seasons of it, played with its own rates of luck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import polars as pl

from school_ektp.planning.simulation import play
from school_ektp.report.views import progress

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan

SEASONS = 1_000

#: One row per day of the season: pupils recorded up to and on it.
BY_DATE = pl.Schema(
    {
        "date": pl.Date,
        "planned": pl.Int64,  # expected by the plan
        "p10": pl.Int64,  # reached in nine seasons of ten
        "p50": pl.Int64,
        "p90": pl.Int64,  # reached in one season of ten
        "mean": pl.Float64,
    }
)


@attrs.frozen(kw_only=True, eq=False)
class Outlook:
    """
    Pupils recorded when the plan is followed through many seasons, luck as its risks say.

    Attributes:
        seasons: How many were played.
        p10: Nine seasons of ten reach it.
        p50: Half of the seasons reach it.
        p90: One season of ten reaches it.
        mean: On average.
        by_date: The running total, see `BY_DATE`.
    """

    seasons: int
    p10: int
    p50: int
    p90: int
    mean: float
    by_date: pl.DataFrame = attrs.field(repr=False)


def outlook(plan: Plan) -> Outlook:
    """Return what comes of a plan in a thousand seasons; equal plans have equal ones."""
    played = play(plan.problem, plan.solution, seasons=SEASONS, seed=0)
    rows = [
        (one.day, one.recorded, spread.p10, spread.p50, spread.p90, spread.mean)
        for one, spread in zip(progress(plan), played.by_day, strict=True)
    ]
    spread = played.spread
    return Outlook(
        seasons=SEASONS,
        p10=spread.p10,
        p50=spread.p50,
        p90=spread.p90,
        mean=spread.mean,
        by_date=pl.DataFrame(rows, schema=BY_DATE, orient="row"),
    )
