"""
What it costs to know who may be recorded: a day's decision, opening days, NIK checks, a join.

Ratios to a floor taken in the same run: reading the column once, parsing the NIK, joining integers.
CPU time and wall time; a busy machine disturbs the second more.

    python benchmarks/eligibility.py --births 100000000 --pupils 10000000 --rounds 7
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from _ratios import Contender, extra_mib, race
from dateutil.relativedelta import relativedelta

from school_ektp.model.eligibility import EligibilityPolicy, WholeYears
from school_ektp.roster.eligibility import born_within, opens_on
from school_ektp.roster.nik import nik_number, with_nik_checks

ON = dt.date(2024, 9, 3)
RULE = WholeYears(16)
FIRST, DAYS = dt.date(1990, 1, 1), 9_000
MASK_MIB = 16.0


def births(rows: int, seed: int) -> pl.Series:
    numbers = np.random.default_rng(seed).integers(0, DAYS, rows, dtype=np.int32)
    first = (FIRST - dt.date(1970, 1, 1)).days
    return pl.Series("birth_date", numbers + np.int32(first)).cast(pl.Date)


def one_day(rows: int, rounds: int) -> bool:
    frame = births(rows, seed=1).to_frame()
    last = RULE.cutoff(ON).born_by
    days = frame["birth_date"].to_physical().to_numpy()
    cutoff = np.int32((last - dt.date(1970, 1, 1)).days)
    buffer = np.empty(rows, dtype=bool)
    mask = born_within(RULE.cutoff(ON))
    lazy_count = frame.lazy().select(mask.sum())
    few = max(rows // 100, 1)
    sample = frame.head(few)
    moments = pd.Series(frame["birth_date"].head(rows // 10).to_numpy())
    base = duckdb.connect()
    base.register("given", frame.head(rows // 10).to_arrow())
    base.execute("create table pupils as select * from given")
    handful = sample["birth_date"].head(2_000).to_list()

    def mask_now() -> pl.DataFrame:
        return frame.select(mask)

    by_offset = pl.col("birth_date").dt.offset_by("16y") <= ON
    assert sample.select(by_offset.sum()).item() == sample.select(mask.sum()).item()
    expected = int(np.count_nonzero(days <= cutoff))
    assert mask_now().to_series().sum() == lazy_count.collect().item() == expected
    query = f"select count(*) from pupils where birth_date <= date '{last}'"  # noqa: S608 - a date
    column = f"select birth_date <= date '{last}' from pupils"  # noqa: S608 - as above
    assert base.execute(query).fetchone()[0] == int(np.count_nonzero(days[: rows // 10] <= cutoff))
    ok = race(
        f"One day, {rows:,} births",
        [
            Contender(
                "read the column once (max)", lambda: frame["birth_date"].to_physical().max()
            ),
            Contender("school_ektp, mask", mask_now, target=1.2),
            Contender("school_ektp, lazy count", lazy_count.collect, target=1.5),
            Contender("NumPy, into a buffer", lambda: np.less_equal(days, cutoff, out=buffer)),
            Contender("NumPy", lambda: days <= cutoff),
        ],
        rounds=3 * rounds,
        warm=True,
    )
    race(
        f"The same by other means, {rows:,} births",
        [
            Contender("school_ektp, mask", mask_now),
            Contender("pandas, cutoff", lambda: moments <= pd.Timestamp(last), share=0.1),
            Contender("DuckDB, cutoff, count", lambda: base.execute(query).fetchall(), share=0.1),
            Contender("DuckDB, cutoff, mask", lambda: base.execute(column).fetchnumpy(), share=0.1),
            Contender(
                "polars, offset_by per row", lambda: sample.select(by_offset), share=few / rows
            ),
            Contender(
                "pandas, DateOffset per row",
                lambda: moments.head(few) + pd.DateOffset(years=16) <= pd.Timestamp(ON),
                share=few / rows,
            ),
            Contender(
                "Python loop, relativedelta",
                lambda: [born + relativedelta(years=16) <= ON for born in handful],
                share=len(handful) / rows,
            ),
        ],
        rounds=rounds,
    )
    extra = mask_mib(frame)
    print(f"\nExtra memory for the mask: {extra:.1f} MiB (target at most {MASK_MIB:g} for 1e8)")
    return ok and extra <= MASK_MIB * max(rows / 1e8, 0.1)


def mask_mib(frame: pl.DataFrame) -> float:
    """Return the peak of memory the mask adds, in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "births.arrow"
        frame.write_ipc(file, compression="uncompressed")
        command = [sys.executable, __file__, "--memory", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return float(done.stdout)


def fresh_mask_mib(file: str) -> float:
    frame = pl.read_ipc(file)
    frame["birth_date"].to_physical().max()  # every page is in memory before it counts
    mask = born_within(RULE.cutoff(ON))
    frame.head(frame.height // 20).select(mask)  # starts the engine
    return extra_mib(lambda: frame.select(mask))


def opening_days(rows: int, rounds: int) -> bool:
    policy = EligibilityPolicy(card=17)
    frame = births(rows, seed=2).to_frame()
    few = max(rows // 10, 1)
    clipped = pl.col("birth_date").dt.offset_by("16y")
    return race(
        f"The opening day of each of {rows:,} pupils",
        [
            Contender(
                "polars, offset_by (no leap rule)",
                lambda: frame.head(few).select(clipped),
                share=few / rows,
            ),
            Contender("school_ektp", lambda: frame.select(opens_on(policy)), faster=True),
        ],
        rounds=rounds,
    )


def pupils(rows: int) -> pl.DataFrame:
    """Return invented pupils; only a benchmark gives them serials."""
    rng = np.random.default_rng(3)
    frame = (
        births(rows, seed=3)
        .to_frame()
        .with_columns(
            woman=pl.Series(rng.integers(0, 2, rows, dtype=np.int32)),
            serial=pl.Series(rng.integers(1, 10_000, rows, dtype=np.int32)),
            region=pl.Series(rng.choice([170209, 170216, 177101, 317301], rows).astype(np.int64)),
        )
    )
    born = pl.col("birth_date").dt
    digits = (born.day().cast(pl.Int64) + 40 * pl.col("woman")) * 10_000
    digits += born.month().cast(pl.Int64) * 100 + born.year() % 100
    number = pl.col("region") * 10**10 + digits * 10**4 + pl.col("serial")
    sex = pl.when(pl.col("woman") == 1).then(pl.lit("P")).otherwise(pl.lit("L"))
    return frame.select("birth_date", sex=sex, nik=number.cast(pl.String))


def checks(rows: int, rounds: int) -> bool:
    frame = pupils(rows)
    plain = frame.lazy().select(pl.col("nik").cast(pl.Int64))
    found = with_nik_checks(frame)
    assert found["nik_agrees_with_birth"].all()
    assert found["nik_agrees_with_sex"].all()
    few = max(rows // 20, 1)
    parts = [pl.col("nik").str.slice(start, 2).cast(pl.Int32) for start in (0, 2, 4, 6, 8, 10)]
    wanted = ["nik_finding", "nik_agrees_with_birth", "nik_agrees_with_sex"]
    return race(
        f"All checks of {rows:,} NIK",
        [
            Contender(
                "parse (text to integer)", lambda: frame.select(pl.col("nik").cast(pl.Int64))
            ),
            Contender("parse, lazy", plain.collect),
            Contender("school_ektp, all checks", lambda: with_nik_checks(frame), target=2.0),
            Contender(
                "school_ektp, all checks, lazy",
                with_nik_checks(frame.lazy()).select(wanted).collect,
                floor="parse, lazy",
            ),
            Contender(
                "string slices, six parts only",
                lambda: frame.head(few).select(pl.concat_list(parts)),
                share=few / rows,
            ),
        ],
        rounds=rounds,
    )


def anti_join(rows: int, rounds: int) -> bool:
    numbers = pupils(rows).select(number=pl.col("nik").cast(pl.Int64)).unique()
    half = numbers.sample(numbers.height // 2, seed=1, shuffle=True)
    text = pl.col("number").cast(pl.String).alias("nik")  # texts lie in order, as after reading
    frame, recorded = numbers.with_columns(text), half.with_columns(text)
    by_number = (
        frame.lazy()
        .select("number")
        .join(recorded.lazy().select("number"), on="number", how="anti")
    )
    known = recorded.lazy().select(key=nik_number())
    by_nik = (
        frame.lazy().select("nik", key=nik_number()).join(known, on="key", how="anti").select("key")
    )
    by_text = frame.lazy().select("nik").join(recorded.lazy().select("nik"), on="nik", how="anti")
    assert by_number.collect().height == by_nik.collect().height == by_text.collect().height
    return race(
        f"Who of {frame.height:,} pupils is not among {recorded.height:,} recorded",
        [
            Contender("integers", by_number.collect),
            Contender("school_ektp, texts by number", by_nik.collect, target=1.3),
            Contender("texts", by_text.collect),
        ],
        rounds=rounds,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--births", type=int, default=10_000_000)
    parser.add_argument("--pupils", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    parser.add_argument("--memory", metavar="FILE", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.memory:
        print(fresh_mask_mib(chosen.memory))
        return 0
    met = [
        one_day(chosen.births, chosen.rounds),
        opening_days(chosen.pupils, chosen.rounds),
        checks(chosen.pupils, chosen.rounds),
        anti_join(chosen.pupils, chosen.rounds),
    ]
    return int(chosen.strict and not all(met))


if __name__ == "__main__":
    sys.exit(main())
