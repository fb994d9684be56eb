"""
Why pupils are left at a site: found by trying, confirmed by the checker.

One more visit, or a longer one, is put wherever a team could make it. If one pays and breaks
nothing, the search stopped too early. If one pays and breaks one constraint, that is the reason.
Then days are made longer, then one more team is tried. If nothing of all this pays, a further
visit is not worth it. A reason is never given unless the checker passed its trial, in the
problem that `relax.relaxed` makes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from school_ektp.planning.checker import expectations
from school_ektp.planning.explain.reasons import LeftOutPupils, Reason, reason_of
from school_ektp.planning.explain.relax import DAY_END, has_route, relaxed
from school_ektp.planning.explain.trials import Outlook, Trial
from school_ektp.planning.problem import EXPECTED, PUPIL, Group, VisitProblem
from school_ektp.planning.schedule import after_work
from school_ektp.planning.solution import SiteVisit, Solution

CRUMBS = EXPECTED // 10  # hundredths of those called that are not told apart from the absent
HALF = PUPIL // 2  # what it gains at least to lift a limit, if that is to be the reason
LONGEST_STRETCH = 60  # minutes a day is made longer at most; beyond, more team-days are needed
MOST_CHECKED = 12  # trials that do not pay, asked whether they break anything
MOST_CONFIRMED = 5  # reasons put to the checker before nothing is claimed
MOST_LIFTED = 3  # because team, school and pupils never meet
EVERYWHERE = {Reason.VISITS_PER_SITE, Reason.ONE_VISIT}  # any further visit breaks them


def left_out_pupils(problem: VisitProblem, solution: Solution) -> tuple[LeftOutPupils, ...]:
    """
    Return why pupils are left, by site, priority class and reason.

    The counts of a site add up to those who wait by the end less those expected to be recorded.
    """
    plan = Outlook(problem, solution)
    return tuple(one for site in range(len(problem.sites)) for one in _at_site(plan, site))


def why_left(problem: VisitProblem, solution: Solution, site: int) -> tuple[LeftOutPupils, ...]:
    """Return `left_out_pupils` for one site."""
    return tuple(_at_site(Outlook(problem, solution), site))


@attrs.frozen
class _Case:
    """
    The pupils of one priority class left at one site, in hundredths.

    Attributes:
        groups: Numbers of their groups: those whom a team could meet, or those whom none could.
        late: Of age after the last day on which they could be met.
        absent: Called, and not expected although there be room for everyone.
        rest: Never called, or without room.
    """

    plan: Outlook
    site: int
    priority: int
    groups: tuple[int, ...]
    late: int
    absent: int
    rest: int

    def meets(self, problem: VisitProblem, day: int) -> bool:
        """Return whether some of them wait and are at school."""
        groups = problem.sites[self.site].groups
        mine = (groups[number] for number in self.groups)
        return any(group.arrived(day) and day not in group.away for group in mine)

    def found(
        self,
        reason: Reason,
        trial: Trial | None = None,
        *,
        amount: int = 0,
        limit: int | None = None,
        parts: tuple[LeftOutPupils, ...] = (),
    ) -> LeftOutPupils:
        plain = LeftOutPupils(
            site=self.site,
            priority=self.priority,
            reason=reason,
            amount=amount,
            limit=limit,
            parts=parts,
        )
        if trial is None:
            return plain
        teams = len(self.plan.problem.teams)
        doubled = trial.team >= teams  # of all the doubles tried, the relaxed problem has one
        return attrs.evolve(
            plain,
            team=trial.team % teams,
            day=trial.day,
            brings=sum(trial.brings),
            price=trial.price,
            visits=tuple(attrs.evolve(v, team=teams) if doubled else v for v in trial.visits),
        )


def _at_site(plan: Outlook, site: int) -> Iterator[LeftOutPupils]:
    known: list[_Candidate] = []
    for case in _cases(plan, site):
        if case.late:
            yield _of_age_too_late(case)
        if case.absent or case.rest:
            yield from _explained(case, known)


def _cases(plan: Outlook, site: int) -> Iterator[_Case]:
    """Yield the classes of a site, those left parted by whether a visit calls them."""
    groups, last = plan.problem.sites[site].groups, plan.problem.days - 1
    visits = plan.by_site.get(site, [])
    ample = 4 * sum(group.arrived(last) for group in groups)  # more than turn-out ever fills
    roomy = [attrs.evolve(visit, room=visit.room + ample) for visit in visits]
    recorded, possible = (_recorded(plan.problem, site, some) for some in (visits, roomy))
    shares: dict[tuple[int, bool], list[int]] = {}
    for number, group in enumerate(groups):
        final = _final_day(plan, site, group)
        late = 0 if final is None else group.arrived(last) - group.arrived(final)
        left = max(EXPECTED * (group.arrived(last) - late) - recorded[number], 0)
        met = max((v.day for v in visits if v.day not in group.away), default=None)
        called = max(0 if met is None else group.arrived(met), sum(group.stayed_away))
        absent = min(max(EXPECTED * called - possible[number], 0), left)
        if called and left - absent < CRUMBS:
            absent = left
        share = shares.setdefault((group.priority, final is None), [0, 0, 0])
        for kind, pupils in enumerate((EXPECTED * late, absent, left - absent)):
            share[kind] += pupils
    for (priority, never), (late, absent, rest) in sorted(shares.items()):
        mine = tuple(
            number
            for number, group in enumerate(groups)
            if group.priority == priority and never == (_final_day(plan, site, group) is None)
        )
        yield _Case(plan, site, priority, mine, late, absent, rest)


def _recorded(problem: VisitProblem, site: int, visits: Sequence[SiteVisit]) -> list[int]:
    """Return hundredths of pupils that visits to a site are expected to record, by group."""
    found = expectations(problem, Solution(tuple(visits)))
    groups = range(len(problem.sites[site].groups))
    return [sum(expected.recorded[group] for expected in found) for group in groups]


def _final_day(plan: Outlook, site: int, group: Group) -> int | None:
    """Return the last day on which a team could meet the group, of age or not."""
    problem, sessions = plan.problem, plan.problem.sites[site].sessions
    teams = [team for team in problem.teams if has_route(problem, team, site)]
    days = (
        day
        for day in range(problem.days - 1, problem.today - 1, -1)
        if sessions[day] and day not in group.away and any(team.works(day) for team in teams)
    )
    return next(days, None)


def _of_age_too_late(case: _Case) -> LeftOutPupils:
    groups = case.plan.problem.sites[case.site].groups
    first = min(
        day
        for group in (groups[number] for number in case.groups)
        for day, pupils in group.arrivals
        if pupils and day > (_final_day(case.plan, case.site, group) or 0)
    )
    return attrs.evolve(case.found(Reason.NOT_YET), pupils=case.late, day=first)


def _explained(case: _Case, known: list[_Candidate]) -> Iterator[LeftOutPupils]:
    """Yield what keeps a further visit from the pupils, and those who miss the visits made."""
    found, brings = _diagnosed(case, known)
    left, pays = case.absent + case.rest, Reason.NOT_WORTH not in found.reasons
    due = max(case.rest, min(brings, left)) if pays else case.rest
    if due:
        yield attrs.evolve(found, pupils=due)
    if left > due:
        further = (0, 0) if pays else (found.brings, found.price)
        absent = case.found(Reason.ABSENT)
        yield attrs.evolve(absent, pupils=left - due, brings=further[0], price=further[1])


# Trials -------------------------------------------------------------------------------------


@attrs.frozen
class _Way:
    """
    A wider problem in which trials are made.

    Attributes:
        plan: The plan in it.
        teams: Who makes the trials.
        lifted: What was lifted because team, school and pupils never meet.
        reason: `SHORT` or `TOO_FAR` where days are longer, `FULL` with more teams; else None.
        minutes: By how much all days are longer.
    """

    plan: Outlook
    teams: range
    lifted: tuple[LeftOutPupils, ...] = ()
    reason: Reason | None = None
    minutes: int = 0

    def longer(self, minutes: int, reason: Reason) -> _Way:
        plan = self.plan.longer_days(minutes)
        return attrs.evolve(self, plan=plan, reason=reason, minutes=minutes)


@attrs.frozen
class _Candidate:
    """A reason that a trial gives; it lifts a number of *limits*."""

    left: LeftOutPupils
    trial: Trial
    limits: int

    @property
    def rank(self) -> int:
        """0 where it pays, 1 where it does not, 2 where it pays too little to be a reason."""
        if not self.trial.pays:
            return 1
        free = self.trial.new and not self.limits
        return 0 if free or self.trial.urgent or self.trial.gain >= HALF else 2

    @property
    def order(self) -> tuple[int, int, float]:
        share = sum(self.trial.brings) / max(self.trial.price, 1)  # of its price that it brings
        return self.rank, self.limits, -share if self.rank == 1 else -self.trial.gain

    def holds(self, case: _Case) -> bool:
        """Return whether the checker passes the trial where the limits are lifted."""
        plan = case.plan.in_problem(relaxed(case.plan.problem, self.left))
        visits = self.left.visits
        return not plan.broken(visits) and plan.better(visits) == self.trial.pays


def _diagnosed(case: _Case, known: list[_Candidate]) -> tuple[LeftOutPupils, int]:
    """Return the reason that a trial confirms, and hundredths of the class that it would bring."""
    for one in known:
        if case.meets(case.plan.problem, one.trial.day):
            return _of_class(one.left, case.priority), one.trial.brings[case.priority]
    first = _opened(case)
    if first.lifted and (gained := _gained(case, first.plan.problem)) > 0:
        return _joined(case, first.lifted), gained
    found: list[_Candidate] = []
    for way in _ways(case, first, found):
        found += _candidates(case, way, known=bool(found))
    for one in sorted(found, key=lambda one: one.order)[:MOST_CONFIRMED]:
        if one.holds(case):
            known += [one] if not first.lifted else []
            return one.left, one.trial.brings[case.priority]
    return case.found(Reason.SEVERAL), 0


def _of_class(left: LeftOutPupils, priority: int) -> LeftOutPupils:
    parts = tuple(_of_class(part, priority) for part in left.parts)
    return attrs.evolve(left, priority=priority, parts=parts)


def _gained(case: _Case, wider: VisitProblem) -> int:
    """Return hundredths of the class that the plan's own visits record more in *wider*."""
    visits = case.plan.by_site.get(case.site, [])
    now, then = (_recorded(one, case.site, visits) for one in (case.plan.problem, wider))
    return sum(then[number] - now[number] for number in case.groups)


