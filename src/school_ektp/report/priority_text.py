"""Names of priority classes in words."""

from __future__ import annotations

import datetime as dt
import re

from school_ektp.model.language import Lang
from school_ektp.model.messages import PRIORITIES, TEXTS, say

_TURNS_BY = re.compile(r"(?P<years>\d+) by (?P<day>\d{4}-\d{2}-\d{2})")  # as model.priorities says


def priority_text(label: str, lang: Lang) -> str:
    """Return the name of a priority class; one the library did not give is said as it is."""
    if label in PRIORITIES:
        return PRIORITIES[label][lang]
    if found := _TURNS_BY.fullmatch(label):
        day = dt.date.fromisoformat(found["day"])
        return say(TEXTS["turns_by"], lang, years=found["years"], day=day)
    return label
