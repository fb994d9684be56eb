"""Frames in, the same kind of frames out; frames that cannot be worked with are told what ails."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar, cast

import polars as pl

from school_ektp.errors import RosterSchemaError

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_COLUMN = re.compile(r"\"([^\"]{1,60})\"")


def is_in_memory(given: object) -> bool:
    """Return whether a frame is one whose rows can be read twice at no cost."""
    return isinstance(given, pl.DataFrame)


def same_kind(result: pl.LazyFrame, given: Frame) -> Frame:
    """Return *result* as it is for a lazy *given*, else collected."""
    return cast("Frame", result.collect() if is_in_memory(given) else result)


def type_fault(given: pl.DataType, wanted: pl.DataType) -> str:
    """Return why a column cannot stand for another; empty when it can."""
    if given == wanted or (given.is_integer() and wanted.is_integer()):
        return ""
    if wanted == pl.String and isinstance(given, pl.Enum | pl.Categorical):
        return ""
    return f"expected {wanted}, got {given}"


def takes_frames(
    also: tuple[type, ...] = (), **tables: Mapping[str, pl.DataType]
) -> Callable[[Callable[_Given, _Made]], Callable[_Given, _Made]]:
    """
    Return a decorator that checks frames before they are used.

    The decorated function raises `RosterSchemaError` instead of polars' errors, which name no
    table and may quote cells. Columns that are null only get their type.

    Args:
        also: Other types an argument may have.
        tables: Argument to the columns whose types it must have, where it has them.
    """

    def decorate(action: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        signature = inspect.signature(action)

        @wraps(action)
        def checked(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
            bound = signature.bind(*args, **kwargs)
            for name, columns in tables.items():
                value = bound.arguments.get(name)
                is_left_out = value is None and signature.parameters[name].default is None
                if not is_left_out and not isinstance(value, also):
                    bound.arguments[name] = _sound(value, name, _as_text(columns, bound.arguments))
            try:
                made = action(*bound.args, **bound.kwargs)
                if isinstance(made, pl.LazyFrame):
                    made.collect_schema()
            except pl.exceptions.PolarsError as error:
                raise _translated(error, tables, bound.arguments) from None
            except BaseException as error:
                if type(error).__name__ != "PanicException":  # Rust's, no Exception
                    raise
                raise _translated(error, tables, bound.arguments) from None
            return made

        return checked

    return decorate


def _as_text(
    columns: Mapping[str, pl.DataType], arguments: Mapping[str, object]
) -> Mapping[str, pl.DataType]:
    """Return the columns without those that hold numbers of names, as *names* says."""
    numbered = arguments.get("names") or {}
    skipped = set(numbered) if isinstance(numbered, Mapping) else set()
    return {name: dtype for name, dtype in columns.items() if name not in skipped}


def _sound(value: object, table: str, columns: Mapping[str, pl.DataType]) -> object:
    """Return a frame whose columns have the types asked for."""
    if not isinstance(value, pl.DataFrame | pl.LazyFrame):
        fault = f"expected a polars DataFrame or LazyFrame, got a {type(value).__name__}"
        raise RosterSchemaError(table, (), {"(all)": fault})
    schema = value.collect_schema()
    wrong = {
        name: fault
        for name, dtype in schema.items()
        if name in columns and dtype != pl.Null and (fault := type_fault(dtype, columns[name]))
    }
    if wrong:
        raise RosterSchemaError(table, (), wrong)
    empty = [name for name, dtype in schema.items() if name in columns and dtype == pl.Null]
    return value.with_columns(pl.col(name).cast(columns[name]) for name in empty)


def _translated(
    error: BaseException,
    tables: Mapping[str, Mapping[str, pl.DataType]],
    arguments: Mapping[str, object],
) -> RosterSchemaError:
    """Return our error for one of polars, whose text may quote cells."""
    frames = {name: arguments[name] for name in tables if isinstance(arguments.get(name), _FRAMES)}
    there = {name: set(frame.collect_schema()) for name, frame in frames.items()}  # type: ignore[attr-defined]
    first = next(iter(tables))
    if isinstance(error, pl.exceptions.ColumnNotFoundError):
        found = _COLUMN.search(str(error))
        column = found[1] if found else ""
        lacking = [name for name, names in there.items() if column not in names]
        owners = [name for name in lacking if column in tables[name]] or lacking or [first]
        return RosterSchemaError(owners[0], (column,), {})
    fault = f"cannot be worked with ({type(error).__name__}); see the columns it needs"
    return RosterSchemaError(first, (), {"(all)": fault})


_FRAMES = (pl.DataFrame, pl.LazyFrame)
