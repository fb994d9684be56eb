"""
The planning problem in integers: sites, teams, days, minutes, luck and worth.

Planning knows no names, dates, files or persons.
A *site* is a school by its number, a *team* a field team by its number, a *day* counts from 0
at the first day of the horizon, a *minute* counts from midnight.
Nodes of a travel matrix are the sites in order, then the teams' bases.
Rates are thousandths, expectations hundredths of a pupil, values millionths of a pupil.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias, TypeVar

import attrs

from school_ektp.planning.constraints import Constraint, ReserveDays

Window: TypeAlias = tuple[int, int]  # from minute, to minute, of one day
Matrix: TypeAlias = tuple[tuple[int, ...], ...]  # minutes from node to node
Kind = TypeVar("Kind", bound=Constraint)

PUPIL = 1_000_000  # the value of one pupil, in millionths
EXPECTED = 100  # one pupil, in hundredths
ALL = 1_000  # a rate of one, in thousandths


@attrs.frozen(kw_only=True)
class Group:
    """
    Pupils of one site who wait alike: same priority, same absences.

    Attributes:
        priority: 0 is recorded first.
        arrivals: (day, pupils who start waiting on it), days ascending; day 0 holds everyone
            who already waits when the horizon begins. Pupils keep waiting until recorded.
        away: Days on which the group is not at school (industry placement, class exams).
        stayed_away: How many of those waiting were called before today and stayed away once,
            twice, and so on; the others are called for the first time.
    """

    priority: int = 0
    arrivals: tuple[tuple[int, int], ...] = attrs.field(
        repr=lambda steps: f"<{sum(pupils for _, pupils in steps)} pupils>"
    )
    away: frozenset[int] = frozenset()
    stayed_away: tuple[int, ...] = ()

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
        district: Number of the kecamatan, for floors and dates.
        turnout: Thousandths of the pupils called for the first time who come.
        turnout_again: Thousandths of those called who stayed away before who come.
        held: Days before today on which the site was visited, ascending, one for each visit.
        outage: Thousandths of days on which it cannot be worked at; None as `Luck` has it.
    """

    groups: tuple[Group, ...]
    sessions: tuple[tuple[Window, ...], ...]
    district: int = 0
    turnout: int = ALL
    turnout_again: int = ALL
    held: tuple[int, ...] = ()
    outage: int | None = None

    def waiting(self, day: int) -> int:
        """Return how many wait and are at school on *day* if nobody is recorded meanwhile."""
        return sum(group.arrived(day) for group in self.groups if day not in group.away)


