"""Lists of the civil registry: who is recorded, by status, by code, or by being listed."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read import read_register
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.testing.containers import Container, spreadsheet

BORN = dt.date(2008, 10, 1)


def sheet(*rows, container=Container.XLSX) -> bytes:
    return spreadsheet({"Sheet1": [list(row) for row in rows]}, container)


@pytest.mark.parametrize(
    "head",
    [
        ["NIK", "NAMA", "TANGGAL LAHIR", "STATUS REKAM"],
        ["nik", "nama", "tanggallahir", "status_rekam"],
        ["NIK (16 digit)", "namaLengkap", "Tgl. Lahir", "Status"],
    ],
)
def test_a_list_of_the_registry_needs_no_marks_of_its_own(head, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(sheet(head, ["1702090110080001", "BUDI UJI", "2008-10-01", "SUDAH REKAM"]))

    people = read_register(file).people

    assert people.select("nik", "name", "birth_date", "recorded").rows() == [
        ("1702090110080001", "BUDI UJI", BORN, True)
    ]


def test_the_population_book_tells_recorded_and_married_apart():
    head = ["NO", "Nama Lengkap", "NIK", "Tanggal Lahir", "JK", "Stat Kwn", "Status", "Stat Rkm"]
    rows = [
        [1, "BUDI UJI", "1702090110080001", "01-10-2008", "Lk", "BK", "BLM DPT", "SUDAH\nREKAM"],
        [2, "SITI UJI", "1702094110070002", "01-10-2007", "Pr", "K", "SDH DPT", "CARD SHIPPED"],
        [3, "ANI UJI", "1702094110070003", "02-10-2007", "Pr", "CH", "BLM DPT", "BELUM REKAM"],
        [4, "ADI UJI", "1702090210070004", "02-10-2007", "Lk", "CM", "BLM DPT", "BELUM REKAM"],
    ]

    read = register_bytes(sheet(head, *rows), "bip.xlsx")

    assert read.people["recorded"].to_list() == [True, True, False, False]
    assert read.people["married"].to_list() == [False, True, True, True]
    assert read.coded_issues.is_empty()


@pytest.mark.parametrize(
    ("values", "recorded", "married", "rules"),
    [
        (("SUDAH REKAM", "BELUM REKAM"), [True, False], [None, None], []),
        (("8", "2"), [True, False], [None, None], []),
        (("BK", "K"), [None, None], [False, True], []),
        (("BLM DPT", "SDH DPT"), [None, None], [None, None], ["status_not_recording"]),
        ((None, None), [None, None], [None, None], []),
    ],
)
def test_a_bare_status_means_what_its_values_say(values, recorded, married, rules):
    head = ["NIK", "NAMA", "STATUS"]
    rows = [[f"170209011008000{n}", f"UJI {n}", value] for n, value in enumerate(values, 1)]

    read = register_bytes(sheet(head, *rows), "a.xlsx")

    assert read.people["recorded"].to_list() == recorded
    assert read.people["married"].to_list() == married
    assert read.coded_issues["rule"].to_list() == rules


def test_a_list_of_nik_alone_is_a_list_of_those_recorded_if_the_caller_says_so():
    read = register_bytes(b"NIK\n1702090110080001\n1702094110070002\n", "a.csv", recorded=True)

    assert read.people.select("nik", "recorded").rows() == [
        ("1702090110080001", True),
        ("1702094110070002", True),
    ]


@pytest.mark.parametrize("container", Container)
def test_a_list_of_nik_needs_no_heading(container):
    rows = [["1702090110080001"], ["'1702094110070002"]]

    read = register_bytes(sheet(*rows, container=container), "a.xlsx", recorded=True)

    assert read.people["nik"].to_list() == ["1702090110080001", "1702094110070002"]
    assert read.people["source_row"].to_list() == [1, 2]
    with pytest.raises(ReadError, match="has no header"):
        register_bytes(b"1702090110080001\nBUDI UJI\n", "a.csv")


def test_codes_three_to_eight_mean_recorded():
    words = "BELUM WAJIB;BELUM REKAM;SUDAH REKAM;CARD PRINTED;PRINT READY RECORD;CARD SHIPPED"
    codes = [*range(1, 9), *words.split(";"), "SENT FOR CARD PRINTING", "CARD ISSUED"]
    lines = [f"{n:016d}|SISWA|2008-03-05|{code}" for n, code in enumerate(codes, 10**15)]
    text = "NIK|NAMA_LGKP|TGL_LHR|STATUS REKAM\n" + "\n".join(lines)

    read = register_bytes(text.encode(), "d.csv")

    assert read.people["recorded"].to_list() == [False, False, *[True] * 6] * 2


def test_a_list_without_a_status_is_what_the_caller_says():
    text = b"NIK,NAMA_LGKP,TGL_LHR\n1702094503080000,SITI,05-03-2008\n"

    assert register_bytes(text, "d.csv").people["recorded"].to_list() == [None]
    assert register_bytes(text, "d.csv", recorded=True).people["recorded"].to_list() == [True]


def test_unpadded_codes_become_the_region_of_residence():
    text = b"NIK,NAMA_LGKP,NO_PROP,NO_KAB,NO_KEC,NO_KEL\n1702094503080000,SITI,17,2,9,1012\n"

    people = register_bytes(text, "d.csv").people

    assert people.select("home_region", "village").rows() == [("17.02", "17.02.09.1012")]


NIKS = ["1702090110080001", "1702094110080002"]


@pytest.mark.parametrize(
    "rows",
    [
        [[NIKS[0]], [NIKS[1]]],
        [["DAFTAR NIK"], [NIKS[0]], [NIKS[1]]],
        [[1, NIKS[0]], [2, NIKS[1]]],
        [["Daftar yang sudah rekam"], [None], ["1.", NIKS[0]], ["2.", NIKS[1]]],
    ],
    ids=["alone", "title", "numbered", "title and numbers"],
)
def test_numbers_without_headings_are_a_list(rows):
    people = register_bytes(sheet(*rows), "a.xlsx", recorded=True).people

    assert people.select("nik", "recorded").rows() == [(nik, True) for nik in NIKS]


def test_two_columns_of_numbers_without_headings_are_refused():
    with pytest.raises(ReadError, match="has no header"):
        register_bytes(sheet(NIKS, NIKS[::-1]), "a.xlsx")


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (["NIK", "NAMA", "KETERANGAN"], [["Sudah Rekam"], ["Belum Rekam"]]),
        (["NIK", "NAMA", "KTP-EL"], [["Sudah"], ["Belum"]]),
        (["NIK", "NAMA", "REKAM (Y/T)"], [["Y"], ["T"]]),
        (["NIK", "NAMA", "Sudah Rekam", "Belum Rekam"], [["v", None], [None, "v"]]),
    ],
    ids=["remark", "card", "letters", "two columns"],
)
def test_other_columns_that_say_who_is_recorded(head, cells):
    rows = [[nik, "X", *own] for nik, own in zip(NIKS, cells, strict=True)]

    people = register_bytes(sheet(head, *rows), "a.xlsx").people

    assert people["recorded"].to_list() == [True, False]


def test_a_list_of_texts_that_are_numbers_is_read():
    content = b'["1702090110080001", "1702094110080002"]'

    assert register_bytes(content, "a.json", recorded=True).people["nik"].to_list() == NIKS


def test_a_list_of_nobody_without_numbers_of_persons_is_read(tmp_path):
    file = tmp_path / "kosong.csv"
    file.write_text("NISN,NAMA,TANGGAL LAHIR,NPSN\n", encoding="utf-8")

    assert read_register(file, recorded=True).people.is_empty()
