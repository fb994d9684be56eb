"""
Who waits at one school, group by group, as outcomes come in.

Counts do not say who the pupils were. Those recorded are taken from the groups in proportion to
how many of each were expected to come, the longest waiting first; those absent in proportion to
how many were expected to stay away. Of pupils known by key the group is known, and how often
they stayed away.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

import attrs

from school_ektp.model.classes import class_words
from school_ektp.model.demand import SchoolDemand, WaitingGroup

MOST_TIMES = 99  # times stayed away that are told apart

Key = TypeVar("Key", int, dt.date)


@attrs.frozen
class Rates:
    """Shares of those called who come: for the first time, and after they stayed away."""

    first: float
    again: float


@attrs.define
class Queue:
    """
    The waiting pupils of one group.

    Attributes:
        group: The group as the roster counts it.
        steps: Pupils of it who are not gone, by the day they begin to wait.
        away: How many of them stayed away once, twice, and so on.
    """

    group: WaitingGroup
    steps: Counter[dt.date]
    away: Counter[int] = attrs.field(factory=Counter)

    @classmethod
    def of(cls, group: WaitingGroup) -> Queue:
        """Return the queue of a group of which nobody is gone."""
        return cls(group, Counter(dict(group.steps)))

    @property
    def pupils(self) -> int:
        """Those not gone, whenever they begin to wait."""
        return self.steps.total()

    def waiting(self, day: dt.date) -> int:
        """Return how many wait on *day*."""
        return sum(some for first, some in self.steps.items() if first <= day)

    def again(self) -> int:
        """Return how many stayed away before."""
        return self.away.total()

    def fresh(self, day: dt.date) -> int:
        """Return how many wait on *day* and were never called."""
        return max(self.waiting(day) - self.again(), 0)

    def likely(self, day: dt.date, rates: Rates) -> float:
        """Return how many come on *day* if all are called."""
        return rates.first * self.fresh(day) + rates.again * self.again()

    def remember(self, day: dt.date, counts: Sequence[int]) -> tuple[int, ...]:
        """Note who of those who wait before *day* stayed away; return who does not belong here."""
        left, rest = self.waiting(day - dt.timedelta(days=1)), []
        for times, pupils in enumerate(counts, start=1):
            mine = min(pupils, left)
            self.away[times] += mine
            left -= mine
            rest.append(pupils - mine)
        self.away = +self.away
        return tuple(rest)

    def leave(self, day: dt.date, pupils: int, rates: Rates) -> None:
        """Let *pupils* who wait on *day* leave, the longest waiting first."""
        fresh, again = self.fresh(day), self.again()
        mine = (rates.first * fresh, rates.again * again)
        _, of_again = shared(pupils, mine, (fresh, again))
        self._take(pupils)
        self.forget(of_again)

    def leave_known(self, day: dt.date, times: int) -> bool:
        """Let one pupil leave who stayed away *times* times; False if the group is empty."""
        if not self.pupils:
            return False
        if times and self.away[times]:
            self.away[times] -= 1
        elif not self.fresh(day) and self.waiting(day):
            self.forget(1)
        self._take(1)
        return True

    def stay_away(self, day: dt.date, pupils: int, rates: Rates) -> None:
        """Let *pupils* who wait on *day* stay away once more."""
        fresh, again = self.fresh(day), self.again()
        mine = ((1 - rates.first) * fresh, (1 - rates.again) * again)
        of_fresh, of_again = shared(pupils, mine, (fresh, again))
        times = sorted(self.away)
        counts = [self.away[one] for one in times]
        moved = Counter({1: of_fresh})
        for one, some in zip(times, shared(of_again, counts, counts), strict=True):
            moved[min(one + 1, MOST_TIMES)] += some
            self.away[one] -= some
        self.away = +(self.away + moved)

    def stay_away_known(self, day: dt.date, times: int) -> None:
        """Let one pupil stay away who did so *times* times before."""
        if times and self.away[times]:
            self.away[times] -= 1
        elif not self.fresh(day):
            return
        self.away[min(times + 1, MOST_TIMES)] += 1

    def _take(self, pupils: int) -> None:
        self.steps = _less(self.steps, pupils)

    def forget(self, pupils: int) -> None:
        """Leave out *pupils* of those who stayed away, who did so the least first."""
        self.away = _less(self.away, pupils)


def _less(counts: Counter[Key], pupils: int) -> Counter[Key]:
    """Return counts less *pupils*, who are taken from the least key on."""
    left = Counter(counts)
    for key in sorted(left):
        gone = min(left[key], pupils)
        left[key] -= gone
        pupils -= gone
    return +left


class WaitingLine:
    """All groups of one school; what is reported to it changes it."""

    def __init__(self, demand: SchoolDemand, rates: Rates) -> None:
        self.demand, self.rates = demand, rates
        self.queues = [Queue.of(group) for group in demand.groups]

    def of_class(self, class_name: str, priority: int | None = None) -> list[Queue]:
        """Return the groups of a class; all of them if the demand does not tell it apart."""
        mine = [q for q in self.queues if priority in (None, q.group.priority)] or self.queues
        words = _words(class_name)
        return [q for q in mine if words and _words(q.group.class_name) == words] or mine

    def leave(self, day: dt.date, pupils: int, queues: Sequence[Queue]) -> int:
        """Let *pupils* of some groups leave and return how many more than waited they are."""
        weights = [queue.likely(day, self.rates) for queue in queues]
        parts = shared(pupils, weights, [queue.waiting(day) for queue in queues])
        for queue, part in zip(queues, parts, strict=True):
            queue.leave(day, part, self.rates)
        return pupils - sum(parts)

    def remembering(self, other: WaitingLine, day: dt.date) -> WaitingLine:
        """Take over from the line of an older roster who stayed away, and return this line."""
        for queue in self.queues:
            alike = [
                one
                for one in other.queues
                if one.group.priority == queue.group.priority
                if _words(one.group.class_name) == _words(queue.group.class_name)
            ]
            queue.away = sum((one.away for one in alike), Counter())
            queue.forget(max(queue.again() - queue.waiting(day), 0))
        return self

    def left(self, on: dt.date, recorded: int, set_aside: int) -> SchoolDemand:
        """Return who is left of the demand on a day, with these counts of those who do not wait."""
        groups = [attrs.evolve(q.group, steps=tuple(q.steps.items())) for q in self.queues]
        return attrs.evolve(
            self.demand,
            groups=tuple(groups),
            recorded=recorded,
            set_aside=set_aside,
            as_of=on,
        )


@cache
def _words(class_name: str) -> tuple[str, ...]:
    return class_words(class_name)


def shared(total: int, weights: Sequence[float], most: Sequence[int]) -> tuple[int, ...]:
    """
    Return *total* in whole parts near the weights, none above its *most*.

    What finds no room is left out; parts without weight get something only when the others are
    full. Ties go to the first.
    """
    total = min(total, sum(most))
    parts = [0] * len(most)
    while rest := total - sum(parts):
        open_ = [place for place, part in enumerate(parts) if part < most[place]]
        whole = sum(weights[place] for place in open_)
        wanted = {
            place: rest * weights[place] / whole if whole > 0 else rest / len(open_)
            for place in open_
        }
        given = _rounded(rest, wanted)
        for place, some in given.items():
            parts[place] += min(some, most[place] - parts[place])
    return tuple(parts)


def _rounded(total: int, wanted: dict[int, float]) -> dict[int, int]:
    """Round down, then give what is missing to the greatest remainders."""
    given = {place: int(some) for place, some in wanted.items()}
    by_rest = sorted(wanted, key=lambda place: (given[place] - wanted[place], place))
    for place in by_rest[: total - sum(given.values())]:
        given[place] += 1
    return given


def present(queues: Iterable[Queue], is_away: Callable[[str], bool]) -> list[Queue]:
    """Return the groups that are at school; all of them when none is."""
    several = list(queues)
    return [queue for queue in several if not is_away(queue.group.class_name)] or several
