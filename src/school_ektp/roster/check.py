"""One call from rows as read to rows that can be counted on, with an issue for each doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.language import Lang
from school_ektp.model.markup import table_html
from school_ektp.model.messages import REFUSALS
from school_ektp.model.school import School
from school_ektp.roster.duplicates import repeated
from school_ektp.roster.frames import AnyTable, takes_frames
from school_ektp.roster.heaping import birth_date_heaping
from school_ektp.roster.issues import NO_ISSUES, as_issues, in_words, worded
from school_ektp.roster.leavers import LEFT, who_left
from school_ektp.roster.match import MatchedRoster
from school_ektp.roster.read.frame import from_frame
from school_ektp.roster.read.result import ReadRoster, row_count
from school_ektp.roster.read.standing import NOT_ACTIVE
from school_ektp.roster.rules import (
    FIRST_GRADE,
    LAST_GRADE,
    NPSN_FORM,
    RowRule,
    grade_and_class,
    issues_of,
    nik_doubts,
    refusal_rules,
    school_year_start,
    warning_rules,
)
from school_ektp.roster.schema import CODED_ISSUES, NOT_VALID, PLACE, ROSTER, SOURCE
from school_ektp.roster.school_names import npsn_by_name, school_key

_GONE = [LEFT, NOT_ACTIVE]
_ORDER = ["npsn", "student_id"]  # a total key: identifiers are unique in a valid roster


@attrs.frozen(kw_only=True, eq=False)
class CheckedRoster:
    """
    A roster after the check: each row read is either valid or, with a reason, not.

    Attributes:
        valid: Rows to plan with, columns `school_ektp.roster.schema.ROSTER`, by school and key.
        issues: Every issue with its place, rule, severity and message, columns
            `school_ektp.roster.schema.ISSUES`; no personal value.
        not_valid: Where the rows that are not valid stand, and by which rule, columns
            `school_ektp.roster.schema.NOT_VALID`.
        files: What each sheet held, columns `school_ektp.roster.schema.FILES`.
        coded_issues: The issues before they were put into words, columns
            `school_ektp.roster.schema.CODED_ISSUES`.
    """

    valid: pl.DataFrame = attrs.field(repr=row_count)
    issues: pl.DataFrame = attrs.field(repr=row_count)
    not_valid: pl.DataFrame = attrs.field(repr=row_count)
    files: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(repr=row_count)

    def _repr_html_(self) -> str:
        by_rule = (
            self.issues.group_by("rule", "severity")
            .len()
            .sort("len", "rule", descending=[True, False])
        )
        counts = [
            ("dibaca / read", self.rows_read),
            ("dipakai / valid", self.valid.height),
            ("ditolak / refused", self.refused),
            ("sudah keluar / left school", self.left_school),
        ]
        places = table_html("Data siswa / Roster", ("", "baris / rows"), counts)
        header = ("aturan / rule", "tingkat / severity", "temuan / issues")
        return places + table_html("Temuan / Issues", header, by_rule.rows(), words=2)

    @property
    def rows_read(self) -> int:
        """Rows of pupils that were read."""
        return self.valid.height + self.not_valid.height

    @property
    def refused(self) -> int:
        """Rows that are not used, duplicates included; pupils who left are not among them."""
        return self.not_valid.filter(pl.col("place") == "refused").height

    @property
    def left_school(self) -> int:
        """Rows of pupils who left: on a list of leavers, or by a status of their own."""
        return self.not_valid.height - self.refused

    def issues_in(self, lang: Lang) -> pl.DataFrame:
        """Return the issues with messages in another language."""
        return worded(self.coded_issues, lang)

    def with_register(self, matched: MatchedRoster, *, lang: Lang = "id") -> CheckedRoster:
        """
        Return this check with what the register says, for the report and the workbook of a plan.

        The valid rows are those of *matched*; where school and register disagree is an issue, too.

        Args:
            matched: What `match_register` found for `valid`.
            lang: Language of the messages.

        Raises:
            InvalidFieldError: It is no matched roster, or one of other rows.
        """
        owner = "CheckedRoster.with_register"
        hint = "MatchedRoster, as match_register(checked.valid, register) gives it"
        arguments.one(owner, "matched", matched, MatchedRoster, hint)
        if not _places(matched.roster).equals(_places(self.valid)):
            raise InvalidFieldError(owner, "matched", f"has other pupils; give a {hint}")
        found = pl.concat([self.coded_issues, matched.coded_issues]).unique()
        coded_issues = found.sort(CODED_ISSUES.names())
        return attrs.evolve(
            self,
            valid=matched.roster,
            issues=in_words(coded_issues, lang),
            coded_issues=coded_issues,
        )


def _places(rows: pl.DataFrame) -> pl.DataFrame:
    named = rows.select("npsn", "student_id", "source_file", "source_sheet", "source_row")
    return named.sort(named.columns)


@takes_frames((ReadRoster,), roster={})
def check_roster(
    roster: AnyTable | ReadRoster,
    *,
    schools: Iterable[School] | None,
    on: dt.date,
    oldest_days: int = 180,
    lang: Lang = "id",
) -> CheckedRoster:
    """
    Return the rows that can be counted on, and an issue for everything that is doubtful.

    No row is dropped in silence: a row that is not valid has a rule that says why. The order of
    the rows does not matter.

    Args:
        roster: A roster as read, or a frame with at least the columns
            `school_ektp.roster.schema.REQUIRED`; text in it is read like cells of a file.
        schools: Known schools; rows of others are refused. None accepts every school.
        on: Day of the check: what is in its future cannot be.
        oldest_days: Age in days from which a download is reported as old.
        lang: Language of the messages.

    Raises:
        RosterSchemaError: Required columns are missing, or columns have types that cannot be read.
        InvalidFieldError: *schools* holds something else, or *on* is no date.
    """
    owner = "check_roster"
    arguments.whole(owner, "oldest_days", oldest_days)
    listed = "School, such as read_schools(...).schools"
    known = None
    if schools is not None:
        known = arguments.several(owner, "schools", schools, School, listed)
    read = roster if isinstance(roster, ReadRoster) else from_frame(roster)
    read = _with_schools(read, known)
    rows = read.rows
    found = [*_of_files(read, on, oldest_days), _with_npsn(read.coded_issues, rows)]
    found.append(_refusals(rows, read.coded_issues, known, on))
    rows = _not_in(rows, found)
    found.append(who_left(rows, read.leavers, on=on))
    rows = _not_in(rows, found)
    found.append(repeated(_dated(rows, read.files)))
    valid = _not_in(rows, found).select(ROSTER.names()).sort(_ORDER)
    found += _warnings(valid, known, on)
    coded_issues = (
        _without_strangers(pl.concat([NO_ISSUES, *found])).unique().sort(CODED_ISSUES.names())
    )
    return CheckedRoster(
        valid=_usable(valid),
        issues=in_words(coded_issues, lang),
        not_valid=_not_valid(coded_issues),
        files=read.files,
        coded_issues=coded_issues,
    )


def _without_strangers(coded_issues: pl.DataFrame) -> pl.DataFrame:
    """Blank school numbers that are none: in a shifted column they may be a pupil's."""
    number = pl.col("npsn")
    sound = pl.when(number.str.contains(NPSN_FORM)).then(number).otherwise(pl.lit(""))
    return coded_issues.with_columns(sound.alias("npsn"))


