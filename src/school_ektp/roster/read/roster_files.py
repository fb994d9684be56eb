"""Rosters from files: one, several, a folder or a pattern, in any layout, as one roster."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs
import polars as pl

from school_ektp.errors import ReadError, RosterSchemaError
from school_ektp.model import arguments
from school_ektp.model.npsn import npsn_text
from school_ektp.roster.chance import at_least
from school_ektp.roster.issues import NO_ISSUES, Issue, issue_table, issues_at
from school_ektp.roster.read.cells import grade_of_class
from school_ektp.roster.read.distinct import Cell, read_column
from school_ektp.roster.read.frame import completed, filled, from_frame
from school_ektp.roster.read.grid import (
    Grid,
    Header,
    about_header,
    about_length,
    about_lines,
    as_of,
    find_header,
    take,
)
from school_ektp.roster.read.guard import guarded
from school_ektp.roster.read.layouts import DAPODIK_LEAVERS, ROSTER_LAYOUTS
from school_ektp.roster.read.limits import DEFAULT_LIMITS, REPEATED, ReadLimits
from school_ektp.roster.read.result import (
    ROWS,
    ReadProgress,
    ReadRoster,
    each_file,
    refuse_unused,
    sheet_summary,
    summary,
)
from school_ektp.roster.read.sniff import FileKind, file_kind
from school_ektp.roster.read.sources import PathLike, content_of, found_files, grids, names_of
from school_ektp.roster.read.standing import (
    STAFF,
    are_leavers,
    is_staff,
    not_active,
    who_stays,
    with_standing,
)
from school_ektp.roster.read.titles import title_class, title_npsn, title_school
from school_ektp.roster.read.typed import typed
from school_ektp.roster.schema import FILES, LEAVERS

_FEWEST_BELOW = 4  # pupils below a class that stands once; with fewer, some are simply not given
_LEAST_ZEROS = 3  # at the ends of a sheet's NIK, before they prove anything
_ZERO_BY_CHANCE = 0.1  # of NIK that nothing rounded
_ROUNDED_BY_CHANCE = 0.002  # so many zeros or more; less likely, a spreadsheet rounded


@arguments.checked
def read_roster(
    source: PathLike | Iterable[PathLike],
    *,
    npsn: str | Mapping[str, str] | None = None,
    progress: Callable[[ReadProgress], None] | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> ReadRoster:
    """
    Read rosters: Dapodik, EMIS, web service, plain tables; lists of leavers with them.

    The kind of a file is known by its bytes, its columns by their names. Only needed columns are
    taken. Of several files one that cannot be read becomes an issue; a single one raises.

    Args:
        source: A file, a folder, a pattern such as ``"rosters/*.xlsx"``, or several of these.
        npsn: School of the rows that name none: one for all, or by name of file; a name that is
            not among the files is reported.
        progress: Called after each file.
        limits: Bounds on what is read.

    Raises:
        ReadError: There is no such file, or the only one cannot be read.
        RosterSchemaError: The only file is a Parquet file without the columns of a roster.
        MissingExtraError: A workbook was met and the extra ``excel`` is not installed.
        InvalidFieldError: A number in *npsn* has not the form of one.
    """
    names = names_of(found_files(source, limits))
    schools = _schools(npsn, names.values())

    def read(path: Path, file: str) -> ReadRoster:
        return _at_school(_read(path, file, limits, alone=len(names) == 1), schools.get(file))

    parts = each_file(names, read, progress)
    return _with_strangers(joined(parts), schools.keys() - set(names.values()))


def _with_strangers(roster: ReadRoster, strangers: Iterable[str]) -> ReadRoster:
    """Tell of files for which the caller names a school and that are not among those read."""
    issues = issue_table(
        Issue(file, column="npsn", rule="npsn_for_no_file") for file in sorted(strangers)
    )
    return attrs.evolve(roster, coded_issues=pl.concat([roster.coded_issues, issues]))


def _schools(npsn: str | Mapping[str, str] | None, files: Iterable[str]) -> dict[str, str]:
    if npsn is None:
        return {}
    if isinstance(npsn, Mapping):
        return {file: npsn_text(number) for file, number in npsn.items()}
    return dict.fromkeys(files, npsn_text(npsn))


def _read(path: Path, file: str, limits: ReadLimits, *, alone: bool) -> ReadRoster:
    try:
        return read_bytes(content_of(path, file, limits), file, limits=limits)
    except (ReadError, RosterSchemaError) as error:
        if alone:
            raise
        fault = error.fault if isinstance(error, ReadError) else "lacks columns of a roster"
        return _unreadable(file, fault)


def _unreadable(file: str, fault: str) -> ReadRoster:
    return ReadRoster(
        rows=ROWS.to_frame(),
        coded_issues=issue_table([Issue(file, rule="file_unreadable", detail=fault)]),
        files=summary(file, "", {}),
    )


def read_bytes(content: bytes, file: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> ReadRoster:
    """
    Read the content of one file, as `read_roster` does for a path.

    Raises:
        ReadError: It cannot be read, or no sheet has a header.
        RosterSchemaError: It is a Parquet file without the columns of a roster.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    limits.hold("file_bytes", len(content), file)
    if file_kind(content, file) is FileKind.PARQUET:
        return _read_parquet(content, file, limits)
    parts, tops = [], []
    for grid in grids(content, file, limits):
        parts.append(_read_sheet(grid))
        tops.append(grid.top)
    roster = joined(parts)
    fault = "has no header with a name or number and a birth date in the first 20 rows"
    refuse_unused(roster, file, fault, tops, ROSTER_LAYOUTS)
    return roster


