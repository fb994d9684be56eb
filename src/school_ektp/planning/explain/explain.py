"""
Why pupils are left at a site: found by trying, confirmed by the checker.

One more visit, or a longer one, is put wherever a team could make it. If one pays and breaks
nothing, the search stopped too early. If one pays and breaks one constraint, that is the reason.
Then a day is made longer, then one more team is tried. If nothing of all this pays, a further
visit is not worth it. A reason is never given unless the checker passed its trial, in the
problem that `relax.relaxed` makes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from school_ektp.planning.checker import evaluate, expectations, violations
from school_ektp.planning.explain.reasons import LeftOver, Reason, reason_of
from school_ektp.planning.explain.relax import DAY_END, LONGEST_STRETCH, longer, relaxed
from school_ektp.planning.explain.trials import Outlook, Trial
from school_ektp.planning.problem import EXPECTED, Group, VisitProblem
from school_ektp.planning.schedule import after_work
from school_ektp.planning.solution import SiteVisit, Solution

HALF = EXPECTED // 2  # a limit that keeps out fewer is told only if nothing else can be
MOST_CHECKED = 20  # trials that do not pay, asked whether they break anything
MOST_LIFTED = 3  # because team, school and pupils never meet
MOST_CONFIRMED = 5  # reasons put to the checker before nothing is claimed
EVERYWHERE = {Reason.VISITS_PER_SITE, Reason.ONE_VISIT}  # any further visit breaks them


def left_over(problem: VisitProblem, solution: Solution) -> tuple[LeftOver, ...]:
    """
    Return why pupils are left, by site, priority class and reason.

    The counts of a site add up to those who wait by the end less those expected to be recorded.
    """
    plan = Outlook(problem, solution)
    return tuple(one for site in range(len(problem.sites)) for one in _at_site(plan, site))


def why_left(problem: VisitProblem, solution: Solution, site: int) -> tuple[LeftOver, ...]:
    """Return `left_over` for one site."""
    return tuple(_at_site(Outlook(problem, solution), site))


def tried(problem: VisitProblem, solution: Solution, left: LeftOver) -> Solution | None:
    """
    Return the plan with the visit that *left* speaks of, as the relaxed problem allows it.

    The checker passes it there, and it is better than the plan; no better where *left* says
    that a further visit is not worth it. None when there is no such visit.
    """
    wider = relaxed(problem, left)
    reasons = {part.reason for part in _flat(left)}
    pays = Reason.NOT_WORTH not in reasons
    base = evaluate(wider, solution).rank
    if pays and base > evaluate(problem, solution).rank:
        return solution  # the plan's own visits meet them once the limit is gone
    plan, known = Outlook(wider, solution), set(violations(wider, solution))
    extra = Reason.FULL in reasons
    for trial in plan.trials(left.site, range(extra * len(problem.teams), len(wider.teams))):
        if trial.pays == pays and trial.brings[left.priority] > 0 and not plan.broken(trial):
            more = plan.with_trial(trial)
            better = evaluate(wider, more).rank > base
            if better == pays and known.issuperset(violations(wider, more)):
                return more
    return None


def _flat(left: LeftOver) -> Iterator[LeftOver]:
    yield left
    for part in left.parts:
        yield from _flat(part)


@attrs.frozen
class _Case:
    """
    The pupils of one priority class left at one site, in hundredths.

    Attributes:
        late: Of age after the last day on which they could be met.
        absent: Called, and not expected although there be room for everyone.
        rest: Never called, or without room.
    """

    plan: Outlook
    site: int
    priority: int
    late: int
    absent: int
    rest: int

    def found(self, reason: Reason, trial: Trial | None = None, **figures: object) -> LeftOver:
        told = {} if trial is None else {"team": trial.team, "day": trial.day}
        if trial is not None:
            told |= {"brings": sum(trial.brings), "price": trial.price}
        return LeftOver(site=self.site, priority=self.priority, reason=reason, **(told | figures))


def _at_site(plan: Outlook, site: int) -> Iterator[LeftOver]:
    for case in _cases(plan, site):
        if case.late:
            yield _of_age_too_late(case)
        if case.absent or case.rest:
            yield from _explained(case)


def _cases(plan: Outlook, site: int) -> Iterator[_Case]:
    """Yield the classes of a site, those left parted by whether a visit calls them."""
    problem, groups = plan.problem, plan.problem.sites[site].groups
    visits, last = plan.by_site.get(site, []), problem.days - 1
    ample = 4 * sum(group.arrived(last) for group in groups)  # more than turn-out ever fills
    roomy = [attrs.evolve(visit, room=visit.room + ample) for visit in visits]
    shares: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        recorded, possible = (_recorded(problem, some, number) for some in (visits, roomy))
        final = _final_day(plan, site, group)
        late = 0 if final is None else group.arrived(last) - group.arrived(final)
        left = max(EXPECTED * (group.arrived(last) - late) - recorded, 0)
        met = max((v.day for v in visits if v.day not in group.away), default=None)
        called = max(0 if met is None else group.arrived(met), sum(group.stayed_away))
        absent = min(max(EXPECTED * called - possible, 0), left)
        share = shares.setdefault(group.priority, [0, 0, 0])
        for kind, pupils in enumerate((EXPECTED * late, absent, left - absent)):
            share[kind] += pupils
    for priority, (late, absent, rest) in sorted(shares.items()):
        yield _Case(plan, site, priority, late, absent, rest)


def _recorded(problem: VisitProblem, visits: Sequence[SiteVisit], group: int) -> int:
    found = expectations(problem, Solution(tuple(visits)))
    return sum(expected.recorded[group] for expected in found)


def _final_day(plan: Outlook, site: int, group: Group) -> int | None:
    """Return the last day on which a team could meet the group, of age or not."""
    problem, sessions = plan.problem, plan.problem.sites[site].sessions
    days = (
        day
        for day in range(problem.days - 1, problem.today - 1, -1)
        if sessions[day] and day not in group.away and any(t.works(day) for t in problem.teams)
    )
    return next(days, None)


def _of_age_too_late(case: _Case) -> LeftOver:
    groups = case.plan.problem.sites[case.site].groups
    mine = [group for group in groups if group.priority == case.priority]
    days = [
        day
        for group in mine
        for day, pupils in group.arrivals
        if pupils and day > (_final_day(case.plan, case.site, group) or 0)
    ]
    return case.found(Reason.NOT_YET, pupils=case.late, day=min(days))


def _explained(case: _Case) -> Iterator[LeftOver]:
    """Yield what keeps a further visit from the pupils, and those who miss the visits made."""
    found, brings = _diagnosed(case)
    left, figures = case.absent + case.rest, {"brings": found.brings, "price": found.price}
    if Reason.NOT_WORTH in {part.reason for part in _flat(found)}:
        due = case.rest
    else:
        due, figures = max(case.rest, min(brings, left)), {}
    if due:
        yield attrs.evolve(found, pupils=due)
    if left > due:
        yield case.found(Reason.ABSENT, pupils=left - due, **figures)


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
    lifted: tuple[LeftOver, ...] = ()
    reason: Reason | None = None
    minutes: int = 0


@attrs.frozen
class _Candidate:
    """A reason that a trial gives, to be confirmed; what pays and lifts fewest limits is first."""

    left: LeftOver
    trial: Trial
    limits: int

    @property
    def order(self) -> tuple[int, int, int]:
        few = self.limits > 0 and sum(self.trial.brings) < HALF
        return (2 * few if self.trial.pays else 1), self.limits, -self.trial.gain

    @property
    def settles(self) -> bool:
        """Whether no wider problem has to be tried."""
        return self.order[0] == 0 and self.limits <= 1


def _diagnosed(case: _Case) -> tuple[LeftOver, int]:
    """Return the reason that a trial confirms, and hundredths that it would bring of the class."""
    problem, solution = case.plan.problem, case.plan.solution
    first = _opened(case)
    if first.lifted:
        gained = _gained(case, first.plan.problem)
        if gained > 0:
            return _joined(case, first.lifted), gained
    found: list[_Candidate] = []
    for way in _ways(case, first, found):
        found += _candidates(case, way, known=bool(found))
    for one in sorted(found, key=lambda one: one.order)[:MOST_CONFIRMED]:
        if tried(problem, solution, one.left):
            return one.left, one.trial.brings[case.priority]
    return case.found(Reason.SEVERAL), 0


def _gained(case: _Case, wider: VisitProblem) -> int:
    """Return hundredths of the class that the plan's own visits record more in *wider*."""
    visits = case.plan.by_site.get(case.site, [])
    groups = enumerate(wider.sites[case.site].groups)
    mine = [number for number, group in groups if group.priority == case.priority]
    now, then = (
        sum(_recorded(problem, visits, number) for number in mine)
        for problem in (case.plan.problem, wider)
    )
    return then - now


