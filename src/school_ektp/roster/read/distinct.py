"""Cells are read once per distinct text, however many rows hold it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl


class Cell(NamedTuple):
    """
    What a cell says.

    Attributes:
        value: The value; None when the cell is empty or cannot be read.
        note: Name of the rule that says what was mended or is at fault; empty when nothing is.
    """

    value: Any
    note: str = ""


CellReader = Callable[..., Cell]
EMPTY = Cell(None)


def read_column(column: pl.Series, reader: CellReader, dtype: pl.DataType) -> pl.DataFrame:
    """
    Return columns ``value`` and ``note`` as long as *column*; null texts give nulls.

    The reader is a pure function of one text, called once per distinct one.
    """
    texts = column.drop_nulls().unique().to_list()
    cells = [reader(text) for text in texts]
    table = pl.DataFrame(
        {
            "text": pl.Series(texts, dtype=pl.String),
            "value": pl.Series([cell.value for cell in cells], dtype=dtype),
            "note": pl.Series([cell.note or None for cell in cells], dtype=pl.String),
        }
    )
    keys = column.to_frame("text")
    return keys.join(table, on="text", how="left", maintain_order="left").drop("text")
