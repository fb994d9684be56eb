"""The reasons why pupils are left at a site, each with the figures it speaks of."""

from __future__ import annotations

from enum import StrEnum

import attrs

from school_ektp.planning.rules import (
    CrewsAtOnce,
    DrivingLimit,
    FewestPupils,
    Forbidden,
    KitDayCap,
    ReserveDays,
    Spacing,
    VisitsPerDay,
    VisitsPerSite,
)


class Reason(StrEnum):
    """What keeps the pupils left at a site from being recorded."""

    NO_LOCATION = "no_location"  #: nobody knows where the school is
    TOO_YOUNG = "too_young"  #: not yet of age when the horizon is over; planning never sees them
    NOT_YET = "not_yet"  #: of age only after the last day on which they could be met
    NO_SESSION = "no_session"  #: no open session before the deadline
    NO_TEAM = "no_team"  #: no team works on a day on which the school is open
    AWAY = "away"  #: their class is away on every day on which the school could be visited
    TOO_FAR = "too_far"  #: a whole day of any team is too short to go, record one and return
    ABSENT = "absent"  #: expected to stay away, however often they are called
    FORBIDDEN = "forbidden"  #: the team that has time may not go there
    TOO_FEW = "fewest_pupils"  #: a visit would record fewer than are worth one
    SPACING = "spacing"  #: too near to another visit to the same school
    VISITS_PER_SITE = "visits_per_site"  #: the school has had all its visits
    VISITS_PER_DAY = "visits_per_day"  #: the team has made all visits of its day
    CREWS_AT_ONCE = "crews_at_once"  #: too many teams at the school
    DRIVING_LIMIT = "driving_limit"  #: the team would drive too long
    KIT_DAY_CAP = "kit_day_cap"  #: the kits have recorded all they may on a day
    RESERVE_DAYS = "reserve_days"  #: the days left are kept in reserve
    SHORT = "short"  #: some minutes short on the best day
    FULL = "full"  #: every team-day that could go there is full
    SEVERAL = "several"  #: several limits at once; to relax one of them is not enough
    MISSED = "missed"  #: there is room; the search stopped before it was used


#: Reasons that are a rule of the plan, the most particular first; the value names the law.
RULE_REASONS: dict[Reason, type] = {
    Reason.FORBIDDEN: Forbidden,
    Reason.TOO_FEW: FewestPupils,
    Reason.SPACING: Spacing,
    Reason.VISITS_PER_SITE: VisitsPerSite,
    Reason.CREWS_AT_ONCE: CrewsAtOnce,
    Reason.VISITS_PER_DAY: VisitsPerDay,
    Reason.DRIVING_LIMIT: DrivingLimit,
    Reason.KIT_DAY_CAP: KitDayCap,
    Reason.RESERVE_DAYS: ReserveDays,
}


@attrs.frozen(kw_only=True)
class LeftOver:
    """
    Pupils of one site and one priority class who wait when the horizon is over, and why.

    Attributes:
        site: The site.
        priority: Their priority class.
        pupils: How many, for each group of the site; 0 for groups of other classes.
        reason: The limit that a trial showed to stand against recording them.
        amount: Minutes short (`TOO_FAR`, `SHORT`), full team-days (`FULL`), open days missed
            (`AWAY`), pupils (`NOT_YET`, `ABSENT`, `TOO_FEW`), or what a rule counted.
        limit: What the rule allows or asks, the turn-out in percent (`ABSENT`); else None.
        crew: Crew of the best trial, None when the reason is about the site alone.
        day: Day of the best trial, the day they come of age (`NOT_YET`), the last open day
            (`NO_SESSION`); None when there is none.
        parts: The limits that only together let a trial through (`SEVERAL`), each with its own
            figures in the problem without those before it; empty when not even `MOST_LIMITS`
            relaxed together were enough.
    """

    site: int
    priority: int
    pupils: tuple[int, ...]
    reason: Reason
    amount: int = 0
    limit: int | None = None
    crew: int | None = None
    day: int | None = None
    parts: tuple[LeftOver, ...] = ()
