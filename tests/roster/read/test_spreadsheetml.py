"""XML workbooks of 2003: mended where programs slip, refused where they ask for too much."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from few_pupils import ONE, SCHOOL, SEVERAL
from school_ektp.errors import ReadError
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.workbooks import dapodik_workbook


def test_a_bare_ampersand_is_mended_and_said():
    content = dapodik_workbook(ONE, SCHOOL, container=Container.SPREADSHEETML)
    broken = content.replace(b"&amp;", b"&")

    read = read_bytes(broken, "x.xls")

    assert read.rows["school_name"].to_list() == [SCHOOL.name]
    assert read.coded_issues["rule"].to_list() == ["ampersand_mended"]


BORN = dt.date(2008, 10, 1)

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]


def pupil(number, *more):
    return [f"UJI {number}", f"00812345{number:02d}", BORN, "10700669", *more]


@pytest.mark.parametrize("visible", ["SheetHidden", "SheetVeryHidden"])
def test_a_hidden_sheet_of_xml_is_not_counted_and_reported(visible):
    options = (
        '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"<x:Visible>{visible}</x:Visible></x:WorksheetOptions>"
    )
    sheets = {"Siswa": [HEAD, pupil(1)], "Lama": [HEAD, pupil(2)], "Baru": [HEAD, pupil(3)]}
    before, lama, after = spreadsheet(sheets, Container.SPREADSHEETML).partition(b'ss:Name="Lama"')
    own, end, others = after.partition(b"</Worksheet>")

    roster = read_bytes(before + lama + own + options.encode() + end + others, "a.xls")

    assert roster.rows["name"].to_list() == ["UJI 1", "UJI 3"]
    assert roster.coded_issues.filter(pl.col("rule") == "sheet_hidden")["sheet"].to_list() == [
        "Lama"
    ]


PUPIL = ["BUDI UJI", "0081234501", "2008-10-01", "10700669"]
PLAIN = dapodik_workbook(SEVERAL, SCHOOL, container=Container.SPREADSHEETML)


def spreadsheetml(*sheets: str) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    tables = "".join(
        f'<Worksheet ss:Name="s{n}"><Table>{rows}</Table></Worksheet>'
        for n, rows in enumerate(sheets)
    )
    return f'<Workbook xmlns="{space}" xmlns:ss="{space}">{tables}</Workbook>'.encode()


FAR_ROW = '<Row ss:Index="900000"><Cell><Data>1</Data></Cell></Row>'


def test_rows_of_xml_are_counted_over_all_sheets():
    with pytest.raises(ReadError, match=r"has 1,800,000 rows.* of ReadLimits\.rows"):
        read_bytes(spreadsheetml(FAR_ROW, FAR_ROW), "f")


def test_formatted_cells_of_xml_do_not_count():
    cells = "".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in HEAD)
    pupil = "".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in PUPIL)
    far = '<Row ss:Index="1048577"><Cell ss:Index="16384"/></Row>'
    content = spreadsheetml(f"<Row>{cells}</Row><Row>{pupil}</Row>{far}")

    read = read_bytes(content, "f")

    assert (read.rows.height, read.files["rows"].item()) == (1, 2)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'


def test_entities_in_spreadsheetml_are_refused():
    content = PLAIN.replace(b"<Workbook", ENTITIES.encode() + b"<Workbook", 1)

    with pytest.raises(ReadError, match="declares XML entities"):
        read_bytes(content, "f")


def test_deep_xml_is_refused():
    deep = PLAIN.replace(b"<Table>", b"<Table>" + b"<x>" * 5_000, 1)

    with pytest.raises(ReadError, match=r"more than the 64 of ReadLimits\.depth"):
        read_bytes(deep, "f")


@pytest.mark.parametrize(
    ("old", "new", "bound"),
    [
        (b"<Row>", b'<Row ss:Index="999999999">', "rows"),
        (b'ss:Index="1"', b'ss:Index="999999999"', "columns"),
        (b"<Cell ", b'<Cell ss:MergeAcross="999999999" ', "columns"),
    ],
)
def test_jumps_in_spreadsheetml_are_bounded(old, new, bound):
    assert old in PLAIN
    jump = PLAIN.replace(old, new, 1)

    with pytest.raises(ReadError, match=rf"of ReadLimits\.{bound}"):
        read_bytes(jump, "f")
