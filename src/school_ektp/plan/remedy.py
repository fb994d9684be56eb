"""A change that would record more of those left out, as trying it has shown."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from enum import StrEnum

import attrs

from school_ektp.model.language import Figure, Lang, check_lang, long_date
from school_ektp.model.messages import REMEDIES, TEXTS, say


class RemedyKind(StrEnum):
    """What is changed, and nothing else."""

    SEARCH = "search"  #: nothing: there is room, and planning again uses it
    OVERTIME = "overtime"  #: one team, and the schools it visits, stay longer on one day
    MINUTES = "minutes"  #: teams and the school stay longer, every day
    SATURDAY = "saturday"  #: teams go out on Saturdays too
    KIT = "kit"  #: one team carries more kits
    EXTRA_TEAM = "extra_team"  #: one more team comes for some days
    EXAM_MOVED = "exam_moved"  #: an exam week or an absence is moved to another week
    DEADLINE = "deadline"  #: the season goes on for some days
    FEWEST = "fewest_pupils"  #: a further visit may record fewer pupils
    SPACING = "days_between_visits"  #: two visits to a school may be nearer to each other
    VISITS = "visits_per_school"  #: a school may have more visits
    VISITS_PER_DAY = "visits_per_team_day"  #: a team may make more visits a day
    TEAMS_AT_ONCE = "teams_at_once"  #: more teams may be at a school in the same minute
    DRIVING = "driving_minutes_per_day"  #: a team may drive longer
    KIT_DAY = "pupils_per_kit_day"  #: a kit may record more pupils a day
    RESERVE = "reserve_days"  #: fewer days are kept free
    TEAM_DAYS = "team_days"  #: more team-days in the season
    MONTH = "team_days_per_month"  #: more team-days in each month
    ONE_VISIT = "one_visit"  #: the school takes more than one visit
    PAIR = "forbidden_pair"  #: one team may go there after all
    LOCATION = "location"  #: the school is found; tried at the middle of its kecamatan


@attrs.frozen(kw_only=True)
class Remedy:
    """
    One change that a new plan has shown to help.

    Attributes:
        kind: What is changed.
        size: By how much: minutes, kits, team-days, days, or the new value of a rule.
        team: Team concerned; None when all are.
        day: Date concerned: the first of the extra days, or the new first day of an exam week.
        site: NPSN of the school it is for.
        recorded: Pupils of that school expected to be recorded more.
        complete: Whether nobody of that school is left whom a visit that pays would bring.
        gained: Pupils expected to be recorded more at all schools.
        value: What the plan is worth more, in pupils.
        team_days: Team-days used more; may be negative.
    """

    kind: RemedyKind
    size: int
    team: str | None = None
    day: dt.date | None = None
    site: str
    recorded: float
    complete: bool
    gained: float
    value: float
    team_days: int

    @property
    def per_team_day(self) -> float:
        """Value gained per team-day more; infinite when no team-day more is used."""
        return self.value / self.team_days if self.team_days > 0 else float("inf")

    def text(self, lang: Lang = "id") -> str:
        """
        Return the change and what it brings.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        language, kind = check_lang(lang), str(self.kind)
        change = say(
            REMEDIES[kind],
            language,
            size=self.size,
            team=self.team or TEXTS["page_all_teams"][language],
            day=long_date(self.day, language) if self.day else "–",
        )
        effort = "page_remedy_effort" if self.team_days else "page_remedy_no_effort"
        days = Figure(self.team_days, language, signed=True)
        return say(
            TEXTS["page_remedy_effect"],
            language,
            remedy=change,
            recorded=math.floor(self.recorded + 0.5),
            value=Decimal(math.floor(10 * self.value)) / 10,
            effort=say(TEXTS[effort], language, team_days=days),
        )