def _joined(
    case: _Case, parts: tuple[LeftOutPupils, ...], trial: Trial | None = None
) -> LeftOutPupils:
    """Return one reason for all parts, with the figures of the trial that lifts them."""
    whole = case.found(Reason.SEVERAL, trial, parts=parts)
    if len(parts) > 1:
        return whole
    return attrs.evolve(parts[0], brings=whole.brings, price=whole.price, visits=whole.visits)


def _opened(case: _Case) -> _Way:
    """Return the problem in which team, session and pupils meet on some day."""
    plan = case.plan
    lifted: tuple[LeftOutPupils, ...] = ()
    while not _open_days(case, plan.problem) and len(lifted) < MOST_LIFTED:
        lifted = (*lifted, _never_met(case, plan.problem))
        plan = Outlook(relaxed(plan.problem, lifted[-1]), plan.solution)
    return _Way(plan, range(len(plan.problem.teams)), lifted)


def _open_days(case: _Case, problem: VisitProblem) -> int:
    """Return the team-days on which team, session and pupils of the class meet."""
    sessions = problem.sites[case.site].sessions
    teams = [team for team in problem.teams if has_route(problem, team, case.site)]
    return sum(
        sum(team.works(day) for team in teams)
        for day in range(problem.today, problem.days)
        if sessions[day] and case.meets(problem, day)
    )


