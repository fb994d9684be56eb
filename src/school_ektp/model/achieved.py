"""How far a season has come: target against actual, counted for a page that is sent upwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs


@attrs.frozen(kw_only=True)
class Achieved:
    """
    Pupils of a season, or of a part of it, each counted once.

    Attributes:
        before: Recorded in the season before the days that are reported.
        recorded: Recorded at visits and at the office in the days that are reported.
        presumed: Not reported yet: as many as were expected at visits without an outcome.
        stayed_away: Wait now; were called and did not come.
        waiting: Wait now; were never called.
        later: Come of age by the last day.
        outside: Recorded too, but on no roster, so that no target counts them.
        planned: What the first plan expected by now.
        to_come: What the plan of today expects from now on.
    """

    before: int = 0
    recorded: int = 0
    presumed: int = 0
    stayed_away: int = 0
    waiting: int = 0
    later: int = 0
    outside: int = 0
    planned: int = 0
    to_come: int = 0

    @property
    def target(self) -> int:
        """All who are to be recorded in the season, those recorded among them."""
        still = self.stayed_away + self.waiting + self.later
        return self.before + self.recorded + self.presumed + still

    @property
    def so_far(self) -> int:
        """Recorded in the season, as reported and as presumed."""
        return self.before + self.recorded + self.presumed

    @classmethod
    def total(cls, parts: Iterable[Achieved]) -> Achieved:
        """Return the sum of parts."""
        several = tuple(parts)
        names = (field.name for field in attrs.fields(cls))
        return cls(**{name: sum(getattr(part, name) for part in several) for name in names})


@attrs.frozen(kw_only=True)
class AtDate:
    """
    The season at the end of a day.

    Attributes:
        day: The date.
        due: Pupils who began to wait by then, recorded since or not.
        planned: What the first plan expected to be recorded by then.
        recorded: Recorded by then, as reported and presumed; None for days to come.
        expected: The same, and on days to come what the plan of today expects.
        low: Nine seasons of ten reach it: P10 of `expected`.
        high: One season of ten reaches it: P90 of `expected`.
    """

    day: dt.date
    due: int
    planned: int
    recorded: int | None
    expected: int
    low: int
    high: int


@attrs.frozen(kw_only=True)
class SiteProgress:
    """One school: its names, its kecamatan, and how far it has come."""

    site: str
    name: str
    kecamatan: str
    achieved: Achieved


@attrs.frozen(kw_only=True)
class TeamProgress:
    """
    One team, of visits with a known outcome.

    Attributes:
        team: Its name.
        visits: Visits that took place.
        failed: Planned visits that did not.
        team_days: Days on which it was at a school.
        called: Pupils called.
        came: Those of them who came.
        recorded: Pupils recorded, walk-ins among them.
        expected: What the plan expected of the visits that were planned, held or not.
    """

    team: str
    visits: int
    failed: int
    team_days: int
    called: int
    came: int
    recorded: int
    expected: int


@attrs.frozen(kw_only=True)
class ClassProgress:
    """
    One class of a school, as far as the roster tells classes apart.

    Attributes:
        site: The school.
        class_name: The class (rombel); empty for pupils of no class that is told apart.
        gone: Recorded, or found not to be waited for, since the roster.
        waiting: Wait now.
        later: Come of age by the last day.
    """

    site: str
    class_name: str
    gone: int
    waiting: int
    later: int


@attrs.frozen(kw_only=True)
class SeasonProgress:
    """
    How far a season has come on the morning of a day.

    Attributes:
        on: The day; what happened before it counts.
        since: First day of those that are reported.
        last_day: Last day of the season.
        dates: The curve, one point for each day of the season.
        sites: By NPSN.
        classes: By NPSN and class.
        teams: By name.
        office_only: Recorded at the office without a school being known.
        low: Pupils of the whole season that nine seasons of ten reach.
        high: Pupils of the whole season that one season of ten reaches.
        walk_ins: Pupils on no roster who are expected to walk in at visits from now on, at the rate
            that was learnt; no plan counts on them.
        at_office: Pupils expected at the office by the last day, if as many come as in the season
            so far; the plan expects some of them at visits.
        at_office_low: What nine seasons of ten reach of that, as the days so far differ.
        at_office_high: What one season of ten reaches.
    """

    on: dt.date
    since: dt.date
    last_day: dt.date
    dates: tuple[AtDate, ...] = attrs.field(repr=False)
    sites: tuple[SiteProgress, ...] = attrs.field(repr=False)
    classes: tuple[ClassProgress, ...] = attrs.field(repr=False)
    teams: tuple[TeamProgress, ...] = attrs.field(repr=False)
    office_only: int = 0
    low: int
    high: int
    walk_ins: int = 0
    at_office: int = 0
    at_office_low: int = 0
    at_office_high: int = 0

    @property
    def total(self) -> Achieved:
        """All schools together."""
        return Achieved.total(one.achieved for one in self.sites)

    @property
    def on_no_roster(self) -> int:
        """Pupils recorded so far who are in no target; the curve, `low` and `high` count them."""
        return self.total.outside + self.office_only

    @property
    def besides(self) -> dict[str, int]:
        """Who is expected besides the plan, and the span of those at the office."""
        return {
            "walk_ins": self.walk_ins,
            "at_office": self.at_office,
            "low": self.at_office_low,
            "high": self.at_office_high,
        }

    @property
    def by_kecamatan(self) -> dict[str, Achieved]:
        """Schools of a kecamatan together, by its name."""
        names = sorted({one.kecamatan for one in self.sites})
        return {
            name: Achieved.total(one.achieved for one in self.sites if one.kecamatan == name)
            for name in names
        }
