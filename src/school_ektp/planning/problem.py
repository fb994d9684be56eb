"""
The planning problem in integers: sites, crews, days and minutes.

Planning knows no names, dates, files or persons.
A *site* is a school by its number, a *crew* is a team by its number, a *day* counts from
0 at the first day of the horizon, a *minute* counts from midnight.
Nodes of a travel matrix are the sites in order, then the crews' bases.
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

import attrs

from school_ektp.planning.rules import Rule

Window: TypeAlias = tuple[int, int]  # from minute, to minute, of one day
Matrix: TypeAlias = tuple[tuple[int, ...], ...]  # minutes from node to node


@attrs.frozen(kw_only=True)
class Group:
    """
    Pupils of one site who wait alike: same priority, same absences.

    Attributes:
        priority: 0 is recorded first.
        arrivals: (day, pupils who start waiting on it), days ascending; day 0 holds everyone
            who already waits when the horizon begins. Pupils keep waiting until recorded.
        away: Days on which the group is not at school (industry placement, class exams).
    """

    priority: int = 0
    arrivals: tuple[tuple[int, int], ...]
    away: frozenset[int] = frozenset()

    def arrived(self, day: int) -> int:
        """Return how many have started to wait on or before *day*, recorded or not."""
        return sum(pupils for first, pupils in self.arrivals if first <= day)


@attrs.frozen(kw_only=True)
class Site:
    """
    A school as planning sees it.

    Attributes:
        groups: Waiting pupils, in the order in which a visit calls them: priority ascending.
        sessions: For each day, the windows in which a stay (set-up, recording, pack-down) must
            lie; one stay lies in one window. No window: the site is closed.
        district: Number of the kecamatan, for floors and equity.
        turnout: Percent of the pupils called who come, 1 to 100.
    """

    groups: tuple[Group, ...]
    sessions: tuple[tuple[Window, ...], ...]
    district: int = 0
    turnout: int = 100


@attrs.frozen(kw_only=True)
class Crew:
    """
    A team as planning sees it.

    Attributes:
        start: Node where each day begins.
        end: Node where each day ends.
        shifts: For each day, when the crew may leave `start` and must be at `end`; None when off.
        breaks: For each day, windows in which nothing moves: neither driving nor a stay goes on.
            A stay or a drive that meets a break is interrupted and goes on after it.
        kits: Recording kits for each day; a day with none is a day off.
        minutes_per_pupil: For each site, minutes one kit needs per pupil; 0 records all at once.
        setup: For each site, minutes of set-up in each visit.
        packdown: For each site, minutes of pack-down in each visit.
        travel: Which of the problem's travel matrices the crew drives by.
    """

    start: int
    end: int
    shifts: tuple[Window | None, ...]
    breaks: tuple[tuple[Window, ...], ...]
    kits: tuple[int, ...]
    minutes_per_pupil: tuple[int, ...]
    setup: tuple[int, ...]
    packdown: tuple[int, ...]
    travel: int = 0

    def works(self, day: int) -> bool:
        """Return whether the crew can go out on *day*."""
        return self.shifts[day] is not None and self.kits[day] > 0


@attrs.frozen(kw_only=True)
class VisitProblem:
    """
    Everything a plan must respect and everything it is judged by.

    Attributes:
        days: Length of the horizon; days are numbered 0 to days - 1.
        sites: The schools.
        crews: The teams.
        travel: Matrices of driving minutes over nodes, closed under the triangle inequality.
        rules: What is asked beyond hours and travel, at most one rule of each kind but pins,
            forbidden pairs and floors.
        overbook: Call more pupils than there is time for, so that those who come fill the time.
        equity: Among plans that record equally many, prefer the highest least district coverage.
    """

    days: int
    sites: tuple[Site, ...]
    crews: tuple[Crew, ...]
    travel: tuple[Matrix, ...]
    rules: tuple[Rule, ...] = ()
    overbook: bool = True
    equity: bool = False

    @cached_property
    def priorities(self) -> int:
        """Number of priority classes, at least one."""
        ranks = (group.priority for site in self.sites for group in site.groups)
        return 1 + max(ranks, default=0)

    @cached_property
    def pupils(self) -> int:
        """All pupils who wait on some day of the horizon."""
        last = self.days - 1
        return sum(group.arrived(last) for site in self.sites for group in site.groups)


def recording_minutes(pupils: int, *, kits: int, minutes_per_pupil: int) -> int:
    """Return the minutes that *kits* working side by side need: whole rounds of pupils."""
    return minutes_per_pupil * -(-pupils // kits)