def _needed(content: bytes, file: str, limits: ReadLimits) -> pl.DataFrame:
    names = pl.read_parquet_schema(io.BytesIO(content))
    limits.hold("columns", len(names), file)
    wanted = [name for name in names if name in ROWS and not name.startswith("source_")]
    rows = pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item()  # as stated
    limits.hold_room(rows * max(len(wanted), 1), len(content), file)
    frame = pl.read_parquet(io.BytesIO(content), columns=wanted)
    lengths = frame.select(pl.col(pl.String).str.len_bytes().cast(pl.Int64).sum())
    repeated = sum(row or 0 for row in lengths.row(0)) if lengths.width else 0
    limits.hold("repeated_bytes", repeated - REPEATED * len(content), file)
    return frame


def _read_parquet(content: bytes, file: str, limits: ReadLimits) -> ReadRoster:
    fault = "is a damaged Parquet file; write it again"
    frame = guarded(lambda: _needed(content, file, limits), file, fault)
    read = from_frame(frame.with_columns(source_file=pl.lit(file)))
    layout = pl.lit("parquet").alias("layout")
    return attrs.evolve(read, files=read.files.with_columns(layout))


def _read_sheet(grid: Grid) -> ReadRoster:
    header = find_header(grid.top, ROSTER_LAYOUTS)
    if header is None:
        return _not_used(grid, "sheet_without_header")
    if grid.hidden:
        return _not_used(grid, "sheet_hidden")
    if is_staff(grid, header):
        return _not_used(grid, "staff_list", layout=STAFF)
    taken = take(grid, header)
    rows, about_cells = typed(with_standing(taken.texts), system=grid.system)
    rows, about_niks = _with_niks(rows)
    rows, about_classes = _with_classes(rows)
    school, npsn = title_school(grid, header), title_npsn(grid, header)
    titles = {"npsn": npsn, "school_name": school, "class_name": title_class(grid, header)}
    titled = {name: text for name, text in titles.items() if text}
    rows = rows.with_columns(
        pl.lit(text).alias(name) for name, text in titled.items() if name not in rows.columns
    )
    here, gone, about_list = _parted(rows, grid, header)
    about_sheet = [about_header(grid, header, titled), about_length(grid, header)]
    about_sheet += [about_lines(grid, taken.texts), about_list]
    return ReadRoster(
        rows=_pupils(here),
        coded_issues=pl.concat(
            [
                grid.coded_issues,
                *about_sheet,
                about_cells,
                about_niks,
                about_classes,
                not_active(here),
            ]
        ),
        files=sheet_summary(
            grid,
            header,
            taken,
            leavers=gone.height,
            pupils=here.height,
            school=school,
            npsn=npsn,
            as_of=as_of(grid, header),
        ),
        leavers=filled(gone, LEAVERS),
    )


