"""
Roster intake: 45 Dapodik workbooks read, checked and matched; a million rows checked.

Bounds of the release: 5 s for the workbooks, and checking takes at most 3 times the time of
reading. Medians of interleaved runs; CPU seconds beside wall seconds, as other work on the machine
counts in the latter only.

``--before SRC`` compares reading with that of another checkout, given by its folder ``src``: both
read the same files in turn, each time in a process of their own, and the ratio is told pair by
pair.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from school_ektp.datasets import rejang_lebong
from school_ektp.model.school import School
from school_ektp.roster.check import check_roster
from school_ektp.roster.match import match_register
from school_ektp.roster.read import read_register, read_roster
from school_ektp.roster.schema import ROSTER
from school_ektp.roster.sheet_account import sheet_account
from school_ektp.testing.workbooks import dapodik_workbook, register_workbook

ON = dt.date(2024, 9, 3)
PUPILS_PER_SCHOOL = 150
ROWS = 1_000_000
REPEATS = 3
SECONDS_FOR_WORKBOOKS = 5.0
RATIO_OF_CHECK = 3.0
FIRST_BIRTH, BIRTH_DAYS = dt.date(2006, 7, 1), 1_096

Times = tuple[float, float]


def timed(action: Callable[[], object]) -> Times:
    """Return CPU and wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return time.process_time() - cpu, time.perf_counter() - wall


def median(times: list[Times]) -> Times:
    return statistics.median(cpu for cpu, _ in times), statistics.median(wall for _, wall in times)


