"""Lists of the civil registry: who is recorded, who is not, by name and by address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.language import Lang
from school_ektp.model.nik import nik_finding
from school_ektp.roster.issues import NO_ISSUES, Issue, issue_table, worded
from school_ektp.roster.read.cells import clean, digits, read_married, read_status
from school_ektp.roster.read.distinct import CellReader, read_column
from school_ektp.roster.read.frame import filled
from school_ektp.roster.read.grid import (
    Grid,
    Header,
    find_header,
    take,
)
from school_ektp.roster.read.layouts import REGISTER_LAYOUTS
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.result import (
    ReadProgress,
    each_file,
    refuse_unused,
    row_count,
    sheet_summary,
    summary,
)
from school_ektp.roster.read.sources import PathLike, content_of, found_files, grids, names_of
from school_ektp.roster.read.typed import typed
from school_ektp.roster.schema import CODED_ISSUES, FILES, REGISTER

_CODES = ("province", "regency", "kecamatan", "village")  # unpadded, in four columns
_DIGITS = (2, 2, 2, 4)


@attrs.frozen(kw_only=True, eq=False)
class ReadRegister:
    """
    Lists of the civil registry as they were read.

    Attributes:
        people: One row per person, columns `school_ektp.roster.schema.REGISTER`.
        coded_issues: Repairs and faults of cells, columns
            `school_ektp.roster.schema.CODED_ISSUES`.
        files: What each sheet held; people are counted as pupils.
    """

    people: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(repr=row_count)
    files: pl.DataFrame = attrs.field(repr=row_count)

    def issues(self, lang: Lang = "id") -> pl.DataFrame:
        """Return the issues in words, columns `school_ektp.roster.schema.ISSUES`."""
        return worded(self.coded_issues, lang)


@arguments.checked
def read_register(
    source: PathLike | Iterable[PathLike],
    *,
    recorded: bool | None = None,
    progress: Callable[[ReadProgress], None] | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> ReadRegister:
    """
    Read lists of the civil registry, whose status codes 3 to 8 mean recorded.

    Args:
        source: A file, a folder, a pattern, or several of these.
        recorded: What a list without a status column is a list of: True for those recorded,
            False for those not.
        progress: Called after each file.
        limits: Bounds on what is read.

    Raises:
        ReadError: There is no such file, or one cannot be read.
        MissingExtraError: A workbook was met and the extra ``excel`` is not installed.
    """

    def read(path: Path, file: str) -> ReadRegister:
        content = content_of(path, file, limits)
        return register_bytes(content, file, recorded=recorded, limits=limits)

    return _joined(each_file(names_of(found_files(source, limits)), read, progress))


def register_bytes(
    content: bytes,
    file: str,
    *,
    recorded: bool | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> ReadRegister:
    """
    Read the content of one file, as `read_register` does for a path.

    Raises:
        ReadError: It cannot be read, or no sheet has a header.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    limits.hold("file_bytes", len(content), file)
    parts, tops = [], []
    for grid in grids(content, file, limits):
        parts.append(_read_sheet(grid, recorded=recorded))
        tops.append(grid.top)
    register = _joined(parts)
    fault = "has no header with a name or NIK and a birth date or NIK"
    refuse_unused(register, file, fault, tops, REGISTER_LAYOUTS)
    return register


def _read_sheet(grid: Grid, *, recorded: bool | None) -> ReadRegister:
    header = find_header(grid.top, REGISTER_LAYOUTS) or _numbers_alone(grid)
    if header is None or grid.hidden:
        return _not_used(grid, is_list=header is not None)
    taken = take(grid, header, extra=_CODES)
    texts, doubts = _with_status(taken.texts.drop("section"))
    rows, coded_issues = typed(_with_codes(texts), system=grid.system)
    people = filled(_with_recorded(rows), REGISTER)
    if recorded is not None:
        people = people.with_columns(pl.col("recorded").fill_null(recorded))
    return ReadRegister(
        people=people.with_columns(pl.col("home_region", "village").fill_null("")),
        coded_issues=pl.concat([grid.coded_issues, doubts, coded_issues]),
        files=sheet_summary(grid, header, taken, pupils=people.height),
    )


def _not_used(grid: Grid, *, is_list: bool) -> ReadRegister:
    """Return nothing of a sheet; an issue says that it is hidden where it *is_list*."""
    hidden = [Issue(grid.file, grid.sheet, rule="sheet_hidden")] if is_list else []
    return ReadRegister(
        people=REGISTER.to_frame(),
        coded_issues=pl.concat([grid.coded_issues, issue_table(hidden)]),
        files=summary(grid.file, grid.sheet, {"rows": grid.height, "notes": grid.height}),
    )


