"""What would help those left out, as the season found it, in words."""

from __future__ import annotations

import math
from decimal import Decimal

from school_ektp.model.language import (
    Figure,
    Lang,
    check_lang,
    counted,
    date_text,
    number,
    weekday,
)
from school_ektp.model.messages import NOUNS, REMEDIES, REMEDY_NOUNS, TEXTS
from school_ektp.plan.remedy import Remedy


def remedy_text(remedy: Remedy, lang: Lang = "id") -> str:
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
        size=counted(remedy.size, NOUNS[noun], said) if noun else Figure(remedy.size, said),
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