def _joined(case: _Case, parts: tuple[LeftOver, ...], trial: Trial | None = None) -> LeftOver:
    return parts[0] if len(parts) == 1 else case.found(Reason.SEVERAL, trial, parts=parts)


def _opened(case: _Case) -> _Way:
    """Return the problem in which team, session and pupils meet on some day."""
    plan, lifted = case.plan, ()
    while not plan.open_days(case.site, case.priority) and len(lifted) < MOST_LIFTED:
        lifted = (*lifted, _never_met(case, plan.problem))
        plan = Outlook(relaxed(plan.problem, lifted[-1]), plan.solution)
    return _Way(plan, range(len(plan.problem.teams)), lifted)


def _never_met(case: _Case, problem: VisitProblem) -> LeftOver:
    site = problem.sites[case.site]
    days = range(problem.today, problem.days)
    opened = [day for day in days if site.sessions[day]]
    met = [day for day in opened if any(team.works(day) for team in problem.teams)]
    groups = [group for group in site.groups if group.priority == case.priority]
    if opened and not met:
        return case.found(Reason.NO_TEAM, amount=len(opened), day=opened[-1])
    if away := [day for day in met if any(day in group.away for group in groups)]:
        return case.found(Reason.AWAY, amount=len(away), day=away[-1])
    return case.found(Reason.NO_SESSION, day=opened[-1] if opened else None)


