"""Who still waits at a site on a day, given the visits that the plan holds already."""

from __future__ import annotations

from itertools import accumulate
from typing import TypeAlias

from school_ektp.planning.guards import MANY
from school_ektp.planning.search.routes import Counts, Routes

Waiting: TypeAlias = tuple[Counts, Counts]  # pupils to call and to record, by group

SPENT = -1  # key of `spent_until` among the days of `Routes.found`
EVERYBODY = 100  # percent of those called who come
NOBODY = -1  # no visit to leave out


class Ledger:
    """
    Pupils to call, by group, day by day.

    A visit takes pupils from all later visits to its site too, so what may be recorded on a day
    is the least that is left on any later day. Nobody is called twice on one day, so the order
    of a day's visits does not matter.
    """

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        self.overbook = routes.problem.overbook
        self.always = [not any(groups) for groups in routes.tables.away]  # nobody ever away

    def waiting(self, site: int, day: int) -> Waiting:
        """Return how many may be called, and how many recorded, in one more visit on *day*."""
        found = self.routes.found[site]
        if day not in found:
            found[day] = self.waiting_without(site, day, NOBODY)
        return found[day]

    def spent_until(self, site: int) -> int:
        """Return the last day up to which visits leave nobody to one more visit; -1 if none."""
        found = self.routes.found[site]
        if SPENT not in found:
            found[SPENT] = (self._last_spent(site),), ()
        return found[SPENT][0][0]

    def _last_spent(self, site: int) -> int:
        take, call = self.routes.take, self.routes.call
        arrived = self.routes.tables.arrived[site]
        days = self._by_day(self.routes.visits_of[site])
        before = [visit for _, visits in days for visit in visits]
        for when, visits in days:
            before = before[len(visits) :]
            for group, all_ in enumerate(arrived[when]):
                recorded = sum([take[visit][group] for visit in before])
                if all_ > recorded + sum([call[visit][group] for visit in visits]):
                    break
            else:
                return when
        return -1

    def _by_day(self, visits: list[int]) -> list[tuple[int, list[int]]]:
        """Return the days of *visits*, the last first, each with its visits."""
        day_of, route = self.routes.tables.day, self.routes.route
        days: dict[int, list[int]] = {}
        for visit in visits:
            days.setdefault(day_of[route[visit]], []).append(visit)
        return sorted(days.items(), reverse=True)

    def waiting_without(self, site: int, day: int, skip: int) -> Waiting:
        """
        Return the same when the visit *skip* is left out.

        Args:
            site: Site to visit.
            day: Day of the visit.
            skip: Visit that is about to be resized.
        """
        routes = self.routes
        tables = routes.tables
        arrived = tables.arrived[site]
        if not routes.visits_of[site] and self.always[site]:  # as in every whole-site problem
            return arrived[day], (MANY,) * len(arrived[day])
        call = [
            0 if day in away else pupils
            for pupils, away in zip(arrived[day], tables.away[site], strict=True)
        ]
        record = [MANY] * len(call)
        visits = [visit for visit in routes.visits_of[site] if visit != skip]
        if visits:
            self._spend(visits, day, arrived, call, record)
        return tuple(call), tuple(record)

    def _spend(
        self, visits: list[int], day: int, arrived: list[Counts], call: list[int], record: list[int]
    ) -> None:
        """Lower *call* and *record* by what the other *visits* need."""
        take, called = self.routes.take, self.routes.call
        days = self._by_day(visits)
        for group in range(len(call)):
            spent = sum([take[visit][group] for visit in visits])  # before the day looked at
            asked = 0  # on the day itself
            for when, today in days:
                if when < day:
                    break
                for visit in today:
                    spent -= take[visit][group]
                    asked += called[visit][group]
                if when == day:
                    break
                slack = arrived[when][group] - spent - asked
                if slack < record[group]:
                    record[group] = max(slack, 0)
                asked = 0
            call[group] = max(min(call[group], arrived[day][group] - spent - asked), 0)

    def offer(self, site: int, waiting: Waiting, time: int, most: int) -> tuple[Counts, Counts]:
        """
        Return whom a visit records and whom it calls: first those who are soonest out of reach.

        Args:
            site: Site to visit.
            waiting: What `waiting` gave.
            time: Most pupils there is time for: recorded if overbooked, else called.
            most: Most pupils to record for any other reason.
        """
        order = self.routes.tables.urgent[site]
        if order:
            call, record = waiting
            in_turn = tuple([call[group] for group in order]), tuple([record[g] for g in order])
            take, _ = self._in_turn(site, in_turn, time, most)
            shares = dict(zip(order, take, strict=True))
            waiting = call, tuple([shares[group] for group in range(len(call))])
        return self._in_turn(site, waiting, time, most)

    def _in_turn(self, site: int, waiting: Waiting, time: int, most: int) -> tuple[Counts, Counts]:
        """Return whom a visit records and whom it calls, one group after the other."""
        turnout = self.routes.tables.turnout[site]
        most_called = MANY if self.overbook else time
        most_recorded = min(time, most)
        take: list[int] = []
        call: list[int] = []
        taken = asked = 0
        for waits, limit in zip(*waiting, strict=True):
            ask = min(waits, most_called - asked)
            come = turnout * (asked + ask) // EVERYBODY - taken  # who may be recorded by now
            mine = min(come, ask, limit, most_recorded - taken)
            if mine < come:  # the next groups gain nothing by calls of this one
                ask = max(-(-EVERYBODY * (taken + mine) // turnout) - asked, mine, 0)
            take.append(mine)
            call.append(ask)
            taken += mine
            asked += ask
        _trim_calls(take, call, turnout)
        return tuple(take), tuple(call)

    def holds(self, site: int, waiting: Waiting, time: int, load: tuple[Counts, Counts]) -> bool:
        """
        Return whether a visit may record and call just those of *load*.

        Args:
            site: Site to visit.
            waiting: What `waiting` gave.
            time: Most pupils there is time for.
            load: Whom it records and whom it calls, by group.
        """
        take, call = load
        turnout = self.routes.tables.turnout[site]
        return (
            len(call) == len(waiting[0])
            and all(ask <= most for ask, most in zip(call, waiting[0], strict=True))
            and all(some <= most for some, most in zip(take, waiting[1], strict=True))
            and all(some <= ask for some, ask in zip(take, call, strict=True))
            and sum(take if self.overbook else call) <= time
            and all(
                came <= turnout * asked // EVERYBODY
                for came, asked in zip(accumulate(take), accumulate(call), strict=True)
            )
        )


def _trim_calls(take: list[int], call: list[int], turnout: int) -> None:
    """Call of the last group no more than it takes, and nobody of groups that give nobody."""
    for group in range(len(take) - 1, -1, -1):
        if take[group]:
            needed = -(-EVERYBODY * sum(take) // turnout) - sum(call[:group])
            call[group] = max(min(call[group], needed), take[group])
            return
        call[group] = 0