def _with_schools(read: ReadRoster, schools: tuple[School, ...] | None) -> ReadRoster:
    """Give rows that name their school its number, where the name is that of one known school."""
    if not schools:
        return read
    rows, leavers = _numbered(read.rows, schools), _numbered(read.leavers, schools)
    return attrs.evolve(read, rows=rows, leavers=leavers)


def _numbered(rows: pl.DataFrame, schools: Iterable[School]) -> pl.DataFrame:
    nameless = pl.col("npsn").is_null() & pl.col("school_name").is_not_null()
    names = rows.filter(nameless)["school_name"].unique()
    if names.is_empty():
        return rows
    numbers = npsn_by_name(schools)
    known = {name: npsn for name in names if (npsn := numbers.get(school_key(name)))}
    if not known:
        return rows
    found = pl.col("school_name").replace_strict(known, default=None, return_dtype=pl.String)
    return rows.with_columns(pl.coalesce("npsn", found).alias("npsn"))


def _refusals(
    rows: pl.DataFrame, known: pl.DataFrame, schools: tuple[School, ...] | None, on: dt.date
) -> pl.DataFrame:
    """Return broken rules, but none about an empty cell that another issue explains."""
    found = issues_of(rows, refusal_rules(schools, on=on))
    return found.join(_refusing(known), on=[*PLACE, "column"], how="anti")


def _refusing(coded_issues: pl.DataFrame) -> pl.DataFrame:
    return coded_issues.filter(pl.col("rule").is_in(REFUSALS) & pl.col("row").is_not_null())


def _putting_out(coded_issues: pl.DataFrame) -> pl.DataFrame:
    rules = [*REFUSALS, *_GONE]
    return coded_issues.filter(pl.col("rule").is_in(rules) & pl.col("row").is_not_null())


def _not_in(rows: pl.DataFrame, found: Iterable[pl.DataFrame]) -> pl.DataFrame:
    out = _putting_out(pl.concat(found)).select(PLACE)
    if out.is_empty():
        return rows
    return rows.join(out, left_on=SOURCE, right_on=PLACE, how="anti", maintain_order="left")


def _not_valid(coded_issues: pl.DataFrame) -> pl.DataFrame:
    """Return the place of each row that is out, with the weightiest of its rules."""
    weights = {rule: weight for weight, rule in enumerate([*REFUSALS, *_GONE])}
    weight = pl.col("rule").replace_strict(weights, return_dtype=pl.Int32)
    place = (
        pl.when(pl.col("rule").is_in(_GONE))
        .then(pl.lit("left_school"))
        .otherwise(pl.lit("refused"))
    )
    out = _putting_out(coded_issues).sort(*PLACE, weight).unique(PLACE, keep="first")
    placed = out.with_columns(place=place).select(NOT_VALID.names())
    return placed.cast(NOT_VALID).sort(PLACE)