def _parted(
    rows: pl.DataFrame, grid: Grid, header: Header
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the pupils of a school, those who left it, and what there is to report of that."""
    if header.layout is DAPODIK_LEAVERS:
        stays = who_stays(rows)
        return rows.filter(stays), rows.filter(~stays), NO_ISSUES
    if are_leavers(grid, header):
        return rows.clear(), rows, _about_sheet(grid, "list_of_leavers")
    return rows, rows.clear(), NO_ISSUES


def _not_used(grid: Grid, rule: str, layout: str = "") -> ReadRoster:
    """Return nothing of a sheet but an issue that says why, if there is anything on it."""
    found = _about_sheet(grid, rule) if grid.height else NO_ISSUES
    counts = {"rows": grid.height, "notes": grid.height}
    return ReadRoster(
        rows=ROWS.to_frame(),
        coded_issues=pl.concat([grid.coded_issues, found]),
        files=summary(grid.file, grid.sheet, counts, layout=layout),
    )


def _about_sheet(grid: Grid, rule: str) -> pl.DataFrame:
    return issue_table([Issue(grid.file, grid.sheet, rule=rule)])


def _with_niks(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Drop NIK that are the family card's; report where a spreadsheet rounded a whole column."""
    if "nik" not in rows.columns:
        return rows, NO_ISSUES
    found = [NO_ISSUES]
    if "no_kk" in rows.columns:
        copied = (pl.col("nik") == pl.col("no_kk")).fill_null(False)
        found.append(issues_at(rows.filter(copied), "nik_is_kk", "nik", npsn=None))
        kept = pl.when(~copied).then(pl.col("nik"))
        rows = rows.with_columns(kept.alias("nik")).drop("no_kk")
    return rows, pl.concat([*found, _rounded(rows)])


def _rounded(rows: pl.DataFrame) -> pl.DataFrame:
    niks = rows["nik"].drop_nulls()
    zeros = int(niks.str.ends_with("0").sum())
    if zeros < _LEAST_ZEROS or at_least(zeros, len(niks), _ZERO_BY_CHANCE) > _ROUNDED_BY_CHANCE:
        return NO_ISSUES
    sheet = rows.head(1).with_columns(source_row=pl.lit(None, pl.Int64))
    share = str(100 * zeros // len(niks))
    return issues_at(sheet, "nik_rounded", "nik", npsn=None, detail=share)


def _with_classes(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Fill classes down where each stands once, above its pupils, as in a merged cell."""
    if "class_name" not in rows.columns or not rows.height:
        return rows, NO_ISSUES
    classes = rows["class_name"]
    named, missing = classes.drop_nulls(), classes.null_count()
    is_once = classes[0] is not None and not named.is_duplicated().any()
    if not is_once or missing < _FEWEST_BELOW * len(named):
        return rows, NO_ISSUES
    sheet = rows.head(1).with_columns(source_row=pl.lit(None, pl.Int64))
    about = issues_at(sheet, "class_filled", "class_name", npsn=None, detail=str(missing))
    return rows.with_columns(pl.col("class_name").forward_fill()), about


def _pupils(rows: pl.DataFrame) -> pl.DataFrame:
    if "status" in rows.columns:
        known = pl.coalesce(name for name in ("status", "recorded") if name in rows.columns)
        rows = rows.with_columns(known.alias("recorded")).drop("status")
    if "disability" in rows.columns:
        needs = [name for name in ("special_needs", "disability") if name in rows.columns]
        rows = rows.with_columns(pl.any_horizontal(needs).alias("special_needs"))
    rows = _with_grades(_with_numbers(rows))
    place = pl.concat_str("source_file", pl.lit("#"), "source_sheet", pl.lit("#"), "source_row")
    complete = completed(rows)
    return complete.with_columns(pl.coalesce("student_id", place).alias("student_id"))


def _with_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Take a school's number for what it is where it stands in the place of its name."""
    if "school_name" not in rows.columns:
        return rows
    name = pl.col("school_name")
    is_number = name.str.contains(r"^([0-9]{8}|[KPkp][0-9]{7})$")
    number = pl.when(is_number).then(name.str.to_uppercase())
    known = [pl.col("npsn")] if "npsn" in rows.columns else []
    return rows.with_columns(
        pl.coalesce(*known, number).alias("npsn"),
        pl.when(~is_number).then(name).alias("school_name"),
    )


def _with_grades(rows: pl.DataFrame) -> pl.DataFrame:
    """Fill grades that are not given from the names of classes."""
    if "class_name" not in rows.columns:
        return rows
    grades = read_column(rows["class_name"], lambda text: Cell(grade_of_class(text)), pl.Int8())[
        "value"
    ].alias("grade")
    if "grade" not in rows.columns:
        return rows.with_columns(grades)
    return rows.with_columns(pl.coalesce("grade", grades).alias("grade"))


def _at_school(part: ReadRoster, npsn: str | None) -> ReadRoster:
    """Give rows that name no school the one the caller names."""
    if npsn is None:
        return part
    number = pl.coalesce("npsn", pl.lit(npsn)).alias("npsn")
    return attrs.evolve(
        part,
        rows=part.rows.with_columns(number),
        leavers=part.leavers.with_columns(number),
        files=part.files.with_columns(npsn=pl.lit(npsn)),
    )


def joined(parts: Iterable[ReadRoster]) -> ReadRoster:
    """Return several rosters as one."""
    several = list(parts)
    return ReadRoster(
        rows=pl.concat([ROWS.to_frame(), *(part.rows for part in several)]),
        coded_issues=pl.concat([NO_ISSUES, *(part.coded_issues for part in several)]),
        files=pl.concat([FILES.to_frame(), *(part.files for part in several)]),
        leavers=pl.concat([LEAVERS.to_frame(), *(part.leavers for part in several)]),
    )
