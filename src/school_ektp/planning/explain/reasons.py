"""The reasons why pupils are left at a site, each with the figures it speaks of."""

from __future__ import annotations

from enum import StrEnum

import attrs

from school_ektp.planning import constraints as ask
from school_ektp.planning.solution import SiteVisit


class Reason(StrEnum):
    """What keeps the pupils left at a site from being recorded."""

    NO_LOCATION = "no_location"  #: nobody knows where the school is
    TOO_YOUNG = "too_young"  #: not yet of age when the horizon is over; planning never sees them
    ABSENT = "absent"  #: called by a visit and expected to miss it; no fault of the plan
    NOT_WORTH = "not_worth"  #: a further visit would bring less than it costs
    NOT_YET = "not_yet"  #: of age only after the last day on which they could be met
    NO_SESSION = "no_session"  #: no open session before the deadline
    NO_TEAM = "no_team"  #: no team works on a day on which the school is open
    NO_ROUTE = "no_route"  #: no team that works on such a day has a way there and back
    AWAY = "away"  #: their class is away on every day on which the school could be visited
    TOO_FAR = "too_far"  #: a whole day of any team is too short to go, record them and return
    FORBIDDEN = "forbidden"  #: the team that has time may not go there
    FEWEST_PUPILS = "fewest_pupils"  #: a further visit would record fewer than is allowed
    SPACING = "spacing"  #: too near to another visit to the same school
    VISITS_PER_SITE = "visits_per_site"  #: the school has had all its visits
    TEAMS_AT_ONCE = "teams_at_once"  #: too many teams at the school
    VISITS_PER_DAY = "visits_per_day"  #: the team has made all visits of its day
    DRIVING_LIMIT = "driving_limit"  #: the team would drive too long
    KIT_DAY_CAP = "kit_day_cap"  #: the kits have recorded all they may on a day
    ONE_VISIT = "one_visit"  #: the school takes one visit: it had it, or none has room
    RESERVE_DAYS = "reserve_days"  #: the days left are kept free for making up
    TEAM_DAY_BUDGET = "team_day_budget"  #: all team-days of the budget are used
    SHORT = "short"  #: the best day is some minutes too short
    FULL = "full"  #: every team-day that could meet them is full
    SEVERAL = "several"  #: several limits at once; to lift one of them is not enough
    MISSED = "missed"  #: there is room for a visit that pays; the search stopped before it


#: The check that a reason goes by where it is not the reason's own name.
_CHECKS = {"room_for_all": Reason.ONE_VISIT}

#: Reasons that are a constraint of the plan, the most particular first.
CONSTRAINT_REASONS: dict[Reason, type[ask.Constraint]] = {
    Reason.FORBIDDEN: ask.Forbidden,
    Reason.ONE_VISIT: ask.OneVisit,
    Reason.FEWEST_PUPILS: ask.FewestPupils,
    Reason.SPACING: ask.Spacing,
    Reason.VISITS_PER_SITE: ask.VisitsPerSite,
    Reason.TEAMS_AT_ONCE: ask.TeamsAtOnce,
    Reason.VISITS_PER_DAY: ask.VisitsPerDay,
    Reason.DRIVING_LIMIT: ask.DrivingLimit,
    Reason.KIT_DAY_CAP: ask.KitDayCap,
    Reason.RESERVE_DAYS: ask.ReserveDays,
    Reason.TEAM_DAY_BUDGET: ask.TeamDayBudget,
}
_BY_CHECK = {reason.value: reason for reason in CONSTRAINT_REASONS} | _CHECKS


def reason_of(check: str) -> Reason | None:
    """Return the reason for a check, None where no constraint stands behind it."""
    return _BY_CHECK.get(check)


@attrs.frozen(kw_only=True)
class LeftOutPupils:
    """
    Pupils of one site and one priority class who wait when the horizon is over, and why.

    Attributes:
        site: The site.
        priority: Their priority class.
        pupils: How many are expected to be left, in hundredths.
        reason: What a trial showed to stand against recording them.
        amount: Minutes short (`TOO_FAR`, `SHORT`), team-days that are full (`FULL`), open days
            missed (`AWAY`, `NO_TEAM`), or what a constraint counted.
        limit: What the constraint allows or asks; else None.
        team: Team of the best trial, None when the reason is about the site alone.
        day: Day of the best trial, the day they come of age (`NOT_YET`), the last open day
            (`NO_SESSION`); None when there is none.
        brings: Hundredths of pupils that the trial would bring at the site.
        price: Hundredths of a pupil that it would cost; waiting and weights are counted in, so
            that `brings` less `price` is what the plan would gain.
        visits: What the team does on the day of the trial, in the problem without the limit.
        parts: The reasons that only together let a trial through (`SEVERAL`), each with its own
            figures; empty when no trial went through. Limits that the trial lifted and that it
            would not pay to lift (`NOT_WORTH`).
    """

    site: int
    priority: int = 0
    pupils: int = 0
    reason: Reason
    amount: int = 0
    limit: int | None = None
    team: int | None = None
    day: int | None = None
    brings: int = 0
    price: int = 0
    visits: tuple[SiteVisit, ...] = attrs.field(default=(), repr=False)
    parts: tuple[LeftOutPupils, ...] = ()

    @property
    def reasons(self) -> frozenset[Reason]:
        """The reason and those of its parts."""
        return frozenset({self.reason}).union(*(part.reasons for part in self.parts))
