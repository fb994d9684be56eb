"""What planning answers: visits in integers, what they are expected to bring, and their value."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from school_ektp.model import arguments


@attrs.frozen(kw_only=True, order=True)
class SiteVisit:
    """
    One stay of one team at one site. It calls everybody who waits and is at school.

    Attributes:
        arrive: Minute the team reaches the site.
        start: Minute set-up begins, at or after `arrive` and the opening of the session.
        end: Minute pack-down is done.
        room: Pupils for whom there is time.
    """

    day: int
    team: int
    start: int
    site: int
    arrive: int
    end: int
    room: int


def _in_order(visits: Iterable[SiteVisit]) -> tuple[SiteVisit, ...]:
    return tuple(sorted(arguments.several("Solution", "visits", visits, SiteVisit, "SiteVisit")))


@attrs.frozen
class Solution:
    """
    Visits of all teams and days.

    Attributes:
        visits: Sorted by day, team and start, so that equal plans compare equal.
    """

    visits: tuple[SiteVisit, ...] = attrs.field(default=(), converter=_in_order)


@attrs.frozen(kw_only=True)
class Expected:
    """
    What one visit is expected to bring, visits that fail counted in.

    Attributes:
        waiting: Hundredths of pupils of each group who are expected to wait and be at school.
        recorded: Hundredths of pupils of each group expected to be recorded.
        if_held: Hundredths of pupils expected to be recorded if the visit takes place.
        worth: Millionths of a pupil that those recorded are worth.
    """

    waiting: tuple[int, ...]
    recorded: tuple[int, ...]
    if_held: int
    worth: int

    @property
    def pupils(self) -> int:
        """Hundredths of pupils of all groups expected to be recorded."""
        return sum(self.recorded)


@attrs.frozen(kw_only=True)
class Value:
    """
    What a plan is worth, and the parts that make it up.

    Attributes:
        shortfall: Hundredths of pupils missing to floors and dates; comes before all else.
        recorded: Hundredths of pupils expected to be recorded, for each priority class.
        worth: Millionths of a pupil that they are worth: weighted, less what waiting loses.
        visits: Visits planned.
        team_days: Days on which a team goes out, counted for each team.
        driving: Minutes driven.
        costs: Millionths of a pupil that visits, team-days and driving cost.
    """

    shortfall: int
    recorded: tuple[int, ...]
    worth: int
    visits: int
    team_days: int
    driving: int
    costs: int

    @property
    def total(self) -> int:
        """The value in millionths of a pupil."""
        return self.worth - self.costs

    @property
    def rank(self) -> tuple[int, int]:
        """What plans are compared by; the greater is the better plan."""
        return -self.shortfall, self.total

    @property
    def pupils(self) -> int:
        """Hundredths of pupils expected to be recorded."""
        return sum(self.recorded)