def _with_recorded(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``recorded`` by the status, else by the day; a tick for those not recorded comes last."""
    known: list[pl.Expr] = []
    if "status" in rows.columns:
        known.append(pl.col("status"))
    elif "recorded_on" in rows.columns:
        known.append(pl.when(pl.col("recorded_on").is_not_null()).then(pl.lit(True)))
    if "unrecorded" in rows.columns:
        known.append(pl.when(pl.col("unrecorded")).then(pl.lit(False)))
    return rows.with_columns(recorded=pl.coalesce(known)) if known else rows


def _numbers_alone(grid: Grid) -> Header | None:
    """
    Return a header where a sheet holds NIK in one column and no headings, else None.

    Titles may stand above, and running numbers beside.
    """
    width = max(map(len, grid.top), default=0)
    columns = [
        [clean(row[n] or "") if n < len(row) else "" for row in grid.top] for n in range(width)
    ]
    first = len(grid.top)
    found: list[int] = []
    for number, cells in enumerate(columns):
        niks = [n for n, cell in enumerate(cells) if nik_finding(digits(cell)).is_number]
        if niks:
            first, found = min(first, niks[0]), [*found, number]
    if len(found) != 1:
        return None
    own = columns[found[0]]
    beside = [cell for n, cells in enumerate(columns) if n != found[0] for cell in cells[first:]]
    are_niks = all(not cell or nik_finding(digits(cell)).is_number for cell in own[first:])
    if not are_niks or not all(cell.strip(".)").isdigit() or not cell for cell in beside):
        return None
    return Header(REGISTER_LAYOUTS[0], first - 1, 1, {"nik": found[0]}, {})


def _with_status(texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take a column called just ``Status`` for what its values say; report when it is not used."""
    if "bare_status" not in texts.columns:
        return texts, NO_ISSUES
    rest, bare = texts.drop("bare_status"), texts["bare_status"]
    for name, reader in (("status", read_status), ("married", read_married)):
        if name not in rest.columns and _mostly_read(bare, reader):
            return rest.with_columns(bare.alias(name)), NO_ISSUES
    if "status" in rest.columns or bare.is_null().all():
        return rest, NO_ISSUES
    file, sheet = texts.select("source_file", "source_sheet").row(0)
    issue = Issue(file, sheet, column="status", rule="status_not_recording")
    return rest, issue_table([issue])


def _mostly_read(texts: pl.Series, reader: CellReader) -> bool:
    """Return whether more than half of the cells that are filled have a meaning."""
    notes = read_column(texts.drop_nulls(), reader, pl.Boolean())
    known = int(notes["value"].is_not_null().sum())
    return 2 * known > len(notes)


def _with_codes(texts: pl.DataFrame) -> pl.DataFrame:
    """Make the regency and village of residence of code columns, padded and dotted."""
    if "region_code" in texts.columns:
        code = pl.col("region_code").str.replace_all(r"[^0-9]", "")
        parts = [code.str.slice(start, length) for start, length in ((0, 2), (2, 2), (4, 2))]
        parts.append(code.str.slice(6, 4))
    else:
        parts = [
            pl.col(name).str.extract(r"^\s*([0-9]+)").str.zfill(digits)
            if name in texts.columns
            else pl.lit(None, pl.String)
            for name, digits in zip(_CODES, _DIGITS, strict=True)
        ]
    has = [
        part.str.len_bytes().eq(digits).fill_null(False)
        for part, digits in zip(parts, _DIGITS, strict=True)
    ]
    regency = pl.when(has[0] & has[1]).then(pl.concat_str(parts[:2], separator="."))
    village = pl.when(pl.all_horizontal(has)).then(pl.concat_str(parts, separator="."))
    coded = texts.with_columns(home_region=regency, village=village)
    return coded.drop(name for name in ("region_code", *_CODES[:3]) if name in texts.columns)


def _joined(parts: list[ReadRegister]) -> ReadRegister:
    return ReadRegister(
        people=pl.concat([REGISTER.to_frame(), *(part.people for part in parts)]),
        coded_issues=pl.concat([NO_ISSUES, *(part.coded_issues for part in parts)]).select(
            CODED_ISSUES.names()
        ),
        files=pl.concat([FILES.to_frame(), *(part.files for part in parts)]),
    )
