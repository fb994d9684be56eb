"""From schools, demand, teams and a calendar to the problem in integers, and its names."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Sequence
from itertools import groupby

import attrs

from school_ektp.errors import ProblemError, SchoolEktpWarning
from school_ektp.model import arguments
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.classes import belongs
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.travel import RoadEstimate, TravelTable, base_of, end_of
from school_ektp.model.worth import Worth
from school_ektp.planning import constraints as ask
from school_ektp.planning.problem import (
    ALL,
    PUPIL,
    FieldTeam,
    Group,
    Luck,
    Matrix,
    Price,
    Site,
    VisitProblem,
    Window,
)
from school_ektp.planning.travel import close_triangle, road_matrix


@attrs.frozen(kw_only=True)
class Names:
    """
    What the numbers of a problem stand for.

    Attributes:
        first_day: Date of day 0.
        sites: NPSN of each site.
        teams: Name of each team.
        districts: Kecamatan of each district number.
        priorities: Label of each priority class.
        unplaced: NPSNs with waiting pupils that no plan can reach: their location is unknown.
        closed_pairs: Pairs of places whose driving time was shortened to a shorter way round.
        visited: Days gone by on which schools were visited that are no sites, since nobody waits
            there any more.
    """

    first_day: dt.date
    sites: tuple[str, ...]
    teams: tuple[str, ...]
    districts: tuple[str, ...]
    priorities: tuple[str, ...]
    unplaced: tuple[str, ...] = ()
    closed_pairs: tuple[tuple[str, str], ...] = ()
    visited: tuple[tuple[str, tuple[dt.date, ...]], ...] = ()

    def date(self, day: int) -> dt.date:
        """Return the date of a day number."""
        return self.first_day + dt.timedelta(days=day)


@arguments.checked
def build_problem(
    schools: Iterable[School],
    demand: Iterable[SchoolDemand],
    teams: Iterable[Team],
    calendar: VisitCalendar,
    *,
    rules: VisitRules | None = None,
    worth: Worth | None = None,
    risks: Risks | None = None,
    travel: RoadEstimate | TravelTable | None = None,
    begins: bool = True,
) -> tuple[VisitProblem, Names]:
    """
    Return the planning problem and the names of its numbers.

    Sites are the located schools in order of NPSN, teams in order of name, so the order of the
    input does not matter.

    Args:
        schools: The schools.
        demand: Their pupils, counted.
        teams: The teams.
        calendar: The season. A class that a closure names, and no school it holds for has among
            its pupils, is a fault; a whole grade of which nobody waits is a warning.
        rules: What is asked beyond hours and travel.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What is expected to go wrong.
        travel: Driving times.
        begins: The season begins: the demand holds all classes with pupils, and some team works
            on some day. False in the middle of a season, when classes are recorded to the last
            pupil and no class is unknown, and all teams may pause to the end.

    Raises:
        ProblemError: Parts do not fit together; every fault is listed.

    Warns:
        SchoolEktpWarning: A closure of classes closes nothing: nobody of the grade waits, or the
            demand does not tell classes apart.
    """
    requested = rules or VisitRules()
    parts = _Parts(
        schools=tuple(sorted(schools, key=lambda school: school.npsn)),
        demand=tuple(sorted(demand, key=lambda one: one.npsn)),
        teams=tuple(sorted(teams, key=lambda team: team.name)),
        calendar=calendar,
        rules=requested,
        risks=risks or Risks(),
    )
    slips, doubtful = _unknown_classes(parts) if begins else ([], [])
    faults = [*_faults(parts), *(_idle_teams(parts) if begins else ()), *slips]
    if faults := [*faults, *_unknown_places(parts, travel)]:
        raise ProblemError(faults)
    if doubtful:
        warnings.warn("; ".join(doubtful), SchoolEktpWarning, stacklevel=3)
    _warn_of_unbound_absences(parts)
    nodes = _Nodes.of(parts)
    travel_matrices, profile, closed = _matrices(parts, nodes, travel or RoadEstimate())
    problem = VisitProblem(
        days=len(calendar.days),
        sites=tuple(_site(parts, school) for school in parts.located),
        teams=tuple(_team(parts, team, nodes, profile[team.speed_kmh]) for team in parts.teams),
        travel=travel_matrices,
        constraints=tuple(_constraints(parts)),
        luck=_luck(parts.risks),
        price=_price(worth or Worth()),
    )
    return problem, _names(parts, closed)


@attrs.frozen(kw_only=True)
class _Parts:
    """The input in its total order, with the look-ups every step needs."""

    schools: tuple[School, ...]
    demand: tuple[SchoolDemand, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    risks: Risks
    by_npsn: dict[str, SchoolDemand] = attrs.field(init=False)
    located: tuple[School, ...] = attrs.field(init=False)
    districts: tuple[str, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "by_npsn", {one.npsn: one for one in self.demand})
        wanted = [school for school in self.schools if self._waits(school)]
        located = tuple(school for school in wanted if school.location is not None)
        object.__setattr__(self, "located", located)
        names = sorted({school.kecamatan for school in self.schools})
        object.__setattr__(self, "districts", tuple(names))

    def _waits(self, school: School) -> bool:
        demand = self.by_npsn.get(school.npsn)
        return demand is not None and demand.on(self.calendar.last_day) > 0

    @property
    def unplaced(self) -> tuple[str, ...]:
        return tuple(s.npsn for s in self.schools if self._waits(s) and s.location is None)

    def groups(self, school: School) -> tuple[WaitingGroup, ...]:
        return self.by_npsn[school.npsn].groups


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _faults(parts: _Parts) -> Iterable[str]:
    known = [school.npsn for school in parts.schools]
    teams = [team.name for team in parts.teams]
    yield from (f"school {npsn} is given twice" for npsn in _repeated(known))
    yield from (f"team {name!r} is given twice" for name in _repeated(teams))
    given = [one.npsn for one in parts.demand]
    yield from (f"demand of school {npsn} is given twice" for npsn in _repeated(given))
    for npsn in sorted(set(given) - set(known)):
        yield f"demand of school {npsn}, which is not among the schools"
    if not parts.teams:
        yield "no team is given"
    yield from _rule_faults(parts, set(known), set(teams))


def _idle_teams(parts: _Parts) -> Iterable[str]:
    """Yield a fault when no team ever works, which can only be a slip when a season begins."""
    if parts.teams and not any(_work_days(parts, team) for team in parts.teams):
        yield (
            f"no working day: no team works on any open day from {parts.calendar.first_day}"
            f" to {parts.calendar.last_day}; check Team.works, Team.away and the holidays"
        )


def _rule_faults(parts: _Parts, schools: set[str], teams: set[str]) -> Iterable[str]:
    """Yield what is unknown by name; what is known and cannot be kept is a warning."""
    rules = parts.rules
    teams_named = [(pin.team, "pinned visit") for pin in rules.pinned]
    teams_named += [(team, "forbidden pair") for team, _ in sorted(rules.forbidden_pairs)]
    teams_named += [(team, "lost days") for team, _ in parts.risks.day_lost_by_team]
    for team, what in teams_named:
        if team not in teams:
            yield f"{what} of team {team!r}, which is not among the teams"
    schools_named = [(pin.site, "pinned visit") for pin in rules.pinned]
    schools_named += [(npsn, "forbidden pair") for _, npsn in sorted(rules.forbidden_pairs)]
    schools_named += [(npsn, "forbidden date") for npsn, _ in sorted(rules.forbidden_dates)]
    if not isinstance(rules.one_visit, bool):
        schools_named += [(npsn, "one visit") for npsn in sorted(rules.one_visit)]
    schools_named += [(npsn, "turn-out") for npsn, _ in parts.risks.turnout_by_school]
    schools_named += [(npsn, "outages") for npsn, _ in parts.risks.outage_by_school]
    schools_named += [
        (closure.npsn, f"closure {closure.reason!r}")
        for closure in parts.calendar.closures
        if closure.npsn is not None
    ]
    for npsn, what in schools_named:
        if npsn not in schools:
            yield f"{what} at school {npsn}, which is not among the schools"
    for kecamatan, _ in (*rules.floors, *rules.reached_by):
        if kecamatan not in parts.districts:
            yield f"kecamatan {kecamatan!r} has a floor or a date, and no school"


def _unknown_places(parts: _Parts, travel: RoadEstimate | TravelTable | None) -> Iterable[str]:
    """Yield a fault for each place of an estimate that is neither a school nor a team's."""
    if isinstance(travel, RoadEstimate):
        known = {school.npsn for school in parts.schools}
        known.update(place(team.name) for team in parts.teams for place in (base_of, end_of))
        named = {place for pair, _ in travel.overrides for place in pair}
        for place in sorted(named - known):
            yield f"driving time of {place!r}, which is neither a school nor the base of a team"


