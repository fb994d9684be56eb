"""
The judge: what a plan breaks, and how good it is.

Shares no code with the search: it reads problem, rules and visits in their own minutes, one
law per function. To judge a new rule, write a function that yields its violations and enter it
in `READINGS`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import Any, TypeAlias

import attrs

from school_ektp.errors import ProblemError
from school_ektp.planning.problem import (
    Crew,
    Group,
    Site,
    VisitProblem,
    Window,
    recording_minutes,
)
from school_ektp.planning.rules import (
    CrewsAtOnce,
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    Pinned,
    ReserveDays,
    Spacing,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.solution import Score, SiteVisit, Solution


@attrs.frozen(kw_only=True)
class Violation:
    """
    One breach of one law by a plan, in integers only.

    Attributes:
        rule: Name of the law, one of `LAWS`.
        crew: Crew concerned, or None when the law is about a site.
        day: Day concerned, or None when the law is about the horizon.
        site: Site concerned, or None when the law is about a crew.
        amount: What the plan has.
        limit: What the law asks for or allows; None where there is no number to it.
    """

    rule: str
    crew: int | None = None
    day: int | None = None
    site: int | None = None
    amount: int
    limit: int | None = None


Visits: TypeAlias = Sequence[SiteVisit]
Reading: TypeAlias = Callable[[VisitProblem, Visits, Any], Iterator[Violation]]


def violations(problem: VisitProblem, solution: Solution) -> tuple[Violation, ...]:
    """
    Return every breach of *problem* by *solution*; empty if the plan holds.

    A malformed visit (unknown crew, day or site, a wrong number of groups, a negative count)
    is reported as such and takes no part in the other laws.

    Raises:
        ProblemError: The problem holds a rule that the judge cannot read.
    """
    faults = [fault for visit in solution.visits for fault in _malformed(problem, visit)]
    visits = _sound(problem, solution)
    for law in (_once, _stays, _routes, _pupils):
        faults += law(problem, visits)
    for rule in problem.rules:
        faults += _reading(rule)(problem, visits, rule)
    return tuple(faults)


def score(problem: VisitProblem, solution: Solution) -> Score:
    """
    Return the goals reached by *solution*, counted anew from its visits.

    Malformed visits count for nothing.
    """
    visits = _sound(problem, solution)
    return Score(
        floors=-_floor_shortfall(problem, visits),
        recorded=_recorded_by_priority(problem, visits),
        equity=_least_coverage(problem, visits) if problem.equity else 0,
        team_days=-len(_team_days(visits)),
        driving=-sum(
            _driving_minutes(problem, crew, stays)
            for (crew, _), stays in _team_days(visits).items()
        ),
        earliness=-sum(visit.day * visit.pupils for visit in visits),
    )


# Form ---------------------------------------------------------------------------------------


def _malformed(problem: VisitProblem, visit: SiteVisit) -> Iterator[Violation]:
    for rule, number, size in (
        ("unknown_crew", visit.crew, len(problem.crews)),
        ("unknown_day", visit.day, problem.days),
        ("unknown_site", visit.site, len(problem.sites)),
    ):
        if not 0 <= number < size:
            yield _at(visit, rule, number, size)
    if 0 <= visit.site < len(problem.sites):
        yield from _malformed_counts(problem.sites[visit.site], visit)


def _malformed_counts(site: Site, visit: SiteVisit) -> Iterator[Violation]:
    for counts in (visit.called, visit.recorded):
        if len(counts) != len(site.groups):
            yield _at(visit, "group_count", len(counts), len(site.groups))
        if min(counts, default=0) < 0:
            yield _at(visit, "negative_pupils", min(counts), 0)


def _sound(problem: VisitProblem, solution: Solution) -> list[SiteVisit]:
    return [visit for visit in solution.visits if not any(_malformed(problem, visit))]


def _at(visit: SiteVisit, rule: str, amount: int, limit: int | None = None) -> Violation:
    return Violation(
        rule=rule, crew=visit.crew, day=visit.day, site=visit.site, amount=amount, limit=limit
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
    crew = problem.crews[visit.crew]
    rounds = recording_minutes(
        visit.pupils if problem.overbook else sum(visit.called),
        kits=crew.kits[visit.day],
        minutes_per_pupil=crew.minutes_per_pupil[visit.site],
    )
    return crew.setup[visit.site] + rounds + crew.packdown[visit.site]


def _once(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """
    A crew stays at a site once in a session.

    Going out of the door and in again would call those who did not come an hour ago.
    """
    stays = Counter(
        (visit.crew, visit.day, visit.site, _session(problem, visit)) for visit in visits
    )
    for (crew, day, site, _), times in stays.items():
        if times > 1:
            yield Violation(
                rule="duplicate_visit", crew=crew, day=day, site=site, amount=times, limit=1
            )


def _session(problem: VisitProblem, visit: SiteVisit) -> Window | None:
    """Return the session a stay lies in, None if it lies in none."""
    for opens, closes in problem.sites[visit.site].sessions[visit.day]:
        if opens <= visit.start and visit.end <= closes:
            return opens, closes
    return None


def _stays(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """Each stay: the crew works, the stay is long enough and lies in one session."""
    for visit in visits:
        crew = problem.crews[visit.crew]
        if not crew.works(visit.day):
            yield _at(visit, "day_off", visit.day)
            continue
        if visit.start < visit.arrive:
            yield _at(visit, "start_before_arrival", visit.start, visit.arrive)
        stayed = _worked(visit.start, visit.end, crew.breaks[visit.day])
        needed = _stay_minutes(problem, visit)
        if visit.end < visit.start or stayed < needed:
            yield _at(visit, "stay_minutes", stayed, needed)
        if _session(problem, visit) is None:
            yield _at(visit, "session", visit.start)


def _routes(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """Each team-day: time to drive from base to the first site, between sites and home."""
    for (number, day), stays in _team_days(visits).items():
        crew = problem.crews[number]
        shift = crew.shifts[day]
        if shift is not None and crew.kits[day] > 0:  # else each stay is a "day_off"
            yield from _route(problem, crew, shift, stays)


def _route(problem: VisitProblem, crew: Crew, shift: Window, stays: Visits) -> Iterator[Violation]:
    matrix = problem.travel[crew.travel]
    node, clock = crew.start, shift[0]
    for visit in stays:
        breaks = crew.breaks[visit.day]
        driven = _worked(clock, visit.arrive, breaks)
        if visit.arrive < clock or driven < matrix[node][visit.site]:
            yield _at(visit, "drive", driven, matrix[node][visit.site])
        node, clock = visit.site, visit.end
    last = stays[-1]
    driven = _worked(clock, shift[1], crew.breaks[last.day])
    if clock > shift[1] or driven < matrix[node][crew.end]:
        yield _at(last, "drive_home", driven, matrix[node][crew.end])


def _team_days(visits: Visits) -> dict[tuple[int, int], list[SiteVisit]]:
    """Group visits by crew and day, each list in the order of the stays."""
    days: dict[tuple[int, int], list[SiteVisit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: (visit.start, visit.end, visit.arrive)):
        days[visit.crew, visit.day].append(visit)
    return dict(sorted(days.items()))


def _driving_minutes(problem: VisitProblem, number: int, stays: Visits) -> int:
    crew = problem.crews[number]
    matrix = problem.travel[crew.travel]
    nodes = [crew.start, *(visit.site for visit in stays), crew.end]
    return sum(matrix[a][b] for a, b in pairwise(nodes))


# Pupils -------------------------------------------------------------------------------------


def _pupils(problem: VisitProblem, visits: Visits) -> Iterator[Violation]:
    """
    Each visit: pupils called are waiting and at school, and few enough are recorded.

    Nobody is called twice on one day: who does not come in the morning is no more likely to
    come at noon.
    """
    recorded: dict[tuple[int, int], int] = defaultdict(int)  # by site and group, before the day
    for _, today in groupby(sorted(visits, key=_turn), key=lambda visit: visit.day):
        stays = list(today)
        called: dict[tuple[int, int], int] = defaultdict(int)  # on the day
        for visit in stays:
            if visit.pupils < 1:
                yield _at(visit, "empty_visit", visit.pupils, 1)
            for number, group in enumerate(problem.sites[visit.site].groups):
                key = visit.site, number
                waiting = group.arrived(visit.day) - recorded[key] - called[key]
                yield from _called(visit, group, visit.called[number], waiting)
                called[key] += visit.called[number]
            yield from _turned_up(problem.sites[visit.site].turnout, visit)
        for visit in stays:
            for number, pupils in enumerate(visit.recorded):
                recorded[visit.site, number] += pupils


def _turn(visit: SiteVisit) -> tuple[int, int, SiteVisit]:
    return visit.day, visit.start, visit


def _called(visit: SiteVisit, group: Group, called: int, waiting: int) -> Iterator[Violation]:
    if called > waiting:
        yield _at(visit, "waiting", called, waiting)
    if called and visit.day in group.away:
        yield _at(visit, "away", called, 0)


def _turned_up(turnout: int, visit: SiteVisit) -> Iterator[Violation]:
    for called, recorded in zip(visit.called, visit.recorded, strict=True):
        if recorded > called:
            yield _at(visit, "recorded_over_called", recorded, called)
    # By prefixes, because those called first come no more surely than the others.
    for called, recorded in zip(accumulate(visit.called), accumulate(visit.recorded), strict=True):
        if recorded > turnout * called // 100:
            yield _at(visit, "turnout", recorded, turnout * called // 100)
            return  # the first prefix that fails says it


# Rules --------------------------------------------------------------------------------------


def _visits_per_day(
    _problem: VisitProblem, visits: Visits, rule: VisitsPerDay
) -> Iterator[Violation]:
    for (crew, day), stays in _team_days(visits).items():
        if len(stays) > rule.most:
            yield Violation(
                rule="visits_per_day", crew=crew, day=day, amount=len(stays), limit=rule.most
            )


def _visits_per_site(
    _problem: VisitProblem, visits: Visits, rule: VisitsPerSite
) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        if len(stays) > rule.most:
            yield Violation(rule="visits_per_site", site=site, amount=len(stays), limit=rule.most)


def _spacing(_problem: VisitProblem, visits: Visits, rule: Spacing) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        for earlier, later in pairwise(sorted({visit.day for visit in stays})):
            if later - earlier < rule.days:
                yield Violation(
                    rule="spacing", site=site, day=later, amount=later - earlier, limit=rule.days
                )


def _crews_at_once(
    _problem: VisitProblem, visits: Visits, rule: CrewsAtOnce
) -> Iterator[Violation]:
    for site, stays in _by_site(visits).items():
        for visit in stays:  # the crowd is largest at the start of some stay
            crews = {
                other.crew
                for other in stays
                if other.day == visit.day and other.start <= visit.start < other.end
            }
            if len(crews) > rule.most:
                yield Violation(
                    rule="crews_at_once",
                    site=site,
                    day=visit.day,
                    amount=len(crews),
                    limit=rule.most,
                )


def _fewest_pupils(
    _problem: VisitProblem, visits: Visits, rule: FewestPupils
) -> Iterator[Violation]:
    for visit in visits:
        if visit.pupils < rule.pupils:
            yield _at(visit, "fewest_pupils", visit.pupils, rule.pupils)


def _driving_limit(
    problem: VisitProblem, visits: Visits, rule: DrivingLimit
) -> Iterator[Violation]:
    for (crew, day), stays in _team_days(visits).items():
        minutes = _driving_minutes(problem, crew, stays)
        if minutes > rule.minutes:
            yield Violation(
                rule="driving_limit", crew=crew, day=day, amount=minutes, limit=rule.minutes
            )


def _kit_day_cap(problem: VisitProblem, visits: Visits, rule: KitDayCap) -> Iterator[Violation]:
    for (crew, day), stays in _team_days(visits).items():
        pupils = sum(visit.pupils for visit in stays)
        most = rule.pupils * problem.crews[crew].kits[day]
        if pupils > most:
            yield Violation(rule="kit_day_cap", crew=crew, day=day, amount=pupils, limit=most)


def _reserve_days(problem: VisitProblem, visits: Visits, rule: ReserveDays) -> Iterator[Violation]:
    used: dict[int, set[int]] = defaultdict(set)
    for visit in visits:
        used[visit.crew].add(visit.day)
    for number, days in sorted(used.items()):
        working = sum(problem.crews[number].works(day) for day in range(problem.days))
        most = max(working - rule.days, 0)
        if len(days) > most:
            yield Violation(rule="reserve_days", crew=number, amount=len(days), limit=most)


def _forbidden(_problem: VisitProblem, visits: Visits, rule: Forbidden) -> Iterator[Violation]:
    for visit in visits:
        if (visit.crew, visit.site) == (rule.crew, rule.site):
            yield _at(visit, "forbidden", 1, 0)


def _pinned(_problem: VisitProblem, visits: Visits, rule: Pinned) -> Iterator[Violation]:
    kept = [
        visit.pupils
        for visit in visits
        if (visit.crew, visit.day, visit.site) == (rule.crew, rule.day, rule.site)
        and rule.start in (None, visit.start)
    ]
    if max(kept, default=-1) < rule.pupils:
        yield Violation(
            rule="pinned",
            crew=rule.crew,
            day=rule.day,
            site=rule.site,
            amount=max(kept, default=0),
            limit=rule.pupils,
        )


def _floor(_problem: VisitProblem, _visits: Visits, _rule: Floor) -> Iterator[Violation]:
    """Never breached: what is missing to a floor is the first goal of `score`."""
    yield from ()


READINGS: dict[type, Reading] = {
    VisitsPerDay: _visits_per_day,
    VisitsPerSite: _visits_per_site,
    Spacing: _spacing,
    CrewsAtOnce: _crews_at_once,
    FewestPupils: _fewest_pupils,
    DrivingLimit: _driving_limit,
    KitDayCap: _kit_day_cap,
    ReserveDays: _reserve_days,
    Forbidden: _forbidden,
    Pinned: _pinned,
    Floor: _floor,
}

LAWS = (
    "away",
    "crews_at_once",
    "day_off",
    "drive",
    "drive_home",
    "driving_limit",
    "duplicate_visit",
    "empty_visit",
    "fewest_pupils",
    "forbidden",
    "group_count",
    "kit_day_cap",
    "negative_pupils",
    "pinned",
    "recorded_over_called",
    "reserve_days",
    "session",
    "spacing",
    "start_before_arrival",
    "stay_minutes",
    "turnout",
    "unknown_crew",
    "unknown_day",
    "unknown_site",
    "visits_per_day",
    "visits_per_site",
    "waiting",
)


def _reading(rule: object) -> Reading:
    if type(rule) not in READINGS:
        msg = f"rule {type(rule).__name__!r} has no reading in planning.feasibility.READINGS"
        raise ProblemError([msg])
    return READINGS[type(rule)]


def _by_site(visits: Visits) -> dict[int, list[SiteVisit]]:
    sites: dict[int, list[SiteVisit]] = defaultdict(list)
    for visit in visits:
        sites[visit.site].append(visit)
    return dict(sorted(sites.items()))


# Goals --------------------------------------------------------------------------------------


def _recorded_by_priority(problem: VisitProblem, visits: Visits) -> tuple[int, ...]:
    recorded = [0] * problem.priorities
    for visit in visits:
        groups = problem.sites[visit.site].groups
        for group, pupils in zip(groups, visit.recorded, strict=True):
            recorded[group.priority] += pupils
    return tuple(recorded)


def _recorded_by_district(problem: VisitProblem, visits: Visits) -> dict[int, int]:
    recorded: dict[int, int] = defaultdict(int)
    for visit in visits:
        recorded[problem.sites[visit.site].district] += visit.pupils
    return recorded


def _floor_shortfall(problem: VisitProblem, visits: Visits) -> int:
    recorded = _recorded_by_district(problem, visits)
    floors = [rule for rule in problem.rules if isinstance(rule, Floor)]
    return sum(max(floor.pupils - recorded[floor.district], 0) for floor in floors)


def _least_coverage(problem: VisitProblem, visits: Visits) -> int:
    """Return the least share of a district's pupils recorded, in thousandths, rounded down."""
    recorded = _recorded_by_district(problem, visits)
    pupils: dict[int, int] = defaultdict(int)
    for site in problem.sites:
        pupils[site.district] += sum(group.arrived(problem.days - 1) for group in site.groups)
    shares = [1000 * recorded[district] // all_ for district, all_ in pupils.items() if all_]
    return min(shares, default=0)
