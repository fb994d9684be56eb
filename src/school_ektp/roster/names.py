"""Names of people, made comparable: Indonesian names are written in many ways."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

import polars as pl

from school_ektp.roster.read.distinct import Cell, read_column

_TITLES = frozenset(
    {
        *("H", "HJ", "HAJI", "HAJJAH", "KH", "DR", "DRS", "DRA", "IR", "PROF", "ALM", "ALMH"),
        *("SDR", "SDRI", "AN"),
    }
)
_MUHAMMAD = frozenset(
    {
        *("M", "MD", "MHD", "MHMD", "MUH", "MUHD", "MOH", "MOHD", "MOCH", "MUCH"),
        *("MUHAMAD", "MUHAMMAD", "MUHAMMED", "MUHAMED", "MOHAMAD", "MOHAMMAD", "MOHAMED"),
        *("MOHAMMED", "MOCHAMAD", "MOCHAMMAD", "MUCHAMAD", "MUCHAMMAD", "MAHAMAD"),
    }
)
_SAME = {
    **dict.fromkeys(("AHMAD", "ACHMAD", "AKHMAD", "ACHMED", "AHMED"), "AHMAD"),
    **dict.fromkeys(("ABD", "ABDU"), "ABDUL"),
    **dict.fromkeys(("ST", "SITTI", "SITY"), "SITI"),
    "NUUR": "NUR",
    "BT": "BINTI",
    "BINTE": "BINTI",
    "B": "BIN",
}
_OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"))
_WORD = re.compile(r"[A-Z0-9]+")
_APOSTROPHES = re.compile(r"['’`´ʼ]")  # noqa: RUF001 - what people type for one


def plain_name(column: str = "name") -> pl.Expr:
    """Text: the letters and digits of a name in upper case, nothing else; empty for null."""
    letters = pl.col(column).str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", "")
    return letters.fill_null("")


def name_words(name: str) -> tuple[str, ...]:
    """
    Return the words of a name without titles, in one spelling.

    Degrees after a comma and titles before the name go; M., Muh., Mohd. at the beginning become
    MUHAMMAD; marks over letters, apostrophes and old spellings vanish.
    """
    letters = unicodedata.normalize("NFKD", name.split(",", maxsplit=1)[0]).upper()
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = _WORD.findall(_APOSTROPHES.sub("", plain))
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    if len(words) > 1 and words[0] in _MUHAMMAD:
        words[0] = "MUHAMMAD"
    return tuple(_spelt(_SAME.get(word, word)) for word in words)


def _spelt(word: str) -> str:
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return word


def name_key(name: str) -> str:
    """
    Return what spellings of one name have in common; spaces do not count.

    Examples:
        >>> name_key("M. Rizki Ramadhan, S.Pd") == name_key("MUHAMMAD RIZKIRAMADHAN")
        True
    """
    return "".join(name_words(name))


def name_keys(names: pl.Series) -> pl.Series:
    """Return the `name_key` of each name; null for null and for names without letters."""
    return read_column(names, lambda name: Cell(name_key(name) or None), pl.String())["value"]


def name_likeness(one: str, other: str) -> int:
    """
    Return how alike two names are, 0 to 100; the same in both directions.

    A name whose words are all words of the other, as when a school writes only one of them,
    counts as 90 at least.
    """
    first, second = sorted((name_words(one), name_words(other)))
    if not first or not second:
        return 0
    if first == second:
        return 100
    ratio = SequenceMatcher(None, "".join(first), "".join(second), autojunk=False).ratio()
    within = set(first) <= set(second) or set(second) <= set(first)
    return max(round(100 * ratio), 90 if within else 0)
