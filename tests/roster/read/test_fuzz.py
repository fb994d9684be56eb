"""
Damaged and hostile files: only errors of the library and issues come out, and no pupil's value.

`make test` mutates two hundred files, `make nightly` 28,000 files and 20,000 rows of hostile
cells. Most of them are read in a child that may hold 2 GB (`fuzz_child`), so that a reader that
ends its process is seen.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import random
import re
import subprocess
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from school_ektp.errors import SchoolEktpError, SchoolEktpWarning
from school_ektp.model.school import School
from school_ektp.roster.check import check_roster
from school_ektp.roster.places import rejang_lebong_places
from school_ektp.roster.read import (
    compound,
    read_closures,
    read_holidays,
    read_schools,
    read_travel,
)
from school_ektp.roster.read.compound import packed
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.schema import ROSTER
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.workbooks import (
    Quirk,
    dapodik_workbook,
    emis_workbook,
    register_workbook,
    web_service_json,
)

ON = dt.date(2024, 9, 3)
SCHOOL = School(npsn="10700669", name="SMAN 1 & 2", level="SMA", kecamatan="Curup")
#: Words of every pupil; none may be in a message.
NAME, NISN, NIK = "RAHASIANAMA", "0081234", "170209450308"


def pupils(count: int) -> pl.DataFrame:
    unknown = {
        **dict.fromkeys(ROSTER),
        "npsn": "10700669",
        "sex": "P",
        "class_name": "XI IPA 1",
        "married": False,
        "recorded": False,
        "home_region": "",
        "special_needs": False,
    }
    rows = [
        {
            **unknown,
            "name": f"{NAME} {number}",
            "nisn": f"{NISN}{number:03d}",
            "nik": f"{NIK}{number:04d}",
            "birth_date": dt.date(2008, 3, 1 + number % 28),
        }
        for number in range(count)
    ]
    return pl.DataFrame(rows, schema=ROSTER)


FEW = pupils(4)
SEEDS: dict[str, bytes] = {
    "xlsx": dapodik_workbook(FEW, SCHOOL, quirks=[Quirk.COLUMNS_DELETED]),
    "xls": dapodik_workbook(FEW, SCHOOL, quirks=[Quirk.COLUMNS_DELETED], container=Container.XLS),
    "xml": dapodik_workbook(
        FEW, SCHOOL, quirks=[Quirk.COLUMNS_DELETED], container=Container.SPREADSHEETML
    ),
    "emis": emis_workbook(FEW, container=Container.SPREADSHEETML),
    "register": register_workbook(FEW, container=Container.XLS),
    "json": web_service_json(FEW),
    "csv": FEW.drop("source_file", "source_sheet", "source_row").write_csv().encode(),
    "utf16": FEW.select("name", "nisn", "birth_date").write_csv(separator=";").encode("utf-16"),
    "parquet": b"",
}
_buffer = io.BytesIO()
FEW.write_parquet(_buffer)
SEEDS["parquet"] = _buffer.getvalue()


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return content with bytes flipped, cut, doubled, moved or swapped for awkward ones."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        if not data:
            break
        place = rng.randrange(len(data))
        match rng.randrange(7):
            case 0:
                data[place] ^= 1 << rng.randrange(8)
            case 1:
                data[place] = rng.randrange(256)
            case 2:
                del data[place : place + rng.randrange(1, 64)]
            case 3:
                data[place:place] = data[place : place + rng.randrange(1, 64)]
            case 4:
                data = data[: max(place, 1)] if rng.random() < 0.2 else data
            case 5:
                data[place : place + 1] = rng.choice(AWKWARD)
            case _:
                data[place : place + 4] = rng.choice(NUMBERS)
    return bytes(data)


AWKWARD = (b"\x00", b"\xff\xfe", b"\xe2\x80\x8f", b'"', b"<", b"&", b"]]>", b"\r", b"{", b"\x1a")
NUMBERS = (b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00")


def mutated_members(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook whose parts, not its archive, are damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        chosen = rng.choice([name for name in names if name.startswith("xl/")])
        for name in names:
            part = source.read(name)
            target.writestr(name, mutated(part, rng) if name == chosen else part)
    return out.getvalue()


def mutated_stream(content: bytes, rng: random.Random) -> bytes:
    """Return an old workbook whose records, not its container, are damaged."""
    stream = compound.workbook_stream(content)
    return packed(mutated(stream.rstrip(b"\x00"), rng))


ATTRIBUTE = re.compile(rb"""\s([\w:]{1,20})=["']([^"'<>]{0,40})["']""")
VALUES = (
    *(b"", b"0", b"-1", b"1048576", b"4294967295", b"18446744073709551616", b"9" * 30, b"s"),
    *(b"XFD1048576", b"A1048576", b"ZZZZZ1", b"A0", b"a1", b"1", b"A1:XFD1048576", b"inlineStr"),
    *(b"1e9", b"NaN", b"&#65;1", b"../x", b"xl/worksheets/sheet1.xml", b"Number"),
)


def mutated_attributes(content: bytes, rng: random.Random) -> bytes:
    """Return XML in which some values of attributes are awkward, or the attributes gone."""
    for _ in range(rng.choice((1, 1, 2, 5))):
        places = [found.span() for found in ATTRIBUTE.finditer(content)]
        if not places:
            break
        start, end = rng.choice(places)
        name = content[start:end].split(b"=")[0]
        new = b"" if rng.random() < 0.3 else name + b'="' + rng.choice(VALUES) + b'"'
        content = content[:start] + new + content[end:]
    return content


def mutated_parts(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook with awkward values of attributes in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        chosen = rng.choice([name for name in source.namelist() if name != "mimetype"])
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, mutated_attributes(part, rng) if name == chosen else part)
    return out.getvalue()


def put_to_it(content: bytes, kind: str) -> str:
    """Read and check; return the class of what came out. Anything but our errors is raised."""
    try:
        if kind == "register":
            issues = register_bytes(content, "f").issues()
        else:
            read = read_bytes(content, "f")
            issues = check_roster(read, schools=[SCHOOL], on=ON).issues
    except SchoolEktpError as error:
        outcome, shown = type(error).__name__, "".join(traceback.format_exception(error))
    else:
        outcome, shown = "issues", issues.write_csv()
    assert not _leaks(shown), shown
    return outcome


def _leaks(text: str) -> bool:
    return any(word in text for word in (NAME, NISN, NIK))


def fuzz(count: int, seed: int) -> dict[str, int]:
    rng = random.Random(seed)
    outcomes: dict[str, int] = {}
    for number in range(count):
        kind = rng.choice(sorted(SEEDS))
        inner = kind == "xlsx" and number % 2
        change = mutated_members if inner else mutated
        outcome = put_to_it(change(SEEDS[kind], rng), kind)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


def moved_right(container: Container) -> bytes:
    """Return a plain list that begins in another column and row than the first."""
    head = ["Nama", "NISN", "NIK", "Tanggal Lahir", "NPSN"]
    cells = FEW.select("name", "nisn", "nik", "birth_date", "npsn").rows()
    rows = [[None] * 3 + list(row) for row in [head, *cells]]
    return spreadsheet({"a": [[None]] * 2 + rows, "b": [[None]]}, container)


#: Files of each kind with the ways to damage what is inside of them.
INSIDE: dict[str, tuple[bytes, tuple[Callable[[bytes, random.Random], bytes], ...]]] = {
    **{
        name: (content, (mutated_members, mutated_parts))
        for name, content in (
            ("xlsx", SEEDS["xlsx"]),
            ("right.xlsx", moved_right(Container.XLSX)),
            ("register.xlsx", register_workbook(FEW)),
        )
    },
    "xls": (SEEDS["xls"], (mutated_stream, mutated)),
    "right.xls": (moved_right(Container.XLS), (mutated_stream, mutated)),
    "xml": (SEEDS["xml"], (mutated_attributes, mutated)),
    "right.xml": (moved_right(Container.SPREADSHEETML), (mutated_attributes, mutated)),
    **{name: (SEEDS[name], (mutated,)) for name in ("json", "csv", "utf16", "parquet")},
}
OURS = {"issues", "ReadError", "RosterSchemaError"}
MEGABYTES, TIMES_FILE = 300, 20  # of memory, beside so many times the file


class Children:
    """A process that reads files in children of its own and says how each ended."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "f"
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("fuzz_child.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, content: bytes, kind: str = "roster") -> str:
        """Return how reading ended; refuse more memory than a file of its size may take."""
        self.file.write_bytes(content)
        request = {"path": str(self.file), "kind": kind, "secrets": [NAME, NISN, NIK]}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        most = TIMES_FILE * len(content) / 1e6 + MEGABYTES
        assert answer["kilobytes"] * 1_024 / 1e6 < most, answer
        return answer["outcome"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)


@pytest.fixture
def children(tmp_path):
    if sys.platform != "linux":
        pytest.skip("children are bounded by what Linux has for it")
    several = Children(tmp_path)
    yield several
    several.close()


def fuzz_inside(children: Children, count: int, seed: int) -> Counter[str]:
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        name = rng.choice(sorted(INSIDE))
        content, ways = INSIDE[name]
        damaged = rng.choice(ways)(content, rng)
        outcome = children.read(damaged, "register" if "register" in name else "roster")
        assert outcome in OURS, (seed, number, name, outcome)
        outcomes[outcome] += 1
    return outcomes


def test_files_damaged_inside_end_no_process(children):
    outcomes = fuzz_inside(children, 100, seed=2)

    assert outcomes.total() == 100
    assert min(outcomes["issues"], outcomes["ReadError"]) > 10


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(20))
def test_twenty_thousand_files_damaged_inside_end_no_process(children, seed):
    outcomes = fuzz_inside(children, 1_000, seed=2_000 + seed)

    print(seed, outcomes)
    assert outcomes.total() == 1_000


