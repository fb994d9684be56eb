"""Facts that ship with the package: the schools of the regency and the holidays of 2024."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from importlib.resources import files

import pytest

from school_ektp.datasets import public_holidays, rejang_lebong
from school_ektp.model import holidays
from school_ektp.model.school import LocationMethod


@pytest.fixture(scope="module")
def region():
    return rejang_lebong(seed=1)


def rows_of(region) -> list[dict[str, str]]:
    text = (files("school_ektp") / "data" / "schools_rejang_lebong.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_schools_are_those_of_the_table(region):
    rows = {row["npsn"]: row for row in rows_of(region)}

    assert [school.npsn for school in region.schools] == sorted(rows)
    for school in region.schools:
        row = rows[school.npsn]
        assert (school.name, school.level, school.kecamatan) == (
            row["name"],
            row["type"],
            row["kecamatan"],
        )
        assert school.state == (row["status"] == "Negeri")
        assert (school.location.latitude, school.location.longitude) == (
            float(row["lat"]),
            float(row["lon"]),
        )


def test_the_method_of_each_place_is_kept(region):
    methods = Counter(school.location.method for school in region.schools)

    assert methods == {
        LocationMethod.SOURCE: 17,
        LocationMethod.VILLAGE: 15,
        LocationMethod.KECAMATAN: 13,
    }


def test_a_place_outside_its_kecamatan_was_repaired(region):
    """SMA Negeri 3 was published 38 km away from Curup Utara."""
    [school] = [school for school in region.schools if school.npsn == "10700685"]

    assert school.location.method is LocationMethod.VILLAGE
    assert school.location.longitude == pytest.approx(102.51, abs=0.01)


def test_most_schools_have_six_days_and_some_five(region):
    weeks = Counter(school.week_days for school in region.schools)

    assert weeks[6] > 2 * weeks[5] > 10


def test_the_holidays_that_ship_are_those_the_calendar_package_knows():
    shipped = public_holidays(2024)
    known = holidays.public_holidays(dt.date(2024, 1, 1), dt.date(2024, 12, 31))

    assert set(shipped.holidays) == set(known.holidays)
    assert set(shipped.joint_leave) == set(known.joint_leave)
    assert (len(shipped.holidays), len(shipped.joint_leave)) == (19, 10)
