"""From texts to types: a column says of each cell what its reader says, and no more."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from few_pupils import SCHOOL, SEVERAL
from school_ektp.model.messages import RULES
from school_ektp.roster.read import cells
from school_ektp.roster.read.distinct import Cell
from school_ektp.roster.read.evidence import date_order
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.typed import FIELDS, typed
from school_ektp.testing.workbooks import Quirk, dapodik_workbook


def test_a_column_that_proves_month_day_order_is_read_so_and_said():
    content = dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.DATES_MONTH_DAY])

    read = read_bytes(content, "x.xlsx")

    assert read.rows["birth_date"].to_list() == SEVERAL["birth_date"].to_list()
    assert read.coded_issues["rule"].value_counts().sort("rule").rows() == [
        ("date_month_day", 25),
        ("month_day_order", 1),
    ]


@given(st.text(max_size=300))
@example("=cmd|' /C calc'!A0")
@example("\u202e\u202d")
@example("9" * 300)
def test_any_text_is_read_and_every_note_has_a_wording(text):
    for field in FIELDS.values():
        note = field.reader(text).note
        assert note == "" or note in RULES
        value = field.reader(text).value
        assert value is None or not isinstance(value, str) or len(value) <= cells.LONGEST


texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2008-03-05", "05/03/2008", "L", "1702094503080000", "81234567", "XI", ""]),
    st.none(),
)


@given(st.lists(texts, max_size=8), st.sampled_from(sorted(FIELDS)))
@example(["F"], "activity")
@example(["T", "Y"], "married")
def test_a_column_is_read_as_its_cells_are(given_texts, name):
    """The fast way over distinct and plain texts says what the reader says of each cell."""
    frame = pl.DataFrame(
        {
            name: pl.Series(given_texts, dtype=pl.String),
            "source_file": ["f"] * len(given_texts),
            "source_sheet": [""] * len(given_texts),
            "source_row": range(1, len(given_texts) + 1),
        },
        schema_overrides={"source_file": pl.String, "source_sheet": pl.String},
    )

    read = typed(frame)

    expected = [_one(name, text, given_texts) for text in given_texts]
    assert read.rows[name].to_list() == [cell.value for cell in expected]
    issues = read.coded_issues.filter(pl.col("row").is_not_null()).sort("row")
    assert issues.select("row", "rule").rows() == [
        (row, cell.note) for row, cell in enumerate(expected, start=1) if cell.note
    ]


def _one(name: str, text: str | None, column: list[str | None]) -> Cell:
    if text is None:
        return Cell(None)
    if FIELDS[name].dtype == pl.Date:
        order = date_order([other for other in column if other])
        cell = FIELDS[name].reader(text, order=order)
    else:
        if FIELDS[name].dtype == pl.Boolean or name == "sex":
            settled = cells.letters_settled(pl.Series(column, dtype=pl.String))
            text = settled[column.index(text)]
        cell = FIELDS[name].reader(text)
    return Cell(cell.value, FIELDS[name].renames.get(cell.note, cell.note))
