"""What would help those left out, as the season found it, in words."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Protocol

from school_ektp.model.language import Lang, check_lang, counted, date_text, number, weekday
from school_ektp.model.messages import NOUNS, REMEDIES, REMEDY_NOUNS, TEXTS


class Helps(Protocol):
    """A verified change; `season.remedies.Remedy` is one."""

    @property
    def kind(self) -> str:
        """Code of the change, a key of `messages.REMEDIES`."""

    @property
    def size(self) -> int:
        """By how much."""

    @property
    def team(self) -> str | None:
        """Team concerned, if one is."""

    @property
    def day(self) -> dt.date | None:
        """Date concerned, if one is."""

    @property
    def site(self) -> str:
        """School it is for."""

    @property
    def recorded(self) -> float:
        """Pupils of that school expected to be recorded more."""

    @property
    def value(self) -> float:
        """What the plan is worth more, in pupils."""

    @property
    def team_days(self) -> int:
        """Team-days used more; may be negative."""


def remedy_text(remedy: Helps, lang: Lang = "id") -> str:
    """
    Return the change and what it brings.

    Args:
        remedy: A verified change.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
    """
    said, kind = check_lang(lang), str(remedy.kind)
    noun = REMEDY_NOUNS.get(kind)
    change = REMEDIES[kind][said].format(
        size=counted(remedy.size, NOUNS[noun], said) if noun else remedy.size,
        team=remedy.team or TEXTS["page_all_teams"][said],
        day=f"{weekday(remedy.day, said)} {date_text(remedy.day, said)}" if remedy.day else "–",
    )
    effort = "page_remedy_effort" if remedy.team_days else "page_remedy_no_effort"
    days = counted(remedy.team_days, NOUNS["team_day"], said)
    return TEXTS["page_remedy_effect"][said].format(
        remedy=change,
        recorded=counted(math.floor(remedy.recorded + 0.5), NOUNS["pupil"], said),
        value=number(Decimal(math.floor(10 * remedy.value)) / 10, said),
        effort=TEXTS[effort][said].format(team_days=f"+{days}" if remedy.team_days > 0 else days),
    )
