"""Classes (rombel) by name: schools write one class in many ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

FIRST_GRADE, LAST_GRADE = 10, 13

Words = tuple[str, ...]

_NUMERALS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII"),
)
_ROMAN = {numeral: grade for grade, numeral in enumerate(_NUMERALS, start=1)}
_NOT_NAMES = frozenset(
    {
        *("KELAS", "KLS", "KELOMPOK", "ROMBEL", "TINGKAT", "TKT", "GRADE", "CLASS", "CLASSES"),
        *("SEMUA", "SELURUH", "SETIAP", "SISWA", "ALL", "EVERY", "JURUSAN", "FASE", "PHASE"),
    }
)
_BEFORE_GRADE = frozenset({"KELAS", "KLS", "TINGKAT", "TKT", "GRADE", "CLASS"})
_SMALL_L = re.compile(r"\bX[Il]*l[Il]*\b")  # typed for the numeral I
_WRITTEN_OUT = {"SEPULUH": "10", "SEBELAS": "11", "DUABELAS": "12"}
_GRADES = frozenset(str(grade) for grade in range(FIRST_GRADE, LAST_GRADE + 1))
_PARTS = re.compile(r"[A-Z]+|\d+")
_GLUED = re.compile(r"(XII|XI|X)(?=IP[AS])|(XIII|XII|XI|X)(?=[A-Z])")
_BETWEEN = re.compile(
    r"[,;&+\n]|\b(?:dan|and|serta)\b|/(?=\s*(?:kelas\s+)?(?:X|XI|XII|XIII|1[0-3])\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\D*?\b([XIV]+|\d+)\s*(?:-|–|s\.?\s*/?\s*d\.?|sampai(?: dengan)?|to)\s*([XIV]+|\d+)\W*",
    re.IGNORECASE,
)


def with_numerals(name: str) -> str:
    """Return a class name with the numeral I where a small L was typed: ``XII`` for ``Xll``."""
    return _SMALL_L.sub(lambda found: found[0].replace("l", "I"), name)


@lru_cache(maxsize=10_000)
def class_words(name: str) -> Words:
    """
    Return what the ways to write one class have in common: the grade, then the rest.

    A numeral behind the course, as in ``TKJ XII 1``, comes to the front.

    Examples:
        >>> class_words("XII-TKJ-1") == class_words("Kelas 12 TKJ1") == ("12", "TKJ", "1")
        True
    """
    plain = with_numerals(name)
    letters = unicodedata.normalize("NFKD", plain).upper().replace("DUA BELAS", "DUABELAS")
    words = [word.lstrip("0") or "0" for word in _PARTS.findall(letters)]
    words = _grade_first([_WRITTEN_OUT.get(word, word) for word in words])
    words = [word for word in words if word not in _NOT_NAMES]
    if not words:
        return ()
    glued = _GLUED.match(words[0])
    if words[0] not in _ROMAN and glued:
        grade = glued[0]
        words[:1] = [grade, words[0][len(grade) :]]
    words[0] = str(_ROMAN.get(words[0], words[0]))
    return tuple(words)


def _grade_first(words: list[str]) -> list[str]:
    """Move the one grade to the front of words that begin with something else."""
    first = next((word for word in words if word not in _NOT_NAMES), "")
    if first in _ROMAN or first.isdigit() or _GLUED.match(first):
        return words
    places = [
        place
        for place, word in enumerate(words)
        if _ROMAN.get(word, 0) >= FIRST_GRADE
        or (word in _GRADES and place and words[place - 1] in {*_BEFORE_GRADE, "E", "F"})
    ]
    if len(places) != 1:
        return words
    place = places[0]
    return [words[place], *words[:place], *words[place + 1 :]]


def classes_meant(text: str) -> tuple[Words, ...]:
    """
    Return the classes or grades that a text lists, each as its words.

    ``"XI TKJ 1, 2"`` are two classes, ``"X-XII"`` three grades; a text that names none gives none.
    """
    if (grades := _range(text)) is not None:
        return grades
    return tuple(_listed(text))


def _range(text: str) -> tuple[Words, ...] | None:
    found = _RANGE.fullmatch(text.strip())
    ends = [class_words(end) for end in found.groups()] if found else []
    if not ends or not all(len(end) == 1 and end[0] in _GRADES for end in ends):
        return None
    first, last = (int(end[0]) for end in ends)
    return tuple((str(grade),) for grade in range(first, last + 1)) if first < last else None


def _listed(text: str) -> Iterator[Words]:
    before: Words = ()
    for part in _BETWEEN.split(text):
        words = class_words(part)
        if words and words[0] not in _GRADES and before[:1] and before[0] in _GRADES:
            words = (*before[: max(len(before) - len(words), 1)], *words)
        if words:
            yield words
            before = words


def belongs(class_name: str, meant: tuple[Words, ...]) -> bool:
    """Return whether a class is one of those meant, or of a grade or course among them."""
    given = class_words(class_name)
    return any(given[: len(words)] == words for words in meant)