def _warnings(
    valid: pl.DataFrame, schools: tuple[School, ...] | None, on: dt.date
) -> list[pl.DataFrame]:
    classes = valid["class_name"].unique().to_list()
    rules = [*warning_rules(schools, on=on), grade_and_class(classes)]
    of_rows = [issues_of(valid, rules), nik_doubts(valid)]
    of_schools = [_heaping(valid), _schools_without(valid, schools)]
    return [*of_rows, _unknown_classes(valid), *of_schools]


#: How an issue names a heaping day in any language.
_DATES = {"1 July": "1/7", "31 December": "31/12", "15th": "15"}


def _heaping(valid: pl.DataFrame) -> pl.DataFrame:
    """Return an issue for each school and day on which too many are born."""
    found = birth_date_heaping(valid)
    date = pl.col("heaping_day").replace_strict(_DATES, return_dtype=pl.String)
    detail = pl.format("{}: {} / {}", date, "found", "pupils")
    return _about(found.select("npsn", detail=detail), "birth_date_heaping", column="birth_date")


def _unknown_classes(valid: pl.DataFrame) -> pl.DataFrame:
    """Return an issue per row without a class, or one per sheet where no row has one."""
    unknown = pl.col("class_name") == ""
    some = valid.filter(unknown)
    if some.is_empty():
        return NO_ISSUES
    known = valid.filter(~unknown).select(SOURCE[:2]).unique()
    single = some.join(known, on=SOURCE[:2], how="semi")
    sheets = some.join(known, on=SOURCE[:2], how="anti").select(SOURCE[:2]).unique()
    return pl.concat(
        [
            issues_of(single, [RowRule("class_missing", "class_name", unknown)]),
            _about(sheets, "column_missing", column="class_name"),
        ]
    )


def _schools_without(valid: pl.DataFrame, schools: tuple[School, ...] | None) -> pl.DataFrame:
    if not schools or valid.is_empty():
        return NO_ISSUES
    present = set(valid["npsn"].unique())
    absent = [school.npsn for school in schools if school.npsn not in present]
    return _about(
        pl.DataFrame({"npsn": absent}, schema={"npsn": pl.String}), "school_without_pupils"
    )


def _about(places: pl.DataFrame, rule: str, **values: str) -> pl.DataFrame:
    """Return an issue about each file, sheet or school of *places*."""
    names = {"source_file": "file", "source_sheet": "sheet"}
    given = places.rename({old: new for old, new in names.items() if old in places.columns})
    return as_issues(given, rule=rule, **values)


def _of_files(read: ReadRoster, on: dt.date, oldest_days: int) -> list[pl.DataFrame]:
    """Return what the age of each file says, and that there is nothing in any of them."""
    if read.rows.is_empty():
        return [_about(pl.DataFrame({"file": [""]}), "roster_empty")]
    dated = read.files.filter(pl.col("as_of").is_not_null() & (pl.col("pupils") > 0))
    as_of, year = pl.col("as_of"), school_year_start(on)
    days = (pl.lit(on) - as_of).dt.total_days()
    first = as_of.dt.year() - (as_of.dt.month() < year.month)
    school_year = pl.concat_str(first, pl.lit("/"), first + 1)
    rules = {
        "roster_last_year": (as_of < year, school_year),
        "roster_old": ((days > oldest_days) & (as_of >= year), days.cast(pl.String)),
        "roster_from_future": (as_of > on, as_of.cast(pl.String)),
    }
    return [
        _about(dated.filter(broken).select("file", "sheet", "npsn", detail=detail), rule)
        for rule, (broken, detail) in rules.items()
    ]


def _with_npsn(coded_issues: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Give issues about cells the school of their row."""
    if coded_issues.is_empty():
        return coded_issues
    schools = rows.select(*SOURCE, _npsn="npsn")
    found = coded_issues.join(schools, left_on=PLACE, right_on=SOURCE, how="left")
    number = pl.coalesce("_npsn", "npsn").alias("npsn")
    return found.with_columns(number).select(CODED_ISSUES.names())


def _dated(rows: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Give rows the day their file speaks of."""
    if files["as_of"].null_count() == len(files):
        return rows.with_columns(as_of=pl.lit(None, pl.Date))
    days = files.select(source_file="file", source_sheet="sheet", as_of="as_of")
    return rows.join(days, on=SOURCE[:2], how="left", maintain_order="left")


def _usable(valid: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with grades that are none taken as unknown."""
    grade = pl.col("grade")
    kept = pl.when(grade.is_between(FIRST_GRADE, LAST_GRADE)).then(grade)
    return valid.with_columns(kept.alias("grade"))
