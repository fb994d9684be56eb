"""Small files that ask for much memory or time are refused before a reader makes room for it."""

from __future__ import annotations

import io
import zipfile

import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read.archive import inspect
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import spreadsheet

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]
PUPIL = ["BUDI UJI", "0081234501", "2008-10-01", "10700669"]
PLAIN = spreadsheet({"a": [HEAD, PUPIL]})
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def row(number: int, cells: list[str]) -> str:
    cells = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{cells}</row>'


PUPILS = row(1, HEAD) + row(2, PUPIL)


def worksheet(rows: str) -> bytes:
    return f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


def workbook(rows: str = PUPILS, *, moved_to: str = "", **parts: bytes) -> bytes:
    """Return a workbook of one sheet; *parts* replace others by the beginning of their names."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(PLAIN)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            stem = name.rsplit("/", 1)[-1].split(".")[0]
            part = {"sheet1": worksheet(rows), **parts}.get(stem, source.read(name))
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


SMALL = ReadLimits(
    file_bytes=1 << 20, expanded_bytes=1 << 22, rows=1_000, columns=100, cells=10_000, depth=20
)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = workbook(sheet1=b" " * (1 << 24))

    assert len(bomb) < SMALL.file_bytes
    with pytest.raises(ReadError, match=r"more than the 4,194,304 of ReadLimits.expanded_bytes"):
        read_bytes(bomb, "f", limits=SMALL)


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(workbook(sheet1=b" " * (1 << 24)))
    size = (1 << 24).to_bytes(4, "little")
    lied = bytes(bomb).replace(size, (100).to_bytes(4, "little"))

    with pytest.raises(ReadError):
        read_bytes(lied, "f", limits=SMALL)


@pytest.mark.parametrize("reference", ["A1048576", "XFD1", "CV999", "ZZZ9999999"])
def test_a_cell_far_away_is_refused_before_all_cells_up_to_it_are_made(reference):
    far = workbook(f"<row><c r=\"A1\"/><c r = '{reference}'><v>1</v></c></row>")

    with pytest.raises(ReadError, match=r"of ReadLimits\.(rows|columns|cells)"):
        read_bytes(far, "f", limits=SMALL)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'


def test_entities_in_a_workbook_are_refused():
    content = workbook(sheet1=ENTITIES.encode() + worksheet("<row/>"))

    with pytest.raises(ReadError, match="declares XML entities"):
        read_bytes(content, "f")


@pytest.mark.parametrize(
    ("member", "fault"),
    [
        ("xl/workbook.bin", "binary workbook"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "without a workbook"),
    ],
)
def test_other_archives_say_what_they_are(member, fault):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, b"x")

    with pytest.raises(ReadError, match=fault):
        read_bytes(out.getvalue(), "f")


@pytest.mark.parametrize("old", [False, True])
def test_a_sound_workbook_is_packed_again_with_the_same_parts(old):
    content = spreadsheet({"a": [HEAD, PUPIL]}, date_1904=old)

    system, sound = inspect(content, "f", DEFAULT_LIMITS)

    assert system is (DateSystem.FROM_1904 if old else DateSystem.FROM_1900)
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(io.BytesIO(sound)) as made,
    ):
        assert made.namelist() == given.namelist()
        changed = {name for name in given.namelist() if given.read(name) != made.read(name)}
    assert changed == {"xl/sharedStrings.xml"}  # the numbers it states are taken out


def test_pictures_are_left_behind():
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/foto.PNG", b"x" * 100)

    _, packed = inspect(out.getvalue(), "f", DEFAULT_LIMITS)

    with zipfile.ZipFile(io.BytesIO(packed)) as made:
        assert "xl/media/foto.PNG" not in made.namelist()
