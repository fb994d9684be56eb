"""Where every pupil is: each roster row in exactly one place, before and after the plan."""

from __future__ import annotations

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.plan.planned import Planned
from school_ektp.roster.check import CheckedRoster


@attrs.frozen(kw_only=True)
class Account:
    """
    Roster rows by the place they are in; the places exclude each other.

    Attributes:
        rows_read: Rows of pupils that were read.
        refused: Not used, duplicates included; the issues say why.
        left_school: On a list of leavers, or no longer a pupil by the status in the roster.
        recorded_before: Recorded before the season.
        set_aside: Nobody waits for them here: registered elsewhere, birth date unknown.
        too_young: Not of age on the last day.
        served: Expected to be recorded by the plan.
        waiting: Still waiting after the last day.
    """

    rows_read: int
    refused: int
    left_school: int
    recorded_before: int
    set_aside: int
    too_young: int
    served: int
    waiting: int

    @property
    def difference(self) -> int:
        """Rows read minus rows in a place; 0, if plan and roster belong together."""
        return self.rows_read - sum(rows for _, rows in self._places())

    def to_frame(self) -> pl.DataFrame:
        """Return columns place and rows, one row per place."""
        return pl.DataFrame(
            self._places(), schema={"place": pl.String, "rows": pl.Int64}, orient="row"
        )

    def _places(self) -> list[tuple[str, int]]:
        return [(name, rows) for name, rows in attrs.asdict(self).items() if name != "rows_read"]


def pupil_account(checked: CheckedRoster, plan: Planned) -> Account:
    """
    Return where every row of the roster is after the plan.

    Args:
        checked: The roster that the plan's demand was counted from.
        plan: The plan.
    """
    arguments.one("pupil_account", "checked", checked, CheckedRoster)
    arguments.one("pupil_account", "plan", plan, Planned, "Plan")
    last = plan.calendar.last_day
    return Account(
        rows_read=checked.rows_read,
        refused=checked.refused,
        left_school=checked.left_school,
        recorded_before=plan.recorded_before,
        set_aside=sum(demand.set_aside for demand in plan.demand),
        too_young=sum(demand.not_yet(last) for demand in plan.demand),
        served=plan.recorded,
        waiting=plan.waiting - plan.recorded,
    )
