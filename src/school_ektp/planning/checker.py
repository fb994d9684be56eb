"""
The checker: what a plan breaks, what it is expected to bring, and what it is worth.

Shares no code with the search: it reads problem, constraints and visits in their own minutes,
one check per function, and works out expectation and value for itself. To check a new constraint,
write a function that yields its violations and enter it in `CHECKS`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import NormalDist
from typing import Any, TypeAlias

import attrs

from school_ektp.errors import ProblemError
from school_ektp.model import arguments
from school_ektp.model.groups import grouped
from school_ektp.planning.constraints import (
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import (
    FieldTeam,
    Group,
    Site,
    VisitProblem,
    Window,
    recording_minutes,
)
from school_ektp.planning.solution import Expected, SiteVisit, Solution, Value


@attrs.frozen(kw_only=True)
class Violation:
    """
    One check that a plan fails, in integers only.

    Attributes:
        rule: Name of the check, one of `CHECK_NAMES`.
        team: Team concerned, or None when the check is about a site.
        day: Day concerned, or None when the check is about the horizon.
        site: Site concerned, or None when the check is about a team.
        amount: What the plan has.
        limit: What the check asks for or allows; None where there is no number to it.
    """

    rule: str
    team: int | None = None
    day: int | None = None
    site: int | None = None
    amount: int
    limit: int | None = None


Visits: TypeAlias = Sequence[SiteVisit]
Check: TypeAlias = Callable[[VisitProblem, Visits, Any], Iterator[Violation]]


@arguments.checked
def violations(problem: VisitProblem, solution: Solution) -> tuple[Violation, ...]:
    """
    Return every violation of *problem* by *solution*; empty if the plan holds.

    A malformed visit (unknown team, day or site, no room) is reported as such and takes no part
    in the other checks.

    Raises:
        ProblemError: The problem holds a constraint that the checker cannot read.
    """
    faults = [fault for visit in solution.visits for fault in _malformed(problem, visit)]
    visits = _sound(problem, solution)
    for check in (_once, _stays, _routes):
        faults += check(problem, visits)
    for rule in problem.constraints:
        faults += _check_of(rule)(problem, visits, rule)
    return tuple(faults)


def evaluate(problem: VisitProblem, solution: Solution) -> Value:
    """
    Return what *solution* is worth, counted from its visits.

    Malformed visits count for nothing.
    """
    visits = _sound(problem, solution)
    expected = _expected(problem, visits)
    recorded = [0] * problem.priorities
    for visit in visits:
        groups = problem.sites[visit.site].groups
        for group, pupils in zip(groups, expected[visit].recorded, strict=True):
            recorded[group.priority] += pupils
    days = _team_days(visits)
    driving = sum(_driving_minutes(problem, team, stays) for (team, _), stays in days.items())
    price = problem.price
    return Value(
        shortfall=_shortfall(problem, visits, expected),
        recorded=tuple(recorded),
        worth=sum(one.worth for one in expected.values()),
        visits=len(visits),
        team_days=len(days),
        driving=driving,
        costs=price.visit * len(visits)
        + price.team_day * len(days)
        + price.driving_minute * driving,
    )


def expectations(problem: VisitProblem, solution: Solution) -> tuple[Expected, ...]:
    """
    Return what each visit of *solution* is expected to bring, in the order of its visits.

    Raises:
        ProblemError: A visit is malformed.
    """
    if faults := [fault.rule for v in solution.visits for fault in _malformed(problem, v)]:
        raise ProblemError([f"a visit is malformed: {rule}" for rule in faults])
    expected = _expected(problem, solution.visits)
    return tuple(expected[visit] for visit in solution.visits)


# Form ---------------------------------------------------------------------------------------


def _malformed(problem: VisitProblem, visit: SiteVisit) -> Iterator[Violation]:
    for rule, number, size in (
        ("unknown_team", visit.team, len(problem.teams)),
        ("unknown_day", visit.day, problem.days),
        ("unknown_site", visit.site, len(problem.sites)),
    ):
        if not 0 <= number < size:
            yield _at(visit, rule, number, size)
    if visit.room < 1:
        yield _at(visit, "no_room", visit.room, 1)


def _sound(problem: VisitProblem, solution: Solution) -> list[SiteVisit]:
    return [visit for visit in solution.visits if not any(_malformed(problem, visit))]


def _at(visit: SiteVisit, rule: str, amount: int, limit: int | None = None) -> Violation:
    return Violation(
        rule=rule, team=visit.team, day=visit.day, site=visit.site, amount=amount, limit=limit
    )


# Time ---------------------------------------------------------------------------------------


def _worked(begin: int, end: int, breaks: Iterable[Window]) -> int:
    """Return the minutes from *begin* to *end* that no break covers."""
    minutes = end - begin
    covered_to = begin
    for opens, closes in sorted(breaks):
        overlap = min(closes, end) - max(opens, covered_to)
        if overlap > 0:
            minutes -= overlap
            covered_to = min(closes, end)
    return minutes


def _stay_minutes(problem: VisitProblem, visit: SiteVisit) -> int:
    """Return the working minutes a stay needs: set-up, whole rounds of recording, pack-down."""
    team = problem.teams[visit.team]
    rounds = recording_minutes(
        visit.room,
        kits=team.kits[visit.day],
        minutes_per_pupil=team.minutes_per_pupil[visit.site],
    )
    return team.setup[visit.site] + rounds + team.packdown[visit.site]


def _once(_problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """A team stays at a site once a day."""
    stays = Counter((visit.team, visit.day, visit.site) for visit in visits)
    for (team, day, site), times in stays.items():
        if times > 1:
            yield Violation(
                rule="duplicate_visit", team=team, day=day, site=site, amount=times, limit=1
            )


def _stays(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """Each stay: the day is still to come, the team works, the stay lies in one session."""
    for visit in visits:
        team = problem.teams[visit.team]
        if visit.day < problem.today:
            yield _at(visit, "past", visit.day, problem.today)
        if not team.works(visit.day):
            yield _at(visit, "day_off", visit.day)
            continue
        if visit.start < visit.arrive:
            yield _at(visit, "start_before_arrival", visit.start, visit.arrive)
        stayed = _worked(visit.start, visit.end, team.breaks[visit.day])
        needed = _stay_minutes(problem, visit)
        if visit.end < visit.start or stayed < needed:
            yield _at(visit, "stay_minutes", stayed, needed)
        sessions = problem.sites[visit.site].sessions[visit.day]
        if not any(opens <= visit.start and visit.end <= closes for opens, closes in sessions):
            yield _at(visit, "session", visit.start)


def _routes(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """Each team-day: time to drive from base to the first site, between sites and home."""
    for (number, day), stays in _team_days(visits).items():
        team = problem.teams[number]
        shift = team.shifts[day]
        if shift is not None and team.kits[day] > 0:  # else each stay is a "day_off"
            yield from _route(problem, team, shift, stays)


def _route(
    problem: VisitProblem, team: FieldTeam, shift: Window, stays: Visits
) -> Iterator[Violation]:
    matrix = problem.travel[team.travel]
    node, clock = team.start, shift[0]
    for visit in stays:
        breaks = team.breaks[visit.day]
        driven = _worked(clock, visit.arrive, breaks)
        if visit.arrive < clock or driven < matrix[node][visit.site]:
            yield _at(visit, "drive", driven, matrix[node][visit.site])
        node, clock = visit.site, visit.end
    last = stays[-1]
    driven = _worked(clock, shift[1], team.breaks[last.day])
    if clock > shift[1] or driven < matrix[node][team.end]:
        yield _at(last, "drive_home", driven, matrix[node][team.end])


def _team_days(visits: Visits) -> dict[tuple[int, int], list[SiteVisit]]:
    """Group visits by team and day, each list in the order of the stays."""
    stays = sorted(visits, key=lambda visit: (visit.start, visit.end, visit.arrive))
    return dict(sorted(grouped(stays, lambda visit: (visit.team, visit.day)).items()))


def _by_site(visits: Visits) -> dict[int, list[SiteVisit]]:
    """Group visits by site, each list in the order in which they call pupils."""
    stays = sorted(visits, key=lambda visit: (visit.day, visit.start, visit.team))
    return dict(sorted(grouped(stays, lambda visit: visit.site).items()))


def _driving_minutes(problem: VisitProblem, number: int, stays: Visits) -> int:
    team = problem.teams[number]
    matrix = problem.travel[team.travel]
    nodes = [team.start, *(visit.site for visit in stays), team.end]
    return sum(matrix[a][b] for a, b in pairwise(nodes))


# Constraints --------------------------------------------------------------------------------


def _visits_per_day(
    _problem: VisitProblem, visits: Visits, rule: VisitsPerDay
) -> Iterator[Violation]:
    for (team, day), stays in _team_days(visits).items():
        if len(stays) > rule.most:
            yield Violation(
                rule="visits_per_day", team=team, day=day, amount=len(stays), limit=rule.most
            )


def _visits_per_site(
    problem: VisitProblem, visits: Visits, rule: VisitsPerSite
) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        made = len(problem.sites[site].held) + len(stays)
        if made > rule.most:
            yield Violation(rule="visits_per_site", site=site, amount=made, limit=rule.most)


def _spacing(problem: VisitProblem, visits: Visits, rule: Spacing) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        days = {*problem.sites[site].held, *(visit.day for visit in stays)}
        for earlier, later in pairwise(sorted(days)):
            if later - earlier < rule.days and later >= problem.today:
                yield Violation(
                    rule="spacing", site=site, day=later, amount=later - earlier, limit=rule.days
                )


def _teams_at_once(
    _problem: VisitProblem, visits: Visits, rule: TeamsAtOnce
) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        for visit in stays:  # the crowd is largest at the start of some stay
            teams = {
                other.team
                for other in stays
                if other.day == visit.day and other.start <= visit.start < other.end
            }
            if len(teams) > rule.most:
                yield Violation(
                    rule="teams_at_once",
                    site=site,
                    day=visit.day,
                    amount=len(teams),
                    limit=rule.most,
                )


def _fewest_pupils(
    problem: VisitProblem, visits: Visits, rule: FewestPupils
) -> Iterator[Violation]:
    expected = _expected(problem, visits)
    for site, stays in _by_site(visits).items():
        for visit in stays if problem.sites[site].held else stays[1:]:
            if expected[visit].if_held < 100 * rule.pupils:
                yield _at(visit, "fewest_pupils", expected[visit].if_held // 100, rule.pupils)


def _driving_limit(
    problem: VisitProblem, visits: Visits, rule: DrivingLimit
) -> Iterator[Violation]:
    for (team, day), stays in _team_days(visits).items():
        minutes = _driving_minutes(problem, team, stays)
        if minutes > rule.minutes:
            yield Violation(
                rule="driving_limit", team=team, day=day, amount=minutes, limit=rule.minutes
            )


def _kit_day_cap(problem: VisitProblem, visits: Visits, rule: KitDayCap) -> Iterator[Violation]:
    for (team, day), stays in _team_days(visits).items():
        room = sum(visit.room for visit in stays)
        most = rule.pupils * problem.teams[team].kits[day]
        if room > most:
            yield Violation(rule="kit_day_cap", team=team, day=day, amount=room, limit=most)


def _reserve_days(problem: VisitProblem, visits: Visits, rule: ReserveDays) -> Iterator[Violation]:
    for number, team in enumerate(problem.teams):
        working = [
            day
            for day in range(problem.days)
            if team.works(day) and any(site.sessions[day] for site in problem.sites)
        ]
        kept = working[-rule.days :] if 0 < rule.days < len(working) else []
        if not kept or kept[0] <= problem.today:
            continue
        for visit in visits:
            if visit.team == number and visit.day in kept:
                yield _at(visit, "reserve_days", visit.day, kept[0])


def _team_day_budget(
    problem: VisitProblem, visits: Visits, rule: TeamDayBudget
) -> Iterator[Violation]:
    used = {(team, day) for team, day in _team_days(visits) if rule.first <= day <= rule.last}
    for number, team in enumerate(problem.teams):
        used |= {(number, day) for day in team.out if rule.first <= day <= rule.last}
    planned = any(rule.first <= visit.day <= rule.last for visit in visits)
    if planned and len(used) > rule.most:
        yield Violation(rule="team_day_budget", day=rule.first, amount=len(used), limit=rule.most)


def _forbidden(_problem: VisitProblem, visits: Visits, rule: Forbidden) -> Iterator[Violation]:
    for visit in visits:
        if (visit.team, visit.site) == (rule.team, rule.site):
            yield _at(visit, "forbidden", 1, 0)


def _one_visit(problem: VisitProblem, visits: Visits, rule: OneVisit) -> Iterator[Violation]:
    site = problem.sites[rule.site]
    stays = _by_site(visits).get(rule.site, [])
    made = len(site.held) + len(stays)
    if stays and made > 1:
        yield Violation(rule="one_visit", site=rule.site, amount=made, limit=1)
    for visit in stays:
        called = sum(
            group.arrived(visit.day) for group in site.groups if visit.day not in group.away
        )
        if visit.room < called:
            yield _at(visit, "room_for_all", visit.room, called)


def _pinned(_problem: VisitProblem, visits: Visits, rule: Pinned) -> Iterator[Violation]:
    rooms = [
        visit.room
        for visit in visits
        if (visit.team, visit.day, visit.site) == (rule.team, rule.day, rule.site)
        and rule.start in (None, visit.start)
    ]
    if max(rooms, default=-1) < rule.pupils:
        yield Violation(
            rule="pinned",
            team=rule.team,
            day=rule.day,
            site=rule.site,
            amount=max(rooms, default=0),
            limit=rule.pupils,
        )


def _never_violated(
    _problem: VisitProblem, _visits: Visits, _rule: Floor | ReachedBy
) -> Iterator[Violation]:
    """What is missing to a floor or a date comes first in `evaluate`."""
    yield from ()


CHECKS: dict[type, Check] = {
    VisitsPerDay: _visits_per_day,
    VisitsPerSite: _visits_per_site,
    Spacing: _spacing,
    TeamsAtOnce: _teams_at_once,
    FewestPupils: _fewest_pupils,
    DrivingLimit: _driving_limit,
    KitDayCap: _kit_day_cap,
    ReserveDays: _reserve_days,
    TeamDayBudget: _team_day_budget,
    Forbidden: _forbidden,
    OneVisit: _one_visit,
    Pinned: _pinned,
    Floor: _never_violated,
    ReachedBy: _never_violated,
}

CHECK_NAMES = (
    "day_off",
    "drive",
    "drive_home",
    "driving_limit",
    "duplicate_visit",
    "fewest_pupils",
    "forbidden",
    "kit_day_cap",
    "no_room",
    "one_visit",
    "past",
    "pinned",
    "reserve_days",
    "room_for_all",
    "session",
    "spacing",
    "start_before_arrival",
    "stay_minutes",
    "team_day_budget",
    "teams_at_once",
    "unknown_day",
    "unknown_site",
    "unknown_team",
    "visits_per_day",
    "visits_per_site",
)


def _check_of(rule: object) -> Check:
    if type(rule) not in CHECKS:
        msg = f"constraint {type(rule).__name__!r} has no check in planning.checker.CHECKS"
        raise ProblemError([msg])
    return CHECKS[type(rule)]


# Expectation --------------------------------------------------------------------------------

_UNIT = 10_000  # one pupil
_NORMAL = NormalDist()


@attrs.define
class _Waiting:
    """Pupils of one group who may come, in ten-thousandths: never called before, called before."""

    fresh: int
    again: int


@attrs.define
class _Course:
    """One course of luck: its chance in millionths, and who waits at a site then, in the mean."""

    chance: int
    waiting: list[_Waiting]


def _expected(problem: VisitProblem, visits: Visits) -> dict[SiteVisit, Expected]:
    found: dict[SiteVisit, Expected] = {}
    for site, stays in _by_site(visits).items():
        found |= _site_expectation(problem, site, stays)
    return found


def _site_expectation(
    problem: VisitProblem, place: int, stays: Visits
) -> dict[SiteVisit, Expected]:
    site, held = problem.sites[place], problem.held[place]
    start = [_before_any_visit(problem, site, group) for group in site.groups]
    courses = [_Course(1_000_000, start)]  # the first one: no visit failed
    seen = 0
    recorded = [0] * len(site.groups)  # hundredths so far
    found: dict[SiteVisit, Expected] = {}
    for day, on_day in groupby(stays, key=lambda visit: visit.day):
        today = list(on_day)
        for course in courses:
            for one, group in zip(course.waiting, site.groups, strict=True):
                one.fresh += _fresh(problem, group, day) - _fresh(problem, group, seen)
        room = sum(visit.room for visit in today)
        takes_place = max(held[visit.team] for visit in today)  # teams that meet: the better one
        played = [_one_day(problem, site, day, course.waiting, room) for course in courses]
        mixed = [
            sum(course.chance * came[g] for course, (came, _) in zip(courses, played, strict=True))
            for g in range(len(site.groups))
        ]
        for visit in today:  # those who come are shared by room
            mine = [mean * visit.room // room for mean in mixed]
            counts = tuple(takes_place * mean // (1_000_000 * 1_000 * 100) for mean in mine)
            worth = 0
            for number, group in enumerate(site.groups):
                worth += _pupils_worth(problem, group, recorded[number], counts[number], day)
            found[visit] = Expected(
                waiting=tuple(
                    0 if day in group.away else 100 * group.arrived(day) - done
                    for group, done in zip(site.groups, recorded, strict=True)
                ),
                recorded=counts,
                if_held=sum(mine) // (1_000_000 * 100),
                worth=worth,
            )
            recorded = [done + more for done, more in zip(recorded, counts, strict=True)]
        courses = [*_after(takes_place, courses, [left for _, left in played])]
        seen = day
    return found


def _fresh(problem: VisitProblem, group: Group, day: int) -> int:
    """Return how many of *group* have arrived by *day*, may come and were never called before."""
    pupils = max(group.arrived(day) - sum(group.stayed_away), 0)
    return pupils * (_UNIT * (1_000 - problem.luck.never) // 1_000)


def _after(
    held: int, courses: Sequence[_Course], left: Sequence[list[_Waiting]]
) -> Iterator[_Course]:
    """Yield the courses after one more visit: none failed, the first one, a later one first."""
    smooth, *rough = courses
    still = smooth.chance * held // 1_000
    yield _Course(still, left[0])
    later = [_Course(smooth.chance - still, smooth.waiting)]
    for number, (course, after) in enumerate(zip(rough, left[1:], strict=True)):
        then = _Course(course.chance, _in_the_mean(held, after, 1_000 - held, course.waiting))
        if number:
            later.append(then)
        else:
            yield then
    chance = sum(course.chance for course in later)
    if chance and len(later) > 1:
        new, old = later
        yield _Course(chance, _in_the_mean(new.chance, new.waiting, old.chance, old.waiting))
    elif chance:
        yield later[0]


def _in_the_mean(
    weight: int, some: Sequence[_Waiting], other_weight: int, others: Sequence[_Waiting]
) -> list[_Waiting]:
    both = weight + other_weight
    return [
        _Waiting(
            (weight * a.fresh + other_weight * b.fresh) // both,
            (weight * a.again + other_weight * b.again) // both,
        )
        for a, b in zip(some, others, strict=True)
    ]


def _before_any_visit(problem: VisitProblem, site: Site, group: Group) -> _Waiting:
    never, again = problem.luck.never, 0
    for times, pupils in enumerate(group.stayed_away):
        may_come = (1_000 - never) * (1_000 - site.turnout)
        may_come *= (1_000 - site.turnout_again) ** times
        stays_away = may_come + never * 1_000 ** (times + 1)
        again += pupils * _UNIT * may_come // stays_away if stays_away else pupils * _UNIT
    return _Waiting(_fresh(problem, group, 0), again)


def _one_day(
    problem: VisitProblem, site: Site, day: int, waiting: Sequence[_Waiting], room: int
) -> tuple[list[int], list[_Waiting]]:
    """Return those of each group recorded on a day that takes place, and who is left."""
    luck = problem.luck
    recorded = [0] * len(site.groups)
    left = [_Waiting(one.fresh, one.again) for one in waiting]
    mean = variance = everybody = 0
    for number, (group, one) in enumerate(zip(site.groups, waiting, strict=True)):
        fresh, again = site.turnout * one.fresh, site.turnout_again * one.again
        if day in group.away or not fresh + again:
            continue
        mean += (fresh + again) // 1_000
        everybody += one.fresh + one.again
        variance += ((1_000 - site.turnout) * fresh + (1_000 - site.turnout_again) * again) // 100
        spread = (luck.turnout_spread * mean // 1_000) ** 2
        spread += (luck.room_spread * room * _UNIT // 1_000) ** 2
        reached = mean
        if room * _UNIT < everybody:
            reached = _cut_mean(mean, variance + spread, room * _UNIT)
        taken = recorded[number] = max(reached - sum(recorded), 0)
        came, of_fresh = fresh // 1_000, taken * fresh // (fresh + again)
        left[number] = _Waiting(
            max(came - of_fresh, 0), max(one.again - (taken - of_fresh), 0) + one.fresh - came
        )
    return recorded, left


def _cut_mean(mean: int, variance: int, room: int) -> int:
    """Return the mean of a normal number of pupils of whom no more than *room* are taken."""
    deviation = math.isqrt(variance)
    smaller, apart = min(mean, room), abs(room - mean)
    if apart >= 4 * deviation:
        return smaller
    z = apart * 100 // deviation / 100
    lost = round((_NORMAL.pdf(z) - z * _NORMAL.cdf(-z)) * 1_000_000)
    return smaller - deviation * lost // 1_000_000


def _pupils_worth(problem: VisitProblem, group: Group, recorded: int, more: int, day: int) -> int:
    """Return the worth of *more* hundredths, after *recorded* of those who wait the longest."""
    worth, passed = 0, 0
    for first_day, pupils in group.arrivals:
        passed += 100 * pupils
        taken = min(more, max(passed - recorded, 0))
        waited = day - max(first_day, problem.today)
        share = max(1_000 - problem.price.waiting * waited, 0)
        worth += problem.price.weight(group.priority) * taken * share
        recorded, more = recorded + taken, more - taken
    return worth


# What comes before the value ----------------------------------------------------------------


def _shortfall(problem: VisitProblem, visits: Visits, expected: dict[SiteVisit, Expected]) -> int:
    missing = 0
    for floor in problem.all_of(Floor):
        recorded = sum(
            expected[visit].pupils
            for visit in visits
            if problem.sites[visit.site].district == floor.district
        )
        missing += max(100 * floor.pupils - recorded, 0)
    for date in problem.all_of(ReachedBy):
        for number, site in enumerate(problem.sites):
            if site.district == date.district:
                stays = [v for v in visits if v.site == number and v.day <= date.day]
                missing += _unreached(problem, site, stays, date.day)
    return missing


def _unreached(problem: VisitProblem, site: Site, stays: Visits, by: int) -> int:
    """Return hundredths of pupils waiting by a date who were not called, or had no room."""
    uncalled = called = 0
    for group in site.groups:
        met = max((v.day for v in stays if v.day not in group.away), default=-1)
        before = sum(group.stayed_away)
        new = max(group.arrived(met) - before, 0) if met >= 0 else 0
        called += new
        uncalled += max(group.arrived(by) - before, 0) - new
    come = called * site.turnout * (1_000 - problem.luck.never) // 10_000
    return 100 * uncalled + max(come - 100 * sum(visit.room for visit in stays), 0)
