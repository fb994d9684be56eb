"""Frames in, the same kind of frames out."""

from __future__ import annotations

from typing import TypeVar, cast

import polars as pl

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def same_kind(result: pl.LazyFrame, given: Frame) -> Frame:
    """Return *result* as it is for a lazy *given*, else collected."""
    asked: object = given
    return cast("Frame", result.collect() if isinstance(asked, pl.DataFrame) else result)
