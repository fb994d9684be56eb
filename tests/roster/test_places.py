"""Where schools lie: held against their kecamatan, repaired by village, then kecamatan."""

from __future__ import annotations

import csv
from importlib.resources import files

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.datasets import rejang_lebong
from school_ektp.errors import ReadError, RosterSchemaError
from school_ektp.model.globe import straight_km
from school_ektp.model.school import Location, LocationMethod, School
from school_ektp.roster.places import (
    Places,
    audit_places,
    place,
    places_from_frames,
    rejang_lebong_places,
)
from school_ektp.roster.read.school_files import read_schools

PLACES = rejang_lebong_places()
IN_CURUP = (-3.4776, 102.5215)


def test_the_regency_ships_with_fifteen_kecamatan_and_156_villages():
    assert len(PLACES.kecamatan) == 15
    assert len(PLACES.villages) == 156
    assert all(district.rings for district in PLACES.kecamatan)


@pytest.mark.parametrize("name", ["Bindu Riang", "Binduriang", "KEC. BINDURIANG", "17.02.20"])
def test_names_and_codes_of_three_systems_find_a_kecamatan(name):
    assert PLACES.find(name).name == "Binduriang"


def test_dapodik_and_bps_codes_find_it_too():
    assert PLACES.find("260224").name == PLACES.find("1702046").name == "Curup Utara"


def test_a_point_inside_stays():
    placed = place(*IN_CURUP, kecamatan="Curup", places=PLACES)

    assert placed.issue == ""
    assert placed.location == Location(*IN_CURUP)


@pytest.mark.parametrize(
    ("latitude", "longitude", "issue"),
    [
        (None, None, "location_missing"),
        (0, 0, "location_zero"),
        (0.0, 102.5, "location_zero"),
        (float("nan"), 102.5, "location_unreadable"),
        (-3.6, 102.9, "location_outside"),
        (-5.0, 100.0, "location_far"),  # the sea west of Bengkulu
        (-340.0, 10250.0, "location_unreadable"),
    ],
)
def test_a_point_that_cannot_be_gives_way_to_its_village_then_kecamatan(latitude, longitude, issue):
    near = place(latitude, longitude, kecamatan="Curup", village="Dwi Tunggal", places=PLACES)
    far = place(latitude, longitude, kecamatan="Curup", village="Nowhere", places=PLACES)

    assert near.issue == far.issue == issue
    assert near.location.method is LocationMethod.VILLAGE
    assert far.location.method is LocationMethod.KECAMATAN
    assert far.centre == "Curup"


def test_swapped_coordinates_are_swapped_back():
    placed = place(IN_CURUP[1], IN_CURUP[0], kecamatan="Curup", places=PLACES)

    assert placed.issue == "location_swapped"
    assert placed.location == Location(*IN_CURUP)


def test_a_lost_minus_is_put_back():
    placed = place(-IN_CURUP[0], IN_CURUP[1], kecamatan="Curup", places=PLACES)

    assert placed.issue == "location_sign"
    assert placed.location == Location(*IN_CURUP)


def test_an_unknown_kecamatan_leaves_the_point_and_says_so():
    placed = place(*IN_CURUP, kecamatan="Elsewhere", places=PLACES)

    assert placed.issue == "kecamatan_unknown"
    assert placed.location == Location(*IN_CURUP)


def test_nothing_known_is_no_location():
    placed = place(None, None, kecamatan="Elsewhere", places=PLACES)

    assert placed.issue == "location_unknown"
    assert placed.location is None