@pytest.mark.parametrize("fault", ["exit", "memory", "wait"])
def test_a_child_that_dies_is_seen(fault, children):
    """The harness itself: what ends a child is reported and does not end its parent."""
    assert children.read(fault.encode(), f"die by {fault}") not in OURS
    assert children.read(SEEDS["csv"]) == "issues"


def test_mutated_files_give_errors_of_the_library_or_issues():
    outcomes = fuzz(100, seed=1)

    assert sum(outcomes.values()) == 100
    assert set(outcomes) <= {"issues", "ReadError", "RosterSchemaError"}
    assert min(outcomes["issues"], outcomes["ReadError"]) > 10


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
def test_eight_thousand_mutated_files_give_errors_of_the_library_or_issues(seed):
    outcomes = fuzz(800, seed=1_000 + seed)

    print(seed, outcomes)
    assert set(outcomes) <= {"issues", "ReadError", "RosterSchemaError"}


def hostile_cell(rng: random.Random) -> str:
    pieces = (
        *("=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+1", "-1", "\u202e", "\u200b", "\x07"),
        *("9" * 400, "٠٨١٢", "１２", "\ud7ff", "\ufffd", "NaN", "1e999", "2008-02-30", "\x00"),  # noqa: RUF001
        *("31/12/9999", "0x1F", "''", '"', "\r\n", "\t", " " * 50, "<b>", "]]>", "&amp;", "#REF!"),
    )
    return "".join(rng.choice(pieces) for _ in range(rng.randrange(1, 4)))


