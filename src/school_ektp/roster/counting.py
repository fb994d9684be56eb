"""
Counting rows by a few keys, as fast as memory allows.

Keys with a dictionary (Enum) are packed into one integer before rows are grouped, which halves the
time; rows that lie sorted are counted by their runs, and the hash table sees one row per run.
Rows that are not in memory come in batches, each counted into one table with a place for every key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import prod

import attrs
import polars as pl

#: Name of the column of steps that `count_steps` asks for: from 0, and below the number of steps.
STEP = "__step__"

_KEY = "__key__"
_COUNT = "__count__"
_SMALL = 2**32
_LARGE = 2**63
_DENSE = 8  # a table with a place for every key is made when one place in 8 is used,
SMALL_TABLE = 2**22  # or when it is this small
BATCH = 2**21  # rows held at once when they are not in memory: 8 MiB of keys


Names = Mapping[str, pl.Enum]


def count_rows(
    rows: pl.LazyFrame, by: Sequence[str], *, names: Names, into: str, now: bool
) -> pl.LazyFrame:
    """
    Return the number of rows for each combination of keys, sorted by the keys.

    Args:
        rows: Any rows with the key columns.
        by: Key columns; Enum is fastest, and sorts in the order of its categories.
        names: Key columns that hold the place of a name instead of the name, and their names.
        into: Name of the column with the count, UInt32.
        now: The rows are in memory: use it and count at once, which is faster.
    """
    packing = _packing(_types(rows, by, names))
    if packing is None:
        named = _named(rows, names, by)
        return named.group_by(by).agg(pl.len().alias(into)).sort(by)
    if now:
        counted = _sorted_now(_counted_now(rows, packing), packing.size).lazy()
    else:
        counted = _counted(rows, packing).sort(_KEY)
    return counted.select(*packing.columns, pl.col(_COUNT).alias(into))


def count_steps(
    rows: pl.LazyFrame,
    by: Sequence[str],
    *,
    names: Names,
    steps: int,
    shown: pl.DataFrame,
    into: str,
    now: bool,
) -> pl.LazyFrame:
    """
    Return, for each combination of keys and each step shown, the rows up to that step.

    Args:
        rows: Rows with the key columns and a column `STEP`.
        by: Key columns, as for `count_rows`.
        names: As for `count_rows`.
        steps: Number of steps.
        shown: The steps asked for in a column `STEP`, ascending, and what they are called in the
            other; all are in the result for every combination found.
        into: Name of the column with the count, UInt32.
        now: As for `count_rows`.

    Returns:
        Columns *by*, the name of the step and *into*, sorted by keys and step.
    """
    types: dict[str, pl.DataType] = _types(rows, by, names)
    packing = _packing(types, steps)
    if packing is None:
        counted = _named(rows, names, by).group_by(*by, STEP).agg(pl.len().alias(_COUNT))
        fill = partial(_fill_named, by=list(by), steps=steps, shown=shown, into=into)
    else:
        fill = partial(_fill_packed, packing=packing, steps=steps, shown=shown, into=into)
        if now:
            return fill(_counted_now(rows, packing)).lazy()
        counted = _counted(rows, packing)
    named = shown.drop(STEP).schema
    return counted.map_batches(
        fill,
        schema=pl.Schema([*types.items(), *named.items(), (into, pl.UInt32())]),
        projection_pushdown=False,  # the function needs all columns and all rows
        predicate_pushdown=False,
        slice_pushdown=False,
    )


def _types(rows: pl.LazyFrame, by: Sequence[str], names: Names) -> dict[str, pl.DataType]:
    schema = rows.select(by).collect_schema()
    return {name: names.get(name, kind) for name, kind in schema.items()}


def _named(rows: pl.LazyFrame, names: Names, by: Sequence[str]) -> pl.LazyFrame:
    columns = [pl.col(name).cat.to(kind) for name, kind in names.items() if name in by]
    return rows.with_columns(columns)


@attrs.frozen
class _Packing:
    """Several dictionary columns, and perhaps a step, as the digits of a number below *size*."""

    key: pl.Expr
    size: int
    columns: tuple[pl.Expr, ...]  # taken from the key again


def _packing(types: Mapping[str, pl.DataType], steps: int = 0) -> _Packing | None:
    """Return how to pack the keys, or None when one has no dictionary or they are too many."""
    kinds = {name: kind for name, kind in types.items() if isinstance(kind, pl.Enum)}
    bases = {name: len(kind.categories) + 1 for name, kind in kinds.items()}  # 0 is null
    size = prod(bases.values()) * max(steps, 1)
    if len(kinds) < len(types) or size >= _LARGE:
        return None
    number = pl.UInt32 if size < _SMALL else pl.Int64
    key, unit = (pl.col(STEP).cast(number), steps) if steps else (pl.lit(0, dtype=number), 1)
    columns = []
    for name, base in reversed(bases.items()):
        code = (pl.col(name).to_physical().cast(number) + 1).fill_null(0)
        key = key + code * unit
        digit = pl.col(_KEY) // unit % base
        columns.append(pl.when(digit > 0).then(digit - 1).cat.to(kinds[name]).alias(name))
        unit *= base
    return _Packing(key, size, tuple(reversed(columns)))


def _counted(rows: pl.LazyFrame, packing: _Packing) -> pl.LazyFrame:
    """Return the counts by packed key, in no order."""
    keys = rows.select(packing.key.alias(_KEY))
    if packing.size > SMALL_TABLE:
        return keys.group_by(_KEY).agg(pl.len().alias(_COUNT))
    schema = {_KEY: pl.UInt32, _COUNT: pl.UInt32}
    return pl.defer(partial(_counted_in_batches, keys, packing.size), schema=schema)


def _counted_in_batches(keys: pl.LazyFrame, size: int) -> pl.DataFrame:
    """Do the same when asked, a batch of rows at a time, into one table."""
    table = pl.zeros(size, dtype=pl.UInt32, eager=True)
    for batch in keys.collect_batches(chunk_size=BATCH, maintain_order=False):
        # Sorted, because runs need a fraction of the memory of a hash table and are found as fast.
        runs = batch.to_series().sort().rle().struct.unnest()
        table.scatter(runs["value"], table.gather(runs["value"]) + runs["len"])
    used = (table > 0).arg_true()
    return pl.DataFrame({_KEY: used, _COUNT: table.gather(used)})


def _counted_now(rows: pl.LazyFrame, packing: _Packing) -> pl.DataFrame:
    """Do the same in memory; where equal keys lie together, by their runs."""
    keys = rows.select(packing.key.alias(_KEY)).collect().to_series()
    changes = (keys != keys.shift()).sum()
    if 2 * changes >= keys.len():
        return keys.to_frame().lazy().group_by(_KEY).agg(pl.len().alias(_COUNT)).collect()
    runs = keys.rle().struct.unnest().rename({"value": _KEY, "len": _COUNT})
    return runs.lazy().group_by(_KEY).agg(pl.col(_COUNT).sum()).collect()


def _is_dense(counted: pl.DataFrame, size: int) -> bool:
    return size <= _DENSE * counted.height + SMALL_TABLE


def _table(size: int, places: pl.Series, counts: pl.Series) -> pl.Series:
    """Return *size* counts, 0 where none is given."""
    return pl.zeros(size, dtype=pl.Int32, eager=True).scatter(places, counts.cast(pl.Int32))


def _sorted_now(counted: pl.DataFrame, size: int) -> pl.DataFrame:
    if not _is_dense(counted, size):
        return counted.sort(_KEY)
    counts = _table(size, counted[_KEY], counted[_COUNT]).cast(pl.UInt32)
    keys = pl.int_range(size, dtype=pl.Int64, eager=True)
    return pl.DataFrame({_KEY: keys, _COUNT: counts}).filter(pl.col(_COUNT) > 0)


def _fill_packed(
    counted: pl.DataFrame, packing: _Packing, steps: int, shown: pl.DataFrame, into: str
) -> pl.DataFrame:
    """Add up packed counts over the steps."""
    keys = counted[_KEY]
    group = keys // steps
    groups, row = _ranked(group, packing.size // steps)
    places = row * steps + (keys - group * steps)
    found = (groups * steps).alias(_KEY).to_frame().select(packing.columns)
    table = _table(found.height * steps, places, counted[_COUNT])
    return _running(found, table, steps, shown, into)


def _ranked(numbers: pl.Series, size: int) -> tuple[pl.Series, pl.Series]:
    """Return the different ones of *numbers* below *size*, sorted, and the place of each there."""
    if size > _DENSE * numbers.len() + SMALL_TABLE:
        different = numbers.unique().sort().cast(pl.Int64)
        return different, different.search_sorted(numbers).cast(pl.Int64)
    used = pl.zeros(size, dtype=pl.Int64, eager=True).scatter(numbers, 1)
    rank = used.cum_sum() - 1
    return (used > 0).arg_true().cast(pl.Int64), rank.gather(numbers)


def _fill_named(
    counted: pl.DataFrame, by: list[str], steps: int, shown: pl.DataFrame, into: str
) -> pl.DataFrame:
    """Add up counts over the steps for keys without a dictionary."""
    found = counted.select(by).unique().sort(by)
    numbered = found.with_row_index(_KEY).with_columns(pl.col(_KEY).cast(pl.Int64))
    rows = counted.join(numbered, on=by, how="left", nulls_equal=True)
    table = _table(found.height * steps, rows[_KEY] * steps + rows[STEP], rows[_COUNT])
    return _running(found, table, steps, shown, into)


def _running(
    found: pl.DataFrame, table: pl.Series, steps: int, shown: pl.DataFrame, into: str
) -> pl.DataFrame:
    """
    Return each row of *found* once for each step shown, with the running sums of its counts.

    *table* holds the counts of the first row step by step, then those of the second, and so on.
    """
    rows = found.height
    first = pl.int_range(0, rows * steps, steps, dtype=pl.UInt32, eager=True)
    sums = table.reshape((rows, steps)).arr.sum()
    # One sum runs through the table: each row begins by taking back the sum of the row before.
    table.scatter(first, table.gather(first) - sums.shift(1, fill_value=0))
    running = table.cum_sum()
    index = pl.int_range(rows * shown.height, dtype=pl.UInt32, eager=True)
    row = index // shown.height
    place = index - row * shown.height
    if shown.height < steps or not shown[STEP].equals(_every(steps), check_names=False):
        running = running.gather(row * steps + shown[STEP].gather(place))
    names = shown.drop(STEP)[place]
    return pl.concat([found[row], names], how="horizontal").with_columns(
        running.cast(pl.UInt32, wrap_numerical=True).alias(into)
    )


def _every(steps: int) -> pl.Series:
    return pl.int_range(steps, dtype=pl.UInt32, eager=True)
