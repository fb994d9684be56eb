"""What a simulated season looks like to paper; `season.simulate.Simulation` is one."""

from __future__ import annotations

from typing import Protocol

import polars as pl


class Simulated(Protocol):
    """Pupils recorded in many seasons: percentiles in all and up to each date."""

    @property
    def p10(self) -> int:
        """Pupils that nine seasons of ten reach."""

    @property
    def p50(self) -> int:
        """Pupils that half of the seasons reach."""

    @property
    def p90(self) -> int:
        """Pupils that one season of ten reaches."""

    @property
    def by_date(self) -> pl.DataFrame:
        """Columns date, planned, p10, p50 and p90: the running total up to each date."""
