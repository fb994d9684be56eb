"""The best team-day for given prices of pupils: dynamic programming over stops and minutes."""

from __future__ import annotations

from typing import Any

import attrs

from school_ektp.planning.exact.types import DayType
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import FewestPupils

NEVER = -1e18
CLOSE = 1e-9


@attrs.frozen
class TeamDay:
    """
    One way to spend a crew-day.

    Attributes:
        stops: (site, pupils) in the order of the visits.
        value: What it is worth at the prices it was found for.
    """

    stops: tuple[tuple[int, int], ...]
    value: float

    @property
    def pupils(self) -> dict[int, int]:
        """Pupils recorded at each site."""
        found: dict[int, int] = {}
        for site, pupils in self.stops:
            found[site] = found.get(site, 0) + pupils
        return found


@attrs.frozen
class _Labels:
    """
    The two best values for each stop and minute that came from different stops.

    Two are enough to forbid going back to the stop before the last: if the best came from
    there, the second did not (Christofides, Mingozzi and Toth 1981).
    """

    best: Any
    second: Any
    origin: Any  # of the best: number of the stop before, -1 at the base
    other: Any  # of the second


class Pricer:
    """
    Finds the team-day of one type that is worth most.

    A route may come back to a site after two others: a relaxation, so that what is found is worth
    at least as much as the best route without repeats.
    """

    def __init__(self, problem: VisitProblem, kind: DayType, most_stops: int | None) -> None:
        import numpy as np  # comes with highspy

        self.np = np
        self.kind = kind
        crew = problem.crews[kind.crew]
        keep = [number for number, cap in enumerate(kind.caps) if cap > 0]
        self.sites = [kind.spans[number][0] for number in keep]
        self.caps = [kind.caps[number] for number in keep]
        self.opens = [kind.spans[number][1] for number in keep]
        self.closes = [kind.spans[number][2] for number in keep]
        self.fixed = [crew.setup[site] + crew.packdown[site] for site in self.sites]
        self.pace = [crew.minutes_per_pupil[site] for site in self.sites]
        drive = problem.travel[crew.travel]
        self.ways = [[drive[a][b] for b in self.sites] for a in self.sites]
        self.fewest = max(
            (rule.pupils for rule in problem.rules if isinstance(rule, FewestPupils)), default=1
        )
        self.most_stops = most_stops or len(problem.sites) + kind.length
        self._lots = [[*self._sizes(number)] for number in range(len(self.sites))]

    def _sizes(self, number: int) -> list[tuple[int, int]]:
        """Return (minutes, pupils) of the stays at a site that can be worth it: whole rounds."""
        kits, cap, pace = self.kind.kits, self.caps[number], self.pace[number]
        if not pace:
            return [(self.fixed[number], cap)]
        room = self.closes[number] - self.opens[number] - self.fixed[number]
        rounds = min(-(-cap // kits), room // pace)
        least = -(-self.fewest // kits)  # rounds; others than those priced may fill them
        return [
            (self.fixed[number] + pace * one, min(cap, kits * one))
            for one in range(least, max(rounds, least) + 1)
            if pace * one <= room
        ]

    def best(self, prices: list[float], per_visit: list[float], most: int = 4) -> list[TeamDay]:
        """
        Return the team-days worth most, the best first; none when nothing is worth a day.

        Args:
            prices: What a pupil of each site is worth.
            per_visit: What a visit to each site costs.
            most: How many to return, each ending at another site.
        """
        stages: list[tuple[_Labels, _Labels]] = []
        ready = self._at_the_base()
        while self.sites and len(stages) < self.most_stops:
            done = self._stay(ready, prices, per_visit)
            if done.best.max() <= NEVER / 2:
                break
            stages.append((ready, done))
            ready = self._drive(done)
        return self._ranked(stages, prices, per_visit, most)

    def _empty(self) -> _Labels:
        np, shape = self.np, (len(self.sites), self.kind.length + 1)
        return _Labels(
            np.full(shape, NEVER),
            np.full(shape, NEVER),
            np.full(shape, -2, dtype=np.int32),
            np.full(shape, -2, dtype=np.int32),
        )

    def _at_the_base(self) -> _Labels:
        labels = self._empty()
        for number, opens in enumerate(self.opens):
            labels.best[number, opens] = 0.0
            labels.origin[number, opens] = -1
        return labels

    def _offer(self, into: _Labels, place: Any, value: Any, origin: Any) -> None:  # noqa: ANN401
        """Keep the two best of the labels at *place* and of those offered, origins apart."""
        np = self.np
        best, second = into.best[place], into.second[place]
        first, other = into.origin[place], into.other[place]
        wins, same = value > best, origin == first
        shifted = wins & ~same  # the old best becomes the second
        follows = ~wins & ~same & (value > second)
        into.second[place] = np.where(shifted, best, np.where(follows, value, second))
        into.other[place] = np.where(shifted, first, np.where(follows, origin, other))
        into.best[place] = np.where(wins, value, best)
        into.origin[place] = np.where(wins, origin, first)

    def _stay(self, ready: _Labels, prices: list[float], per_visit: list[float]) -> _Labels:
        done = self._empty()
        for number, lots in enumerate(self._lots):
            site = self.sites[number]
            reached = self.np.flatnonzero(ready.best[number] > NEVER / 2)
            if prices[site] <= 0 or not len(reached):
                continue
            early, until = int(reached[0]), min(self.closes[number], self.kind.length)
            for minutes, pupils in lots:
                if early + minutes > until:
                    break
                worth = prices[site] * pupils - per_visit[site]
                came = (number, slice(early, until + 1 - minutes))
                ends = (number, slice(early + minutes, until + 1))
                self._offer(done, ends, ready.best[came] + worth, ready.origin[came])
                if ready.second[came].max() > NEVER / 2:
                    self._offer(done, ends, ready.second[came] + worth, ready.other[came])
        return done

    def _drive(self, done: _Labels) -> _Labels:
        np, arrived, length = self.np, self._empty(), self.kind.length
        for before in range(len(self.sites)):
            left = np.flatnonzero(done.best[before] > NEVER / 2)
            if not len(left):
                continue
            early = int(left[0])
            for number in range(len(self.sites)):
                way = self.ways[before][number]
                if before == number or early + way > length:
                    continue  # two stays at one site in a row are one
                leaves = (before, slice(early, length + 1 - way))
                back = done.origin[leaves] == number
                value = np.where(back, done.second[leaves], done.best[leaves])
                self._arrive(arrived, number, early + way, value, before)
        return arrived

    def _arrive(
        self,
        arrived: _Labels,
        number: int,
        since: int,
        value: Any,  # noqa: ANN401
        before: int,
    ) -> None:
        """Enter arrivals from one stop; who comes before the opening waits for it."""
        np, opens = self.np, self.opens[number]
        if since < opens:
            waiting = value[: opens - since + 1]
            if len(waiting):
                place = (number, slice(opens, opens + 1))
                best = np.array([waiting.max()])
                self._offer(arrived, place, best, np.array([before], dtype=np.int32))
            value, since = value[opens - since + 1 :], opens + 1
        place = (number, slice(since, since + len(value)))
        self._offer(arrived, place, value, np.full(len(value), before, dtype=np.int32))

    # The way back through the labels

    def _ranked(
        self,
        stages: list[tuple[_Labels, _Labels]],
        prices: list[float],
        per_visit: list[float],
        most: int,
    ) -> list[TeamDay]:
        ends = [
            (float(done.best[number].max()), stage, number)
            for stage, (_, done) in enumerate(stages)
            for number in range(len(self.sites))
        ]
        found: list[TeamDay] = []
        seen: set[int] = set()
        for value, stage, number in sorted(ends, key=lambda end: (-end[0], end[1], end[2])):
            if value <= CLOSE or len(found) == most:
                break
            if number not in seen:
                seen.add(number)
                minute = int(stages[stage][1].best[number].argmax())
                stops = self._traced(stages, (stage, number, minute), prices, per_visit)
                found.append(TeamDay(tuple(stops), value))
        return found

    def _traced(
        self,
        stages: list[tuple[_Labels, _Labels]],
        end: tuple[int, int, int],
        prices: list[float],
        per_visit: list[float],
    ) -> list[tuple[int, int]]:
        """Walk back from the end (stage, number, minute) of a team-day to its first stop."""
        stage, number, minute = end
        value, origin = (
            table[number, minute] for table in (stages[stage][1].best, stages[stage][1].origin)
        )
        stops: list[tuple[int, int]] = []
        while True:
            minute, pupils, value = self._before_stay(
                stages[stage][0], (number, minute), (value, origin), prices, per_visit
            )
            stops.append((self.sites[number], pupils))
            if stage == 0:
                return stops[::-1]
            stage -= 1
            done, before = stages[stage][1], int(origin)
            minute, origin = self._before_drive(done, before, number, minute, value)
            number = before

    def _before_stay(
        self,
        ready: _Labels,
        end: tuple[int, int],
        label: tuple[float, int],
        prices: list[float],
        per_visit: list[float],
    ) -> tuple[int, int, float]:
        """Return when the stay began, its pupils, and the value on arrival."""
        (number, minute), (value, origin) = end, label
        site = self.sites[number]
        for minutes, pupils in self._lots[number]:
            start = minute - minutes
            if start < 0:
                break
            worth = prices[site] * pupils - per_visit[site]
            for values, origins in ((ready.best, ready.origin), (ready.second, ready.other)):
                came = values[number, start]
                if origins[number, start] == origin and abs(came + worth - value) < CLOSE:
                    return start, pupils, came
        raise AssertionError(end, label)

    def _before_drive(
        self, done: _Labels, before: int, number: int, minute: int, value: float
    ) -> tuple[int, int]:
        """Return when the crew left the stop before, and from where it had come to it."""
        latest = minute - self.ways[before][number]
        for values, origins in ((done.best, done.origin), (done.second, done.other)):
            fits = (self.np.abs(values[before, : latest + 1] - value) < CLOSE) & (
                origins[before, : latest + 1] != number
            )
            hits = self.np.flatnonzero(fits)
            if len(hits):
                left = int(hits[-1])
                return left, int(origins[before, left])
        raise AssertionError(before, number, minute)
