"""Frames with moments in the place of dates: the day that was meant is read, or reported."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest

from school_ektp.errors import RosterSchemaError
from school_ektp.roster.check import check_roster
from school_ektp.roster.read.frame import from_frame
from school_ektp.roster.read.roster_files import read_bytes

BORN = dt.date(2008, 10, 1)
MIDNIGHT = dt.datetime(2008, 10, 1)
HOUR = dt.timedelta(hours=1)


def frame_of(moment, zone=None, unit="us"):
    born = pl.Series([moment, None], dtype=pl.Datetime(unit))
    if zone:
        born = born.dt.replace_time_zone(zone)
    return pl.DataFrame({"student_id": ["a", "b"], "npsn": "10700669", "birth_date": born})


def read_both(frame):
    """Return what is read of a frame, and of a Parquet file with it."""
    file = io.BytesIO()
    frame.write_parquet(file)
    return from_frame(frame), read_bytes(file.getvalue(), "a.parquet")


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura", "America/New_York"])
@pytest.mark.parametrize("moment", [MIDNIGHT, MIDNIGHT + 14 * HOUR, MIDNIGHT + 23 * HOUR])
@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_a_moment_in_a_zone_has_the_date_of_that_zone(zone, moment, unit):
    for read in read_both(frame_of(moment, zone, unit)):
        assert read.rows["birth_date"].to_list() == [BORN, None]
        assert read.coded_issues.is_empty()


@pytest.mark.parametrize("zone", [None, "UTC", "Etc/UTC"])
@pytest.mark.parametrize(
    ("moment", "rules"),
    [
        (MIDNIGHT, []),
        (MIDNIGHT - 7 * HOUR, ["date_next_day"]),
        (MIDNIGHT - 9 * HOUR, ["date_next_day"]),
        (MIDNIGHT - dt.timedelta(minutes=7, seconds=12), ["date_next_day"]),
        (MIDNIGHT + 12 * HOUR, ["date_with_time"]),
    ],
)
def test_a_moment_without_a_zone_is_the_nearest_midnight_and_reported(zone, moment, rules):
    for read in read_both(frame_of(moment, zone)):
        assert read.rows["birth_date"].to_list() == [BORN, None]
        assert read.coded_issues["rule"].to_list() == rules
        assert read.coded_issues["row"].to_list() == [1] * len(rules)


def test_an_afternoon_of_recording_stays_on_its_day():
    frame = frame_of(MIDNIGHT).with_columns(recorded_on=dt.datetime(2024, 8, 20, 14, 30))

    checked = check_roster(frame, schools=None, on=dt.date(2024, 9, 3))

    assert checked.valid["recorded_on"].to_list() == [dt.date(2024, 8, 20)]
    assert "date_next_day" not in checked.issues["rule"].to_list()


def test_a_heading_of_files_is_named_where_a_column_is_missing():
    """A frame read from a school's file by another program needs its columns renamed."""
    frame = pl.DataFrame(
        {"NPSN": ["10700669"], "Tgl Lahir": ["05/03/2008"], "NISN": ["0081234567"]}
    )

    with pytest.raises(RosterSchemaError) as caught:
        from_frame(frame)

    assert str(caught.value).splitlines() == [
        "roster has 3 bad columns:",
        " - 'nisn': is called 'NISN'; rename it",
        " - 'npsn': is called 'NPSN'; rename it",
        " - 'birth_date': is called 'Tgl Lahir'; rename it",
    ]
