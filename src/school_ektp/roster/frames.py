"""Frames in, the same kind of frames out."""

from __future__ import annotations

from typing import TypeVar, cast

import polars as pl

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def is_in_memory(given: object) -> bool:
    """Return whether a frame is one whose rows can be read twice at no cost."""
    return isinstance(given, pl.DataFrame)


def same_kind(result: pl.LazyFrame, given: Frame) -> Frame:
    """Return *result* as it is for a lazy *given*, else collected."""
    return cast("Frame", result.collect() if is_in_memory(given) else result)
