"""What a roster row must satisfy: each rule an expression that is true where it is broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs
import polars as pl
from dateutil.relativedelta import relativedelta

from school_ektp.model.nik import NikFinding
from school_ektp.model.school import School, SchoolLevel
from school_ektp.roster.issues import NO_ISSUES, issues_at
from school_ektp.roster.nik import with_nik_checks
from school_ektp.roster.read.cells import grade_of_class
from school_ektp.roster.read.dates import EARLIEST_YEAR

YOUNGEST, OLDEST = 10, 25  # years; outside, a year of birth is rather a slip
FIRST_GRADE, LAST_GRADE = 10, 13  # 13: the fourth year of some SMK
_USUAL_AGE = 5  # grade 10 is joined in the year one turns 15
_AGE_EARLY, _AGE_LATE = 2, 4  # skipped classes; started late or repeated
_SCHOOL_YEAR_MONTH = 7
NPSN_FORM = r"^([0-9]{8}|[KP][0-9]{7})$"
_ANY_AGE = (SchoolLevel.PKBM,)
_ANY_AGE_FOR_GRADE = (SchoolLevel.PKBM, SchoolLevel.SLB)


@attrs.frozen
class RowRule:
    """
    A rule about one row.

    Attributes:
        name: As in `school_ektp.model.messages.RULES`.
        column: Where the issue stands.
        broken: Boolean; null counts as kept.
    """

    name: str
    column: str
    broken: pl.Expr


def refusal_rules(schools: Iterable[School] | None, *, on: dt.date) -> tuple[RowRule, ...]:
    """
    Return the rules a row must satisfy to be used, the weightiest first.

    None for the schools accepts any.
    """
    npsn, born = pl.col("npsn"), pl.col("birth_date")
    has_form = npsn.str.contains(NPSN_FORM)
    unknown = pl.lit(False) if schools is None else ~npsn.is_in([s.npsn for s in schools])
    named = pl.col("school_name").is_not_null()
    return (
        RowRule("student_id_missing", "student_id", pl.col("student_id").is_null()),
        RowRule("npsn_missing", "npsn", npsn.is_null() & ~named),
        RowRule("npsn_form", "npsn", ~has_form),
        RowRule("school_unknown", "npsn", (unknown & has_form) | (npsn.is_null() & named)),
        RowRule("birth_date_missing", "birth_date", born.is_null()),
        RowRule("date_impossible", "birth_date", born < dt.date(EARLIEST_YEAR, 1, 1)),
        RowRule("birth_in_future", "birth_date", born > on),
    )


def warning_rules(schools: Iterable[School] | None, *, on: dt.date) -> tuple[RowRule, ...]:
    """Return the rules that may be broken while the row is used."""
    known = tuple(schools or ())
    born, recorded_on = pl.col("birth_date"), pl.col("recorded_on")
    grade = pl.col("grade")
    school_year = school_year_start(on).year
    age = school_year - born.dt.year() - grade - _USUAL_AGE
    outside = ~age.is_between(-_AGE_EARLY, _AGE_LATE)
    in_range = grade.is_between(FIRST_GRADE, LAST_GRADE)
    any_age, any_grade_age = _at(known, _ANY_AGE), _at(known, _ANY_AGE_FOR_GRADE)
    return (
        RowRule("age_low", "birth_date", born > on - relativedelta(years=YOUNGEST)),
        RowRule(
            "age_high", "birth_date", (born <= on - relativedelta(years=OLDEST + 1)) & ~any_age
        ),
        RowRule("grade_range", "grade", ~in_range),
        RowRule("age_for_grade", "birth_date", outside & in_range & ~any_grade_age),
        RowRule("recorded_in_future", "recorded_on", recorded_on > on),
        RowRule("recorded_before_birth", "recorded_on", recorded_on < born),
    )


def _at(schools: Iterable[School], levels: Iterable[SchoolLevel]) -> pl.Expr:
    numbers = [school.npsn for school in schools if school.level in set(levels)]
    return pl.col("npsn").is_in(numbers)


def grade_and_class(class_names: Iterable[str]) -> RowRule:
    """Return the rule that a class name does not begin with another grade than the row's."""
    grades: Mapping[str, int] = {
        name: grade for name in class_names if (grade := grade_of_class(name)) is not None
    }
    named = pl.col("class_name").replace_strict(grades, default=None, return_dtype=pl.Int8)
    return RowRule("grade_and_class", "class_name", named != pl.col("grade"))


def school_year_start(day: dt.date) -> dt.date:
    """Return 1 July of the school year that *day* lies in."""
    year = day.year if day.month >= _SCHOOL_YEAR_MONTH else day.year - 1
    return dt.date(year, _SCHOOL_YEAR_MONTH, 1)


def issues_of(rows: pl.DataFrame, rules: Iterable[RowRule]) -> pl.DataFrame:
    """Return an issue for each row and rule that it breaks; all rules are evaluated in one pass."""
    rules = tuple(rules)
    broken = rows.select(rule.broken.fill_null(False).alias(rule.name) for rule in rules)
    found = [issues_at(rows.filter(broken[rule.name]), rule.name, rule.column) for rule in rules]
    return pl.concat([NO_ISSUES, *(frame for frame in found if len(frame))])


_NIK_FINDINGS = {
    NikFinding.REGION: "nik_region",
    NikFinding.BIRTH_DATE: "nik_date",
    NikFinding.SERIAL: "nik_serial",
}


def nik_doubts(rows: pl.DataFrame) -> pl.DataFrame:
    """
    Return issues about NIK: damaged digits, and disagreement with birth date or sex.

    A last digit 0 is no issue here, as one in ten has it by right; reading reports where a whole
    sheet was rounded. A number never changes when a birth date is corrected: nothing is refused.
    """
    given = rows.filter(pl.col("nik").is_not_null())
    if given.is_empty():
        return NO_ISSUES
    checked = with_nik_checks(given)
    issue = pl.col("nik_finding").cast(pl.String)
    rules = [RowRule(rule, "nik", issue == kind.value) for kind, rule in _NIK_FINDINGS.items()]
    has_date = issue != NikFinding.BIRTH_DATE.value
    rules.append(
        RowRule("nik_birth_date", "birth_date", ~pl.col("nik_agrees_with_birth") & has_date)
    )
    rules.append(RowRule("nik_sex", "sex", ~pl.col("nik_agrees_with_sex")))
    return issues_of(checked, rules)
