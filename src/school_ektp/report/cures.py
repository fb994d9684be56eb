"""What would help those left out, as the season found it, in words."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from school_ektp.model.language import Lang, check_lang, counted, date_text, weekday
from school_ektp.model.messages import CURE_NOUNS, CURES, NOUNS, TEXTS


class Helps(Protocol):
    """A verified change; `season.cures.Cure` is one."""

    @property
    def kind(self) -> str:
        """Code of the change, a key of `messages.CURES`."""

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
    def npsn(self) -> str:
        """School it is for."""

    @property
    def recorded(self) -> int:
        """Pupils of that school recorded more."""

    @property
    def gained(self) -> int:
        """Pupils recorded more at all schools."""

    @property
    def team_days(self) -> int:
        """Team-days used more; may be negative."""


def cure_text(cure: Helps, lang: Lang = "id") -> str:
    """
    Return the change and what it brings.

    Args:
        cure: A verified change.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
    """
    said, kind = check_lang(lang), str(cure.kind)
    noun = CURE_NOUNS.get(kind)
    change = CURES[kind][said].format(
        size=counted(cure.size, NOUNS[noun], said) if noun else cure.size,
        team=cure.team or TEXTS["page_all_teams"][said],
        day=f"{weekday(cure.day, said)} {date_text(cure.day, said)}" if cure.day else "–",
    )
    effort = "page_cure_effort" if cure.team_days else "page_cure_no_effort"
    days = counted(cure.team_days, NOUNS["team_day"], said)
    return TEXTS["page_cure_effect"][said].format(
        cure=change,
        recorded=counted(cure.recorded, NOUNS["pupil"], said),
        gained=counted(cure.gained, NOUNS["pupil"], said),
        effort=TEXTS[effort][said].format(team_days=f"+{days}" if cure.team_days > 0 else days),
    )
