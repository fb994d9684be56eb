"""Numbers and dates read back from the sentences that the library writes."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from school_ektp.model.language import month
from school_ektp.model.messages import TEXTS

NUMBER = r"-?\d[\d.,]*"


def pattern_of(key: str, lang: str) -> re.Pattern[str]:
    """Return what finds the values in a text of the catalogue."""
    parts = re.split(r"\{(\w+)[^{}]*\}", TEXTS[key][lang])  # texts and names in turn
    return re.compile(
        "".join(f"(?P<{p}>.+?)" if n % 2 else re.escape(p) for n, p in enumerate(parts)) + "$"
    )


def values_in(text: str, key: str, lang: str) -> dict[str, str]:
    """Return the values that a line was made with; empty when it is another line."""
    for line in text.splitlines():
        if found := pattern_of(key, lang).match(line):
            return found.groupdict()
    return {}


def number(text: str, lang: str) -> Decimal:
    [digits] = re.findall(NUMBER, text)[:1]
    swapped = digits.translate(str.maketrans(",.", ".,")) if lang == "id" else digits
    return Decimal(swapped.replace(",", ""))


def date(text: str, lang: str) -> dt.date:
    day, name, year = text.split()
    [place] = [n for n in range(1, 13) if month(n, lang) == name]
    return dt.date(int(year), place, int(day))


def numbers_in(text: str) -> list[str]:
    """Return the whole numbers of a text, without the marks between thousands."""
    return [digits.replace(".", "").replace(",", "") for digits in re.findall(r"\d[\d.,]*", text)]
