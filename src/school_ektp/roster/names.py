"""Names of people, made comparable: Indonesian names are written in many ways."""

from __future__ import annotations

import polars as pl


def plain_name(column: str = "name") -> pl.Expr:
    """Text: the letters and digits of a name in upper case, nothing else; empty for null."""
    letters = pl.col(column).str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", "")
    return letters.fill_null("")
