"""One cell at a time: what it says, what was mended, what is at fault."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.roster.messages import RULES
from school_ektp.roster.read import cells
from school_ektp.roster.read.dates import (
    DateOrder,
    DateSystem,
    Times,
    read_date,
    serial_date,
)
from school_ektp.roster.read.distinct import Cell
from school_ektp.roster.read.evidence import date_order
from school_ektp.roster.read.typed import FIELDS, typed
from school_ektp.testing.strategies import births

BORN = dt.date(2008, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("2008-03-05", "2008-03-05 00:00:00", "2008-03-05T00:00:00.000", "2008/3/5", "2008.03.05"),
        *("05/03/2008", "5-3-2008", "5.3.2008", "5 3 2008", "05/03/2008 00:00"),
        *("5 Maret 2008", "5 March 2008", "05 Mar 2008", "5-Mar-2008", "March 5, 2008"),
        *("Rabu, 5 Maret 2008", "Curup, 05-03-2008", "  5 maret 2008 ", "'2008-03-05"),
        "\u200f05/03/2008\u200e",
    ],
)
def test_ways_to_write_a_date_without_doubt(text):
    assert read_date(text) == Cell(BORN)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        *(("05/03/08", "date_short_year"), ("5-Mar-08", "date_short_year")),
        *(("20080305", "date_compact"), ("05032008", "date_compact")),
        *(("39512", "date_from_serial"), ("39512.0", "date_from_serial")),
    ],
)
def test_ways_that_needed_mending_say_so(text, note):
    assert read_date(text) == Cell(BORN, note)


@pytest.mark.parametrize(
    "text",
    ["2008-02-30", "30/02/2008", "31 April 2008", "13/13/2008", "0208-05-01", "60", "20081301"],
)
def test_dates_that_no_calendar_has_are_impossible(text):
    assert read_date(text) == Cell(None, "date_impossible")


@pytest.mark.parametrize("text", ["2008", "Maret 2008", "5 Foo 2008", "kemarin", "5/3", "0"])
def test_dates_that_cannot_be_read_are_not_guessed(text):
    assert read_date(text) == Cell(None, "date_unreadable")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        *(("2008-03-04 23:52:48", "date_next_day"), ("04/03/2008 23.52", "date_next_day")),
        *(("2008-03-04T17:00:00.000Z", "date_next_day"), ("2008-03-04T16:00Z", "date_next_day")),
        *(("2008-03-04T15:00:00+00:00", "date_next_day"), ("39511.995", "date_next_day")),
        *(("4 Maret 2008 11:59 pm", "date_next_day"), ("2008-03-04 24:00", "date_next_day")),
        *(("2008-03-05 12:00:00", "date_with_time"), ("2008-03-05 00:07:12", "date_with_time")),
        *(("2008-03-05 07:00:00", "date_with_time"), ("39512.25", "date_with_time")),
        *(("2008-03-05T00:00:00Z", ""), ("2008-03-05 12:00 am", "")),
        *(("2008-03-05T00:00:00+07:00", ""), ("2008-03-05 14:30:00 WIB", "")),
        ("2008-03-04T23:52:48+07:00", "date_next_day"),
    ],
)
def test_a_birth_date_with_a_time_is_the_nearest_midnight(text, note):
    assert read_date(text, times=Times.DATE) == Cell(BORN, note)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        *(("2008-03-05 14:30:00", ""), ("2008-03-05 23:59:59", ""), ("2008-03-05 23:59", "")),
        *(("2008-03-04 23:52:48", "date_next_day"), ("2008-03-04T17:00:00Z", "date_next_day")),
        *(("2008-03-05T03:10:00Z", ""), ("2008-03-05T14:59:59Z", ""), ("39512.6", "")),
    ],
)
def test_what_happened_by_day_happened_on_the_day_it_says(text, note):
    found = read_date(text, times=Times.MOMENT)

    assert (found.value, found.note) == (BORN, "date_from_serial" if "." in text else note)


@pytest.mark.parametrize("text", ["2008-03-05 25:00", "2008-03-05 24:01:00"])
def test_times_that_no_day_has_are_not_read(text):
    assert read_date(text) == Cell(None, "date_unreadable")


@pytest.mark.parametrize("text", ["", " ", "-", "0000-00-00", "NULL", "#N/A"])
def test_empty_dates_are_empty(text):
    assert read_date(text) == Cell(None)


@pytest.mark.parametrize(
    ("month", "names"),
    [
        *((2, "Februari Pebruari Feb Peb"), (5, "Mei May"), (8, "Agustus Agt Agst Aug Agu")),
        *((10, "Oktober Okt Oct October"), (11, "Nopember November Nov"), (12, "Desember Des Dec")),
    ],
)
def test_months_in_both_languages_and_short(month, names):
    for name in names.split():
        assert read_date(f"1 {name} 2008").value == dt.date(2008, month, 1)


@pytest.mark.parametrize(
    ("number", "day"),
    [(1, dt.date(1900, 1, 1)), (59, dt.date(1900, 2, 28)), (61, dt.date(1900, 3, 1))],
)
def test_the_1900_system_counts_a_day_that_never_was(number, day):
    assert serial_date(number, DateSystem.FROM_1900).value == day


def test_the_1904_system_counts_from_1904():
    assert serial_date(0, DateSystem.FROM_1904).value == dt.date(1904, 1, 1)
    assert read_date("38050", system=DateSystem.FROM_1904).value == BORN


@given(births())
def test_serials_of_both_systems_are_1462_days_apart(born):
    late = (born - dt.date(1904, 1, 1)).days

    assert read_date(str(late), system=DateSystem.FROM_1904).value == born
    assert read_date(str(late + 1462)).value == born


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/13/2008", "03/05/2008"], DateOrder.MONTH_DAY),
        (["13/03/2008", "03/05/2008"], DateOrder.DAY_MONTH),
        (["13/03/2008", "03/13/2008"], DateOrder.DAY_MONTH),
        (["03/05/2008"], DateOrder.DAY_MONTH),
        (["2008-03-05", "x"], DateOrder.DAY_MONTH),
        ([], DateOrder.DAY_MONTH),
    ],
)
def test_only_proof_makes_a_column_month_day(texts, order):
    assert date_order(texts) is order


@given(st.lists(births(), min_size=1))
def test_a_day_month_column_is_never_taken_for_month_day(born):
    assert date_order([f"{day:%d/%m/%Y}" for day in born]) is DateOrder.DAY_MONTH


@given(births(), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %y"]))
def test_a_date_reads_back_from_every_form(born, form):
    assert read_date(born.strftime(form)).value == born


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("0081234567", Cell("0081234567")),
        ("81234567", Cell("0081234567", "nisn_zeros")),
        ("81234567.0", Cell("0081234567", "nisn_zeros")),
        ("'0081234567", Cell("0081234567")),
        ('="0081234567"', Cell("0081234567")),
        ("008 123 4567", Cell("0081234567")),
        ("12345", Cell(None, "nisn_form")),
        ("00812345678", Cell(None, "nisn_form")),
        ("8,1E+07", Cell(None, "nisn_lost")),
        ("-", Cell(None)),
        ("0000000000", Cell(None)),
    ],
)
def test_nisn_gets_its_zeros_back(text, cell):
    assert cells.read_nisn(text) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1702094503080000", Cell("1702094503080000")),
        ("'1702094503080000", Cell("1702094503080000")),
        ("1702.0945.0308.0000", Cell("1702094503080000")),
        ("1,70209E+15", Cell(None, "nik_lost")),
        ("1.70209450308E+15", Cell(None, "nik_lost")),
        ("170209450308000", Cell(None, "nik_form")),
        ("17020945030800001", Cell(None, "nik_form")),
        ("0", Cell(None)),
        ("", Cell(None)),
    ],
)
def test_nik_is_sixteen_digits_or_none(text, cell):
    assert cells.read_nik(text) == cell


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("L", "L"),
        ("laki-laki", "L"),
        ("LAKI - LAKI", "L"),
        ("P", "P"),
        ("Perempuan", "P"),
        ("2", "P"),
    ],
)
def test_sex_in_letters_words_and_codes(text, sex):
    assert cells.read_sex(text) == Cell(sex)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        *(("12", 12), ("XII", 12), ("Kelas 11", 11), ("XI TKJ 1", 11), ("X-1", 10), ("XIIA", 12)),
        *(("10.0", 10), ("13", 13), ("X.IPA", 10), ("xi mipa", 11)),
    ],
)
def test_grades_in_numbers_and_roman(text, grade):
    assert cells.read_grade(text) == Cell(grade)


@pytest.mark.parametrize("text", ["Boga", "Anggrek", "VII", "100"])
def test_a_word_is_not_read_as_a_grade(text):
    assert cells.read_grade(text) == Cell(None, "grade_unknown")


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        *((cells.read_married, "KAWIN", True), (cells.read_married, "Belum Kawin", False)),
        *((cells.read_married, "4", True), (cells.read_married, "1", False)),
        *((cells.read_recorded, "ya", True), (cells.read_recorded, "1", True)),
        *((cells.read_status, "1", False), (cells.read_status, "8", True)),
        *((cells.read_status, "CARD PRINTED", True), (cells.read_status, "Belum Rekam", False)),
        *(
            (cells.read_special_needs, "Tidak ada", None),
            (cells.read_special_needs, "Tidak", False),
        ),
        (cells.read_special_needs, "Tuna netra", True),
    ],
)
def test_yes_and_no_in_the_words_of_lists(reader, text, value):
    assert reader(text) == Cell(value)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        *(("Tuna Netra", True), ("Ya", True), ("A - Tuna netra", True), ("ABK", True)),
        *(("Tidak dapat mendengar", True), ("Hiperaktif", True), ("Down Sindrome", True)),
        *(("Bukan ABK", False), ("Non-ABK", False), ("Normal", False), ("Anak normal", False)),
        *(("Tidak memiliki kebutuhan khusus", False), ("Tidak ada kelainan", False)),
        *(("Tdk ada", False), ("0 - Tidak ada", False), ("Reguler", False), ("Tanpa ABK", False)),
        *(("Tidak berkebutuhan khusus", False), ("Non Disabilitas", False), ("TIDAK", False)),
        *(("No special needs", False), ("sehat", False), ("", None), ("-", None)),
    ],
)
def test_the_many_ways_to_say_that_nothing_special_is_needed(text, needs):
    assert cells.read_special_needs(text) == Cell(needs)


def test_needs_that_nobody_asked_about_are_told():
    assert cells.read_special_needs("Belum didata") == Cell(None, "special_needs_unknown")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("17.02", "17.02"),
        ("1702", "17.02"),
        ("170209", "17.02.09"),
        ("1702091012", "17.02.09.1012"),
    ],
)
def test_region_codes_get_their_dots(text, region):
    assert cells.read_region(text).value == region


def test_marks_that_cannot_be_seen_are_removed_and_said():
    assert cells.read_text("SITI\u200f\u00a0 AMINAH\u0007") == Cell("SITI AMINAH", "hidden_marks")
    assert cells.read_text("  SITI   AMINAH ") == Cell("SITI AMINAH")


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


@given(st.text(max_size=50))
@example("\u00a8\x08\ua806")  # what is removed lets marks meet that change places
def test_cleaning_twice_is_cleaning_once(text):
    once = cells.clean(text)

    assert cells.clean(once) == once or '="' in once


texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2008-03-05", "05/03/2008", "L", "1702094503080000", "81234567", "XI", ""]),
    st.none(),
)


@given(st.lists(texts, max_size=8), st.sampled_from(sorted(FIELDS)))
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
    told = read.coded_issues.filter(pl.col("row").is_not_null()).sort("row")
    assert told.select("row", "rule").rows() == [
        (row, cell.note) for row, cell in enumerate(expected, start=1) if cell.note
    ]


def _one(name: str, text: str | None, column: list[str | None]) -> Cell:
    if text is None:
        return Cell(None)
    if FIELDS[name].dtype == pl.Date:
        order = date_order([other for other in column if other])
        cell = FIELDS[name].reader(text, order=order)
    else:
        cell = FIELDS[name].reader(text)
    return Cell(cell.value, FIELDS[name].renames.get(cell.note, cell.note))


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=30))
def test_plain_letters_are_cleaned_like_any_others(text):
    """A mark that cannot be seen takes the text the long way; it is cleaned to the same."""
    assert cells.clean(text) == cells.clean(f"{text}\u200b")
