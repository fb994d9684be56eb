"""The plans of a trade-off, as they are held."""

from __future__ import annotations

import polars as pl

from school_ektp.plan.frontier import FRONTIER, Frontier
from school_ektp.planning.solution import Solution


def test_solutions_stay_out_of_sight():
    made = Frontier(pl.DataFrame(schema=FRONTIER), (Solution(), Solution()))

    assert "<2 plans>" in repr(made)
    assert made.table.schema == FRONTIER
