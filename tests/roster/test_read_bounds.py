"""Small files that ask for much memory or time are refused before a reader makes room for it."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import struct
import zipfile

import polars as pl
import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read import (
    read_closures,
    read_holidays,
    read_register,
    read_roster,
    read_schools,
    read_travel,
)
from school_ektp.roster.read.biff import text_lengths
from school_ektp.roster.read.compound import packed
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.reach import Reach
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import spreadsheet

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]
PUPIL = ["BUDI UJI", "0081234501", "2008-10-01", "10700669"]
PLAIN = spreadsheet({"a": [HEAD, PUPIL]})
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def row(number: int, cells: list[str]) -> str:
    told = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{told}</row>'


PUPILS = row(1, HEAD) + row(2, PUPIL)


def workbook(rows: str = PUPILS, *, moved_to: str = "", **parts: bytes) -> bytes:
    """Return a workbook of one sheet; *parts* replace others by the beginning of their names."""
    sheet = f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>".encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(PLAIN)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            stem = name.rsplit("/", 1)[-1].split(".")[0]
            part = {"sheet1": sheet, **parts}.get(stem, source.read(name))
            if moved_to and name.endswith(".rels"):
                part = part.replace(b"worksheets/sheet1.xml", moved_to.encode())
            target.writestr(f"xl/{moved_to}" if moved_to and stem == "sheet1" else name, part)
    return out.getvalue()


def shared(*items: str, attributes: str = "") -> bytes:
    texts = "".join(f"<si><t>{item}</t></si>" for item in items)
    return f"<sst {SPACE} {attributes}>{texts}</sst>".encode()


# far away, in any way of writing


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576"/></row>',
        '<row r="3"><c r="XFD3" s="1"></c></row>',
        '<row r="3" spans="1:4"><c s="1" r="T3"/></row>',
        "<row/>" * 1_000 + '<row r="1048576"/>',
    ],
)
def test_cells_that_are_only_formatted_do_not_count(far):
    assert read_bytes(workbook(PUPILS + far), "f").rows.height == 1


@pytest.mark.parametrize(
    ("far", "fault"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "of ReadLimits.columns"),
        ('<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>', "of ReadLimits.cells"),
        ('<row r="1048576"><c r="T1048576"><v>1</v></c></row>', "of ReadLimits.cells"),
        ('<row r="1048576"><c r="H1048576"><v>1</v></c></row>', "of ReadLimits.empty_cells"),
        ("<row>" + "<c><v>1</v></c>" * 1_001 + "</row>", "of ReadLimits.columns"),
        ("<row r='1048576'><c t='n' r='ZZ1048576'><v>1</v></c></row>", "of ReadLimits.cells"),
        ('<row r="3"><c r="ZZZZZ3"><v>1</v></c></row>', "is a damaged workbook"),
        ('<row r="3"><c r="3"><v>1</v></c></row>', "is a damaged workbook"),
        (
            '<!-- <c a=" --><row r="3"><c r="XFD3"><v>1</v></c></row><!-- " -->',
            "ReadLimits.columns",
        ),
        ('<row r="3"><c r="A3" x=">" t="n"><v>1</v></c><c r="XFD3"><f/></c></row>', "columns"),
        ('<row r="3"><c r="A3"><v>1</c></row><row r="4"><c>', "is a damaged workbook"),
    ],
)
def test_a_cell_far_away_is_seen_however_it_is_written(far, fault):
    with pytest.raises(ReadError, match=fault):
        read_bytes(workbook(PUPILS + far), "f")


def test_a_prefix_hides_no_cell():
    far = '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{SPACE[7:-1]}"><x:sheetData>{far}</x:sheetData></x:worksheet>'

    with pytest.raises(ReadError, match=r"ReadLimits\.columns"):
        read_bytes(workbook(sheet1=sheet.encode()), "f")


@pytest.mark.parametrize("name", ["other/table.dat", "sheet.bin", "worksheets/_rels/a.xml"])
def test_a_sheet_is_found_wherever_it_is_kept(name):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert read_bytes(workbook(moved_to=name), "f").rows.height == 1
    with pytest.raises(ReadError, match=r"ReadLimits\.columns"):
        read_bytes(workbook(PUPILS + far, moved_to=name), "f")


def test_one_part_as_several_sheets_is_refused():
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 4))
    book = (
        f'<workbook {SPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships"><sheets>{sheets}</sheets></workbook>'
    )

    with pytest.raises(ReadError, match="names one part as several sheets"):
        read_bytes(workbook(workbook=book.encode()), "f")


def test_both_ways_to_scan_cells_find_the_same_extent():
    plain = "".join(f'<row r="{n}"><c r="C{n}"><v>1</v></c></row>' for n in range(1, 99))
    odd = plain.replace('"C', "'C").replace('"><v>', "'><v>")

    one, other = (Reach.of(f"<s>{rows}</s>".encode()) for rows in (plain, odd))

    assert (one.rows, one.columns, one.cells) == (98, 3, 98)
    assert (other.rows, other.columns, other.cells) == (98, 3, 98)


# texts


def test_a_text_that_many_cells_refer_to_is_counted_each_time():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 20_003))
    quoted = cells.replace('t="s"', "t='s' x='>'")

    for rows in (cells, quoted):
        content = workbook(PUPILS + rows, sharedStrings=shared("x" * 30_000))
        assert len(content) < 300_000
        with pytest.raises(ReadError, match=r"of ReadLimits\.repeated_bytes"):
            read_bytes(content, "f")


def test_a_long_text_that_few_refer_to_is_read():
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(3, 20_003))

    read = read_bytes(workbook(PUPILS + rows, sharedStrings=shared("x" * 30_000, "y")), "f")

    assert read.rows.height == 1


def test_a_stated_number_of_texts_is_not_believed():
    stated = 'count="4000000000" uniqueCount="4000000000"'

    assert read_bytes(workbook(sharedStrings=shared("a", attributes=stated)), "f").rows.height == 1


def test_what_unpacks_to_much_more_than_it_is_is_refused():
    with pytest.raises(ReadError, match=r"of ReadLimits\.expansion_bytes"):
        read_bytes(workbook(sheet1=b" " * (60 << 20)), "f")


def test_a_damaged_compression_is_no_foreign_error():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(PLAIN)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    content = bytearray(out.getvalue())
    start = content.find(b"sheet1.xml") + 20
    content[start : start + 20] = b"\x55" * 20

    with pytest.raises(ReadError, match="damaged"):
        read_bytes(bytes(content), "f")


# the old format


def records(*pairs: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


def old_workbook(*cells: tuple[int, bytes], text: str = "Nama") -> bytes:
    beginning = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    texts = struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode("latin-1")
    extent = struct.pack("<IIHHH", 0, 65_536, 0, 256, 0)

    def book(start: int) -> bytes:
        named = struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"S"
        return records((0x0809, beginning), (0x0085, named), (0x00FC, texts), (0x000A, b""))

    sheet = records((0x0809, beginning), (0x0200, extent), *cells, (0x000A, b""))
    return packed(book(len(book(0))) + sheet)


def text_cell(at: int, column: int = 0) -> tuple[int, bytes]:
    return 0x00FD, struct.pack("<HHHI", at, column, 0, 0)


BLANK_FAR_AWAY = (0x0201, struct.pack("<HHH", 65_535, 255, 0))


def test_formatted_cells_of_an_old_workbook_do_not_count():
    with pytest.raises(ReadError, match="has no header"):  # it is read, and holds one cell
        read_bytes(old_workbook(text_cell(0), BLANK_FAR_AWAY), "f")


def test_a_cell_far_away_in_an_old_workbook_is_refused():
    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(old_workbook(text_cell(0), text_cell(65_535, 255)), "f")


def test_a_text_of_an_old_workbook_that_many_refer_to_is_refused():
    cells = [text_cell(number) for number in range(20_000)]

    with pytest.raises(ReadError, match=r"of ReadLimits\.repeated_bytes"):
        read_bytes(old_workbook(*cells, text="x" * 8_000), "f")


def test_texts_are_measured_across_records():
    first = struct.pack("<HB", 5, 0) + b"abc"
    second = b"\x01" + "de".encode("utf-16-le") + struct.pack("<HBHI", 2, 12, 1, 3) + b"fg"
    third = b"\x00" * 7 + struct.pack("<HB", 1, 1) + "h".encode("utf-16-le")

    assert text_lengths([first, second, third]) == [15, 6, 3]
    assert text_lengths([first]) == [15]
    assert text_lengths([]) == []


# text, Parquet, JSON, XML


def test_empty_columns_beside_empty_lines_are_refused():
    head = ",".join(HEAD) + "," * 990

    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(f"{head}\n{','.join(PUPIL)}\n".encode() + b"\n" * 100_000, "f")


def test_a_wide_table_whose_cells_are_there_is_read():
    lines = [",".join(HEAD) + "," * 990, *[",".join(PUPIL) + "," * 990] * 10]

    assert read_bytes("\n".join(lines).encode(), "f").rows.height == 10


def written(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


ONE = pl.DataFrame(
    {"name": "A", "nisn": "0081234501", "birth_date": dt.date(2008, 1, 1), "npsn": "10700669"}
)


def test_a_parquet_file_of_many_equal_rows_is_refused_by_its_metadata():
    content = written(pl.concat([ONE] * 1).select(pl.all().repeat_by(3_000_000).explode()))

    assert len(content) < 200_000
    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(content, "f")


def test_a_parquet_file_that_repeats_a_long_text_is_refused():
    long = ONE.with_columns(name=pl.lit("x" * 1_000_000)).select(pl.all().repeat_by(100).explode())

    with pytest.raises(ReadError, match=r"of ReadLimits\.repeated_bytes"):
        read_bytes(written(long), "f")


def test_json_objects_with_many_keys_beside_empty_ones_are_refused():
    wide = {**{f"a{n}": 1 for n in range(900)}, "nama": "A", "nisn": "0081234501"}

    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(json.dumps([wide, *[{}] * 10_000]).encode(), "f")


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


def test_a_bound_that_is_raised_lets_more_in():
    content = spreadsheetml('<Row ss:Index="2000"><Cell ss:Index="90"><Data>1</Data></Cell></Row>')

    with pytest.raises(ReadError, match=r"of ReadLimits\.rows"):
        read_bytes(content, "f", limits=ReadLimits(rows=1_999))
    with pytest.raises(ReadError, match="has no header"):
        read_bytes(content, "f", limits=ReadLimits(rows=2_000))


# what is no file


READERS = [
    *(read_roster, read_register, read_schools, read_holidays, read_closures),
    lambda path: read_travel(path, ["a"]),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("source", ["", "  ", None, 7, b"a.csv", "a\0b", "x" * 5_000, "/no/such"])
def test_what_is_no_path_is_an_error_of_ours(read, source):
    with pytest.raises(ReadError):
        read(source)


@pytest.mark.parametrize("read", READERS)
def test_a_pipe_or_device_is_not_waited_for(read, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with a name on this system")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    for path in (pipe, "/dev/zero"):
        with pytest.raises(ReadError, match=r"is no regular file|there is no such file"):
            read(path)


@pytest.mark.parametrize("read", READERS[2:])
def test_a_folder_is_no_table(read, tmp_path):
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)


def test_a_file_whose_name_is_no_text_is_read(tmp_path):
    path = os.fsencode(tmp_path) + b"/siswa\xff.csv"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(f"{','.join(HEAD)}\n{','.join(PUPIL)}\n".encode())
    except OSError:
        pytest.skip("this file system has names in Unicode only")

    read = read_roster(tmp_path)

    assert read.rows["source_file"].to_list() == ["siswa\ufffd.csv"]
