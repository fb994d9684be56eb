"""Names and types of tables: parts of one another, so that a column means one thing."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from school_ektp.roster import schema
from school_ektp.roster.schema import CODED_ISSUES, ISSUES, LEAVERS, REGISTER, ROSTER


def test_what_a_roster_needs_hides_and_fills_are_columns_of_it():
    assert {*schema.REQUIRED, *schema.PERSONAL, *schema.UNKNOWN} <= set(ROSTER)
    assert not set(schema.UNKNOWN).intersection(schema.REQUIRED), "a needed column is never filled"


@pytest.mark.parametrize("name", schema.UNKNOWN)
def test_unknown_is_a_value_of_its_column(name):
    assert pl.Series([schema.UNKNOWN[name]]).dtype == ROSTER[name]


@pytest.mark.parametrize("table", [LEAVERS, REGISTER, CODED_ISSUES, schema.NOT_VALID])
def test_a_column_of_several_tables_has_one_type(table):
    known = {**ISSUES, **ROSTER}

    assert {name: known[name] for name in table if name in known} == {
        name: dtype for name, dtype in table.items() if name in known
    }


def test_no_table_of_issues_has_a_personal_column():
    for table in (ISSUES, CODED_ISSUES, schema.NOT_VALID, schema.FILES):
        assert not set(table).intersection(schema.PERSONAL)


def test_a_weightier_issue_comes_first():
    assert schema.SEVERITY.categories.to_list() == ["refusal", "warning", "repair"]


def test_the_page_on_tables_names_every_column_a_caller_can_give():
    page = Path(__file__).parents[2] / "docs" / "how-to" / "read-dapodik-folder.md"
    table = re.findall(r"^\| (`[^|]+`) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"`(\w+)`", " ".join(table))

    assert named == [name for name in ROSTER if not name.startswith("source_")]
