"""Indonesian and English: how numbers, dates and texts are written in each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

import attrs

from school_ektp.errors import InvalidFieldError

#: The languages that the library writes: Indonesian and English.
Lang: TypeAlias = Literal["id", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

_MONTHS: dict[Lang, tuple[str, ...]] = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SWAPPED = str.maketrans(",.", ".,")  # thousands and decimals


def check_lang(lang: object) -> Lang:
    """
    Return *lang* when it is a language the library writes.

    Raises:
        InvalidFieldError: Neither ``"id"`` nor ``"en"``.
    """
    for known in LANGS:
        if isinstance(lang, str) and lang == known:
            return known
    got = f"{lang!r}" if isinstance(lang, str) else f"a {type(lang).__name__}"
    raise InvalidFieldError("language", "lang", f"must be 'id' or 'en', got {got}")


def number(value: int | Decimal, lang: Lang) -> str:
    """Return ``3.208`` in Indonesian and ``3,208`` in English; ``94,51`` and ``94.51``."""
    text = f"{value:,}"
    return text.translate(_SWAPPED) if lang == "id" else text


def tenths_of_percent(part: int, whole: int) -> int:
    """
    Return a share in tenths of a percent; *whole* is positive.

    Half is rounded up, as whoever works it out again does; but nothing short of everyone is 100 %.
    """
    tenths = (2000 * part + whole) // (2 * whole)
    return min(tenths, 999) if part < whole else tenths


def percent(part: int, whole: int, lang: Lang) -> str:
    """Return a share with one decimal, ``96,8 %`` or ``96.8%``; a dash when *whole* is 0."""
    if not whole:
        return "–"
    tenths = tenths_of_percent(part, whole)
    text = f"{number(tenths // 10, lang)}{',' if lang == 'id' else '.'}{tenths % 10}"
    return f"{text} %" if lang == "id" else f"{text}%"


def month(value: int, lang: Lang) -> str:
    """Return the name of month 1 to 12."""
    return _MONTHS[lang][value - 1]


def weekday(day: dt.date, lang: Lang) -> str:
    """Return the name of the day of the week."""
    return _WEEKDAYS[lang][day.weekday()]


def short_weekday(day: dt.date, lang: Lang) -> str:
    """Return the first three letters of the day of the week."""
    return weekday(day, lang)[:3]


def date_text(day: dt.date, lang: Lang) -> str:
    """Return ``9 September 2024``."""
    return f"{day.day} {month(day.month, lang)} {day.year}"


def long_date(day: dt.date, lang: Lang) -> str:
    """Return ``Senin 9 September 2024``."""
    return f"{weekday(day, lang)} {date_text(day, lang)}"


def short_date(day: dt.date, lang: Lang) -> str:
    """Return ``9 Sep``."""
    return f"{day.day} {month(day.month, lang)[:3]}"


@attrs.frozen
class Figure:
    """
    A number that a text asks for, alone or with a noun.

    Attributes:
        value: The number; a text that holds one is written as it is.
        lang: Language of the text.
        signed: Write a plus before it, too.

    Examples:
        >>> [f"{Figure(n, 'en'):visit is|visits are} planned" for n in (1, 1200)]
        ['1 visit is planned', '1,200 visits are planned']
        >>> "{} kunjungan".format(Figure(1200, "id"))
        '1.200 kunjungan'
    """

    value: int | Decimal | str
    lang: Lang
    signed: bool = False

    def __format__(self, forms: str) -> str:
        """Return the number, with the first of two *forms* after it for one, else the second."""
        shown = self.value if isinstance(self.value, str) else number(self.value, self.lang)
        if self.signed and not shown.startswith("-"):
            shown = f"+{shown}"
        one, _, many = forms.partition("|")
        noun = one if shown.lstrip("+-") == "1" else many
        return f"{shown} {noun}" if noun else shown
