"""What planning answers: visits in integers, and how good they are in the order of the goals."""

from __future__ import annotations

from collections.abc import Iterable

import attrs


@attrs.frozen(kw_only=True, order=True)
class SiteVisit:
    """
    One stay of one crew at one site.

    Attributes:
        arrive: Minute the crew reaches the site.
        start: Minute set-up begins, at or after `arrive` and the opening of the session.
        end: Minute pack-down is done.
        called: Pupils asked to come, for each group of the site.
        recorded: Pupils expected to be recorded, for each group of the site.
    """

    day: int
    crew: int
    start: int
    site: int
    arrive: int
    end: int
    called: tuple[int, ...]
    recorded: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """All pupils expected to be recorded in this visit."""
        return sum(self.recorded)


def _in_order(visits: Iterable[SiteVisit]) -> tuple[SiteVisit, ...]:
    return tuple(sorted(visits))


@attrs.frozen
class Solution:
    """
    Visits of all crews and days.

    Attributes:
        visits: Sorted by day, crew and start, so that equal plans compare equal.
    """

    visits: tuple[SiteVisit, ...] = attrs.field(default=(), converter=_in_order)


@attrs.frozen(order=True)
class Score:
    """
    The goals in strict order; the greater score is the better plan.

    Attributes:
        floors: Minus the pupils missing to the floors of districts.
        recorded: Pupils recorded, for each priority class.
        equity: Least district coverage in thousandths, 0 when equity is not asked.
        team_days: Minus the crew-days in use.
        driving: Minus the minutes driven.
        earliness: Minus the sum over recorded pupils of the day of their visit.
    """

    floors: int
    recorded: tuple[int, ...]
    equity: int
    team_days: int
    driving: int
    earliness: int

    @property
    def pupils(self) -> int:
        """All pupils recorded."""
        return sum(self.recorded)
