"""Issues of a roster: in codes, a rule and where it stands, and put into words as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import RULES
from school_ektp.roster.schema import CODED_ISSUES, ISSUES

NO_ISSUES = pl.DataFrame(schema=CODED_ISSUES)
"""An empty table of issues; frames are not changed in place, so it can be shared."""

_NPSN = pl.col("npsn").fill_null("")


class Issue(NamedTuple):
    """A row of `CODED_ISSUES`."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    rule: str = ""
    npsn: str = ""
    detail: str | None = None


def issue_table(issues: Iterable[Issue]) -> pl.DataFrame:
    """Return issues as a table."""
    return pl.DataFrame([*issues], schema=CODED_ISSUES, orient="row")


def as_issues(found: pl.DataFrame, **known: str) -> pl.DataFrame:
    """Return a frame in the columns of issues; what it lacks is as *known*, else empty."""
    texts = {**dict.fromkeys(("file", "sheet", "column", "rule", "npsn"), ""), **known}
    fill = [
        pl.lit(texts.get(name), dtype).alias(name)
        for name, dtype in CODED_ISSUES.items()
        if name not in found.columns
    ]
    return found.with_columns(fill).select(CODED_ISSUES.names()).cast(CODED_ISSUES)


def issues_at(
    rows: pl.DataFrame,
    rule: str,
    column: str,
    *,
    npsn: pl.Expr | None = _NPSN,
    detail: pl.Expr | str | None = None,
) -> pl.DataFrame:
    """
    Return an issue about each row, by its ``source_file``, ``source_sheet`` and ``source_row``.

    Without *npsn* the school is unknown. The message quotes *detail*, an expression or a text.
    """
    quoted = detail if isinstance(detail, pl.Expr) else pl.lit(detail, pl.String)
    return rows.select(
        file="source_file",
        sheet="source_sheet",
        row="source_row",
        column=pl.lit(column),
        rule=pl.lit(rule),
        npsn=pl.lit("") if npsn is None else npsn,
        detail=quoted,
    ).cast(CODED_ISSUES)


def worded(coded_issues: pl.DataFrame, lang: Lang = "id") -> pl.DataFrame:
    """Return coded issues in words, sorted by file, sheet, row, column and rule."""
    return in_words(coded_issues.sort(CODED_ISSUES.names()), lang)


def in_words(coded_issues: pl.DataFrame, lang: Lang) -> pl.DataFrame:
    """Return coded issues in words, in the same order."""
    lang = check_lang(lang)
    kinds = coded_issues.select("rule", "detail").unique().rows()
    table = pl.DataFrame(
        {
            "rule": [rule for rule, _ in kinds],
            "detail": [detail for _, detail in kinds],
            "severity": [RULES[rule].severity for rule, _ in kinds],
            "message": [RULES[rule].says(detail or "", lang) for rule, detail in kinds],
        },
        schema={
            "rule": pl.String,
            "detail": pl.String,
            "severity": ISSUES["severity"],
            "message": pl.String,
        },
    )
    keys = ["rule", "detail"]
    issues = coded_issues.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return issues.select(ISSUES.names())