def _never_met(case: _Case, problem: VisitProblem) -> LeftOutPupils:
    site, days = problem.sites[case.site], range(problem.today, problem.days)
    opened = [day for day in days if site.sessions[day]]
    met = [day for day in opened if any(team.works(day) for team in problem.teams)]
    teams = [team for team in problem.teams if has_route(problem, team, case.site)]
    reached = [day for day in met if any(team.works(day) for team in teams)]
    away = [day for day in met if any(day in site.groups[n].away for n in case.groups)]
    if opened and not met:
        reason, days_missed = Reason.NO_TEAM, opened
    elif met and not reached:
        reason, days_missed = Reason.NO_ROUTE, []
    elif away:
        reason, days_missed = Reason.AWAY, away
    else:
        reason, days_missed = Reason.NO_SESSION, opened
    found = case.found(reason, amount=len(days_missed))
    return attrs.evolve(found, day=max(days_missed, default=None))


def _ways(case: _Case, first: _Way, found: Sequence[_Candidate]) -> Iterator[_Way]:
    """Yield the problem, then wider ones as long as what is *found* does not settle it."""

    def settled() -> bool:
        return any(one.rank == 0 and one.limits <= 1 for one in found)

    yield first
    if settled():
        return
    teams, more = len(first.teams), first.plan.more_teams
    doubles = range(teams, 2 * teams)
    if next(more.trials(case.site, doubles), None):
        yield first.longer(LONGEST_STRETCH, Reason.SHORT)
        roomy = any(one.trial.new and one.trial.enough and not one.limits for one in found)
        if not settled() and not roomy:
            yield attrs.evolve(first, plan=more, teams=doubles, reason=Reason.FULL)
    if not found:
        yield first.longer(DAY_END, Reason.TOO_FAR)