def test_the_published_places_of_the_regency_are_audited_as_in_its_table():
    """16 of 33 published points lie outside; the table of the package says which."""
    text = (files("school_ektp") / "data" / "schools_rejang_lebong.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    given_points = [row for row in rows if row["lat_source"]]

    outside = {
        row["npsn"]
        for row in given_points
        if PLACES.find(row["kecamatan"]).km_outside(
            float(row["lat_source"]), float(row["lon_source"])
        )
        > 0
    }

    assert len(given_points) == 33
    assert outside >= {r["npsn"] for r in given_points if r["coord_check"] == "outside_kecamatan"}


def test_reading_the_published_list_repairs_what_its_table_repairs(tmp_path):
    text = (files("school_ektp") / "data" / "schools_rejang_lebong.csv").read_text(encoding="utf-8")
    frame = pl.read_csv(text.encode(), infer_schema=False).rename(
        {"lat": "x", "lon": "y", "lat_source": "Lintang", "lon_source": "Bujur"}
    )
    frame.write_csv(tmp_path / "schools.csv")

    read = read_schools(tmp_path / "schools.csv", places=PLACES)

    known = {school.npsn: school for school in rejang_lebong(seed=1).schools}
    assert [school.npsn for school in read.schools] == sorted(known)
    for school in read.schools:
        other = known[school.npsn]
        assert (school.level, school.state) == (other.level, other.state)
        points = [(each.location.latitude, each.location.longitude) for each in (school, other)]
        gap = straight_km(*points)
        assert gap < 3, school.npsn


def test_json_of_a_school_api_is_read(tmp_path):
    (tmp_path / "api.json").write_text(
        '{"status": "success", "dataSekolah": [{"npsn": "10700669", "sekolah": "SMAN 1", '
        '"bentuk": "SMA", "status": "N", "kecamatan": "Kec. Curup", "lintang": "-3.4776", '
        '"bujur": "102.5215"}, {"npsn": "10700001", "sekolah": "SDN 1", "bentuk": "SD", '
        '"kecamatan": "Kec. Curup"}]}',
        encoding="utf-8",
    )

    read = read_schools(tmp_path / "api.json", places=PLACES)

    assert [(s.npsn, s.level.value, s.state, s.kecamatan) for s in read.schools] == [
        ("10700669", "SMA", True, "Curup")
    ]
    assert read.coded_issues["rule"].to_list() == ["school_level"]
    assert read.rows == 2


def test_every_row_of_a_list_of_schools_is_a_school_or_has_a_finding(tmp_path):
    (tmp_path / "s.csv").write_text(
        "NPSN;Nama Sekolah;Bentuk;Kecamatan;Lintang;Bujur\n"
        "10700669;SMAN 1;SMA;Curup;-3,4776;102,5215\n"
        "10700669;SMAN 1 lagi;SMA;Curup;;\n"
        "123;SMAN 2;SMA;Curup;;\n"
        ";SMAN 3;SMA;Curup;;\n"
        "10700001;;SMA;Curup;;\n"
        "10700002;SMPN 1;SMP;Curup;;\n"
        "10700003;SMAN 4;SMA;;;\n"
        "10700004;SMAN 5;SMA;Curup;abc;102\n",
        encoding="utf-8",
    )

    read = read_schools(tmp_path / "s.csv", places=PLACES)

    assert [school.npsn for school in read.schools] == ["10700004", "10700669"]
    reported = {(row, rule) for row, rule in read.coded_issues.select("row", "rule").iter_rows()}
    assert reported == {
        (3, "school_twice"),
        (4, "npsn_form"),
        (5, "npsn_missing"),
        (6, "school_name_missing"),
        (7, "school_level"),
        (8, "kecamatan_missing"),
        (9, "location_unreadable"),
    }
    assert len(read.schools) + 6 == read.rows
    assert len(read.issues("en")) == 7


def test_a_list_without_npsn_says_what_is_missing(tmp_path):
    (tmp_path / "s.csv").write_text("Nama Sekolah,Kecamatan\nSMAN 1,Curup\n", encoding="utf-8")

    with pytest.raises(ReadError, match="has no table of schools with columns for npsn; name"):
        read_schools(tmp_path / "s.csv")


def test_audit_repairs_schools_and_keeps_surveyed_points():
    here = Location(-3.6, 102.9)
    school = School(npsn="10700669", name="A", level="SMA", kecamatan="Curup", location=here)
    surveyed = School(
        npsn="10700670",
        name="B",
        level="SMA",
        kecamatan="Curup",
        location=Location(-3.6, 102.9, method=LocationMethod.SURVEY),
    )

    (one, other), audit = audit_places([school, surveyed], PLACES)

    assert one.location.method is LocationMethod.KECAMATAN
    assert other.location == surveyed.location
    assert audit["issue"].to_list() == ["location_outside", ""]


def test_another_regency_brings_its_own_table():
    table = pl.DataFrame({"name": ["Ilir"], "latitude": [-2.0], "longitude": [104.0]})

    places = places_from_frames(table.with_columns(radius_km=5.0))

    assert place(-2.01, 104.01, kecamatan="Ilir", places=places).issue == ""
    assert place(-2.2, 104.0, kecamatan="Ilir", places=places).issue == "location_outside"


def test_a_table_without_coordinates_names_what_it_lacks():
    with pytest.raises(RosterSchemaError, match=r"(?s)'latitude': missing.*'longitude': missing"):
        places_from_frames(pl.DataFrame({"name": ["Ilir"]}))


numbers = st.none() | st.floats() | st.sampled_from([0.0, *IN_CURUP])


@given(numbers, numbers, st.sampled_from(["Curup", "Kota Padang", "Elsewhere", ""]))
def test_any_numbers_give_a_sound_location_or_none(latitude, longitude, kecamatan):
    placed = place(latitude, longitude, kecamatan=kecamatan, places=PLACES)

    assert placed.location is None or abs(placed.location.latitude) <= 90
    assert placed.location is not None or placed.issue == "location_unknown"


@given(st.sampled_from(PLACES.kecamatan), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_a_repaired_point_is_never_far_from_its_kecamatan(district, north, east):
    given_point = district.latitude + north, district.longitude + east

    placed = place(*given_point, kecamatan=district.name, places=PLACES)

    here = placed.location
    assert district.km_outside(here.latitude, here.longitude) <= 3.5


def test_without_places_points_are_taken_as_published(tmp_path):
    (tmp_path / "s.csv").write_text(
        "npsn,name,level,kecamatan,latitude,longitude\n10700669,SMAN 1,SMA,Curup,-3.6,102.9\n",
        encoding="utf-8",
    )

    read = read_schools(tmp_path / "s.csv")

    assert read.schools[0].location == Location(-3.6, 102.9)
    assert read.coded_issues.is_empty()
    assert Places([]).find("Curup") is None