def _unknown_classes(parts: _Parts) -> tuple[list[str], list[str]]:
    """
    Return the classes of closures that no school concerned has: slips, and what may be right.

    A class by name is a slip. A whole grade may be right, since it may be that nobody of it waits;
    it is doubtful where nothing else that the closure names is there. Asked only where classes are
    told apart.
    """
    slips: list[str] = []
    doubtful: list[str] = []
    for closure in parts.calendar.closures:
        classes = _classes_there(parts, closure)
        if not classes or not closure.class_name:
            continue
        unknown = [
            meant
            for meant in closure.classes
            if not any(belongs(name, (meant,)) for name in classes)
        ]
        named = [meant for meant in unknown if len(meant) > 1]
        slips += [_unknown_class(closure, " ".join(meant)) for meant in named]
        if not named and len(unknown) == len(closure.classes):
            doubtful.append(_unknown_class(closure, closure.class_name))
    return slips, doubtful


def _classes_there(parts: _Parts, closure: Closure) -> set[str]:
    """Return the classes that the demand tells apart at the schools a closure holds for."""
    return {
        group.class_name
        for school in parts.schools
        if school.npsn in parts.by_npsn and closure.concerns(school)
        for group in parts.groups(school)
        if group.class_name
    }


def _unknown_class(closure: Closure, class_name: str) -> str:
    where = f"school {closure.npsn}" if closure.npsn else "the schools it holds for"
    return (
        f"closure {closure.reason!r} of class {class_name!r}, which is not among"
        f" the classes of {where}; name it as the school does, or leave it out"
    )


