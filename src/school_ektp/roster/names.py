"""Names of people, made comparable: Indonesian names are written in many ways."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

import polars as pl

from school_ektp.roster.read.distinct import Cell, read_column

#: Titles that could be the first letters of a name: they count with a mark behind them only.
_TITLES_WITH_MARK = frozenset(
    {"H", "KH", "DR", "DRA", "IR", "AN", "A N", "ALM", "SDR", "PROF", "HJ", "DRS", "SDRI", "ALMH"}
)
#: Titles that no name begins with, also without one.
_TITLES = frozenset({"HJ", "HAJI", "HAJJAH", "DRS", "SDR", "SDRI", "PROF", "ALMH"})
_DEGREES = frozenset(
    {
        *("SPD", "SPDI", "SPDSD", "SPDK", "MPD", "MPDI", "SE", "SH", "SKOM", "ST", "SSOS", "SAG"),
        *("SIP", "SHUT", "SSI", "SP", "SPT", "SKM", "SKEP", "SFARM", "SPSI", "SHI", "SEI", "SSTP"),
        *("SPI", "SSN", "SHUM", "STP", "SAK", "SS", "SSY", "SIKOM", "SSTPI", "STRKEB", "SGZ"),
        *("AMD", "AMDKEB", "AMDKEP", "AMAPD", "AMA", "AMAK", "BA", "BSC", "BE", "LC", "NS", "NERS"),
        *("MM", "MA", "MSI", "MT", "MH", "MKOM", "MAG", "MSC", "MBA", "MHUM", "MKES", "ME", "MP"),
        *("MAP", "MIP", "MSOS", "MSN", "MFARM", "PHD", "DR", "DRG", "DRH", "APT", "SPOG", "SPA"),
        *("H", "HJ", "ALM", "ALMH", "ALMARHUM", "ALMARHUMAH", "CPA", "GR"),
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
_TITLE = re.compile(r"\s*\(?\s*(A\.\s?N|[A-Z]+)\s*[.)]+\s*(?=[A-Z(])")
_DOTTED = re.compile(r"(?:[A-Z]{1,5}\.)+[A-Z]{0,5}")
_LETTERS_APART = re.compile(r"(?<![A-Z0-9])[A-Z](?: [A-Z])+(?![A-Z0-9.])")
_FEWEST_APART = 3  # letters; two may be initials
_MOST_PIECES = 3  # of one word that spaces cut


def plain_name() -> pl.Expr:
    """Text: the letters and digits of each name in upper case, nothing else; empty for null."""
    letters = pl.col("name").str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", "")
    return letters.fill_null("")


def name_words(name: str) -> tuple[str, ...]:
    """
    Return the words of a name without titles, in one spelling.

    Degrees after a comma go, and so do titles before the name: those that could be letters of it
    where a dot or bracket marks them (*Dr. Ajat*, but not *Dr Ajat*). M., Muh., Mohd. at the
    beginning become MUHAMMAD; letters set apart are put together; marks over letters, apostrophes
    and old spellings vanish.
    """
    plain = _APOSTROPHES.sub("", _unmarked(name))
    if "," in plain:
        plain = _without_degrees(plain)
    if "." in plain or ")" in plain:
        plain = _without_titles(plain)
    words = _WORD.findall(plain)
    if sum(len(word) == 1 for word in words) >= _FEWEST_APART:
        words = _WORD.findall(_LETTERS_APART.sub(_together, plain))
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    if pieces := _muhammad(words):
        words[:pieces] = ["MUHAMMAD"]
    return tuple(_spelt(_SAME.get(word, word)) for word in words)


def _unmarked(name: str) -> str:
    """Return a name in upper case without marks over its letters."""
    if name.isascii():
        return name.upper()
    letters = unicodedata.normalize("NFKD", name).upper()
    return "".join(c for c in letters if not unicodedata.combining(c))


def _muhammad(words: list[str]) -> int:
    """Return how many words at the beginning are MUHAMMAD, short or in pieces, before others."""
    if not words or not words[0].startswith("M"):
        return 0
    for pieces in range(min(_MOST_PIECES, len(words)), 1, -1):
        in_pieces = max(map(len, words[:pieces])) > 1  # single letters are initials
        if in_pieces and "".join(words[:pieces]) in _MUHAMMAD:
            return pieces
    return int(len(words) > 1 and words[0] in _MUHAMMAD)


def _without_degrees(name: str) -> str:
    """Drop what follows a comma where it is a degree; other commas part names like spaces."""
    first, *rest = name.split(",")
    kept = [part for part in rest if not _is_degree(part.strip())]
    return " ".join([first, *kept])


def _is_degree(part: str) -> bool:
    letters = re.sub(r"[^A-Z]", "", part)
    if letters in _DEGREES or not letters:
        return True
    return "." in part and bool(_DOTTED.fullmatch(part))


def _without_titles(name: str) -> str:
    while (found := _TITLE.match(name)) and found[1].replace(".", " ") in _TITLES_WITH_MARK:
        name = name[found.end() :]
    return name


def _together(found: re.Match[str]) -> str:
    letters = found[0].split()
    return "".join(letters) if len(letters) >= _FEWEST_APART else found[0]


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
