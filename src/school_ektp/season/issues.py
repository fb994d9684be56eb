"""What a season has to say about the outcomes that were reported."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model.language import Lang, check_lang, date_text
from school_ektp.model.messages import SEASON_ISSUES, say


@attrs.frozen
class SeasonIssue:
    """
    One thing to look at in what was reported to a season.

    Attributes:
        kind: What it is, a key of `messages.SEASON_ISSUES`.
        day: The date it is about.
        team: Name of the team; empty at the office.
        site: NPSN of the school; empty when it is about none.
        class_name: Class; empty for the whole visit.
        amount: Pupils or records concerned; 0 where none are counted.
        reason: The words of whoever reported it; empty without any.
        school: Name of the school, where the season knows it; the text has it beside the NPSN.
    """

    kind: str
    day: dt.date
    team: str = ""
    site: str = ""
    class_name: str = ""
    amount: int = 0
    reason: str = ""
    school: str = attrs.field(default="", eq=False)

    def text(self, lang: Lang = "id") -> str:
        """
        Return the issue as a sentence, without names of pupils.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        language = check_lang(lang)
        site = f"{self.school} ({self.site})" if self.school else self.site
        parts = [date_text(self.day, language), self.team, site, self.class_name]
        return say(
            SEASON_ISSUES[self.kind],
            language,
            where=", ".join(part for part in parts if part),
            amount=self.amount,
            reason=self.reason,
        )