def _warn_of_unbound_absences(parts: _Parts) -> None:
    absences = any(closure.class_name for closure in parts.calendar.closures)
    told_apart = any(group.class_name for one in parts.demand for group in one.groups)
    if absences and parts.located and not told_apart:
        message = (
            "the calendar has absences of classes but the demand does not tell classes apart; "
            "pass by_class=True to demand, or leave class_name out of the closures"
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=4)


def _work_days(parts: _Parts, team: Team) -> frozenset[dt.date]:
    return team.working_days(parts.calendar.span) - parts.calendar.days_off.keys()


def _site(parts: _Parts, school: School) -> Site:
    return Site(
        groups=_groups(parts, school),
        sessions=tuple(_sessions(parts, school, day) for day in parts.calendar.days),
        district=parts.districts.index(school.kecamatan),
        turnout=round(ALL * parts.risks.turnout_at(school.npsn)),
        turnout_again=round(ALL * parts.risks.turnout_again_at(school.npsn)),
        outage=_own(parts.risks.outage_by_school, school.npsn),
    )


def with_risks(problem: VisitProblem, names: Names, risks: Risks) -> VisitProblem:
    """Return *problem* with the same sites, teams and constraints, and other risks."""
    sites = tuple(
        attrs.evolve(
            site,
            turnout=round(ALL * risks.turnout_at(npsn)),
            turnout_again=round(ALL * risks.turnout_again_at(npsn)),
            outage=_own(risks.outage_by_school, npsn),
        )
        for site, npsn in zip(problem.sites, names.sites, strict=True)
    )
    teams = tuple(
        attrs.evolve(team, day_lost=_own(risks.day_lost_by_team, name))
        for team, name in zip(problem.teams, names.teams, strict=True)
    )
    return attrs.evolve(problem, sites=sites, teams=teams, luck=_luck(risks))


def _own(rates: Iterable[tuple[str, float]], name: str) -> int | None:
    """Return the rate of one, in thousandths; None when it has none of its own."""
    return next((round(ALL * rate) for one, rate in rates if one == name), None)


def _sessions(parts: _Parts, school: School, day: dt.date) -> tuple[Window, ...]:
    if (school.npsn, day) in parts.rules.forbidden_dates:
        return ()
    return tuple((w.start, w.end) for w in parts.calendar.sessions(school, day))


def _groups(parts: _Parts, school: School) -> tuple[Group, ...]:
    """Merge groups that planning cannot tell apart: same priority, same absences."""
    merged: dict[tuple[int, tuple[int, ...]], dict[int, int]] = {}
    for group in parts.groups(school):
        away = days_away(parts.calendar, school, group.class_name)
        steps = merged.setdefault((group.priority, away), {})
        for day, pupils in group.steps:
            number = max(parts.calendar.day_number(day), 0)
            if number < len(parts.calendar.days):
                steps[number] = steps.get(number, 0) + pupils
    return tuple(
        Group(priority=priority, arrivals=tuple(sorted(steps.items())), away=frozenset(away))
        for (priority, away), steps in sorted(merged.items())
        if steps
    )


