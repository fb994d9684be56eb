"""The best team-day for given prices of pupils: dynamic programming over stops and minutes."""

from __future__ import annotations

from typing import Any

import attrs

from school_ektp.planning.exact.types import DayType
from school_ektp.planning.problem import Crew, VisitProblem
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
        keep.sort(key=lambda number: (self._stay_of(crew, number), number))
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
        self._groups = self._alike()
        self._left = self._left_minutes()

    def _stay_of(self, crew: Crew, number: int) -> tuple[int, int]:
        """Return fixed minutes and pace at a span's site."""
        site = self.kind.spans[number][0]
        return crew.setup[site] + crew.packdown[site], crew.minutes_per_pupil[site]

    def _alike(self) -> list[tuple[int, int, list[tuple[int, list[int]]]]]:
        """
        Return neighbouring stops with equal stays: first, end, and (minutes, pupils of each).

        A stop that has no stay so long has -1 pupils.
        """
        found = []
        first = 0
        for end in range(1, len(self.sites) + 1):
            stays = [(self.fixed[number], self.pace[number]) for number in (first, end - 1)]
            if end < len(self.sites) and (self.fixed[end], self.pace[end]) == stays[0]:
                continue
            minutes = sorted({m for number in range(first, end) for m, _ in self._lots[number]})
            lots = [dict(self._lots[number]) for number in range(first, end)]
            found.append((first, end, [(m, [lot.get(m, -1) for lot in lots]) for m in minutes]))
            first = end
        return found

    def _left_minutes(self) -> Any:  # noqa: ANN401
        """For each way and minute of arrival, the minute at which one left; too late when none."""
        np, length = self.np, self.kind.length
        ways = np.array(self.ways).reshape(len(self.sites), len(self.sites), 1)
        left = np.arange(length + 1)[None, None, :] - ways
        return np.where(left < 0, length + 1, left)

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

    def largest(self, site: int) -> int:
        """Return the most pupils that one visit to a site can record."""
        lots = zip(self.sites, self._lots, strict=True)
        return max((some for other, lot in lots if other == site for _, some in lot), default=0)

    def best(self, prices: list[float], per_visit: list[float], most: int = 4) -> list[TeamDay]:
        """
        Return the team-days worth most, the best first; none when nothing is worth a day.

        Args:
            prices: What a pupil of each site is worth.
            per_visit: What a visit to each site costs; below 0 where visits are earned by.
            most: How many to return, each ending at another site.
        """
        stages: list[tuple[_Labels, _Labels]] = []
        ready, top = self._at_the_base(), 0.0
        to_come = self._to_come(prices, per_visit)
        while self.sites and len(stages) < self.most_stops:
            done = self._stay(ready, prices, per_visit)
            if done.best.max() <= NEVER / 2:
                break
            stages.append((ready, done))
            top = max(top, float(done.best.max()))
            if float((done.best + to_come).max()) <= top:
                break
            ready = self._drive(done)
        return self._ranked(stages, prices, per_visit, most)

    def _to_come(self, prices: list[float], per_visit: list[float]) -> Any:  # noqa: ANN401
        """Return for each minute what more stops can be worth at most, by the best rate."""
        np, length = self.np, self.kind.length
        rate = max(
            (
                (max(prices[site], 0.0) * pupils - per_visit[site]) / minutes if minutes else -NEVER
                for site, lots in zip(self.sites, self._lots, strict=True)
                for minutes, pupils in lots
            ),
            default=0.0,
        )
        if rate >= -NEVER:
            return np.full(length + 1, -NEVER)  # all at once: time is no limit
        return (length - np.arange(length + 1)) * max(rate, 0.0)

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
        np, done, length = self.np, self._empty(), self.kind.length
        for first, end, lots in self._groups:
            sites = self.sites[first:end]
            reached = np.flatnonzero(ready.best[first:end].max(axis=0) > NEVER / 2)
            if not len(reached):
                continue
            early = int(reached[0])
            price = np.array([prices[site] for site in sites])
            fee = np.array([per_visit[site] for site in sites])
            for minutes, pupils in lots:
                if early + minutes > length:
                    break
                # At a price below 0, a visit that is worth it records one pupil.
                worth = np.where(price > 0, price * pupils, price) - fee
                # A stay worth nothing is left out: driving past it takes no longer.
                worth = np.where((np.array(pupils) < 0) | (worth <= 0), NEVER, worth)[:, None]
                came = (slice(first, end), slice(early, length + 1 - minutes))
                ends = (slice(first, end), slice(early + minutes, length + 1))
                self._offer(done, ends, ready.best[came] + worth, ready.origin[came])
                second = ready.second[came]
                if second.max() > NEVER / 2:
                    self._offer(done, ends, second + worth, ready.other[came])
        for number, closes in enumerate(self.closes):
            done.best[number, closes + 1 :] = done.second[number, closes + 1 :] = NEVER
        return done

    def _drive(self, done: _Labels) -> _Labels:
        np, arrived = self.np, self._empty()
        targets = np.arange(len(self.sites), dtype=np.int32)[:, None]
        never = np.full(1, NEVER)
        for before in range(len(self.sites)):
            if done.best[before].max() <= NEVER / 2:
                continue
            left = self._left[before]
            best = np.concatenate([done.best[before], never])[left]
            second = np.concatenate([done.second[before], never])[left]
            origin = np.concatenate([done.origin[before], [-2]])[left]
            value = np.where(origin == targets, second, best)
            value[before] = NEVER  # two stays at one site in a row are one
            whole = (slice(None), slice(None))
            self._offer(arrived, whole, value, np.full(value.shape, before, dtype=np.int32))
        for number, opens in enumerate(self.opens):
            self._wait(arrived, number, opens)
        return arrived

    def _wait(self, arrived: _Labels, number: int, opens: int) -> None:
        """Let those who come before the opening wait for it."""
        np = self.np
        early = slice(0, opens + 1)
        values = np.concatenate([arrived.best[number, early], arrived.second[number, early]])
        origins = np.concatenate([arrived.origin[number, early], arrived.other[number, early]])
        first = int(values.argmax())
        others = np.where(origins == origins[first], NEVER, values)
        second = int(others.argmax())
        arrived.best[number, :opens] = arrived.second[number, :opens] = NEVER
        arrived.best[number, opens], arrived.origin[number, opens] = values[first], origins[first]
        arrived.second[number, opens] = others[second]
        arrived.other[number, opens] = origins[second]

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
            some = pupils if prices[site] > 0 else 1
            worth = prices[site] * some - per_visit[site]
            for values, origins in ((ready.best, ready.origin), (ready.second, ready.other)):
                came = values[number, start]
                if origins[number, start] == origin and abs(came + worth - value) < CLOSE:
                    return start, some, came
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
