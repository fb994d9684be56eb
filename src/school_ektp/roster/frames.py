"""Frames in, the same kind of frames out; what cannot be worked with is an error that says why."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeAlias, TypeVar, cast, runtime_checkable

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError, RosterSchemaError
from school_ektp.model import arguments

if TYPE_CHECKING:
    import typing_extensions

    #: The kind of frame that is given is the kind returned; for other tables a DataFrame.
    Frame = typing_extensions.TypeVar("Frame", pl.DataFrame, pl.LazyFrame, default=pl.DataFrame)
else:
    Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_COLUMN = re.compile(r"\"([^\"]{1,60})\"")
_FRAMES = (pl.DataFrame, pl.LazyFrame)
#: Columns that are counted by, which is faster with the dictionary of categories.
COUNTED = ("npsn", "class_name")
#: Where what reading, checking and matching return holds its frame.
_HELD = ("rows", "valid", "roster", "people")


@runtime_checkable
class ArrowTable(Protocol):
    """
    A table that speaks Arrow: of pandas, pyarrow, DuckDB, or any other with this method.

    Columns that pandas could not keep as dates or whole numbers are taken as such: timestamps that
    are all midnight, floats that are all whole.
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as a capsule with an Arrow stream."""


AnyTable: TypeAlias = pl.DataFrame | pl.LazyFrame | ArrowTable
"""What every public call takes where it takes a table."""


@attrs.frozen
class _Stream:
    """The Arrow stream of a table, and nothing else that polars could find in it."""

    table: ArrowTable

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def is_table(value: object) -> bool:
    """Return whether *value* is a frame, or a table that speaks Arrow."""
    return isinstance(value, (*_FRAMES, ArrowTable)) and not isinstance(value, type)


def frame_of(
    value: object,
    table: str,
    columns: Mapping[str, pl.DataType] | None = None,
    *,
    needed: Iterable[str] = (),
) -> pl.DataFrame | pl.LazyFrame:
    """
    Return a polars frame for one, or for any `ArrowTable`; the one way of tables into the house.

    Columns of an `ArrowTable` are brought to the types of *columns* where nothing is lost.

    Raises:
        RosterSchemaError: *table* is no table, cannot be read, or lacks columns that are *needed*.
    """
    frame = value if isinstance(value, _FRAMES) else _read(value, table, columns or {})
    wanted = tuple(needed)
    names = frame.collect_schema().names()
    missing = [name for name in wanted if name not in names]
    if missing:  # a name that nobody knows may be a pupil's, of a list without headings
        found = [name for name in names if name in (columns or wanted)]
        raise RosterSchemaError(table, missing, {}, found)
    return frame


def _read(value: object, table: str, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    fault = f"got a {type(value).__name__}"
    if isinstance(value, ArrowTable) and not isinstance(value, pl.Series | type):
        try:
            return settled(pl.DataFrame(_Stream(value)), columns)
        except ImportError as error:
            fault += f" that cannot be read without the package {error.name or 'pyarrow'}"
        except BaseException as error:
            if not (isinstance(error, Exception) or is_panic(error)):
                raise
            fault += f" that cannot be read ({type(error).__name__})"
    fault = f"expected a polars DataFrame or LazyFrame, or a table that speaks Arrow, {fault}"
    fault += "".join(
        f"; give its .{name}"
        for name in _HELD
        if isinstance(getattr(value, name, None), pl.DataFrame)
    )
    raise RosterSchemaError(table, (), {"(all)": fault})


def settled(frame: pl.DataFrame, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return a frame with whole floats as integers and midnights as dates where *columns* say."""
    casts = []
    for name, dtype in frame.schema.items():
        wanted, column = columns.get(name), frame[name]
        if wanted is None:
            continue
        if wanted.is_integer() and dtype.is_float():
            number = column.fill_nan(None)
            if number.is_between(-(2**53), 2**53).all() and (number == number.floor()).all():
                casts.append(number.cast(pl.Int64))
        elif (
            wanted == pl.Date
            and isinstance(dtype, pl.Datetime)
            and dtype.time_zone is None
            and (column == column.dt.truncate("1d")).all()
        ):
            casts.append(column.dt.date())
    return frame.with_columns(casts)


def lazy(given: AnyTable) -> pl.LazyFrame:
    """Return the rows of a table; a frame that came through `takes_frames` is one already."""
    return frame_of(given, "roster").lazy()


def is_in_memory(given: object) -> bool:
    """Return whether a frame is one whose rows can be read twice at no cost."""
    return isinstance(given, pl.DataFrame)


def same_kind(result: pl.LazyFrame, given: Frame | ArrowTable) -> Frame:
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
    Return a decorator that checks frames before they are used, by argument; *also* may be given.

    The decorated function raises `RosterSchemaError` instead of polars' errors, which name no
    table and may quote cells. Any `ArrowTable` is made a frame by `frame_of`. Columns that are null
    only get their type.
    """

    def decorate(action: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
        signature = inspect.signature(action)
        refuse_others = arguments.refuse_others(action)

        @wraps(action)
        def checked(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
            bound = signature.bind(*args, **kwargs)
            refuse_others((), bound.arguments)
            if "by" in bound.arguments:
                bound.arguments["by"] = _columns(action.__name__, bound.arguments["by"])
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
                if not is_panic(error):
                    raise
                raise _translated(error, tables, bound.arguments) from None
            return made

        return checked

    return decorate


def _columns(owner: str, by: str | Iterable[str]) -> tuple[str, ...]:
    columns = (by,) if isinstance(by, str) else tuple(by)
    if len(set(columns)) < len(columns):
        fault = f"must name each column once, got {len(columns)} names"
        raise InvalidFieldError(owner, "by", fault)
    return columns


def _as_text(
    columns: Mapping[str, pl.DataType], arguments: Mapping[str, object]
) -> Mapping[str, pl.DataType]:
    """Return the columns without those that hold numbers of names, as *names* says."""
    numbered = arguments.get("names") or {}
    skipped = set(numbered) if isinstance(numbered, Mapping) else set()
    return {name: dtype for name, dtype in columns.items() if name not in skipped}


def _sound(value: object, table: str, columns: Mapping[str, pl.DataType]) -> object:
    """Return a frame whose columns have the types asked for; categories become text but of keys."""
    frame = frame_of(value, table, columns)
    schema = frame.collect_schema()
    wrong = {
        name: fault
        for name, dtype in schema.items()
        if name in columns and dtype != pl.Null and (fault := type_fault(dtype, columns[name]))
    }
    if wrong:
        raise RosterSchemaError(table, (), wrong)
    casts = [
        pl.col(name).cast(columns[name])
        for name, dtype in schema.items()
        if name in columns
        and (dtype == pl.Null or (columns[name] == pl.String and name not in COUNTED))
    ]
    return frame.with_columns(casts)


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


def is_panic(error: BaseException) -> bool:
    """Return whether this comes from Rust, where a panic is no Exception, and private to pyo3."""
    return type(error).__name__ == "PanicException"
