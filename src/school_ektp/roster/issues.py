"""Issues of a roster in codes: a rule and where it stands; `roster.messages` puts them in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from school_ektp.roster.schema import CODED_ISSUES

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
