"""A thin layer over HiGHS: variables, rows, maximise; imported only when a proof is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from school_ektp.errors import MissingExtraError

INFINITY = float("inf")
STEPS = 40  # after which a promise comes near to what it becomes


def highs_library() -> Any:  # noqa: ANN401 - the module itself
    """
    Return the module `highspy`.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import highspy
    except ImportError:
        raise MissingExtraError("exact", "proving a plan optimal") from None
    return highspy


@attrs.frozen
class Solved:
    """
    What the solver answered.

    Attributes:
        value: Value of the best solution found; None when there is none.
        bound: What no solution exceeds.
        optimal: Whether value and bound were proved to meet.
        values: Of each variable.
        duals: Of each row, for linear models.
    """

    value: float | None
    bound: float
    optimal: bool
    values: Sequence[float]
    duals: Sequence[float]


class Model:
    """A model to be maximised; rows and variables are numbered in the order in which they come."""

    def __init__(self) -> None:
        self._library = highs_library()
        self._highs = _quiet(self._library)
        self._highs.setOptionValue("output_flag", False)
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            self._highs.setOptionValue(option, value)
        self._highs.setOptionValue("mip_abs_gap", 0.5)  # every goal is a whole number
        self._highs.changeObjectiveSense(self._library.ObjSense.kMaximize)
        self.columns = 0
        self.rows = 0
        self._whole = False

    def variable(
        self,
        most: float = INFINITY,
        *,
        gain: float = 0.0,
        whole: bool = False,
        rows: Mapping[int, float] | None = None,
    ) -> int:
        """Add a variable from 0 to *most* with its entries in existing rows; return its number."""
        entries = rows or {}
        self._highs.addCol(
            gain, 0.0, most, len(entries), _array([*entries]), _array([*entries.values()], float)
        )
        if whole:
            self._whole = True
            self._highs.changeColIntegrality(self.columns, self._library.HighsVarType.kInteger)
        self.columns += 1
        return self.columns - 1

    def row(
        self, entries: Mapping[int, float], *, least: float = -INFINITY, most: float = INFINITY
    ) -> int:
        """Add a row over existing variables; return its number."""
        self._highs.addRow(
            least, most, len(entries), _array([*entries]), _array([*entries.values()], float)
        )
        self.rows += 1
        return self.rows - 1

    def change_row(self, row: int, *, most: float) -> None:
        """Give a row without a lower limit a new upper one."""
        self._highs.changeRowBounds(row, -INFINITY, most)

    def promise(self, entries: Mapping[int, float], *, most: float) -> float:
        """
        Return what a linear model, solved before, is worth at most with one row more.

        STEPS of the dual simplex method are taken; then the row is gone.
        """
        basis, row = self._highs.getBasis(), self.rows
        self.row(entries, most=most)
        self._highs.setOptionValue("simplex_iteration_limit", STEPS)
        self._highs.run()
        value = self._highs.getInfo().objective_function_value
        self._highs.setOptionValue("simplex_iteration_limit", self._library.kHighsIInf)
        self._highs.deleteRows(1, _array([row]))
        self._highs.setBasis(basis)
        self.rows = row
        return float(value)

    def close(self, columns: Sequence[int]) -> None:
        """Let variables be 0 from now on."""
        none = _array([0.0] * len(columns), float)
        self._highs.changeColsBounds(len(columns), _array(columns), none, none)

    def goal(self, gains: Mapping[int, float]) -> None:
        """Replace what is maximised."""
        every = [gains.get(column, 0.0) for column in range(self.columns)]
        self._highs.changeColsCost(self.columns, _array(range(self.columns)), _array(every, float))

    def solve(self, seconds: float | None = None) -> Solved:
        """Return the answer within *seconds* of the solver's own clock, which starts anew."""
        if not self.columns:  # a status of its own to the library, and nothing to solve
            return Solved(value=0.0, bound=0.0, optimal=True, values=(), duals=(0.0,) * self.rows)
        if seconds is not None:
            self._highs.setOptionValue("time_limit", max(seconds, 0.01))
        self._highs.run()
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        done = self._highs.getModelStatus() == self._library.HighsModelStatus.kOptimal
        value = info.objective_function_value
        found = done or info.primal_solution_status == 2  # noqa: PLR2004 - kSolutionStatusFeasible
        bound = info.mip_dual_bound if self._whole else (value if done else INFINITY)
        return Solved(
            value=value if found else None,
            bound=bound,
            optimal=done,
            values=[*solution.col_value],
            duals=[*solution.row_dual],
        )


def _quiet(library: Any) -> Any:  # noqa: ANN401
    """Return a silent solver; the usual constructor prints a banner before it can be told."""

    class Quiet(library.Highs):  # type: ignore[misc]
        def __init__(self) -> None:
            super(library.Highs, self).__init__()
            self.setOptionValue("output_flag", False)
            self.callbacks: list[object] = []

    return Quiet()


def _array(values: Any, kind: type = int) -> Any:  # noqa: ANN401 - numpy comes with highspy
    import numpy as np

    return np.array([*values], dtype=np.float64 if kind is float else np.int32)
