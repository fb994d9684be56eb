"""Small tables: holidays, closures, travel times."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import SchoolLevel
from school_ektp.model.travel import NO_ROUTE
from school_ektp.roster.read import read_closures, read_holidays, read_schools, read_travel
from school_ektp.testing.containers import Container, spreadsheet


def file(folder, content: str | bytes, name: str = "t.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_holidays_and_joint_leave_are_told_apart(tmp_path):
    table = file(
        tmp_path,
        "Tanggal;Keterangan;Jenis\n16 September 2024;Maulid Nabi;libur nasional\n"
        "26/12/2024;Cuti bersama Natal;\n2024-12-25;Natal;public\n27-12-2024;X;cuti bersama\n",
    )

    holidays, joint_leave = read_holidays(table)

    assert holidays == {dt.date(2024, 9, 16): "Maulid Nabi", dt.date(2024, 12, 25): "Natal"}
    assert sorted(joint_leave) == [dt.date(2024, 12, 26), dt.date(2024, 12, 27)]


def test_json_of_a_holiday_api_is_read(tmp_path):
    rows = [
        {"tanggal": "2024-12-25", "keterangan": "Natal", "is_cuti": False},
        {"tanggal": "2024-12-26", "keterangan": "Natal", "is_cuti": True},
    ]

    holidays, joint_leave = read_holidays(file(tmp_path, json.dumps(rows), "h.json"))

    assert list(holidays) == [dt.date(2024, 12, 25)]
    assert list(joint_leave) == [dt.date(2024, 12, 26)]


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Christmas Joint Holiday"},
        {"name": "Natal", "type": "Collective Leave"},
        {"name": "Cuti Bersama Natal", "type": "Observance"},
        {"name": "Natal", "type": "Joint Public Holiday"},
        {"name": "Cuti-Bersama (Natal)", "is_national_holiday": False},
        {"name": "Cuti massal Idulfitri"},
        {"name": "Natal", "is_joint_leave": "Ya"},
        {"name": "Natal", "type": "cuti"},
    ],
    ids=str,
)
def test_joint_leave_in_the_words_of_others(row, tmp_path):
    rows = [{"date": "2024-12-26", **row}]

    holidays, joint_leave = read_holidays(file(tmp_path, json.dumps(rows), "h.json"))

    assert (holidays, list(joint_leave)) == ({}, [dt.date(2024, 12, 26)])


@pytest.mark.parametrize(
    "row",
    [
        {"holiday_name": "Hari Ibu", "is_national_holiday": False},
        {"holiday_name": "Hari Ibu", "is_holiday": "tidak"},
        {"holiday_name": "Hari Ibu", "type": "Observance"},
        {"holiday_name": "Hari Ibu", "type": "bukan libur"},
    ],
    ids=str,
)
def test_a_day_that_is_said_to_be_no_day_off_is_none(row, tmp_path):
    rows = [
        {"holiday_date": "2024-12-22", **row},
        {"holiday_date": "2024-12-25", "holiday_name": "Natal"},
    ]

    holidays, joint_leave = read_holidays(file(tmp_path, json.dumps(rows), "h.json"))

    assert (holidays, joint_leave) == ({dt.date(2024, 12, 25): "Natal"}, {})


def test_days_that_a_program_turned_into_moments_are_the_days_of_the_schools(tmp_path):
    rows = [
        {"date": "2024-12-24T17:00:00.000Z", "name": "Natal"},
        {"date": "2025-01-01T00:00:00+07:00", "name": "Tahun baru"},
    ]

    holidays, _ = read_holidays(file(tmp_path, json.dumps(rows), "h.json"))

    assert list(holidays) == [dt.date(2024, 12, 25), dt.date(2025, 1, 1)]


def test_the_end_of_a_day_is_still_that_day(tmp_path):
    table = "mulai,selesai,kegiatan\n2024-09-23 07:00,2024-09-27 23:59:59,PTS\n"

    closure = read_closures(file(tmp_path, table))[0]

    assert closure.span == DaySpan(dt.date(2024, 9, 23), dt.date(2024, 9, 27))


def test_all_bad_days_are_named_at_once(tmp_path):
    table = file(tmp_path, "day,name\n2024-12-25,a\n2024-02-30,b\nsoon,c\n")

    with pytest.raises(ReadError, match=r"has 2 bad rows:\n - row 3: day is no date.*\n - row 4"):
        read_holidays(table)


@pytest.mark.parametrize("container", Container)
def test_closures_hold_for_schools_levels_or_classes(container, tmp_path):
    rows = [
        ["Mulai", "Selesai", "Kegiatan", "NPSN", "Jenjang", "Kelas"],
        ["2024-09-23", "2024-09-28", "Ujian tengah semester", None, "SMA", None],
        ["7 Oktober 2024", "9 November 2024", "PKL", "10700610", None, "XI TKJ 1"],
        [dt.date(2024, 10, 1), None, "HUT sekolah", "10700669", None, None],
    ]
    table = file(tmp_path, spreadsheet({"Kalender": rows}, container), "c.xls")

    exam, placement, feast = read_closures(table)

    assert (exam.level, exam.npsn, exam.span.last) == (SchoolLevel.SMA, None, dt.date(2024, 9, 28))
    assert placement.class_name == "XI TKJ 1"
    assert feast.span == DaySpan(dt.date(2024, 10, 1))


def test_closures_that_end_before_they_begin_are_named(tmp_path):
    table = file(tmp_path, "first,last,reason\n2024-09-28,2024-09-23,exam\n")

    with pytest.raises(ReadError, match=r"row 2: last must not be before 2024-09-28"):
        read_closures(table)


PLACES = ["10700669", "10700610", "Tim 1/base"]


@pytest.mark.parametrize(
    "value",
    [
        {"code": "Ok", "durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]]},
        {"durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]], "metadata": {}},
        {
            "sources_to_targets": [
                [{"time": 0}, {"time": 61.5}, {"time": 60}],
                [{"time": 59}, {"time": 0}, {"time": None}],
                [{"time": 0.5}, {"time": 3600}, {"time": 0}],
            ]
        },
        {"sources_to_targets": {"durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]]}},
    ],
    ids=["osrm", "openrouteservice", "valhalla", "valhalla concise"],
)
def test_matrices_of_three_engines_are_rounded_up_to_minutes(value, tmp_path):
    table = read_travel(file(tmp_path, json.dumps(value), "m.json"), PLACES)

    assert table.places == tuple(PLACES)
    assert table.minutes == ((0, 2, 1), (1, 0, None), (1, 60, 0))


def test_a_table_of_pairs_names_its_places(tmp_path):
    table = read_travel(file(tmp_path, "from,to,minutes\na,b,12\nb,a,13\na,c,\n"))

    assert table.places == ("a", "b", "c")
    assert table.minutes == ((0, 12, None), (13, 0, None), (None, None, 0))


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"durations": [[0, 1], [1, 0]]}, "has 2 rows where 3 places are named"),
        ({"durations": [[0, -1, 2]] * 3}, "neither a number from 0 nor null"),
        ({"durations": [[0, "x", 2]] * 3}, "neither a number from 0 nor null"),
        ({"code": "NoTable"}, "holds neither 'durations' nor 'sources_to_targets'"),
    ],
)
def test_a_matrix_that_does_not_fit_is_refused(value, fault, tmp_path):
    with pytest.raises(ReadError, match=fault):
        read_travel(file(tmp_path, json.dumps(value), "m.json"), PLACES)


def test_a_matrix_without_names_asks_for_them(tmp_path):
    with pytest.raises(ReadError, match=r"pass places=\[\.\.\.\]"):
        read_travel(file(tmp_path, '{"durations": [[0]]}', "m.json"))


def travel(tmp_path, numbers, unit="detik", **options):
    rows = "".join(f'p{place};q;"{number}"\n' for place, number in enumerate(numbers))
    table = read_travel(file(tmp_path, f"dari;ke;{unit}\n{rows}"), **options)
    at = table.places.index
    return [table.minutes[at(f"p{place}")][at("q")] for place in range(len(numbers))]


@pytest.mark.parametrize(
    ("numbers", "unit", "minutes", "told"),
    [
        (["1.200", "1.350"], "detik", [20, 23], "1.200, read as 1200"),
        (["1,200", "900"], "detik", [20, 15], "1,200, read as 1200"),
        (["1.200", "1350.5"], "detik", [1, 23], None),
        (["1.200", "2.345.600"], "detik", [20, None], None),
        (["1.200,5", "1.350"], "detik", [21, 23], None),
        (["350.250", "420.125"], "detik", [6, 8], "350.250, read as 350.25"),
        (["0.250", "1.125"], "detik", [1, 1], None),
        (["12,5", "7.25"], "menit", [13, 8], None),
        (["1.200", "45"], "menit", [1200, 45], "1.200, read as 1200"),
        (["1 200", "60"], "detik", [20, 1], None),
    ],
)
def test_a_mark_between_thousands_is_told_from_one_before_decimals(
    numbers, unit, minutes, told, tmp_path
):
    if told is None:
        assert travel(tmp_path, numbers, unit) == minutes
    else:
        with pytest.warns(SchoolEktpWarning, match=told):
            assert travel(tmp_path, numbers, unit) == minutes


@pytest.mark.parametrize(("decimal", "minutes"), [(".", 1), (",", 20)])
def test_a_stated_decimal_mark_settles_how_a_number_is_read(decimal, minutes, tmp_path):
    assert travel(tmp_path, ["1.200"], decimal=decimal) == [minutes]


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ("X;Y;10\nX;Y;90\nY;X;10\n", ((0, 10), (10, 0))),
        ("X;Y;10\nX;Y;90\nY;X;85\n", ((0, 90), (85, 0))),
        ("X;Y;10\nX;Y;90\n", ((0, 90), (None, 0))),
        ("X;Y;10\nX;Y;90\nY;X;5\nY;X;70\n", ((0, 90), (70, 0))),
        ("X;Y;\nX;Y;90\n", ((0, 90), (None, 0))),
    ],
)
def test_a_pair_with_two_times_takes_the_likelier_and_is_told(rows, minutes, tmp_path):
    with pytest.warns(SchoolEktpWarning, match=r"pairs of places two times or more \(rows 2 and 3"):
        table = read_travel(file(tmp_path, f"dari;ke;menit\n{rows}"))

    assert table.minutes == minutes


def test_a_pair_given_twice_with_one_time_is_no_doubt(tmp_path):
    table = read_travel(file(tmp_path, "dari;ke;menit\nX;Y;10\nX;Y;10\n"))

    assert table.minutes == ((0, 10), (None, 0))


times = st.lists(st.none() | st.integers(0, 9999), min_size=3, max_size=3)


@given(st.lists(times, min_size=3, max_size=3))
def test_a_matrix_reads_back(minutes):
    value = {"durations": [[m and m * 60 for m in row] for row in minutes]}
    with tempfile.TemporaryDirectory() as folder:
        table = read_travel(file(Path(folder), json.dumps(value), "m.json"), PLACES)

    known = [[None if m is None or m >= NO_ROUTE else m for m in row] for row in minutes]
    assert [list(row) for row in table.minutes] == known


@pytest.mark.parametrize("seconds", [1.7976931348623157e308, 2**31, 24 * 3600, float("inf")])
def test_a_time_of_a_day_or_more_means_no_route(seconds, tmp_path):
    value = {"durations": [[0, seconds], [24 * 3600 - 60, 0]]}

    table = read_travel(file(tmp_path, json.dumps(value), "m.json"), ["a", "b"])

    assert table.minutes == ((0, None), (NO_ROUTE - 1, 0))
    assert not table.has_route("a", "b")
    assert table.has_route("b", "a")


def test_a_time_that_is_no_number_is_refused(tmp_path):
    with pytest.raises(ReadError, match="neither a number from 0 nor null"):
        read_travel(file(tmp_path, '{"durations": [[NaN]]}', "m.json"), ["a"])


def test_quotes_that_were_mended_in_a_list_of_schools_are_told(tmp_path):
    """The list is read whole, and whoever gave it hears which rows to check."""
    file = tmp_path / "sekolah.csv"
    rows = [f"1070066{n},SMAN {n},SMA,Curup,-3.47,102.5{n}" for n in range(1, 7)]
    rows[2] = rows[2].replace("SMAN", '"SMAN')
    file.write_text("\n".join(["NPSN,Nama,Bentuk,Kecamatan,Lintang,Bujur", *rows]), "utf-8")

    with pytest.warns(SchoolEktpWarning, match=r"sekolah\.csv: quotes .* out of row 4; check"):
        read = read_schools(file)

    assert len(read.schools) == 6
