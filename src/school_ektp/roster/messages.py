"""The findings of a roster in words, as a table of issues."""

from __future__ import annotations

import polars as pl

from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages.findings import REFUSALS, RULES
from school_ektp.roster.schema import FINDINGS, ISSUES

__all__ = ["NO_FINDINGS", "REFUSALS", "RULES", "in_words", "severity", "worded"]


def worded(findings: pl.DataFrame, lang: Lang = "id") -> pl.DataFrame:
    """
    Return findings as issues, sorted by file, sheet, row, column and rule.

    Args:
        findings: Columns of `school_ektp.roster.schema.FINDINGS`.
        lang: Language of the messages.
    """
    return in_words(findings.sort(FINDINGS.names()), lang)


def in_words(findings: pl.DataFrame, lang: Lang) -> pl.DataFrame:
    """Return findings as issues in the same order."""
    lang = check_lang(lang)
    kinds = findings.select("rule", "detail").unique().rows()
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
    issues = findings.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return issues.select(ISSUES.names())


def severity(rule: str) -> str:
    """Return the severity of a rule."""
    return RULES[rule].severity


NO_FINDINGS = pl.DataFrame(schema=FINDINGS)
"""An empty table of findings; frames are not changed in place, so it can be shared."""