def days_away(calendar: VisitCalendar, school: School, class_name: str) -> tuple[int, ...]:
    """Return the days, by number, on which a class is not at school."""
    absences = [c for c in calendar.closures if c.takes_away(class_name) and c.concerns(school)]
    return tuple(
        number
        for number, day in enumerate(calendar.days)
        if any(day in absence.span for absence in absences)
    )


@attrs.frozen
class _Nodes:
    """Places of the travel matrix: sites, then the bases, then ends that are not bases."""

    names: tuple[str, ...]
    places: tuple[Location, ...]
    start: dict[str, int]
    end: dict[str, int]

    @classmethod
    def of(cls, parts: _Parts) -> _Nodes:
        names = [school.npsn for school in parts.located]
        places = [school.location for school in parts.located if school.location is not None]
        start: dict[str, int] = {}
        end: dict[str, int] = {}
        for team in parts.teams:
            start[team.name] = end[team.name] = len(names)
            names.append(base_of(team.name))
            places.append(team.base)
            if team.end != team.base:
                end[team.name] = len(names)
                names.append(end_of(team.name))
                places.append(team.end)
        return cls(tuple(names), tuple(places), start, end)


def _team(parts: _Parts, team: Team, nodes: _Nodes, profile: int) -> FieldTeam:
    work_days = _work_days(parts, team)
    shift = (team.shift.start, team.shift.end)
    days = parts.calendar.days
    breaks = tuple(_breaks(team, day) for day in days)
    sites = len(parts.located)
    return FieldTeam(
        start=nodes.start[team.name],
        end=nodes.end[team.name],
        shifts=tuple(
            shift if day in work_days and not _covers(pauses, shift) else None
            for day, pauses in zip(days, breaks, strict=True)
        ),
        breaks=breaks,
        kits=tuple(team.kits_on(day) for day in days),
        minutes_per_pupil=tuple(team.pupil_minutes(school) for school in parts.located),
        setup=(team.setup_minutes,) * sites,
        packdown=(team.packdown_minutes,) * sites,
        travel=profile,
        day_lost=_own(parts.risks.day_lost_by_team, team.name),
    )


def _breaks(team: Team, day: dt.date) -> tuple[Window, ...]:
    """Return the pauses of a day, joined where they overlap."""
    falling = sorted((b.window.start, b.window.end) for b in team.breaks if b.falls_on(day))
    joined: list[Window] = []
    for start, end in falling:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _covers(breaks: Sequence[Window], shift: Window) -> bool:
    """Return whether a pause leaves nothing of a shift."""
    return any(start <= shift[0] and shift[1] <= end for start, end in breaks)


def _matrices(
    parts: _Parts, nodes: _Nodes, travel: RoadEstimate | TravelTable
) -> tuple[tuple[Matrix, ...], dict[float, int], tuple[tuple[str, str], ...]]:
    speeds = sorted({team.speed_kmh for team in parts.teams})
    if isinstance(travel, TravelTable):
        matrix, closed = close_triangle(travel.among(nodes.names))
        return (matrix,), dict.fromkeys(speeds, 0), _named(closed, nodes)
    points = [(place.latitude, place.longitude) for place in nodes.places]
    built = [
        _with_overrides(
            road_matrix(points, circuity=travel.circuity, speed_kmh=speed), nodes, travel
        )
        for speed in speeds
    ]
    matrices = tuple(matrix for matrix, _ in built)
    pairs = sorted({pair for _, closed in built for pair in _named(closed, nodes)})
    return matrices, {speed: index for index, speed in enumerate(speeds)}, tuple(pairs)


def _with_overrides(
    matrix: Matrix, nodes: _Nodes, travel: RoadEstimate
) -> tuple[Matrix, tuple[tuple[int, int], ...]]:
    overrides = dict(travel.overrides)
    if not overrides:
        return matrix, ()
    number = {name: index for index, name in enumerate(nodes.names)}
    rows = [list(row) for row in matrix]
    for (origin, target), minutes in overrides.items():
        if origin in number and target in number:
            rows[number[origin]][number[target]] = minutes
            if (target, origin) not in overrides:
                rows[number[target]][number[origin]] = minutes
    return close_triangle(tuple(map(tuple, rows)))


def _named(closed: tuple[tuple[int, int], ...], nodes: _Nodes) -> tuple[tuple[str, str], ...]:
    return tuple((nodes.names[a], nodes.names[b]) for a, b in closed)


