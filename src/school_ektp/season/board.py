"""Who waits where while a season is played, and the moves from place to place."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.risks import Risks
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.line import Queue, Rates, WaitingLine, present, shared
from school_ektp.season.rosters import KnownPupil


class Circumstanced(Protocol):
    """What has schools, teams, a calendar and risks: a plan, or a season."""

    @property
    def schools(self) -> tuple[School, ...]:
        """All schools."""

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams."""

    @property
    def calendar(self) -> VisitCalendar:
        """The season."""

    @property
    def risks(self) -> Risks:
        """What is expected to go wrong."""


@attrs.frozen
class Departure:
    """Pupils who left the line of a school, for a roster that does not know of it."""

    day: dt.date
    pupils: int
    class_name: str
    priority: int | None = None

    def again(self, line: WaitingLine) -> None:
        """Let them leave another line of the same school."""
        line.leave(self.day, self.pupils, line.of_class(self.class_name, self.priority))


def rates_at(risks: Risks, npsn: str) -> Rates:
    """Return the shares who come at a school."""
    return Rates(risks.turnout_at(npsn), risks.turnout_again_at(npsn))


class Board:
    """
    The waiting lines of all schools and the places of their pupils, as a season is played.

    Attributes:
        lines: Who waits at each school.
        places: Pupils by site and place, see `pupil_places.PLACES`.
        departures: Who left the line of each school, for rosters that do not know of it.
        gone: Keys of pupils who need not wait any more.
        times: How often pupils known by key stayed away.
        settled: Of each group, who came or was missed on the day that is played.
        issues: What there is to report.
    """

    def __init__(self, season: Circumstanced, people: Iterable[KnownPupil]) -> None:
        self.schools: dict[str, School] = {school.npsn: school for school in season.schools}
        self.teams: dict[str, Team] = {team.name: team for team in season.teams}
        self.calendar, self.risks = season.calendar, season.risks
        self.people = {one.key: one for one in people}
        self.times: Counter[str] = Counter()  # a pupil known by key stayed away
        self.gone: set[str] = set()
        self.lines: dict[str, WaitingLine] = {}
        self.places: Counter[tuple[str, str]] = Counter()
        self.departures: defaultdict[str, list[Departure]] = defaultdict(list)
        self.settled: Counter[int] = Counter()  # of a group, came or missed on the day played
        self.issues: list[SeasonIssue] = []

    def line(self, npsn: str) -> WaitingLine:
        """Return the waiting line of a school; an empty one if no roster has it."""
        if npsn not in self.lines:
            empty = SchoolDemand(npsn=npsn, groups=())
            self.lines[npsn] = WaitingLine(empty, rates_at(self.risks, npsn))
        return self.lines[npsn]

    def called(self, site: str, day: dt.date, class_name: str) -> list[Queue]:
        """Return the groups that a visit calls: those of the class that are at school."""
        school, line = self.schools[site], self.line(site)
        return present(
            line.of_class(class_name), lambda name: self.calendar.class_away(school, name, day)
        )

    def depart(
        self, site: str, place: str, day: dt.date, pupils: int, queues: Sequence[Queue]
    ) -> int:
        """Let *pupils* leave for a place; return how many more than waited they are."""
        if pupils <= 0:
            return 0
        over = self.line(site).leave(day, pupils, queues)
        self.places[site, place] += pupils - over
        classes = {queue.group.class_name for queue in queues}
        only = next(iter(classes)) if len(classes) == 1 else ""
        self.departures[site].append(Departure(day, pupils - over, only))
        return over

    def depart_known(self, site: str, place: str, day: dt.date, key: str) -> bool:
        """Let a pupil known by key leave; False if the roster of the school does not know it."""
        person = self.people.get(key)
        if person is None or person.site != site or person.priority is None:
            return False
        queues = self.line(site).of_class(person.class_name, person.priority)
        if not any(queue.leave_known(day, self.times[key]) for queue in queues):
            return False
        self.gone.add(key)
        self.places[site, place] += 1
        self.departures[site].append(Departure(day, 1, person.class_name, person.priority))
        return True

    def stay_away_known(self, site: str, day: dt.date, key: str) -> bool:
        """Let a pupil known by key stay away; False if the roster does not know it."""
        self.times[key] += 1
        person = self.people.get(key)
        if person is None or person.site != site or person.priority is None:
            return False
        for queue in self.line(site).of_class(person.class_name, person.priority)[:1]:
            queue.stay_away_known(day, self.times[key] - 1)
            self.settled[id(queue)] += 1
            return True
        return False

    def stay_away(self, site: str, day: dt.date, pupils: int, queues: Sequence[Queue]) -> int:
        """Let *pupils* stay away, of those not seen on that day; return how many did."""
        line = self.line(site)
        weights = [queue.waiting(day) - queue.likely(day, line.rates) for queue in queues]
        parts = shared(max(pupils, 0), weights, self.unseen(day, queues))
        for queue, part in zip(queues, parts, strict=True):
            queue.stay_away(day, part, line.rates)
            self.settled[id(queue)] += part
        return sum(parts)

    def stay(self, site: str, day: dt.date, pupils: int, queues: Sequence[Queue]) -> None:
        """Note that *pupils* came and still wait."""
        rates = self.line(site).rates
        weights = [queue.likely(day, rates) for queue in queues]
        parts = shared(pupils, weights, self.unseen(day, queues))
        for queue, part in zip(queues, parts, strict=True):
            self.settled[id(queue)] += part

    def unseen(self, day: dt.date, queues: Iterable[Queue]) -> list[int]:
        """Return how many of each group wait and were not seen or missed on that day."""
        return [max(queue.waiting(day) - self.settled[id(queue)], 0) for queue in queues]

    def outside(
        self,
        site: str,
        place: str,
        day: dt.date,
        pupils: int,
        *,
        team: str = "",
        class_name: str = "",
    ) -> None:
        """Count pupils who are recorded and on no roster."""
        if pupils:
            self.places[site, "outside"] += pupils
            self.places[site, place] += pupils
            self.note("more_than_waited", day, team, site, class_name, amount=pupils)

    def note(
        self,
        kind: str,
        day: dt.date,
        team: str = "",
        site: str = "",
        class_name: str = "",
        *,
        amount: int = 0,
        reason: str = "",
    ) -> None:
        """Note something to report."""
        issue = SeasonIssue(kind, day, team, site, class_name, amount=amount, reason=reason)
        self.issues.append(issue)
