"""Dates as rosters write them: read where there is no doubt, and the doubt named elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.read.dates import DateSystem, Times, read_date, serial_date
from school_ektp.roster.read.distinct import Cell
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
        *("Rabu 5 Maret 2008", "CURUP 05-03-2008", "Curup / 5 Maret 2008", "tgl 05-03-2008"),
        *(
            "5 - 3 - 2008",
            "5 . 3 . 2008",
            "05\u201303\u20132008",
            "05\u221203\u22122008",
            "05\\03\\2008",
        ),
        *("05_03_2008", "05-03-2008.", "05-03-2008,", "5th March 2008", "05-III-2008"),
        *("Wed Mar 05 2008 00:00:00 GMT+0700 (Western Indonesia Time)", "2008-03-05T00:00:00+07"),
        *(
            "Wed Mar 05 00:00:00 WIB 2008",
            "Wed Mar 5 00:00:00 GMT+07:00 2008",
            "Kota 50, 05-03-2008",
        ),
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


@pytest.mark.parametrize("text", ["-9999999999999", "99999999999999", "1702090503080001"])
def test_numbers_that_are_no_moment_of_a_life_are_not_read(text):
    assert read_date(text).value is None


@pytest.mark.parametrize(
    "text", ["No 39512", "umur 39512", "2008", "Maret 2008", "5 Foo 2008", "kemarin", "5/3", "0"]
)
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
        *(("2008-03-04T23:52:48+07:00", "date_next_day"), ("2008-03-05T23:00:00+07:00", "")),
        *(("1204650000", "date_next_day"), ("1204650000000", "date_next_day")),
        ("/Date(1204675200000)/", "date_with_time"),
        ("/Date(1204650000000+0700)/", "date_next_day"),
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


@given(births(), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %y"]))
def test_a_date_reads_back_from_every_form(born, form):
    assert read_date(born.strftime(form)).value == born
