"""A few invented pupils as a roster, for tests that write them into files and read them back."""

from __future__ import annotations

import datetime as dt

import polars as pl

from school_ektp.model.school import School
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.read.cells import grade_of_class

SCHOOL = School(npsn="10700669", name="SMA N 1 & Rejang", level="SMA", kecamatan="Curup")
#: What every layout carries.
CARRIED = ["name", "birth_date", "sex", "grade", "class_name", "special_needs", "nisn", "nik"]
EMPTY = roster_from_students([])


def roster_of(rows: list[dict]) -> pl.DataFrame:
    """Return a roster of pupils that are given by what every layout carries, but the grade."""
    frame = pl.DataFrame(rows, schema={name: EMPTY.schema[name] for name in CARRIED})
    grades = [grade_of_class(name) for name in frame["class_name"]]
    complete = frame.with_columns(
        grade=pl.Series(grades, dtype=pl.Int8), recorded_on=pl.lit(None, pl.Date)
    )
    return pl.concat([EMPTY, complete], how="diagonal")


ONE = roster_of(
    [
        {
            "name": "SITI CONTOH",
            "birth_date": dt.date(2008, 3, 5),
            "sex": "P",
            "class_name": "XI IPA 1",
            "special_needs": False,
            "nisn": "0081234567",
            "nik": "1702094503080000",
        }
    ]
)
SEVERAL = pl.concat(
    [
        ONE.with_columns(
            name=pl.lit(f"SISWA {number}"),
            birth_date=pl.lit(dt.date(2008, 3, number)),
            nisn=pl.lit(f"00812345{number:02d}"),
            nik=pl.lit(None, pl.String),
        )
        for number in range(1, 26)
    ]
)
