"""From paths to the sheets in them, whatever kind of file they are."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import polars as pl

from school_ektp.errors import ReadError
from school_ektp.files import read_bytes, reason
from school_ektp.roster.frames import is_table
from school_ektp.roster.issues import NO_ISSUES
from school_ektp.roster.read.delimited import cells_of_text
from school_ektp.roster.read.events import ical_rows
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.layouts import HEADER_WITHIN
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.sniff import FileKind, file_kind
from school_ektp.roster.read.spreadsheetml import spreadsheetml_grids
from school_ektp.roster.read.web_service import grid_of_rows, json_grids
from school_ektp.roster.read.workbook import workbook_grids

PathLike: TypeAlias = str | os.PathLike[str]

#: Endings of files that are read from a folder; their bytes show what they are.
ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".xml", ".csv", ".tsv", ".txt", ".parquet"),
    *(".json", ".jsonl", ".ndjson", ".geojson"),
)
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_LOCK = "~$"  # what Excel leaves beside an open workbook


def found_files(source: PathLike | Iterable[PathLike], limits: ReadLimits) -> list[Path]:
    """
    Return the files meant by a path, a folder, a pattern such as ``"rosters/*.xlsx"``, or several.

    Raises:
        ReadError: Nothing is there, or more files than the bound, or it is no path.
    """
    given: object = source
    is_one = isinstance(given, str | bytes | os.PathLike) or not isinstance(given, Iterable)
    is_one = is_one or is_table(given)
    several = [as_path(given)] if is_one else list(map(as_path, source))  # type: ignore[arg-type]
    shown = ", ".join(map(shown_name, several))
    try:
        files = sorted({file for one in several for file in _files(one)})
    except (OSError, ValueError) as error:
        raise ReadError(shown, f"cannot be opened: {reason(error)}") from None
    limits.hold("files", len(files), shown_name(several[0]) if several else "")
    if not files:
        raise ReadError(shown, "there is no such file")
    return files


def as_path(source: object) -> Path:
    """
    Return a path that was given.

    Raises:
        ReadError: It is empty, or no path.
    """
    if not isinstance(source, str | os.PathLike):
        kind = type(source).__name__
        way_out = "; tables go to check_roster or match_register" if is_table(source) else ""
        raise ReadError("source", f"must be a path to a file or folder, got a {kind}{way_out}")
    text = os.fspath(source)
    if not isinstance(text, str) or not text.strip():
        raise ReadError("source", "must be a path to a file or folder, and is empty or bytes")
    return Path(text)


def shown_name(path: Path | str) -> str:
    """Return a path as it can be shown; bytes that are no text, and marks unseen, are replaced."""
    name = os.fsencode(path).decode("utf-8", errors="replace")
    return "".join("\ufffd" if unicodedata.category(one) in _UNSEEN else one for one in name)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.suffix.lower() in ENDINGS)
        yield from (file for file in inside if file.is_file() and _is_work(file))
    elif path.is_file():
        yield path
    elif glob.has_magic(str(path)):
        matches = map(Path, glob.iglob(str(path), recursive=True))  # noqa: PTH207 - absolute patterns too
        yield from (file for file in matches if file.is_file() and _is_work(file))


def _is_work(file: Path) -> bool:
    return not file.name.startswith((_LOCK, "."))


def names_of(files: Iterable[Path]) -> dict[Path, str]:
    """Return how files are called in issues: their names, with folders where names repeat."""
    paths = list(files)
    names = [shown_name(path.name) for path in paths]
    if len(set(names)) == len(names):
        return dict(zip(paths, names, strict=True))
    common = os.path.commonpath([path.resolve().parent for path in paths])
    return {path: shown_name(path.resolve().relative_to(common).as_posix()) for path in paths}


def content_of(path: Path, file: str, limits: ReadLimits) -> bytes:
    """
    Return the bytes of a file.

    Raises:
        ReadError: It cannot be opened, is no file but a pipe or device, or is larger than the
            bound.
    """
    return read_bytes(path, file, lambda size: limits.hold("file_bytes", size, file))


def grids(content: bytes, file: str, limits: ReadLimits) -> Iterator[Grid]:
    """
    Yield the sheets of a file.

    Raises:
        ReadError: It cannot be read as what it is.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    kind = file_kind(content, file)
    if kind in {FileKind.XLSX, FileKind.XLS}:
        return workbook_grids(content, kind, file, limits)
    if kind is FileKind.SPREADSHEETML:
        return spreadsheetml_grids(content, file, limits)
    if kind is FileKind.JSON:
        return json_grids(content, file, limits)
    if kind is FileKind.ICAL:
        rows = ical_rows(content, file)
        return iter([grid_of_rows(rows, content, file, limits, NO_ISSUES)])
    if kind is FileKind.PARQUET:
        raise ReadError(file, "is a Parquet file, which has types of its own")
    return iter([_text_grid(content, file, limits)])


def _text_grid(content: bytes, file: str, limits: ReadLimits) -> Grid:
    cells, coded_issues = cells_of_text(content, file, limits)
    top: list[Row] = list(cells.head(HEADER_WITHIN + 2).rows())

    def take(numbers: list[int]) -> pl.DataFrame:
        return cells.select(pl.nth(number).alias(f"c{number}") for number in numbers)

    return Grid(
        file=file,
        sheet="",
        top=top,
        height=cells.height,
        take=take,
        coded_issues=coded_issues,
        ragged=True,
    )