def fuzz_cells(count: int, seed: int) -> None:
    rng = random.Random(seed)
    columns = ("name", "nisn", "nik", "birth_date", "sex", "class_name")
    for start in range(0, count, 500):
        size = min(500, count - start)
        cells = {name: [hostile_cell(rng) for _ in range(size)] for name in columns}
        named = pl.DataFrame(cells).with_columns(npsn=pl.lit("10700669"), mark=pl.lit(NAME))
        checked = check_roster(named, schools=[SCHOOL], on=ON)
        assert checked.rows_read == size
        read = read_bytes(named.drop("mark").write_csv().encode(), "f")
        assert read.files.select(
            (pl.sum_horizontal("head", "blank", "notes", "pupils") == pl.col("rows")).all()
        ).item()


def test_hostile_cells_give_issues_and_lose_no_row():
    fuzz_cells(1_000, seed=1)


@pytest.mark.nightly
def test_twenty_thousand_hostile_rows_give_issues_and_lose_none():
    fuzz_cells(20_000, seed=2)


TABLES: dict[str, tuple[Callable[[Path], object], bytes]] = {
    "schools.csv": (
        partial(read_schools, places=rejang_lebong_places()),
        (
            b"npsn;nama sekolah;bentuk;kecamatan;lintang;bujur\n"
            b"10700669;SMAN 1;SMA;Kec. Curup;-3,4776;102,5215\n10700610;SMKN 1;SMK;Curup;0;0\n"
        ),
    ),
    "schools.json": (
        read_schools,
        b'[{"npsn":"10700669","sekolah":"SMAN 1","bentuk":"SMA","kecamatan":"Curup","lat":-3.4}]',
    ),
    "holidays.csv": (read_holidays, b"tanggal,keterangan\n2024-12-25,Natal\n26/12/2024,Cuti\n"),
    "closures.csv": (
        read_closures,
        b"mulai,selesai,kegiatan,npsn,jenjang,kelas\n2024-09-23,2024-09-28,UTS,,SMA,\n",
    ),
    "travel.csv": (read_travel, b"from,to,minutes\n10700669,10700610,12\n"),
    "travel.json": (
        partial(read_travel, places=["a", "b"]),
        b'{"durations": [[0, 61.5], [59, null]], "code": "Ok"}',
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_small_tables_damaged_in_any_way_give_errors_of_the_library(name, tmp_path):
    read, content = TABLES[name]
    rng = random.Random(7)
    path = tmp_path / name
    for _ in range(60):
        path.write_bytes(mutated(content, rng))
        with contextlib.suppress(SchoolEktpError, SchoolEktpWarning):
            read(path)
