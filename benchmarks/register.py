"""
A million pupils beside a million people of the register, 20,000 of each born on 1 July.

Bound: 60 s and 4 GB, whether most are found or nobody is. The argument chooses the case: ``same``
(nine in ten are in the register), ``other`` (nobody is) or ``alike`` (nobody is, and all names
differ by a number only, so that everybody is like everybody). Seconds of processors stand beside
those of the clock, as other work on the machine counts in the latter only.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time

import polars as pl

from school_ektp.roster.match import match_register
from school_ektp.roster.schema import REGISTER, ROSTER

PERSONS, ON_ONE_DAY, DAYS = 1_000_000, 20_000, 1_096
SECONDS, GIGABYTES = 60.0, 4.0
JULY, FIRST = dt.date(2008, 7, 1), dt.date(2006, 7, 1)
SYLLABLES = [
    "a",
    "ba",
    "da",
    "fi",
    "ga",
    "ha",
    "i",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pu",
    "ra",
    "sa",
    "ti",
    "u",
    "wa",
    "ya",
    "zi",
]


def names(count: int, seed: int, kind: str) -> list[str]:
    if kind == "alike":
        return [f"SISWA {seed} {number:07d}" for number in range(count)]
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3)))).upper() for _ in range(900)]
    return [" ".join(rng.choices(words, k=rng.choice((1, 2, 2, 3)))) for _ in range(count)]


def persons(seed: int, kind: str) -> pl.DataFrame:
    number = pl.int_range(PERSONS, eager=True)
    days = FIRST + pl.duration(days=number * 7_919 % DAYS)
    return pl.DataFrame({"number": number, "name": names(PERSONS, seed, kind)}).select(
        "name",
        birth_date=pl.when(pl.col("number") < ON_ONE_DAY).then(JULY).otherwise(days),
        sex=pl.when(pl.col("number") % 2 == 0).then(pl.lit("L")).otherwise(pl.lit("P")),
        source_file=pl.lit("a"),
        source_sheet=pl.lit(""),
        source_row=pl.col("number") + 2,
    )


def filled(rows: pl.DataFrame, schema: pl.Schema, **values: object) -> pl.DataFrame:
    given = rows.with_columns(pl.lit(value).alias(name) for name, value in values.items())
    lacking = [
        pl.lit(None, dtype).alias(n) for n, dtype in schema.items() if n not in given.columns
    ]
    return given.with_columns(lacking).select(schema.names()).cast(schema)


def main(kind: str) -> None:
    unknown = {"npsn": "10700669", "recorded": False, "married": False, "class_name": ""}
    rows = persons(1, kind)
    roster = filled(rows, ROSTER, **unknown, home_region="", special_needs=False)
    register = filled(persons(2, kind), REGISTER, recorded=True, home_region="", village="")
    if kind == "same":
        known = filled(rows.head(PERSONS * 9 // 10), REGISTER, recorded=True, home_region="")
        register = pl.concat([known, register.tail(PERSONS // 10)])
    start, used = time.perf_counter(), time.process_time()
    matched = match_register(roster, register)
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    counts = {one.value: count for one, count in matched.counts.items()}
    used = f"{seconds:.1f} s ({cpu:.1f} s of processors), {gigabytes:.2f} GB"
    print(f"{kind}: {used}, {matched.review.height:,} near, {counts}")
    assert sum(counts.values()) == PERSONS
    assert seconds < SECONDS
    assert gigabytes < GIGABYTES


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "other")
