"""The best team-day for given worths of visits: dynamic programming over stops and minutes."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs

from school_ektp.planning.exact.types import DayType, most_stops
from school_ektp.planning.problem import VisitProblem

NEVER = -(1 << 60)
SCALE = 1 << 20  # parts of a pupil that are told apart; rounded up

Stage: TypeAlias = tuple[Any, Any]  # worth on arrival and on leaving, by stop and minute


@attrs.frozen
class TeamDay:
    """
    One way to spend a crew-day.

    Attributes:
        stops: (site, pupils) in the order of the visits.
        value: What it is worth.
    """

    stops: tuple[tuple[int, int], ...]
    value: float


class Pricer:
    """
    Finds the team-day of one type that is worth most.

    A route may come back to a site after two others: a relaxation, so that what is found is worth
    at least as much as the best route without repeats. To forbid going back to the stop before the
    last, the two best labels are kept that came from different stops: if the best came from
    there, the second did not (Christofides, Mingozzi and Toth 1981). A label is a whole number,
    the worth times `step` plus the number of the stop before.
    """

    def __init__(self, problem: VisitProblem, kind: DayType) -> None:
        import numpy as np  # comes with highspy

        self.np = np
        self.kind = kind
        lots = {n: kind.lots(problem, n) for n, cap in enumerate(kind.caps) if cap > 0}
        longest = {n: max((minutes for minutes, _ in some), default=0) for n, some in lots.items()}
        places = sorted(lots, key=lambda n: -longest[n])
        self.spans = [kind.spans[place] for place in places]
        self.sites = [site for site, _, _ in self.spans]
        drive = problem.travel[problem.crews[kind.crew].travel]
        self.ways = np.array([[drive[a][b] for b in self.sites] for a in self.sites])
        self.most_stops = most_stops(problem) or len(problem.sites) + kind.length
        self.minutes = np.array(sorted({minutes for some in lots.values() for minutes, _ in some}))
        place = {int(minutes): number for number, minutes in enumerate(self.minutes)}
        stays = [(n, *lot) for n, some in enumerate(map(lots.__getitem__, places)) for lot in some]
        # Only the first few sites have stays of so many minutes.
        self._few = [sum(end >= minutes for end in longest.values()) for minutes in self.minutes]
        self._where = np.array([number for number, _, _ in stays], dtype=int)
        self._when = np.array([place[minutes] for _, minutes, _ in stays], dtype=int)
        self._most = np.array([some for _, _, some in stays], dtype=int)
        self._some = np.zeros((len(self.minutes), len(self.sites)), dtype=int)
        self._some[self._when, self._where] = self._most
        self.step = 1 << (len(self.sites) + 1).bit_length()
        self._left = self._left_minutes()

    def _left_minutes(self) -> Any:  # noqa: ANN401
        """For each way and minute of arrival, the minute at which one left; too late when none."""
        np, length = self.np, self.kind.length
        left = np.arange(length + 1) - self.ways.reshape(*self.ways.shape, 1)
        return np.where(left < 0, length + 1, left)

    def best(self, worths: Any, most: int = 4) -> list[TeamDay]:  # noqa: ANN401
        """
        Return the team-days worth most, the best first; none when nothing is worth a day.

        Args:
            worths: For each site and number of pupils, what a visit that records them is worth.
            most: How many to return, each ending at another site.
        """
        np = self.np
        if not len(self.minutes):
            return []
        best = np.maximum.accumulate(worths[self.sites, 1:], axis=1)
        gains = np.full((len(self.minutes), len(self.sites)), NEVER)
        worth = np.ceil(best[self._where, self._most - 1] * SCALE).astype(np.int64)
        # A stay worth nothing is left out: driving past it takes no longer.
        gains[self._when, self._where] = np.where(worth > 0, worth * self.step, NEVER)
        stages: list[Stage] = []
        ready, top = self._at_the_base(), 0
        to_come = self._to_come(gains)
        while len(stages) < self.most_stops:
            done = self._stay(ready, gains)
            if done[0].max() <= NEVER // 2:
                break
            stages.append((ready, done))
            top = max(top, int(done[0].max()))
            if (done[0] + to_come).max() <= top:
                break
            ready = self._drive(done)
        return self._ranked(stages, gains, worths, most)

    def _to_come(self, gains: Any) -> Any:  # noqa: ANN401
        """Return for each minute what more stops can be worth at most, by the best rate."""
        np, length = self.np, self.kind.length
        if not self.minutes[0]:
            return np.full(length + 1, -NEVER)  # all at once: time is no limit
        rate = max(int((gains // self.minutes[:, None]).max()) + 1, 0)
        return (length - np.arange(length + 1)) * rate

    def _never(self) -> Any:  # noqa: ANN401
        return self.np.full((2, len(self.sites), self.kind.length + 1), NEVER)

    def _at_the_base(self) -> Any:  # noqa: ANN401
        ready = self._never()
        for number, (_, opens, _) in enumerate(self.spans):
            ready[0, number, opens] = len(self.sites)
        return ready

    def _stay(self, ready: Any, gains: Any) -> Any:  # noqa: ANN401
        np, length, mask = self.np, self.kind.length, self.step - 1
        done = self._never()
        both = ready if ready[1].max() > NEVER // 2 else ready[:1]
        first = int((ready[0].max(axis=0) > NEVER // 2).argmax())
        for minutes, gain, few in zip(self.minutes, gains, self._few, strict=True):
            if first + minutes > length:
                break
            best, second = done[:, :few, first + minutes :]
            for came in both:
                offered = came[:few, first : length + 1 - minutes] + gain[:few, None]
                less = np.minimum(best, offered)
                np.maximum(best, offered, out=best)
                if len(both) > 1:
                    less[(less ^ best) & mask == 0] = NEVER
                    second[(second ^ best) & mask == 0] = NEVER
                    np.maximum(second, less, out=second)
        for number, (_, _, closes) in enumerate(self.spans):
            done[:, number, closes + 1 :] = NEVER
        return done

    def _drive(self, done: Any) -> Any:  # noqa: ANN401
        np, mask = self.np, self.step - 1
        ready = self._never()
        first = int((done[0].max(axis=0) > NEVER // 2).argmax())
        best, second = ready[:, :, first:]
        wide = np.concatenate([done, np.full((2, len(self.sites), 1), NEVER)], axis=2)
        here = np.arange(len(self.sites))[:, None]
        some, others = done.max(axis=2) > NEVER // 2
        for before in np.flatnonzero(some):
            left = self._left[before, :, first:]
            came = wide[0, before].take(left)
            back = came & mask == here
            came[back] = wide[1, before].take(left[back]) if others[before] else NEVER
            came &= ~mask
            came += before
            came[before] = NEVER  # two stays at one site in a row are one
            less = np.minimum(best, came)
            np.maximum(best, came, out=best)
            np.maximum(second, less, out=second)
        for number, (_, opens, _) in enumerate(self.spans):
            self._wait(ready[:, number], opens)
        return ready

    def _wait(self, ready: Any, opens: int) -> None:  # noqa: ANN401
        """Let those who come before the opening wait for it."""
        early = self.np.concatenate([*ready[:, : opens + 1]])
        best = early.max()
        early[(early ^ best) & (self.step - 1) == 0] = NEVER
        ready[:, :opens] = NEVER
        ready[:, opens] = best, early.max()

    # The way back through the stages

    def _ranked(self, stages: list[Stage], gains: Any, worths: Any, most: int) -> list[TeamDay]:  # noqa: ANN401
        ends = [
            (int(done[0, number].max()) // self.step, stage, number)
            for stage, (_, done) in enumerate(stages)
            for number in range(len(self.sites))
        ]
        found: list[TeamDay] = []
        seen: set[int] = set()
        for value, stage, number in sorted(ends, key=lambda end: (-end[0], end[1], end[2])):
            if value <= 0 or len(found) == most:
                break
            if number not in seen:
                seen.add(number)
                stops = [
                    (self.sites[n], self._recorded(worths, n, some))
                    for n, some in self._traced(stages[: stage + 1], number, gains)
                ]
                found.append(TeamDay(tuple(stops), value / SCALE))
        return found

    def _recorded(self, worths: Any, number: int, most: int) -> int:  # noqa: ANN401
        """Return how many a stay with time for *most* pupils had best record."""
        return int(worths[self.sites[number], 1 : most + 1].argmax()) + 1

    def _traced(self, stages: list[Stage], number: int, gains: Any) -> list[tuple[int, int]]:  # noqa: ANN401
        """Walk back from the end of a team-day to its first stop: (number, time for pupils)."""
        stops: list[tuple[int, int]] = []
        label = int(stages[-1][1][0, number].max())
        minute = int(stages[-1][1][0, number].argmax())
        for stage in range(len(stages) - 1, -1, -1):
            stay, label = self._before_stay(stages[stage][0], number, minute, label, gains)
            stops.append((number, int(self._some[stay, number])))
            minute -= int(self.minutes[stay])
            if stage:
                done, before = stages[stage - 1][1], label % self.step
                minute, label = self._before_drive(done, before, number, minute, label)
                number = before
        return stops[::-1]

    def _before_stay(
        self,
        ready: Any,  # noqa: ANN401
        number: int,
        minute: int,
        label: int,
        gains: Any,  # noqa: ANN401
    ) -> tuple[int, int]:
        """Return which stay ended there and then, and the label on arrival."""
        for stay, minutes in enumerate(self.minutes):
            for came in ready[:, number, minute - minutes] if minutes <= minute else ():
                if came + gains[stay, number] == label:
                    return stay, int(came)
        raise AssertionError(number, minute, label)

    def _before_drive(
        self,
        done: Any,  # noqa: ANN401
        before: int,
        number: int,
        minute: int,
        label: int,
    ) -> tuple[int, int]:
        """Return when the crew left the stop before, and the label there."""
        latest = minute - int(self.ways[before, number])
        for left in range(latest, -1, -1):
            for came in done[:, before, left]:
                if came // self.step == label // self.step and came % self.step != number:
                    return left, int(came)
        raise AssertionError(number, minute, label)