def pupils(count: int, schools: list[str]) -> pl.DataFrame:
    """Return invented pupils, spread over schools; their NIK have the serial 0000."""
    number = pl.int_range(count, eager=True)
    days = number * 7_919 % BIRTH_DAYS
    base = pl.DataFrame({"number": number, "days": days}).with_columns(
        npsn=pl.Series(schools).gather(number * len(schools) // count),
        birth_date=pl.lit(FIRST_BIRTH) + pl.duration(days="days"),
        sex=pl.when(pl.col("number") % 2 == 0).then(pl.lit("L")).otherwise(pl.lit("P")),
        grade=(12 - pl.col("days") // 366).cast(pl.Int8),
    )
    day = pl.col("birth_date").dt.day() + 40 * (pl.col("sex") == "P").cast(pl.Int8)
    region = pl.format(
        "17{}{}", _two(pl.col("number") // 99 % 99 + 1), _two(pl.col("number") % 99 + 1)
    )
    return base.with_columns(
        name=pl.format("SISWA {} CONTOH {}", pl.col("number") * 31 % 99_991, "number"),
        nisn=(pl.col("number") + 3_000_000).cast(pl.String).str.zfill(10),
        nik=pl.concat_str(
            region, _two(day), pl.col("birth_date").dt.strftime("%m%y"), pl.lit("0000")
        ),
        class_name=pl.col("grade").replace_strict({10: "X 1", 11: "XI IPA 1", 12: "XII IPS 2"}),
    ).drop("number", "days")


def _two(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(2)


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    unknown = {"married": False, "recorded": False, "special_needs": False, "home_region": ""}
    return frame.with_columns(
        *(pl.lit(value).alias(name) for name, value in unknown.items()),
        *(
            pl.lit(None, dtype).alias(name)
            for name, dtype in ROSTER.items()
            if name not in frame.columns and name not in unknown
        ),
    )


def workbooks(folder: Path, schools: tuple[School, ...]) -> None:
    """Time the whole way from files to matched rows."""
    roster = complete(pupils(PUPILS_PER_SCHOOL * len(schools), [school.npsn for school in schools]))
    for school in schools:
        rows = roster.filter(npsn=school.npsn)
        (folder / f"daftar_pd-{school.npsn}.xlsx").write_bytes(dapodik_workbook(rows, school))
    half = roster.gather_every(2).with_columns(recorded=pl.lit(True))
    (folder / "register.bin").write_bytes(register_workbook(half))
    register = read_register(folder / "register.bin", recorded=None)

    def all_of_it() -> None:
        checked = check_roster(read_roster(folder), schools=schools, on=ON)
        matched = match_register(checked.valid, register)
        assert checked.valid.height == roster.height
        assert int(sheet_account(checked)["valid"].sum()) == roster.height
        assert matched.roster["recorded"].sum() == half.height

    steps = {
        "read": lambda: read_roster(folder),
        "read, check, match": all_of_it,
    }
    times = {name: [] for name in steps}
    for _ in range(REPEATS):
        for name, step in steps.items():
            times[name].append(timed(step))
    print(f"{len(schools)} workbooks of {PUPILS_PER_SCHOOL} pupils")
    for name, several in times.items():
        cpu, wall = median(several)
        print(f"  {name:<20} {cpu:6.2f} s CPU {wall:6.2f} s wall")
    assert median(times["read, check, match"])[0] < SECONDS_FOR_WORKBOOKS


def million(folder: Path) -> None:
    """Time the check of a million rows against reading them."""
    numbers = [f"{10_000_000 + school}" for school in range(ROWS // PUPILS_PER_SCHOOL)]
    path = folder / "million.csv"
    pupils(ROWS, numbers).write_csv(path)
    schools = [School(npsn=n, name=f"SMA {n}", level="SMA", kecamatan="Contoh") for n in numbers]
    read = read_roster(path)

    def check() -> None:
        checked = check_roster(read, schools=schools, on=ON)
        assert checked.rows_read == ROWS

    steps = {
        "bytes of the CSV to text columns": lambda: pl.read_csv(path, infer_schema=False),
        "read_roster": lambda: read_roster(path),
        "check_roster": check,
    }
    times = {name: [] for name in steps}
    for _ in range(REPEATS):
        for name, step in steps.items():
            times[name].append(timed(step))
    base = median(times["read_roster"])[1]
    print(f"{ROWS:,} rows of CSV")
    for name, several in times.items():
        cpu, wall = median(several)
        ratio = wall / base
        print(f"  {name:<34} {cpu:6.2f} s CPU {wall:6.2f} s wall  {ratio:5.2f} x read_roster")
    ratio = median([(a[0] / b[0], a[1] / b[1]) for a, b in _pairs(times)])[1]
    print(f"  check / read, median of pairs: {ratio:.2f} (bound {RATIO_OF_CHECK})")
    assert ratio <= RATIO_OF_CHECK


def _pairs(times: dict[str, list[Times]]) -> list[tuple[Times, Times]]:
    return list(zip(times["check_roster"], times["read_roster"], strict=True))


READ = """
import sys, time
from school_ektp.roster.read import read_roster
read_roster(sys.argv[1])
start = time.process_time()
for _ in range(3):
    read_roster(sys.argv[1])
print(time.process_time() - start)
"""
PAIRS = 7


def seconds_of(source: Path, files: Path) -> float:
    """Return CPU seconds of three reads after a first one, in a process with that source."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(files)],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def against(before: Path, folder: Path) -> None:
    """Compare reading with that of another checkout, pair by pair."""
    now = Path(__file__).resolve().parents[1] / "src"
    for name, files in (("45 workbooks", folder / "books"), ("CSV", folder / "million.csv")):
        pairs = [(seconds_of(now, files), seconds_of(before, files)) for _ in range(PAIRS)]
        ratios = sorted(one / other for one, other in pairs)
        print(
            f"  {name:<14} {statistics.median(one for one, _ in pairs) / 3:6.2f} s now"
            f" {statistics.median(other for _, other in pairs) / 3:6.2f} s before,"
            f" ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--before", type=Path, help="folder src of another checkout")
    before = parser.parse_args().before
    schools = rejang_lebong(seed=1).schools
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "books").mkdir()
        workbooks(Path(folder) / "books", schools)
        million(Path(folder))
        if before:
            (Path(folder) / "books" / "register.bin").unlink()
            against(before, Path(folder))


if __name__ == "__main__":
    main()
