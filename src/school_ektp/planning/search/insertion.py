"""Insertion: the best place for one more visit to a site, as long as one adds value."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, TypeAlias

from school_ektp.planning.search.data import UNLIMITED
from school_ektp.planning.search.state import Call, Option, State

_MOST_LABELS = 5_000  # partial routes over the announced visits of a day

Stay: TypeAlias = tuple[int, int]  # site, room


class Insertion(NamedTuple):
    """One more visit: what it adds to objective and driving, where it goes, for how many."""

    gain: int
    extra: int
    number: int
    place: int
    room: int


class Ranking(NamedTuple):
    """
    What insertions are ranked by beside what they add; it counts for nothing else.

    Attributes:
        minute: Objective that a minute of set-up, pack-down and driving must bring, so that few
            whole visits are preferred to many small ones.
        new_day: Part of the price of a team-day that the first visit of a day need not pay,
            since others may follow.
    """

    minute: int = 0
    new_day: int = 0


PLAIN = Ranking()


def best_insertion(
    state: State,
    site: int,
    rng: random.Random,
    *,
    blink: float = 0.0,
    ranking: Ranking = PLAIN,
) -> Insertion | None:
    """
    Return the visit to *site* that adds most to the objective, None if none adds anything.

    Of visits that add equally much, the one with the least driving is taken.

    Args:
        state: The plan.
        site: Where one more visit is looked for.
        rng: Random numbers for blinks and for the days looked at.
        blink: Chance that a place is overlooked.
        ranking: What insertions are ranked by beside what they add.
    """
    data = state.data
    if len(state.calls[site]) >= data.most_visits[site] or not state.has_more(site):
        return None
    options = _options(state, site, rng)
    visit_price, best = data.price.visit, None
    best_rank, best_extra = 0, UNLIMITED
    serving = data.serving[site]
    for day in sorted(options, key=lambda day: (-options[day].gain, day)):
        option = options[day]
        if option.gain - visit_price < best_rank:
            break  # no later one of this order is worth more
        for number in serving.get(day, ()):
            found = _insertion(state, site, number, option, best_rank - ranking.new_day)
            if found is None:
                continue
            rank, extra = found.gain, found.extra
            if ranking.new_day and number not in state.routes:
                rank += ranking.new_day
            if ranking.minute:
                rank -= ranking.minute * (data.team_days[number].hours.fixed[site] + extra)
            if rank <= 0 or (rank, -extra) <= (best_rank, -best_extra):
                continue
            if blink and rng.random() < blink:
                continue
            best, best_rank, best_extra = found, rank, extra
    return best


def _insertion(
    state: State, site: int, number: int, option: Option, least: int
) -> Insertion | None:
    """Return the best visit to *site* on a team-day, None if it does not fit or gain *least*."""
    data, route = state.data, state.routes.get(number)
    price = data.price
    if route is None:
        hours = data.team_days[number].hours
        room, extra = hours.lone[site]
        place, cost = 0, price.visit + price.team_day + price.driving_minute * extra
        if option.gain - cost < least or not state.affordable(number):
            return None
        room = min(room, option.want)
    else:
        hours = route.hours
        short = route.longest_gap < hours.fixed[site] + hours.pace[site]
        if short or site in route.sites or len(route.sites) >= data.visits_per_day:
            return None
        found = route.best_place(site, option.want, data.driving_limit)
        if found is None:
            return None
        room, extra, place = found
        cost = price.visit + price.driving_minute * extra
    gain = option.gain
    if room < option.want and site in data.whole:
        return None
    if room < option.want or data.teams_differ:
        gain = state.gain(site, state.calls_with(site, number, room))
    if gain - cost < least or (
        data.restricts_calls and not state.allowed(site, state.calls_with(site, number, room))
    ):
        return None
    return Insertion(gain - cost, extra, number, place, room)


def _options(state: State, site: int, rng: random.Random) -> dict[int, Option]:
    """
    Return what one more visit brings, by day, of days that keep apart from other visits.

    All days are worked out for a first visit. Later ones look at a few days only: days on which
    teams are near, and others by chance.
    """
    data, calls = state.data, state.calls[site]
    known = state.options(site)
    for day in _days_to_look_at(state, site, rng):
        if day not in known:
            state.look(site, day)
    if not calls and not data.has_soft_goals:
        return known
    apart = {day: option for day, option in known.items() if _apart(state, site, day)}
    if data.has_soft_goals:
        for day, option in apart.items():
            apart[day] = Option(state.soft_gain(site, day, option.want), option.want)
    return apart


def _days_to_look_at(state: State, site: int, rng: random.Random) -> list[int]:
    data, params, days = state.data, state.params, state.data.days[site]
    if not state.calls[site]:
        return days
    near = {call.day for other in data.near[site][1:9] for call in state.calls[other]}
    beside = sorted(near.intersection(days).difference(state.options(site)))
    looked = rng.sample(beside, min(len(beside), params.days_looked_at))
    return looked + rng.sample(days, min(len(days), params.days_by_chance))


def _apart(state: State, site: int, day: int) -> bool:
    data = state.data
    for call in state.calls[site]:
        if call.day != day and abs(call.day - day) < data.spacing:
            return False
        if call.day == day and data.teams_at_once == 1:
            return False
    return True


def fill(
    state: State,
    sites: Iterable[int],
    rng: random.Random,
    *,
    blink: float = 0.0,
    ranking: Ranking = PLAIN,
    everywhere: bool = False,
    over: Callable[[], bool] | None = None,
) -> None:
    """
    Insert visits to *sites* in their order, as long as each adds to the objective.

    Args:
        state: The plan.
        sites: Where visits are looked for.
        rng: Random numbers.
        blink: As for `best_insertion`.
        ranking: As for `best_insertion`.
        everywhere: Look at all days, not at a few.
        over: Says when to stop.
    """
    waiting = deque(sites)
    while waiting and not (over and over()):
        site = waiting.popleft()
        if everywhere:
            for day in state.data.days[site]:
                state.look(site, day)
        found = best_insertion(state, site, rng, blink=blink, ranking=ranking)
        if found is not None:
            state.insert(site, found.number, found.place, found.room)
            waiting.append(site)


def fit_rooms(state: State, sites: Iterable[int]) -> None:
    """Give each visit to *sites* the room it can use, where the day has time for it."""
    for site in sites:
        if site in state.data.whole:
            continue
        for call in state.calls[site]:
            number = state.data.number[call.team, call.day]
            route = state.routes[number]
            place = route.sites.index(site)
            room = min(state.want(site, number), route.most_room(place))
            if (number, site) in state.data.pins:
                room = max(room, state.data.pins[number, site].pupils)
            worthwhile = room > call.room or 4 * (call.room - room) > call.room
            if worthwhile and _may_have(state, site, number, room):
                state.set_room(number, place, room)


def make_ample(state: State, over: Callable[[], bool]) -> None:
    """
    Give each visit room for all whom it may record, also if those before it fail, until *over*.

    It takes minutes for which the day has no other use: as few as bring all that more would.
    """
    data = state.data
    for site in range(len(state.calls)):
        if over():
            break
        for call in state.calls[site] if site not in data.whole else ():
            number = data.number[call.team, call.day]
            route = state.routes[number]
            place = route.sites.index(site)
            most = min(data.waiting[site][call.day], route.most_room(place))
            gains = partial(_gain_with, state, site, number)
            if most <= call.room or gains(most) <= 0:
                continue
            rooms = range(call.room + 1, most + 1)
            room = rooms[bisect_left(rooms, gains(most), key=gains)]
            if _may_have(state, site, number, room):
                state.set_room(number, place, room)


def _gain_with(state: State, site: int, number: int, room: int) -> int:
    """Return by how much the objective grows if a visit has another room."""
    td = state.data.team_days[number]
    others = state.calls_without(site, number)
    return state.gain(site, state.with_call(others, Call(td.day, room, td.team)))


def trade_rooms(state: State, numbers: Iterable[int], rng: random.Random) -> None:
    """Take minutes from one stay of each tight day and give them to another, if that pays."""
    for number in numbers:
        route = state.routes[number]
        short = [
            place
            for place, site in enumerate(route.sites)
            if site not in state.data.whole and route.rooms[place] < state.want(site, number)
        ]
        if len(route.sites) > 1 and short:
            taker = rng.choice(short)
            giver = rng.choice([p for p in range(len(route.sites)) if p != taker])
            _trade(state, number, giver, taker, rng.choice((1, 1, 2, 4, 8)) * route.hours.kits)


def _trade(state: State, number: int, giver: int, taker: int, pupils: int) -> None:
    route = state.routes[number]
    donor, site = route.sites[giver], route.sites[taker]
    pin = state.data.pins.get((number, donor))
    least = max(1, pin.pupils if pin else 1)
    smaller = route.rooms[giver] - pupils
    if smaller < least or donor in state.data.whole:
        return
    trial = route.copy()
    trial.rooms[giver] = smaller
    trial.update()
    larger = min(trial.most_room(taker), state.want(site, number))
    if larger <= route.rooms[taker]:
        return
    if not (_may_have(state, donor, number, smaller) and _may_have(state, site, number, larger)):
        return
    change = _gain_with(state, donor, number, smaller) + _gain_with(state, site, number, larger)
    if change > 0:
        state.set_room(number, giver, smaller)
        state.set_room(number, taker, larger)


def _may_have(state: State, site: int, number: int, room: int) -> bool:
    td = state.data.team_days[number]
    others = state.calls_without(site, number)
    changed = state.with_call(others, Call(td.day, room, td.team))
    return not state.data.restricts_calls or state.allowed(site, changed)


def insert_pins(state: State) -> None:
    """Insert all pinned visits that can be kept, the first ones first, with the room they need."""
    data, rooms = state.data, _rooms_of_pins(state)
    by_day: dict[int, list[int]] = {}
    for number, site in data.pins:  # in the order in which they are asked for
        by_day.setdefault(number, []).append(site)
    for number, sites in sorted(by_day.items()):
        stays = [(site, rooms[number, site]) for site in sites if state.affordable(number)]
        able = [
            (site, room)
            for site, room in stays
            if state.allowed(site, state.calls_with(site, number, room))
        ]
        for place, (site, room) in enumerate(_most_that_fit(state, number, able)):
            state.insert(site, number, place, room)
        for site in set(sites).difference(state.route(number).sites):
            data.give_up(number, site)


def _most_that_fit(state: State, number: int, stays: list[Stay]) -> list[Stay]:
    """Return *stays* in an order that fits; if none does, those that do one after another."""
    most = state.data.visits_per_day
    if len(stays) <= most and (order := _order_that_fits(state, number, stays)):
        return order
    kept: list[Stay] = []
    for stay in stays:
        if len(kept) < most:
            kept = _order_that_fits(state, number, [*kept, stay]) or kept
    return kept


def _order_that_fits(state: State, number: int, stays: list[Stay]) -> list[Stay] | None:
    """
    Return *stays* in an order that is in time and within the driving limit.

    Of partial routes over the same stays to the same last one, those that are both later and
    longer than another are dropped (label setting).
    """
    found: dict[tuple[frozenset[int], int], list[tuple[int, int]]] = {}
    ways = [state.route(number).copy()]
    labels = 0
    while ways and labels < _MOST_LABELS:
        way = ways.pop()
        if len(way.sites) == len(stays):
            return list(zip(way.sites, way.rooms, strict=True))
        longer = []
        for site, room in stays:
            if site in way.sites:
                continue
            trial = way.copy()
            trial.insert(len(way.sites), site, room)
            if not trial.fits or trial.driving > state.data.driving_limit:
                continue
            end, driving = trial.ends[-1], trial.driving
            known = found.setdefault((frozenset(trial.sites), site), [])
            if not any(ends <= end and driven <= driving for ends, driven in known):
                known.append((end, driving))
                longer.append(trial)
        labels += len(longer)
        ways += sorted(longer, key=lambda trial: -trial.ends[-1])  # the earliest is followed first
    return None


def _rooms_of_pins(state: State) -> dict[tuple[int, int], int]:
    """Return the least room of each pinned visit with which all of a site bring enough."""
    data = state.data
    rooms: dict[tuple[int, int], int] = {}
    sites: dict[int, list[int]] = {}
    for (number, site), pin in data.pins.items():
        waiting = data.waiting[site][data.team_days[number].day]
        rooms[number, site] = max(pin.pupils, waiting if site in data.whole else 0, 1)
        sites.setdefault(site, []).append(number)
    for site, numbers in sites.items() if data.fewest else ():
        grown = True
        while grown:
            grown = False
            days = [data.team_days[number] for number in numbers]
            calls = sorted(
                Call(td.day, rooms[number, site], td.team)
                for number, td in zip(numbers, days, strict=True)
            )
            for call in state.poor(site, tuple(calls)):
                number = data.number[call.team, call.day]
                if call.room < data.waiting[site][call.day]:
                    rooms[number, site] += 1
                    grown = True
    return rooms
