"""Demand as tables: one day, every day of a span, and where every row stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.eligibility import EligibilityPolicy, PupilStatus
from school_ektp.roster.demand import (
    coded,
    compact,
    demand_of,
    status_counts,
    waiting_by_day,
    waiting_on,
)
from school_ektp.roster.schema import ROSTER
from school_ektp.testing import strategies as own

FIRST_BIRTH = dt.date(1900, 1, 1)
keys = st.sampled_from([("npsn",), ("npsn", "class_name"), ("sex", "npsn"), ("grade",)])
residents = st.sampled_from([None, "17.02"])


def forms(roster):
    """Return a roster in memory and lazy, with texts and with Enum, in order and not."""
    packed = compact(roster)
    ordered = packed.sort("npsn", "class_name")
    return [roster, roster.lazy(), packed, packed.lazy(), compact(roster.lazy()), ordered]


def plain(table):
    """Return the rows of a table with its Enum columns as texts."""
    return table.lazy().with_columns(pl.col(pl.Enum).cast(pl.String)).collect().rows()


def waits(row, policy, on, residents_of):
    if row["recorded"] or row["birth_date"] is None or row["birth_date"] < FIRST_BIRTH:
        return False
    if residents_of and row["home_region"][:5] not in {"", residents_of}:
        return False
    return policy.is_open(row["birth_date"], on=on, married=row["married"])


@given(own.rosters(), own.policies(), own.days(), keys, residents)
def test_one_day_is_what_counting_by_hand_finds(roster, policy, on, by, residents_of):
    expected = Counter(
        tuple(row[key] for key in by)
        for row in roster.iter_rows(named=True)
        if waits(row, policy, on, residents_of)
    )
    for form in forms(roster):
        table = waiting_on(form, policy, on=on, by=by, residents_of=residents_of)

        assert isinstance(table, type(form))
        assert {row[:-1]: row[-1] for row in plain(table)} == expected
        assert plain(table) == sorted(
            plain(table), key=lambda row: [(key is not None, key) for key in row]
        )


@given(
    roster=own.rosters(),
    policy=own.policies(),
    first=own.days(),
    length=st.integers(0, 70),
    by=keys,
    residents_of=residents,
)
def test_every_day_of_a_span_is_that_one_day(*, roster, policy, first, length, by, residents_of):
    last = first + dt.timedelta(days=length)
    possible = roster.filter((pl.col("birth_date") <= first).fill_null(True))
    expected = {}
    for day in pl.date_range(first, last, eager=True):
        one = waiting_on(possible, policy, on=day, by=by, residents_of=residents_of)
        expected |= {(*row[:-1], day): row[-1] for row in plain(one)}
    for form in forms(roster):
        table = waiting_by_day(
            form, policy, first_day=first, last_day=last, by=by, residents_of=residents_of
        )

        assert isinstance(table, type(form))
        assert table.collect_schema().names() == [*by, "day", "waiting"]
        found = plain(table)
        assert {row[:-1]: row[-1] for row in found if row[-1]} == expected
        assert len(found) == len({row[:-2] for row in found}) * (length + 1)
        assert [row[-2] for row in found[: length + 1]] == (
            pl.date_range(first, last, eager=True).to_list() if found else []
        )


@given(own.rosters(), own.days())
def test_a_table_and_a_step_function_say_the_same(roster, on):
    table = waiting_on(roster, on=on, by=["npsn"])
    demand = {school.npsn: school.on(on) for school in demand_of(roster)}

    assert dict(table.iter_rows()) == {npsn: waiting for npsn, waiting in demand.items() if waiting}


@given(own.rosters(), own.policies(), own.days(), keys)
def test_every_row_stands_in_exactly_one_place(roster, policy, on, by):
    expected = Counter()
    for row in roster.iter_rows(named=True):
        day = row["recorded_on"]
        recorded = row["recorded"] and (day is None or day <= on)
        stands = policy.status(row["birth_date"], on=on, recorded=recorded, married=row["married"])
        expected[(*(row[key] for key in by), stands)] += 1
    for form in forms(roster):
        table = status_counts(form, policy, on=on, by=by)
        rows = plain(table)

        assert isinstance(table, type(form))
        assert sum(row[len(by)] for row in rows) == len(roster)
        found = Counter(
            {
                (*row[: len(by)], stands): count
                for row in rows
                for stands, count in zip(PupilStatus, row[len(by) + 1 :], strict=True)
            }
        )
        assert +found == expected


@given(own.rosters(), own.days(), keys)
def test_a_roster_of_numbers_counts_alike(roster, on, by):
    numbers, names = coded(roster)
    span = {"first_day": on, "last_day": on + dt.timedelta(days=9), "by": by}

    assert numbers.schema["npsn"].is_unsigned_integer()
    for form in (numbers, numbers.lazy()):
        one_day = waiting_on(form, on=on, by=by, names=names)
        every_day = waiting_by_day(form, **span, names=names)
        assert plain(one_day) == plain(waiting_on(roster, on=on, by=by))
        assert plain(every_day) == plain(waiting_by_day(roster, **span))


@given(own.rosters())
def test_compacting_twice_changes_nothing(roster):
    packed = compact(roster)

    assert compact(packed).equals(packed)
    assert compact(packed).schema == packed.schema
    assert packed.with_columns(pl.col(pl.Enum).cast(pl.String)).equals(roster)


@pytest.mark.parametrize("kind", ["memory", "lazy"])
def test_an_empty_roster_gives_empty_tables(kind):
    roster = pl.DataFrame(schema=ROSTER)
    roster = roster if kind == "memory" else roster.lazy()
    day = dt.date(2024, 9, 3)

    for table in (
        waiting_on(roster, on=day),
        waiting_by_day(roster, first_day=day, last_day=day),
        status_counts(roster, on=day),
        waiting_on(compact(roster), on=day),
        waiting_by_day(compact(roster), first_day=day, last_day=day),
    ):
        assert plain(table) == []


@given(own.rosters(), own.days())
def test_the_engine_does_not_matter(roster, on):
    for form in (roster.lazy(), compact(roster).lazy()):
        for query in (
            waiting_on(form, on=on),
            waiting_by_day(form, first_day=on, last_day=on + dt.timedelta(days=9)),
            status_counts(form, on=on),
        ):
            assert query.collect(engine="in-memory").equals(query.collect(engine="streaming"))


def test_files_and_frames_give_the_same_table(tmp_path):
    policy, on = EligibilityPolicy(), dt.date(2024, 9, 3)
    rows = pl.DataFrame(
        {
            "npsn": ["10700001", "10700002"] * 50,
            "class_name": ["X 1", "X 2", "XI 1", "XII 1"] * 25,
            "birth_date": pl.date_range(
                dt.date(2008, 6, 1), interval="1d", end=dt.date(2008, 9, 8), eager=True
            ),
            "recorded": [False, False, True, False] * 25,
            "married": [False] * 100,
        }
    )
    compact(rows).head(60).write_parquet(tmp_path / "a.parquet")
    compact(rows).tail(40).write_parquet(tmp_path / "b.parquet")
    rows.write_csv(tmp_path / "rows.csv")
    csv = pl.scan_csv(tmp_path / "rows.csv", schema=rows.schema)

    expected = plain(waiting_on(rows, policy, on=on))

    assert expected
    assert plain(waiting_on(pl.scan_parquet(tmp_path / "*.parquet"), policy, on=on)) == expected
    assert plain(waiting_on(csv, policy, on=on)) == expected
