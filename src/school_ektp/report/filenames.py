"""Names of files and sheets made from names of schools and teams, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from school_ektp.files import is_reserved

SHEET_LENGTH = 31  # the most that spreadsheet programs allow
_STEM_LENGTH = 60
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f\U00010000-\U0010ffff]")
_NUMBER_LENGTH = 4
_KEPT_BY_EXCEL = "history"  # for its list of changes


def file_stems(names: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return ``tim-1`` for ``Tim 1``: ASCII letters, digits, hyphens, no two alike, no device."""
    return _distinct({name: _stem(name) for name in names}, taken, "-", _STEM_LENGTH)


def sheet_names(names: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return names that sheets may have, no two alike in any case: 31 characters, no ``/?*``."""
    return _distinct({name: _sheet(name) for name in names}, taken, " ", SHEET_LENGTH)


def _stem(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_STEM_LENGTH].strip("-") or "x"
    return f"{stem}-1" if is_reserved(stem) else stem


def _sheet(name: str) -> str:
    plain = " ".join(_NOT_IN_SHEETS.sub(" ", name).split())
    name = plain.strip("' ")[:SHEET_LENGTH].strip("' ") or "-"
    return f"{name} 1" if name.casefold() == _KEPT_BY_EXCEL else name


def _distinct(
    short: dict[str, str], taken: Iterable[str], gap: str, longest: int
) -> dict[str, str]:
    used = {name.casefold() for name in taken}
    found: dict[str, str] = {}
    for name, stem in short.items():
        candidate, number = stem, 1
        while candidate.casefold() in used:
            number += 1
            candidate = f"{stem[: longest - _NUMBER_LENGTH]}{gap}{number}"
        used.add(candidate.casefold())
        found[name] = candidate
    return found
