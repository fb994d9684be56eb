"""Frames as files: CSV that a spreadsheet may open, Parquet as it is."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from school_ektp.files import make_folder, write_bytes, write_text

_FORMULA = r"^(?:[\t\r\n]|[\s\p{Z}\p{Cf}]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"


#: What files say of themselves that hold small counts, where their format has a place for it.
INTERNAL = {
    "audience": "internal",
    "audience_note": "holds small counts of pupils; not for publication",
}


def for_csv(frame: pl.DataFrame) -> pl.DataFrame:
    """
    Return *frame* as a spreadsheet may open it.

    Times of day are ``07:30``, which every program reads alike. A text that a program would run
    as a formula, because it begins with ``=``, ``+``, ``-``, ``@``, one of these in full width, or
    a tab or line end, gets an apostrophe. Spaces before such a mark hide nothing.
    """
    text = pl.selectors.string()
    runs = text.str.contains(_FORMULA)
    return frame.with_columns(
        pl.selectors.time().dt.strftime("%H:%M"),
        pl.when(runs).then("'" + text).otherwise(text).name.keep(),
    )


def csv_file(frame: pl.DataFrame, folder: Path | str, name: str) -> Path:
    """Write *frame* as `for_csv` gives it to a file of *folder*, made when missing; return it."""
    return write_text(make_folder(folder) / name, for_csv(frame).write_csv())


def parquet_file(frame: pl.DataFrame, folder: Path | str, name: str) -> Path:
    """
    Write *frame* as it is to a file of *folder*, made when missing, and return the file.

    Its metadata say that it is internal.
    """
    stream = io.BytesIO()
    frame.write_parquet(stream, metadata=dict(INTERNAL))
    return write_bytes(make_folder(folder) / name, stream.getvalue())