@attrs.frozen(kw_only=True)
class FieldTeam:
    """
    A team as planning sees it.

    Attributes:
        start: Node where each day begins.
        end: Node where each day ends.
        shifts: For each day, when the team may leave `start` and must be at `end`; None when off.
        breaks: For each day, windows in which nothing moves: neither driving nor a stay goes on.
            A stay or a drive that meets a break is interrupted and goes on after it.
        kits: Recording kits for each day; a day with none is a day off.
        minutes_per_pupil: For each site, minutes one kit needs per pupil; 0 records all at once.
        setup: For each site, minutes of set-up in each visit.
        packdown: For each site, minutes of pack-down in each visit.
        travel: Which of the problem's travel matrices the team drives by.
        out: Days before today on which the team went out, for budgets.
        day_lost: Thousandths of days on which it cannot go out; None as `Luck` has it.
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
    out: frozenset[int] = frozenset()
    day_lost: int | None = None

    def works(self, day: int) -> bool:
        """Return whether the team can go out on *day*."""
        return self.shifts[day] is not None and self.kits[day] > 0


@attrs.frozen(kw_only=True)
class Luck:
    """
    What is expected to go wrong, in thousandths; without arguments, nothing does.

    Attributes:
        never: Pupils who never come, however often they are called.
        turnout_spread: Standard deviation of a visit's turn-out, as a share of it.
        room_spread: Standard deviation of the pupils a visit has time for, as a share of them
            (a team is slower on some days than on others).
        day_lost: Days on which a team cannot go out, if it has no rate of its own.
        system_down: Days on which nobody can record.
        outage: Days on which a site cannot be worked at, if it has no rate of its own.
    """

    never: int = 0
    turnout_spread: int = 0
    room_spread: int = 0
    day_lost: int = 0
    system_down: int = 0
    outage: int = 0

    @cached_property
    def held(self) -> int:
        """Thousandths of the visits that take place, of teams and sites without own rates."""
        return self.held_by(self.day_lost, self.outage)

    def held_by(self, day_lost: int, outage: int) -> int:
        """Return thousandths of the visits that take place at these rates of team and site."""
        share = (ALL - day_lost) * (ALL - self.system_down) * (ALL - outage)
        return (share + ALL * ALL // 2) // (ALL * ALL)


@attrs.frozen(kw_only=True)
class Price:
    """
    What a plan costs, in millionths of a pupil; without arguments, only pupils count.

    Attributes:
        visit: Of each visit.
        team_day: Of each day on which a team goes out.
        driving_minute: Of each minute driven.
        waiting: Thousandths of a pupil's worth lost with each day of waiting.
        weights: Tenths that a pupil of each priority class counts; 10 beyond the last.
    """

    visit: int = 0
    team_day: int = 0
    driving_minute: int = 0
    waiting: int = 0
    weights: tuple[int, ...] = ()

    def weight(self, priority: int) -> int:
        """Return the tenths that a pupil of a priority class counts."""
        return self.weights[priority] if priority < len(self.weights) else 10


@attrs.frozen(kw_only=True)
class VisitProblem:
    """
    Everything a plan must respect and everything it is valued by.

    Attributes:
        days: Length of the horizon; days are numbered 0 to days - 1.
        sites: The schools.
        teams: The teams.
        travel: Matrices of driving minutes over nodes, closed under the triangle inequality.
        constraints: What is asked beyond hours and travel.
        luck: What is expected to go wrong.
        price: What visits, team-days, driving and waiting cost.
        today: First day that can still be planned; days before it are past.
    """

    days: int
    sites: tuple[Site, ...]
    teams: tuple[FieldTeam, ...]
    travel: tuple[Matrix, ...]
    constraints: tuple[Constraint, ...] = ()
    luck: Luck = Luck()
    price: Price = Price()
    today: int = 0

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

    def all_of(self, kind: type[Kind]) -> Iterator[Kind]:
        """Yield the constraints of one kind."""
        return (rule for rule in self.constraints if isinstance(rule, kind))

    def limit(self, kind: type[Kind]) -> int | None:
        """Return the tightest number that constraints of *kind* ask for, None without any."""
        numbers = [next(iter(attrs.astuple(rule))) for rule in self.all_of(kind)]
        return kind.tightest(numbers) if numbers else None

    def day_lost(self, team: int) -> int:
        """Return thousandths of days on which a team cannot go out."""
        own = self.teams[team].day_lost
        return self.luck.day_lost if own is None else own

    def outage(self, site: int) -> int:
        """Return thousandths of days on which a site cannot be worked at."""
        own = self.sites[site].outage
        return self.luck.outage if own is None else own

    @cached_property
    def held(self) -> tuple[tuple[int, ...], ...]:
        """For each site, thousandths of each team's visits that take place; the most last."""
        lost = [*map(self.day_lost, range(len(self.teams)))] or [self.luck.day_lost]
        lost.append(min(lost))
        return tuple(
            tuple(self.luck.held_by(one, self.outage(site)) for one in lost)
            for site in range(len(self.sites))
        )

    def can_work(self, team: int, day: int) -> bool:
        """Return whether a team can go out on *day*: at work, not past, not kept free."""
        if day < self.today or (team, day) in self.kept_free:
            return False
        return self.teams[team].works(day)

    @cached_property
    def open_days(self) -> tuple[int, ...]:
        """Days on which some site is open, ascending."""
        return tuple(
            day for day in range(self.days) if any(one.sessions[day] for one in self.sites)
        )

    def days_out(self, team: int) -> list[int]:
        """Return the days, past ones included, on which a team works and some site is open."""
        return [day for day in self.open_days if self.teams[team].works(day)]

    @cached_property
    def kept_free(self) -> frozenset[tuple[int, int]]:
        """
        All (team, day) that are kept free for making up.

        They are a team's last days on which it could make up anything. They are opened once the
        first of them is today or past. Where they are all its days, none is kept: nothing would be
        left to make up for.
        """
        days = self.limit(ReserveDays) or 0
        kept = set()
        for number in range(len(self.teams)):
            out = self.days_out(number)
            last = out[-days:] if 0 < days < len(out) else []
            if last and last[0] > self.today:
                kept |= {(number, day) for day in last}
        return frozenset(kept)


def recording_minutes(room: int, *, kits: int, minutes_per_pupil: int) -> int:
    """Return the minutes that *kits* working side by side need: whole rounds of pupils."""
    return minutes_per_pupil * -(-room // kits)