def _candidates(case: _Case, way: _Way, *, known: bool) -> list[_Candidate]:
    """Return what the trials of one way say, until those to come cannot say more."""
    found: list[_Candidate] = []
    floor = 0.0 if known else -math.inf  # what gains no more is of no interest
    poor, blocked = 0, False
    for trial in way.plan.trials(case.site, way.teams):
        poor += not trial.pays
        useless = trial.most <= floor and not way.plan.falls_short(case.site)
        if useless or (trial.most <= 0 and poor > MOST_CHECKED):
            break
        if not case.meets(way.plan.problem, trial.day) or sum(trial.brings) <= 0:
            continue
        if way.minutes and not trial.enough:
            continue
        if (blocked and trial.new) or (not trial.pays and poor > MOST_CHECKED):
            continue
        one = _candidate(case, way, trial)
        if one is None:
            continue
        found.append(one)
        blocked |= one.limits == 1 and one.left.reason in EVERYWHERE
        if one.rank == 0:
            floor = max(floor, 0)
        if one.rank == 0 and not one.limits:
            break
    return found


def _candidate(case: _Case, way: _Way, trial: Trial) -> _Candidate | None:
    """Return what the trial breaks and lifts as a reason; None where no limit stands for it."""
    limits: dict[Reason, LeftOutPupils] = {}
    if way.reason is not None:
        days = _open_days(case, way.plan.problem) // 2  # without those of the doubles
        amount = _minutes_short(way, trial) if way.minutes else days
        limits[way.reason] = case.found(way.reason, trial, amount=amount)
        if not amount:
            return None  # the day need not be longer
    for fault in way.plan.broken(trial.visits):
        reason = reason_of(fault.rule)
        if reason is None:
            return None
        found = case.found(reason, trial, amount=fault.amount, limit=fault.limit)
        limits.setdefault(reason, found)
    parts = tuple(limits.values())
    if trial.pays:
        parts = (*way.lifted, *parts) or (case.found(Reason.MISSED, trial),)
    elif way.reason is Reason.TOO_FAR:
        parts = (*way.lifted, *parts, case.found(Reason.NOT_WORTH, trial))
    else:
        parts = (*way.lifted, case.found(Reason.NOT_WORTH, trial, parts=parts))
    return _Candidate(_joined(case, parts, trial), trial, len(limits))


def _minutes_short(way: _Way, trial: Trial) -> int:
    """Return the minutes by which the team's own day, or a session on it, is too short."""
    problem, last = way.plan.problem, trial.visits[-1]
    team = problem.teams[trial.team]
    drive = problem.travel[team.travel][last.site][team.end]
    shift = team.shifts[trial.day] or (0, 0)
    spare = [shift[1] - after_work(last.end, drive, team.breaks[trial.day])]
    for visit in trial.visits:
        windows = problem.sites[visit.site].sessions[trial.day]
        spare.append(max(closes for opens, closes in windows if opens <= visit.start) - visit.end)
    return max(way.minutes - min(spare), 0)