def _luck(risks: Risks) -> Luck:
    return Luck(
        never=round(ALL * risks.never),
        turnout_spread=round(ALL * risks.turnout_spread),
        room_spread=round(ALL * risks.pace_spread),
        day_lost=round(ALL * risks.day_lost),
        system_down=round(ALL * risks.system_down),
        outage=round(ALL * risks.outage),
    )


def _price(worth: Worth) -> Price:
    ranks = 1 + max((rank for rank, _ in worth.weights), default=-1)
    return Price(
        visit=round(PUPIL * worth.visit),
        team_day=round(PUPIL * worth.team_day),
        driving_minute=round(PUPIL * worth.driving_hour / 60),
        waiting=round(ALL * worth.waiting_week / 7),
        weights=tuple(round(10 * worth.weight(rank)) for rank in range(ranks)),
    )


def _constraints(parts: _Parts) -> Iterable[ask.Constraint]:
    rules = parts.rules
    limits = (
        (ask.VisitsPerDay, rules.visits_per_team_day),
        (ask.VisitsPerSite, rules.visits_per_school),
        (ask.Spacing, rules.days_between_visits),
        (ask.TeamsAtOnce, rules.teams_at_once),
        (ask.FewestPupils, rules.fewest_pupils),
        (ask.DrivingLimit, rules.driving_minutes_per_day),
        (ask.KitDayCap, rules.pupils_per_kit_day),
        (ask.ReserveDays, rules.reserve_days or None),
    )
    yield from (kind(limit) for kind, limit in limits if limit is not None)
    yield from _budgets(parts)
    for number, school in enumerate(parts.located):
        if rules.one_visit is True or (rules.one_visit and school.npsn in rules.one_visit):
            yield ask.OneVisit(number)
    yield from _pair_rules(parts)
    yield from _floor_rules(parts)
    for kecamatan, date in rules.reached_by:
        last = min(parts.calendar.day_number(date), len(parts.calendar.days) - 1)
        if last >= 0:
            yield ask.ReachedBy(parts.districts.index(kecamatan), last)


def _budgets(parts: _Parts) -> Iterable[ask.TeamDayBudget]:
    days = parts.calendar.days
    if parts.rules.team_days is not None:
        yield ask.TeamDayBudget(parts.rules.team_days, 0, len(days) - 1)
    if parts.rules.team_days_per_month is not None:
        for _, month in groupby(enumerate(days), key=lambda day: (day[1].year, day[1].month)):
            numbers = [number for number, _ in month]
            yield ask.TeamDayBudget(parts.rules.team_days_per_month, numbers[0], numbers[-1])


def _pair_rules(parts: _Parts) -> Iterable[ask.Constraint]:
    rules = parts.rules
    team_number = {team.name: number for number, team in enumerate(parts.teams)}
    site = {school.npsn: number for number, school in enumerate(parts.located)}
    for team in parts.teams:
        for school in parts.located:
            wanted = (team.name, school.npsn) not in rules.forbidden_pairs
            if not (wanted and team.may_visit(school, slb_kit=rules.slb_kit)):
                yield ask.Forbidden(team_number[team.name], site[school.npsn])
    for pin in rules.pinned:
        if pin.site in site and pin.day in parts.calendar.span:
            day = parts.calendar.day_number(pin.day)
            yield ask.Pinned(team_number[pin.team], day, site[pin.site], pin.start, pin.pupils)


def _floor_rules(parts: _Parts) -> Iterable[ask.Constraint]:
    last = parts.calendar.last_day
    district = {school.npsn: school.kecamatan for school in parts.schools}
    for kecamatan, share in parts.rules.floors:
        inside = [one for one in parts.demand if district[one.npsn] == kecamatan]
        recorded = sum(one.recorded for one in inside)
        pupils = recorded + sum(one.on(last) for one in inside)
        missing = -(-round(share * 10_000) * pupils // 10_000) - recorded
        if missing > 0:
            yield ask.Floor(parts.districts.index(kecamatan), missing)


def _names(parts: _Parts, closed: tuple[tuple[str, str], ...]) -> Names:
    labels: dict[int, str] = {}
    for one in parts.demand:
        for group in one.groups:
            labels.setdefault(group.priority, group.label)
    highest = max(labels, default=0)
    return Names(
        first_day=parts.calendar.first_day,
        sites=tuple(school.npsn for school in parts.located),
        teams=tuple(team.name for team in parts.teams),
        districts=parts.districts,
        priorities=tuple(labels.get(rank, "") for rank in range(highest + 1)),
        unplaced=parts.unplaced,
        closed_pairs=closed,
    )
