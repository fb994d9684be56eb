"""
The optional constraints of a plan, each one object: what it asks, in integers.

`checker` holds a finished plan against them. The search keeps inside them: `search.data` looks up
what they ask, `search.route`, `search.state` and `search.insertion` refuse what would break them.
Checker and search share no code.
Floors and dates come before the value of a plan and are never violated: a plan comes as near to
them as it can and says what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs


@attrs.frozen
class Constraint:
    """Base of all constraints."""

    @staticmethod
    def tightest(numbers: Sequence[int]) -> int:
        """Return the number that implies the others: the least, where it is an upper limit."""
        return min(numbers)


@attrs.frozen
class _AtLeast(Constraint):
    @staticmethod
    def tightest(numbers: Sequence[int]) -> int:
        return max(numbers)


@attrs.frozen
class VisitsPerDay(Constraint):
    """A team makes at most *most* visits on one day."""

    most: int


@attrs.frozen
class VisitsPerSite(Constraint):
    """A site receives at most *most* visits, those already held included."""

    most: int


@attrs.frozen
class Spacing(_AtLeast):
    """Two visits to a site, held ones included, are on one day or at least *days* days apart."""

    days: int


@attrs.frozen
class TeamsAtOnce(Constraint):
    """At most *most* teams stay at a site in the same minute."""

    most: int


@attrs.frozen
class FewestPupils(_AtLeast):
    """
    A visit after a site's first one, held or planned, is expected to record *pupils* or more.

    Expected if the visit takes place.
    """

    pupils: int


@attrs.frozen
class DrivingLimit(Constraint):
    """A team drives at most *minutes* on one day, from leaving its base to coming home."""

    minutes: int


@attrs.frozen
class KitDayCap(Constraint):
    """The visits of a team's day have room for at most *pupils* per kit."""

    pupils: int


@attrs.frozen
class ReserveDays(_AtLeast):
    """
    Each team keeps its last *days* working days free, until the first of them is reached.

    Days on which no site is open do not count. A team that works on no more days than that keeps
    none.
    """

    days: int


@attrs.frozen
class TeamDayBudget(Constraint):
    """
    All teams together go out on at most *most* days.

    Attributes:
        most: Team-days, those before today included.
        first: First day that counts.
        last: Last day that counts.
    """

    most: int
    first: int
    last: int


@attrs.frozen
class Forbidden(Constraint):
    """*team* never visits *site*: lacks what the site needs, or is not wanted there."""

    team: int
    site: int


@attrs.frozen
class OneVisit(Constraint):
    """*site* is visited at most once, with room for all who wait there on that day."""

    site: int


@attrs.frozen
class Pinned(Constraint):
    """
    The plan holds this visit.

    Attributes:
        start: Minute at which the stay begins, or None to let the plan choose.
        pupils: Fewest pupils the pinned visit has room for.
    """

    team: int
    day: int
    site: int
    start: int | None = None
    pupils: int = 0


@attrs.frozen
class Floor(Constraint):
    """At least *pupils* of a *district* are expected to be recorded."""

    district: int
    pupils: int


@attrs.frozen
class ReachedBy(Constraint):
    """
    Everybody who waits in *district* on *day* has been called once by then.

    Room is needed for those of them who are expected to come.
    """

    district: int
    day: int
