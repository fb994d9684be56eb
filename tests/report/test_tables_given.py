"""Papers take any table that speaks Arrow, and tell what is none."""

from __future__ import annotations

import polars as pl
import pytest

from roster_doors import Minimal
from school_ektp.errors import RosterSchemaError
from school_ektp.report import plot

CURVE = pl.DataFrame({"team_days": [3, 1], "recorded": [30, 12]})
ISSUES = pl.DataFrame(
    {
        "file": ["a.xlsx"],
        "sheet": ["1"],
        "row": [3],
        "column": ["npsn"],
        "severity": ["error"],
        "npsn": ["10700669"],
        "message": ["unknown school"],
    }
)
WRONG = [pl.Series([1]), [], "x", 7]


def test_the_report_and_the_call_sheets_take_any_table(region, hand_plan, tmp_path):
    pages = [
        hand_plan.to_html(tmp_path / name, roster=table).read_bytes()
        for name, table in [("a", region.roster), ("b", Minimal(region.roster))]
    ]

    assert pages[0] == pages[1]
    sheets = [
        hand_plan.call_sheets(table, roster_changed=True)
        for table in (region.roster, Minimal(region.roster))
    ]
    assert sheets[0] == sheets[1]


def test_the_workbook_takes_any_table(region, hand_plan, tmp_path):
    books = [
        hand_plan.to_excel(tmp_path / name, roster=roster, issues=issues).read_bytes()
        for name, roster, issues in [
            ("a.xlsx", region.roster, ISSUES),
            ("b.xlsx", Minimal(region.roster), Minimal(ISSUES)),
        ]
    ]

    assert books[0] == books[1]


def test_the_curve_of_team_days_takes_any_table():
    drawn = [plot.frontier(table).svg for table in (CURVE, CURVE.lazy(), Minimal(CURVE))]

    assert drawn[0] == drawn[1] == drawn[2]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_table_is_reported(hand_plan, tmp_path, wrong):
    doors = [
        lambda: hand_plan.to_html(tmp_path / "a", roster=wrong),
        lambda: hand_plan.to_excel(tmp_path / "a", roster=wrong),
        lambda: hand_plan.to_excel(tmp_path / "a", issues=wrong),
        lambda: hand_plan.call_sheets(wrong),
        lambda: plot.frontier(wrong),
    ]
    for door in doors:
        with pytest.raises(RosterSchemaError, match="expected a polars DataFrame or LazyFrame, or"):
            door()


def test_columns_that_are_lacking_are_named(hand_plan, tmp_path):
    with pytest.raises(RosterSchemaError, match=r"points has 1 bad column:\n - 'team_days': mis"):
        plot.frontier(CURVE.drop("team_days"))
    with pytest.raises(RosterSchemaError, match=r"issues has 1 bad column:\n - 'message'"):
        hand_plan.to_excel(tmp_path / "a", issues=ISSUES.drop("message"))
