"""
A better plan out of the ways to spend a day that the bound is made of.

Again and again some team-days are given up and planned anew (Shaw 1998): the linear program over
what the others leave is solved, the team-days it is surest of are fixed, and the program is solved
again for the rest (a dive; Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010). Rows that its
shares break, as for the bound, keep it near to what whole team-days can do. What is chosen is then
laid out day by day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from random import Random

from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact.columns import Catalogue
from school_ektp.planning.exact.master import Column, Frame, Master, Stops
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.timetable import Timetable, stay_minutes, timetable
from school_ektp.planning.waiting import share_out

FEWEST_FREE, MOST_FREE = 8, 18  # team-days given up at once
TOGETHER = 0.5  # share of times when they are neighbours
TIGHTENED, AGAIN = 3, 1  # times that rows are added before the first team-days are fixed, and later
SURE = 0.9  # share of a team-day from which on it is fixed
CLOSE = 1e-6


def recombined(
    catalogue: Catalogue,
    start: Solution,
    stop: Callable[[], bool],
    target: Callable[[], int],
    seed: int,
) -> Solution:
    """
    Return a plan that is at least as good, as far as *stop* gives time to look for it.

    Args:
        catalogue: Ways to spend the days.
        start: A plan to begin with.
        stop: Whether time is over.
        target: Pupils that no plan exceeds, as far as is known at the time.
        seed: Of the dice that choose team-days.
    """
    frame, dice, best = catalogue.frame, Random(seed), start
    problem = frame.problem
    days = _spent(frame, start)
    while days and _pupils(days) < target() and not stop():
        free = set(_chosen(problem, days, dice))
        given = [column for number, column in enumerate(days) if number in free]
        held = [column for number, column in enumerate(days) if number not in free]
        found = dive(catalogue, held, given, stop)
        if found is not None:
            plan = laid_out(problem, _dated(frame, held + found))
            best = max(best, plan, key=lambda one: score(problem, one))
            kept = _spent(frame, plan)
            days = kept if _pupils(kept) >= _pupils(days) else days
    return best


def _spent(frame: Frame, plan: Solution) -> list[Column]:
    """Return how a plan spends the days on which it records anyone."""
    return [column for column in frame.days_of(plan) if column[1]]


def _pupils(days: Iterable[Column]) -> int:
    return sum(some for _, stops in days for _, some in stops)


def _chosen(problem: VisitProblem, days: Sequence[Column], dice: Random) -> list[int]:
    """Return the numbers of some team-days: neighbours, or any."""
    number = min(FEWEST_FREE + int(dice.random() * (MOST_FREE + 1 - FEWEST_FREE)), len(days))
    if dice.random() >= TOGETHER:
        return dice.sample(range(len(days)), number)
    centre, _ = dice.choice(dice.choice(days)[1])
    away = problem.travel[0][centre]
    far = [min(away[site] for site, _ in stops) * (0.5 + dice.random()) for _, stops in days]
    return sorted(range(len(days)), key=lambda day: (far[day], day))[:number]


def dive(
    catalogue: Catalogue,
    held: Sequence[Column],
    given: Sequence[Column],
    stop: Callable[[], bool],
) -> list[Column] | None:
    """
    Return team-days beside those *held* that record no fewer than those *given* up.

    None when the program shows that there are none, or they are not found.
    """
    master, least = Master(catalogue.frame.copied(), held), _pupils(given) - CLOSE
    for column in given:
        master.add(column)
    fixed: list[Column] = []
    times = TIGHTENED
    while True:
        value, _ = catalogue.settle(master, stop)
        while times and _pupils(fixed) + value >= least and not stop() and master.tighten():
            value, _ = catalogue.settle(master, stop)
            times -= 1
        if stop() or _pupils(fixed) + value < least:
            return None
        surest = _surest(master)
        if not surest:
            return fixed
        fixed += surest
        times = AGAIN


def _surest(master: Master) -> list[Column]:
    """Fix the team-days that the program is surest of, one at least, and return them."""
    shares = enumerate(master.shares())
    ranked = sorted((-share, number) for number, share in shares if share > CLOSE)
    fixed: list[Column] = []
    for share, number in ranked:
        column = master.columns[number]
        for _ in range(int(CLOSE - share) or int(-share >= SURE or not fixed)):
            if master.fits(column):
                master.fix(column)
                fixed.append(column)
    master.shut()
    return fixed


def _dated(frame: Frame, days: Iterable[Column]) -> list[tuple[int, int, Stops]]:
    """Return what each crew-day does: (day, crew, stops)."""
    free = [sorted(kind.members, key=lambda one: (-one[1], one[0])) for kind in frame.kinds]
    found = []
    for number, stops in days:
        crew, day = free[number].pop()
        found.append((day, crew, stops))
    return sorted(found)


# Day by day -----------------------------------------------------------------------------------


def laid_out(problem: VisitProblem, days: Iterable[tuple[int, int, Stops]]) -> Solution:
    """
    Return the plan that spends crew-days so: (day, crew, stops).

    Where the judge objects to the whole, stays are put in one by one and those it does not pass
    are left out.
    """
    wished = [(day, crew, _in_time(problem, crew, day, stops)) for day, crew, stops in days]
    plan, faults = _called(problem, wished), set(violations(problem, Solution()))
    if set(violations(problem, plan)) <= faults:
        return plan
    plan = Solution()
    for day, crew, stops in sorted(wished):
        for site, pupils in stops:
            wider = with_visit(problem, plan, crew=crew, day=day, site=site, most=pupils)
            if wider is not None and set(violations(problem, wider)) <= faults:
                plan = wider
    return plan


def _in_time(problem: VisitProblem, crew: int, day: int, stops: Stops) -> Stops:
    """Return stops cut down, from the last, until the crew is home in time."""
    kits, left = problem.crews[crew].kits[day], list(stops)
    while left and not _timed(problem, crew, day, left).holds:
        site, pupils = left.pop()
        if pupils > kits and problem.crews[crew].minutes_per_pupil[site]:
            left.append((site, pupils - kits))
    return tuple(left)


def _timed(
    problem: VisitProblem, crew: int, day: int, stops: Iterable[tuple[int, int]]
) -> Timetable:
    stays = [(site, stay_minutes(problem, crew, day, site, some)) for site, some in stops]
    return timetable(problem, crew, day, stays)


def _called(problem: VisitProblem, days: Iterable[tuple[int, int, Stops]]) -> Solution:
    """Return the visits with whom they call: first those who are soonest out of reach."""
    meetings: dict[int, list[int]] = defaultdict(list)  # days of the visits to each site
    wished = sorted(days)
    for day, _, stops in wished:
        for site, _ in stops:
            meetings[site].append(day)
    done: dict[int, list[int]] = {s: [0] * len(problem.sites[s].groups) for s in meetings}
    today: dict[tuple[int, int], list[int]] = defaultdict(list)
    visits: list[SiteVisit] = []
    for day, crew, stops in wished:
        shares = []
        for site, pupils in stops:
            key = site, day
            asked = today[key] or [0] * len(done[site])
            room = _room(problem, site, day, (pupils, meetings[site]), (done[site], asked))
            called, recorded = share_out(
                problem.sites[site], room, pupils, overbook=problem.overbook
            )
            if sum(recorded):
                shares.append((site, called, recorded))
                done[site] = [a + b for a, b in zip(done[site], recorded, strict=True)]
                today[key] = [a + b - c for a, b, c in zip(asked, called, recorded, strict=True)]
        visits += _visits(problem, crew, day, shares)
    return Solution(tuple(visits))


def _room(
    problem: VisitProblem,
    site: int,
    day: int,
    wish: tuple[int, Sequence[int]],
    before: tuple[Sequence[int], Sequence[int]],
) -> list[tuple[int, int]]:
    """
    Return for each group how many a visit may call, and how many of them record.

    Args:
        problem: The problem.
        site: The site.
        day: The day.
        wish: Pupils to record, and the days of all visits to the site.
        before: For each group, pupils recorded so far, and called today without being recorded.
    """
    groups = problem.sites[site].groups
    pupils, days = wish
    waiting = [
        0 if day in group.away else max(group.arrived(day) - recorded - asked, 0)
        for group, recorded, asked in zip(groups, *before, strict=True)
    ]
    last = [max([d for d in days if d not in group.away], default=-1) for group in groups]
    room = [(0, 0)] * len(groups)
    for number in sorted(range(len(groups)), key=lambda n: (groups[n].priority, last[n], n)):
        mine = min(waiting[number], pupils)
        room[number] = waiting[number], mine
        pupils -= mine
    return room


def _visits(
    problem: VisitProblem,
    crew: int,
    day: int,
    shares: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]],
) -> list[SiteVisit]:
    """Return the visits of a crew-day at the earliest times."""
    needed = [
        (site, sum(recorded if problem.overbook else called)) for site, called, recorded in shares
    ]
    return [
        SiteVisit(
            day=day,
            crew=crew,
            start=stay.start,
            site=site,
            arrive=stay.arrive,
            end=stay.end,
            called=called,
            recorded=recorded,
        )
        for (site, called, recorded), stay in zip(
            shares, _timed(problem, crew, day, needed).stays, strict=False
        )
    ]
