"""Texts and numbers of the page in one language."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model.language import Lang, date_text, long_date, number, percent
from school_ektp.model.messages import TEXTS, Texts, say
from school_ektp.model.small_cells import MARK

NO_BREAK = "\u00a0"


@attrs.frozen
class Words:
    """
    What a page says.

    Attributes:
        lang: Its language.
        texts: Its part of the catalogue.
        prefix: How the keys of its texts begin.
    """

    lang: Lang
    texts: Texts = attrs.field(default=TEXTS, repr=False)
    prefix: str = "page_"

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, its places filled."""
        return say(self.texts[f"{self.prefix}{key}"], self.lang, **values)

    def number(self, value: int | None) -> str:
        """Return a number with its separators, the mark where it is hidden."""
        return MARK if value is None else number(value, self.lang)

    def percent(self, part: int, whole: int) -> str:
        """Return a share with one decimal; the sign stays on the line of its number."""
        return percent(part, whole, self.lang).replace(" ", NO_BREAK)

    def date(self, day: dt.date) -> str:
        """Return a date in words."""
        return date_text(day, self.lang)

    def day(self, day: dt.date) -> str:
        """Return a date in words after its weekday."""
        return long_date(day, self.lang)
