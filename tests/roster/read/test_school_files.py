"""Lists of schools: their levels, their places, and the rows that are no school."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from school_ektp.model.school import SchoolLevel
from school_ektp.roster.read import read_closures, read_schools


def test_schools_and_closures_take_levels_written_out(tmp_path):
    schools, closures = tmp_path / "s.csv", tmp_path / "c.csv"
    schools.write_text("npsn,nama,bentuk,kecamatan\n10700001,UJI,Madrasah Aliyah,Curup\n")
    closures.write_text("mulai,kegiatan,jenjang\n2024-09-02,PTS,Sekolah Menengah Kejuruan (SMK)\n")

    [school] = read_schools(schools).schools
    [closure] = read_closures(closures)

    assert school.level is SchoolLevel.MA
    assert (closure.level, closure.span.first) == (SchoolLevel.SMK, dt.date(2024, 9, 2))


def test_schools_are_read_from_geojson(tmp_path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [102.52, -3.47]},
        "properties": {
            "npsn": "10700669",
            "nama": "SMAN 1 UJI",
            "bentuk": "SMA",
            "kecamatan": "Curup",
        },
    }
    file = tmp_path / "s.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    (school,) = read_schools(file).schools

    assert (school.npsn, school.location.latitude, school.location.longitude) == (
        *("10700669", -3.47, 102.52),
    )


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("koordinat", "-3.47, 102.52"),
        ("Titik Koordinat", "(-3.47; 102.52)"),
        ("Lat/Long", "102.52 -3.47"),
        ("koordinat", "POINT(102.52 -3.47)"),
        ("koordinat", "-3,47 102,52"),
        ("lintang|bujur", "3.47 LS|102.52 BT"),
        ("lintang|bujur", "3°28'12 S|102°31'12 E"),
        ("lintang|bujur", "3 28 12 LS|102 31 12 BT"),
    ],
)
def test_points_as_people_write_them(head, cells, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"npsn|nama|bentuk|kecamatan|{head}\n10700669|SMAN 1|SMA|Curup|{cells}\n")

    (school,) = read_schools(path).schools

    assert (school.location.latitude, school.location.longitude) == pytest.approx((-3.47, 102.52))


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl"])
def test_one_feature_is_a_school(name, tmp_path):
    about = {"nama": "SMAN 1", "bentuk": "SMA", "kecamatan": "Curup"}
    point = {"type": "Point", "coordinates": [102.52, -3.47]}
    feature = {"type": "Feature", "id": "10700669", "properties": about, "geometry": point}
    path = tmp_path / name
    path.write_text("\x1e" * name.endswith("l") + json.dumps(feature) + "\n")

    (school,) = read_schools(path).schools

    assert (school.npsn, school.location.latitude) == ("10700669", -3.47)


def test_marks_that_cannot_be_seen_are_taken_out_and_reported(tmp_path):
    """A mark of direction would show another name, and one of no width make two of it."""
    file = tmp_path / "s.csv"
    cells = "10700669,SMA\u200b N 1,\u202eCurup,SMA"
    file.write_text(f"NP\u200bSN,Nama,Kecamatan,Bentuk\n{cells}\n", encoding="utf-8")

    read = read_schools(file)

    assert [(one.name, one.kecamatan) for one in read.schools] == [("SMA N 1", "Curup")]
    marked = read.issues("en").filter(rule="hidden_marks")
    assert marked.select("row", "column").rows() == [(2, "kecamatan"), (2, "name")]
