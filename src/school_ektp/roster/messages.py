"""The issues of a roster in words, as a table of issues."""

from __future__ import annotations

import polars as pl

from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import REFUSALS, RULES
from school_ektp.roster.schema import CODED_ISSUES, ISSUES

__all__ = ["REFUSALS", "RULES", "in_words", "worded"]


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
