"""
The search: ruin and recreate.

Construction is greedy. Each round removes some visits, inserts visits where they add most,
fits the rooms, and keeps the new plan if it is worth no less (Schrimpf et al. 2000,
"Record breaking optimization results using the ruin and recreate principle").
"""

from __future__ import annotations

import random
from collections.abc import Callable

from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.insertion import (
    Ranking,
    fill,
    fit_rooms,
    insert_pins,
    make_ample,
    trade_rooms,
)
from school_ektp.planning.search.local import shorten
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.removal import removed
from school_ektp.planning.search.state import Snapshot, State
from school_ektp.planning.solution import Solution
from school_ektp.planning.stop import Progress, Watch, fraction_done

_ORDERS = ("by chance", "by chance", "largest", "densest")


class Search:
    """
    One run on one problem.

    Attributes:
        iterations: Rounds done.
        log: (iteration, objective) of each improvement.
        interrupted: Whether the user ended it (`KeyboardInterrupt`).
    """

    def __init__(self, data: SearchData, params: SearchParams, seed: int) -> None:
        self.data, self.params = data, params
        self.rng = random.Random(seed)
        self.iterations = 0
        self.improved = 0
        self.log: list[tuple[int, int]] = []
        self.minute = 0.0  # what a minute of a team-day brings on average
        self.interrupted = False
        self.best: Snapshot = {}
        self.reported = 0  # hundredths of the run

    def run(
        self,
        watch: Watch,
        start: Solution | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> Solution:
        """Return the best plan found before *watch* says stop, or the user does."""
        try:
            return self._run(watch, start, on_progress)
        except KeyboardInterrupt:
            self.interrupted = True
            return State(self.data, self.params).solution(self.best)

    def _run(
        self,
        watch: Watch,
        start: Solution | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> Solution:
        state = self._first_plan(start, watch)
        self._keep(state, watch, on_progress)
        self.minute = self._minute(state)
        while not watch(self._progress(state.objective)):
            self._tell_share(watch, state.objective, on_progress)
            before = state.objective
            state.save()
            self._round(state)
            self.iterations += 1
            if state.objective < before or not state.holds():
                state.restore()
            elif state.objective > before:
                self._keep(state, watch, on_progress)
        state.keep()
        before = state.objective
        self._complete(state, watch)
        if state.objective > before:
            self._keep(state, watch, on_progress)
        return state.solution(self.best)

    def _complete(self, state: State, watch: Watch) -> None:
        """Add every visit that still pays, and room in case others fail."""
        order = self._order(self.data.served, "largest")
        fill(state, order, self.rng, everywhere=True, over=lambda: self._late(watch))
        make_ample(state, over=lambda: self._late(watch))

    def _late(self, watch: Watch) -> bool:
        """Return whether a limit in seconds is over by a fiftieth."""
        share = fraction_done(watch, self._progress(0))
        return share is not None and share > 1.02  # noqa: PLR2004 - what follows takes the rest of the tenth a limit holds to

    def _first_plan(self, start: Solution | None, watch: Watch) -> State:
        state = State(self.data, self.params)
        insert_pins(state)
        if start is not None:
            state.adopt(start)
            self.best = state.snapshot()
        order = self._order(range(len(state.calls)), "largest")
        fill(state, order, self.rng, over=lambda: self._timed_out(watch))
        fit_rooms(state, range(len(state.calls)))
        return state

    def _round(self, state: State) -> None:
        params, rng, data = self.params, self.rng, self.data
        sites = removed(state, params.most_removed, params.removal_weights, rng)
        idle = [site for site in data.near[sites[0]] if not state.calls[site]] if sites else []
        sites += rng.sample(idle, min(len(idle), params.also_tried))
        sites += rng.sample(data.served, min(2, len(data.served)))
        order = self._order(sites, rng.choice(_ORDERS))
        fill(state, order, rng, blink=params.blink, ranking=self._ranking())
        shorten(state, sorted(state.touched()))
        beside = {site for number in state.touched() for site in state.routes[number].sites}
        fit_rooms(state, sorted(beside.union(sites)))
        trade_rooms(state, sorted(state.touched()), rng)

    def _ranking(self) -> Ranking:
        """Draw what the insertions of a round are ranked by."""
        params, rng = self.params, self.rng
        minute = new_day = 0
        if rng.random() < params.time_counts:
            minute = int(rng.random() * params.most_for_time * self.minute)
        if rng.random() < params.days_open:
            new_day = int(rng.random() * self.data.price.team_day)
        return Ranking(minute, new_day)

    def _order(self, sites: range | list[int], order: str) -> list[int]:
        """Return the sites in the order in which visits to them are put in."""
        drawn = list(dict.fromkeys(sites))
        self.rng.shuffle(drawn)
        if order == "largest":
            drawn.sort(key=lambda site: -self.data.pupils[site])
        elif order == "densest":
            drawn.sort(key=lambda site: -self.data.density[site] * self.rng.uniform(0.7, 1.3))
        return drawn

    def _timed_out(self, watch: Watch) -> bool:
        """Return whether a limit in seconds is over before the first plan is made."""
        share = fraction_done(watch, self._progress(0))
        return self.iterations == 0 and share is not None and share > 1.0

    def _minute(self, state: State) -> float:
        """Return what a minute of the team-days in use brings on average."""
        longest = max([1, *(td.hours.length for td in self.data.team_days)])
        worth = sum(state.forecast(site, calls).worth for site, calls in enumerate(state.calls))
        return worth / (max(len(state.routes), 1) * longest)

    def _progress(self, best: int, done: float = 0.0) -> Progress:
        return Progress(iterations=self.iterations, value=best, improved=self.improved, done=done)

    def _keep(
        self, state: State, watch: Watch, on_progress: Callable[[Progress], None] | None
    ) -> None:
        """Remember the best plan so far, and report it."""
        self.best, self.improved = state.snapshot(), self.iterations
        self.log.append((self.iterations, state.objective))
        if on_progress:
            on_progress(self._progress(state.objective, self._share(watch, state.objective)))

    def _tell_share(
        self, watch: Watch, best: int, on_progress: Callable[[Progress], None] | None
    ) -> None:
        """Report each hundredth of the run."""
        share = self._share(watch, best) if on_progress else 0.0
        if on_progress and int(100 * share) > self.reported:
            self.reported = int(100 * share)
            on_progress(self._progress(best, share))

    def _share(self, watch: Watch, best: int) -> float:
        return min(fraction_done(watch, self._progress(best)) or 0.0, 1.0)
