"""All ways a crew can spend a day, as sequences of stops, for problems with few of them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import DrivingLimit, Forbidden, Pinned, VisitsPerDay
from school_ektp.planning.search.clock import Clock
from school_ektp.planning.timetable import driving_minutes


@attrs.frozen
class Stop:
    """
    One stop of a route, in minutes worked since the shift began.

    Attributes:
        site: The site.
        session: Which of its sessions of the day.
        opens: From when the stay may begin.
        closes: By when it must be over.
        fixed: Set-up and pack-down.
        pace: Minutes one kit needs per pupil, 0 when all are recorded at once.
        drive: Minutes from the stop before, or from the base.
        pin: The pin it keeps, None when it keeps none.
    """

    site: int
    session: int
    opens: int
    closes: int
    fixed: int
    pace: int
    drive: int
    pin: Pinned | None = None


@attrs.frozen
class Route:
    """A sequence of stops of one crew-day; *home* minutes are driven after the last."""

    crew: int
    day: int
    stops: tuple[Stop, ...]
    home: int
    length: int


def routes(problem: VisitProblem, most: int) -> list[Route] | None:
    """Return all routes in which each stop records someone, None when there are over *most*."""
    found: list[Route] = []
    for crew in range(len(problem.crews)):
        for day in range(problem.days):
            if problem.crews[crew].works(day):
                for route in _routes(problem, crew, day):
                    found.append(route)
                    if len(found) > most:
                        return None
    return found


def _routes(problem: VisitProblem, crew: int, day: int) -> Iterator[Route]:
    who = problem.crews[crew]
    clock = Clock(who.shifts[day] or (0, 0), who.breaks[day])
    drive = problem.travel[who.travel]
    stack: list[tuple[Stop, ...]] = [()]
    while stack:
        stops = stack.pop()
        here = stops[-1].site if stops else who.start
        if stops and _driven(problem, crew, stops):
            yield Route(crew, day, stops, drive[here][who.end], clock.length)
        for stop in _next_stops(problem, crew, day, clock, here):
            longer = (*stops, stop)
            if _sensible(problem, longer) and _fits(
                longer, drive[stop.site][who.end], clock.length
            ):
                stack.append(longer)


def _next_stops(
    problem: VisitProblem, crew: int, day: int, clock: Clock, here: int
) -> Iterator[Stop]:
    who, forbidden = problem.crews[crew], set(problem.rules)
    pins = [r for r in problem.rules if isinstance(r, Pinned) and (r.crew, r.day) == (crew, day)]
    for number, site in enumerate(problem.sites):
        if Forbidden(crew, number) in forbidden or not _anyone(problem, number, day):
            continue
        for place, session in enumerate(site.sessions[day]):
            window = clock.window(session)
            if window is None:
                continue
            plain = Stop(
                number,
                place,
                *window,
                fixed=who.setup[number] + who.packdown[number],
                pace=who.minutes_per_pupil[number],
                drive=problem.travel[who.travel][here][number],
            )
            yield plain
            for pin in pins:
                if pin.site == number and _opens_for(pin, session):
                    at = None if pin.start is None else clock.worked(pin.start)
                    opens = plain.opens if at is None else max(plain.opens, at)
                    yield attrs.evolve(plain, pin=pin, opens=opens)


def _opens_for(pin: Pinned, session: tuple[int, int]) -> bool:
    return pin.start is None or session[0] <= pin.start <= session[1]


def _anyone(problem: VisitProblem, number: int, day: int) -> bool:
    groups = problem.sites[number].groups
    return any(group.arrived(day) and day not in group.away for group in groups)


def _sensible(problem: VisitProblem, stops: tuple[Stop, ...]) -> bool:
    """Return whether a crew may make so many visits, one at most in each session of a site."""
    most = min((r.most for r in problem.rules if isinstance(r, VisitsPerDay)), default=None)
    if most is not None and len(stops) > most:
        return False
    last, earlier = stops[-1], stops[:-1]
    return all(
        (stop.site, stop.session) != (last.site, last.session)
        and (stop.pin is None or stop.pin != last.pin)
        for stop in earlier
    )


def _fits(stops: tuple[Stop, ...], home: int, length: int) -> bool:
    """Return whether there is time for one round at each stop."""
    clock = 0
    for stop in stops:
        clock = max(clock + stop.drive, stop.opens)
        if stop.pin is not None and stop.pin.start is not None and clock > stop.opens:
            return False
        clock += stop.fixed + stop.pace
        if clock > stop.closes:
            return False
    return clock + home <= length


def _driven(problem: VisitProblem, crew: int, stops: tuple[Stop, ...]) -> bool:
    limits = [rule.minutes for rule in problem.rules if isinstance(rule, DrivingLimit)]
    sites = [stop.site for stop in stops]
    return driving_minutes(problem, problem.crews[crew], sites) <= min(limits, default=1 << 60)
