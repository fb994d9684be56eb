"""What fewer team-days would record: the plans of a trade-off."""

from __future__ import annotations

import attrs
import polars as pl

from school_ektp.planning.solution import Solution

#: One row per number of team-days, descending; each is a plan that the checker passed.
FRONTIER = pl.Schema(
    {
        "team_days": pl.Int64,
        "visits": pl.Int64,
        "recorded": pl.Float64,  # pupils expected
        "recorded_first": pl.Float64,  # in the first priority class
        "value": pl.Float64,  # of the plan, in pupils
        "lost": pl.Float64,  # pupils fewer than with all team-days
        "per_team_day": pl.Float64,  # pupils that each of the last of these team-days brings
    }
)


@attrs.frozen(eq=False)
class Frontier:
    """
    Plans of which none has more pupils with fewer team-days.

    Attributes:
        table: One row per plan, see `FRONTIER`.
        solutions: Their visits, in the order of the rows.
    """

    table: pl.DataFrame
    solutions: tuple[Solution, ...] = attrs.field(repr=lambda plans: f"<{len(plans)} plans>")