def _ways(case: _Case, first: _Way, found: Sequence[_Candidate]) -> Iterator[_Way]:
    """Yield the problem, then wider ones as long as nothing is *found* that settles it."""
    yield first
    if any(one.settles for one in found):
        return
    yield attrs.evolve(
        first,
        plan=first.plan.longer_days,
        reason=Reason.SHORT,
        minutes=LONGEST_STRETCH,
    )
    if any(one.settles for one in found):
        return
    if not any(one.trial.new and one.trial.enough and not one.limits for one in found):
        teams = len(first.teams)
        yield attrs.evolve(
            first, plan=first.plan.more_teams, teams=range(teams, 2 * teams), reason=Reason.FULL
        )
    if not found:
        problem = first.plan.problem
        endless = longer(problem, DAY_END, range(len(problem.teams)), range(problem.days))
        yield attrs.evolve(
            first,
            plan=Outlook(endless, first.plan.solution),
            reason=Reason.TOO_FAR,
            minutes=DAY_END,
        )


def _candidates(case: _Case, way: _Way, *, known: bool) -> list[_Candidate]:
    """Return what the trials of one way say, until those to come cannot say more."""
    found: list[_Candidate] = []
    floor = 0.0 if known else -math.inf  # what gains no more is of no interest
    poor, blocked = 0, False
    for trial in way.plan.trials(case.site, way.teams):
        poor += not trial.pays
        useless = trial.most <= floor or (trial.most <= 0 and poor > MOST_CHECKED)
        if useless and not trial.urgent:
            break
        if trial.brings[case.priority] <= 0 or (way.minutes and not trial.enough):
            continue
        if (blocked and trial.new) or (not trial.pays and poor > MOST_CHECKED):
            continue
        one = _candidate(case, way, trial)
        if one is None:
            continue
        found.append(one)
        blocked |= one.limits == 1 and one.left.reason in EVERYWHERE
        if trial.pays or not one.limits:
            floor = max(floor, min(trial.gain, 0))
        if trial.pays and not one.limits:
            break
    return found


def _candidate(case: _Case, way: _Way, trial: Trial) -> _Candidate | None:
    """Return what the trial breaks and lifts as a reason; None where no limit stands for it."""
    like = trial.team % len(case.plan.problem.teams)
    limits = {}
    if way.reason is not None:
        limits[way.reason] = case.found(
            way.reason, trial, team=like, amount=_amount(case, way, trial)
        )
        if limits[way.reason].amount <= 0:
            return None  # the day need not be longer
    for fault in way.plan.broken(trial):
        reason = reason_of(fault.rule)
        if reason is None:
            return None
        told = case.found(reason, trial, team=like, amount=fault.amount, limit=fault.limit)
        limits.setdefault(reason, told)
    parts = tuple(limits.values())
    if trial.pays:
        parts = (*way.lifted, *parts) or (case.found(Reason.MISSED, trial),)
    else:
        facts = parts if way.reason is Reason.TOO_FAR else ()
        told = case.found(Reason.NOT_WORTH, trial, team=like, parts=() if facts else parts)
        parts = (*way.lifted, *facts, told)
    return _Candidate(_joined(case, parts, trial), trial, len(limits))


def _amount(case: _Case, way: _Way, trial: Trial) -> int:
    """Return the team-days that are full, or the minutes by which the trial's own is too short."""
    if not way.minutes:
        return len(case.plan.open_days(case.site, case.priority))
    problem, last = way.plan.problem, trial.visits[-1]
    team = problem.teams[trial.team]
    home = after_work(
        last.end, problem.travel[team.travel][last.site][team.end], team.breaks[trial.day]
    )
    spare = [(team.shifts[trial.day] or (0, 0))[1] - home]
    for visit in trial.visits:
        windows = problem.sites[visit.site].sessions[trial.day]
        spare.append(max(closes for opens, closes in windows if opens <= visit.start) - visit.end)
    return way.minutes - min(spare)
