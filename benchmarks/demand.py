"""
What it costs to count who waits: at each school on one day, on each of sixty, and for the nation.

In memory, sorted by school and shuffled, against the mask (the decision per pupil) and a filter per
day; from Parquet parts larger than memory likes, against decoding the columns needed.

    python benchmarks/demand.py --pupils 10000000 --schools 40000 --nation 100000000 --rounds 7
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from _ratios import Contender, Job, extra_mib, race

from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.roster.demand import coded, compact, waiting_by_day, waiting_on
from school_ektp.roster.eligibility import is_waiting

ON = dt.date(2024, 9, 3)
SPAN = {"first_day": ON, "last_day": ON + dt.timedelta(days=59)}
POLICY = EligibilityPolicy()
NEEDED = ["npsn", "class_name", "birth_date", "recorded", "married"]
CLASSES = [f"{grade} {number}" for grade in ("X", "XI", "XII") for number in (1, 2, 3)]
BORN = dt.date(2005, 9, 3), 1_800  # first birth date, days that follow: 16 to 19 on the day
MEMORY_MIB = 200.0
PARTS = 100
UINT16 = 2**16


def roster(rows: int, schools: int, seed: int) -> pl.DataFrame:
    """Return invented pupils in order of school and class, with the types `compact` gives."""
    rng = np.random.default_rng(seed)
    school = np.sort(rng.integers(0, schools, rows, dtype=np.int32))
    room = rng.integers(0, len(CLASSES), rows, dtype=np.int32)
    room = np.sort(school.astype(np.int64) * len(CLASSES) + room) % len(CLASSES)
    first = (BORN[0] - dt.date(1970, 1, 1)).days
    names = pl.Enum([f"{10_000_000 + number}" for number in range(schools)])
    return pl.DataFrame(
        {
            "npsn": pl.Series(school.astype(np.uint32)).cat.to(names),
            "class_name": pl.Series(room.astype(np.uint32)).cat.to(pl.Enum(CLASSES)),
            "birth_date": pl.Series(
                rng.integers(first, first + BORN[1], rows, dtype=np.int32)
            ).cast(pl.Date),
            "recorded": pl.Series(rng.integers(0, 2, rows, dtype=np.int8)).cast(pl.Boolean),
            "married": pl.Series(rng.integers(0, 200, rows, dtype=np.uint8) == 0),
        }
    )


def by_duckdb(base: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    cutoff = POLICY.cutoff(ON)
    query = (
        "select npsn, class_name, count(*) from pupils where not recorded "  # noqa: S608 - dates
        f"and (birth_date <= date '{cutoff.born_by}' or married) group by all order by all"
    )
    return base.execute(query).fetchall()


def by_pandas(frame: pd.DataFrame) -> pd.Series:
    last = pd.Timestamp(POLICY.cutoff(ON).born_by)
    waits = ~frame["recorded"] & ((frame["birth_date"] <= last) | frame["married"])
    return frame[waits].groupby(["npsn", "class_name"], observed=True).size()


def per_day(frame: pl.DataFrame, days: int) -> list[pl.DataFrame]:
    return [
        frame.filter(is_waiting(POLICY, on=ON + dt.timedelta(days=number)))
        .group_by("npsn")
        .agg(pl.len().alias("waiting"))
        for number in range(days)
    ]


def in_memory(title: str, frame: pl.DataFrame, limit: float, rounds: int, tenth: int) -> bool:
    table = waiting_on(frame, POLICY, on=ON)
    daily = waiting_by_day(frame, POLICY, **SPAN)
    texts = frame.with_columns(pl.col("npsn", "class_name").cast(pl.String))
    sample = frame.head(frame.height // tenth)
    base = duckdb.connect()
    base.register("given", sample.with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow())
    base.execute("create table pupils as select * from given")
    pandas = sample.to_pandas()
    waiting = frame.select(is_waiting(POLICY, on=ON).sum()).item()

    assert table["waiting"].sum() == waiting
    assert len(by_duckdb(base)) == len(by_pandas(pandas)) == len(waiting_on(sample, on=ON))
    for number, one in enumerate(per_day(frame, 2)):
        day = ON + dt.timedelta(days=number)
        found = daily.filter((pl.col("day") == day) & (pl.col("waiting") > 0)).drop("day")
        assert found.equals(one.sort("npsn"))
    return race(
        f"{frame.height:,} pupils in memory, {title}",
        [
            Contender("mask: who waits", lambda: frame.select(is_waiting(POLICY, on=ON))),
            Contender("school × class", lambda: waiting_on(frame, POLICY, on=ON), target=limit),
            Contender("school × class, texts", lambda: waiting_on(texts, POLICY, on=ON)),
            Contender("DuckDB, school × class", lambda: by_duckdb(base), share=1 / tenth),
            Contender("pandas, school × class", lambda: by_pandas(pandas), share=1 / tenth),
            Contender("a filter per day, 60 days", lambda: per_day(frame, 3), share=3 / 60),
            Contender(
                "school × 60 days",
                lambda: waiting_by_day(frame, POLICY, **SPAN),
                floor="a filter per day, 60 days",
                target=30,
                faster=True,
            ),
            Contender("a filter per day, 60 days, texts", lambda: per_day(texts, 2), share=2 / 60),
            Contender(
                "school × 60 days, texts",
                lambda: waiting_by_day(texts, POLICY, **SPAN),
                floor="a filter per day, 60 days, texts",
                faster=True,
            ),
        ],
        rounds=rounds,
    )


def school_names(schools: int) -> pl.Enum:
    return pl.Enum([f"{10_000_000 + number}" for number in range(schools)])


def write_parts(folder: Path, rows: int, schools: int, *, shuffled: bool) -> None:
    """Write the nation in parts: each its own schools, or every part a bit of every school."""
    parts = min(PARTS, schools)
    count = schools if shuffled else schools // parts
    kind = school_names(schools)
    for part in range(parts):
        frame, _ = coded(roster(rows // parts, count, seed=part))
        if shuffled:
            frame = frame.sample(fraction=1, shuffle=True, seed=part)
        else:
            frame = frame.with_columns(pl.col("npsn").cast(pl.UInt32) + part * count)
        number = pl.UInt16 if len(kind.categories) < UINT16 else pl.UInt32
        frame.with_columns(pl.col("npsn").cast(number)).write_parquet(
            folder / f"{part:03d}.parquet"
        )


def decode(folder: Path) -> int:
    parts = sorted(folder.glob("*.parquet"))
    return sum(pl.read_parquet(part, columns=NEEDED).height for part in parts)


def jobs(folder: Path, schools: int) -> dict[str, Job]:
    pupils = pl.scan_parquet(folder)
    names = {"npsn": school_names(schools), "class_name": pl.Enum(CLASSES)}
    return {
        "decode": lambda: decode(folder),
        "table": lambda: waiting_on(pupils, POLICY, on=ON, names=names).collect(),
        "days": lambda: waiting_by_day(pupils, POLICY, **SPAN, names=names).collect(),
    }


def nation(title: str, folder: Path, schools: int, limit: float, rounds: int) -> bool:
    now = jobs(folder, schools)
    assert now["table"]()["waiting"].sum() == now["days"]().filter(day=ON)["waiting"].sum()
    ok = race(
        f"{decode(folder):,} pupils in Parquet, {title}",
        [
            Contender("decode the columns needed", now["decode"]),
            Contender("school × class", now["table"], target=limit),
            Contender("school × 60 days", now["days"], floor="school × class", target=1.8),
        ],
        rounds=rounds,
    )
    for name in ("table", "days"):
        command = [
            sys.executable,
            __file__,
            "--memory",
            name,
            str(folder),
            "--schools",
            str(schools),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        extra = float(done.stdout)
        print(f"\nExtra memory for the {name}: {extra:.0f} MiB (target below {MEMORY_MIB:.0f})")
        ok &= extra <= MEMORY_MIB
    return ok


def orders(frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame, float]]:
    yield "sorted by school", frame, 12
    yield "shuffled", frame.sample(fraction=1, shuffle=True, seed=1), 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--pupils", type=int, default=1_000_000)
    parser.add_argument("--schools", type=int, default=4_000)
    parser.add_argument("--nation", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    parser.add_argument("--memory", nargs=2, metavar=("JOB", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.memory:
        job = jobs(Path(chosen.memory[1]), chosen.schools)[chosen.memory[0]]
        print(extra_mib(job))
        return 0
    frame = roster(chosen.pupils, chosen.schools, seed=1)
    assert compact(frame.head(1000)).select("npsn").to_series().dtype == pl.Enum
    met = [
        in_memory(title, rows, limit, chosen.rounds, tenth=10)
        for title, rows, limit in orders(frame)
    ]
    del frame
    for title, limit in (("sorted by school", 3.5), ("shuffled", 5.0)):
        with tempfile.TemporaryDirectory() as name:
            write_parts(Path(name), chosen.nation, chosen.schools, shuffled="shuffled" in title)
            met.append(nation(title, Path(name), chosen.schools, limit, max(chosen.rounds // 2, 1)))
    return int(chosen.strict and not all(met))


if __name__ == "__main__":
    sys.exit(main())
