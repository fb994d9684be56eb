"""Days on which no school can be visited: holidays, joint leave, closures."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from school_ektp.errors import ReadError
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import SchoolLevel
from school_ektp.roster.read import read_closures, read_holidays
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


@pytest.mark.parametrize(
    "value",
    [
        {"2024-12-25": "Natal", "info": {"updated": "x"}},
        {"2024-12-25": {"summary": "Natal"}},
        {"2024-12-25": [{"name": "Natal"}]},
        {"2024-12-25": {"summary": ["Natal"], "holiday": True}},
        {"data": {"2024-12-25": {"name": "Natal"}}},
    ],
)
def test_holidays_keyed_by_date_are_read(value, tmp_path):
    file = tmp_path / "h.json"
    file.write_text(json.dumps(value))

    assert read_holidays(file).holidays == {dt.date(2024, 12, 25): "Natal"}


@pytest.mark.parametrize(
    "other",
    [
        {"is_national_holiday": False},
        {"is_national": 0},
        {"isHoliday": "tidak"},
        {"type": "Observance"},
    ],
)
def test_days_that_are_called_no_holiday_are_none(other, tmp_path):
    file = tmp_path / "h.json"
    given = {"date": "2024-09-16", "name": "Maulid", **dict.fromkeys(other, True)}
    given.pop("type", None)
    file.write_text(json.dumps([given, {"date": "2024-09-25", "name": "Galungan", **other}]))

    assert list(read_holidays(file).holidays) == [dt.date(2024, 9, 16)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"types": ["Public"], "global": True}, "holiday"),
        ({"types": ["Public"], "global": False, "counties": ["ID-BA"]}, "none"),
        ({"types": ["Observance"], "global": True}, "none"),
        ({"holiday_type": "Cuti Bersama"}, "joint leave"),
        ({"holiday_type": "Libur Nasional"}, "holiday"),
        ({"status": "fakultatif"}, "none"),
        ({"kategori": "hari peringatan"}, "none"),
        ({"primary_type": "Joint holiday"}, "joint leave"),
        ({"is_national_holiday": "F", "nasional": "F"}, "none"),
    ],
)
def test_services_say_in_their_own_words_what_a_day_is(row, kind, tmp_path):
    other = {"is_national_holiday": "T", "nasional": "T"} if "nasional" in row else {}
    rows = [
        {"date": "2024-12-25", "name": "Natal", **row},
        {"date": "2024-12-30", "name": "X", **other},
    ]

    holidays, joint_leave = read_holidays(file(tmp_path, json.dumps(rows), "h.json"))

    day = dt.date(2024, 12, 25)
    assert (day in holidays, day in joint_leave) == (kind == "holiday", kind == "joint leave")


def test_the_days_of_a_whole_table_prove_their_order(tmp_path):
    american = "date,holiday\n12/25/2024,Christmas\n01/05/2025,X\n03/31/2025,Y\n"
    closed = "start,end,reason\n03/05/2025,03/28/2025,Exam\n"

    holidays, _ = read_holidays(file(tmp_path, american))
    (closure,) = read_closures(file(tmp_path, closed, "c.csv"))

    assert sorted(holidays)[1] == dt.date(2025, 1, 5)
    assert closure.span == DaySpan(dt.date(2025, 3, 5), dt.date(2025, 3, 28))


def test_bersama_is_joint_leave_whatever_is_shared(tmp_path):
    table = file(tmp_path, "Tanggal;Nama Hari Libur\nSelasa, 31 Desember 2024;Libur Bersama\n")

    assert list(read_holidays(table).joint_leave) == [dt.date(2024, 12, 31)]
