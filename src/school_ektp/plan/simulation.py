"""How sure a plan is: a thousand seasons played with its rates of luck, in frames."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.groups import summed
from school_ektp.model.risks import Risks
from school_ektp.plan.coverage import recorded_by_school
from school_ektp.plan.planned import Planned
from school_ektp.planning.build import with_risks
from school_ektp.planning.simulation import MOST_SEASONS, SEASONS, Seasons, Spread, play

_SPREAD = {
    "planned": pl.Int64,  # pupils the plan expects to record
    "p10": pl.Int64,  # reached or exceeded in nine seasons of ten
    "p50": pl.Int64,
    "p90": pl.Int64,  # reached or exceeded in one season of ten
    "mean": pl.Float64,
}
#: One row per school with visits or pupils, by site; percentiles over the seasons.
BY_SITE = pl.Schema({"site": pl.String, **_SPREAD})
#: One row per day of the season: pupils recorded up to and on it.
BY_DATE = pl.Schema({"date": pl.Date, **_SPREAD})


@attrs.frozen(kw_only=True, eq=False)
class Simulation:
    """
    Pupils recorded in each of many seasons.

    Attributes:
        planned: Pupils the plan expects.
        recorded: Pupils recorded, one value per season; the same place is the same luck in
            every simulation of the same seed, so differences of two plans can be taken by place.
        by_site: Percentiles per school, see `BY_SITE`.
        by_date: Percentiles of the running total, see `BY_DATE`.
    """

    planned: int
    recorded: pl.Series = attrs.field(repr=lambda column: f"<{len(column)} seasons>")
    by_site: pl.DataFrame = attrs.field(repr=False)
    by_date: pl.DataFrame = attrs.field(repr=False)
    _seasons: Seasons = attrs.field(repr=False)

    @property
    def seasons(self) -> int:
        """How many were played."""
        return len(self.recorded)

    @property
    def p10(self) -> int:
        """Pupils that nine seasons of ten reach or exceed."""
        return self._seasons.spread.p10

    @property
    def p50(self) -> int:
        """Pupils that half of the seasons reach or exceed."""
        return self._seasons.spread.p50

    @property
    def p90(self) -> int:
        """Pupils that only one season of ten reaches or exceeds."""
        return self._seasons.spread.p90

    @property
    def mean(self) -> float:
        """Mean of the pupils recorded."""
        return self._seasons.spread.mean

    @arguments.checked
    def certainty(self, pupils: int) -> float:
        """Return the share of seasons in which *pupils* or more are recorded."""
        return self._seasons.certainty(pupils)


@arguments.checked
def simulate(
    plan: Planned, *, seasons: int = SEASONS, seed: int = 0, risks: Risks | None = None
) -> Simulation:
    """
    Return what comes of the plan in many seasons in which nobody plans again.

    Args:
        plan: The plan.
        seasons: How many, up to 100,000; a thousand give percentiles within a few pupils.
        seed: Equal seeds give equal luck: compare plans with one seed.
        risks: What may go wrong; what the plan expects when None.

    Raises:
        InvalidFieldError: No season or too many are asked for, or an argument is of another kind.
    """
    owner = "simulate"
    arguments.whole(owner, "seasons", seasons, least=1, most=MOST_SEASONS)
    arguments.whole(owner, "seed", seed)
    problem = plan.problem if risks is None else with_risks(plan.problem, plan.names, risks)
    played = play(problem, plan.solution, seasons=seasons, seed=seed)
    by_site = recorded_by_school(plan)
    by_date = summed((visit.day, visit.recorded) for visit in plan.visit_list)
    dates = [plan.names.date(day) for day in range(problem.days)]
    planned = [*accumulate(by_date[date] for date in dates)]
    sites = plan.names.sites
    return Simulation(
        planned=by_site.total(),
        recorded=pl.Series(played.recorded, dtype=pl.Int64),
        by_site=_frame(BY_SITE, sites, [by_site[site] for site in sites], played.by_site),
        by_date=_frame(BY_DATE, dates, planned, played.by_day),
        seasons=played,
    )


def _frame(
    schema: pl.Schema,
    keys: Iterable[object],
    planned: Iterable[int],
    spreads: Iterable[Spread],
) -> pl.DataFrame:
    """Return for each key what is planned, beside the percentiles of what came of it."""
    rows = [
        (key, pupils, one.p10, one.p50, one.p90, one.mean)
        for key, pupils, one in zip(keys, planned, spreads, strict=True)
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
