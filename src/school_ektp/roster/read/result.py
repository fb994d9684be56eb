"""What reading gives: rows with types, issues, a summary of every sheet, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import attrs
import polars as pl

from school_ektp.errors import ReadError
from school_ektp.model.language import Lang
from school_ektp.model.markup import table_html
from school_ektp.roster.issues import worded
from school_ektp.roster.read.grid import (
    Grid,
    Header,
    Row,
    Taken,
    known_headings,
    unused_headings,
)
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.schema import CODED_ISSUES, FILES, LEAVERS, ROSTER

#: Rows as read: a roster, and the name of the school where a file gives that instead of a number.
ROWS = pl.Schema([*ROSTER.items(), ("school_name", pl.String())])


def row_count(frame: pl.DataFrame) -> str:
    """Return what a repr shows of a frame: how many rows it has, and none of them."""
    return f"<{frame.height} rows>"


@attrs.frozen(kw_only=True, eq=False)
class ReadRoster:
    """
    Rosters as they were read, before the check.

    Attributes:
        rows: One row per pupil found, columns `ROWS`; keys and dates may still be missing.
        coded_issues: Repairs and faults of single cells and files, columns `CODED_ISSUES`.
        files: What each sheet of each file held, columns `FILES`.
        leavers: Pupils on lists of those who left, columns `LEAVERS`.
    """

    rows: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(factory=CODED_ISSUES.to_frame, repr=row_count)
    files: pl.DataFrame = attrs.field(factory=FILES.to_frame, repr=row_count)
    leavers: pl.DataFrame = attrs.field(factory=LEAVERS.to_frame, repr=row_count)

    def _repr_html_(self) -> str:
        header = ("berkas / file", "lembar / sheet", "tata letak / layout", "siswa / pupils")
        sheets = self.files.select("file", "sheet", "layout", "pupils")
        caption = f"{self.rows.height} siswa / pupils"
        return table_html(caption, header, sheets.rows(), words=3)

    def issues(self, lang: Lang = "id") -> pl.DataFrame:
        """Return the issues in words, columns `school_ektp.roster.schema.ISSUES`."""
        return worded(self.coded_issues, lang)


class ReadProgress(NamedTuple):
    """How far reading several files has come."""

    file: str  #: the file just read
    files_done: int
    files: int
    pupils: int  #: found so far


class _Read(Protocol):
    """What was read of a file, or of several."""

    @property
    def coded_issues(self) -> pl.DataFrame: ...

    @property
    def files(self) -> pl.DataFrame: ...


_Part = TypeVar("_Part", bound=_Read)


def each_file(
    names: Mapping[Path, str],
    read: Callable[[Path, str], _Part],
    progress: Callable[[ReadProgress], None] | None,
) -> list[_Part]:
    """Return what is read of each file, and tell after each how far it has come."""
    parts: list[_Part] = []
    pupils = 0
    for number, (path, name) in enumerate(names.items(), start=1):
        part = read(path, name)
        parts.append(part)
        pupils += int(part.files["pupils"].sum())
        if progress is not None:
            progress(ReadProgress(name, number, len(names), pupils))
    return parts


def refuse_unused(
    read: _Read, file: str, fault: str, tops: Iterable[Sequence[Row]], layouts: Sequence[Layout]
) -> None:
    """
    Refuse a file of which no sheet is used, with the known headings among its first rows.

    Raises:
        ReadError: None is used.
    """
    if (read.files["layout"] != "").any():
        return
    if "sheet_hidden" in read.coded_issues["rule"]:
        raise ReadError(file, "has its list on a hidden sheet; show the sheet if it counts")
    raise ReadError(file, fault + _headings_found(tops, layouts))


def _headings_found(tops: Iterable[Sequence[Row]], layouts: Sequence[Layout]) -> str:
    """Return the end of a message about a header that is missing: which headings are there."""
    known = next((found for top in tops if (found := known_headings(top, layouts))), "")
    return f"; headings found: {known}" if known else "; no heading of such a list was found"


def summary(file: str, sheet: str, counts: Mapping[str, int], **known: object) -> pl.DataFrame:
    """Return one row of `FILES`: rows by place, and what else is *known*."""
    texts = {"file": file, "sheet": sheet, "as_of": None}
    texts |= dict.fromkeys(("layout", "school", "npsn", "unused"), "")
    row = {**dict.fromkeys(FILES, 0), **texts, **counts, **known}
    return pl.DataFrame([row], schema=FILES, orient="row")


def sheet_summary(grid: Grid, header: Header, taken: Taken, **known: object) -> pl.DataFrame:
    """Return the row of `FILES` of a sheet that is used."""
    counts = {"rows": grid.height, "head": taken.head, "blank": taken.blank, "notes": taken.notes}
    unused = unused_headings(grid, header)
    layout = header.layout.name
    return summary(grid.file, grid.sheet, counts, layout=layout, unused=unused, **known)
