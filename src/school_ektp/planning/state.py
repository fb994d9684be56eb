"""Planning again: where a played season stands, and the problem that is left of it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from school_ektp.errors import ProblemError
from school_ektp.planning.constraints import Constraint, Floor, Pinned
from school_ektp.planning.problem import Group, Site, VisitProblem


@attrs.frozen(kw_only=True)
class StillWaiting:
    """
    Pupils of one group who began to wait before today and are not recorded yet.

    Attributes:
        arrivals: (day, pupils of it who still wait), days ascending.
        stayed_away: How many of them were called and stayed away once, twice, and so on; the
            others were never called.
    """

    arrivals: tuple[tuple[int, int], ...] = ()
    stayed_away: tuple[int, ...] = ()

    @property
    def pupils(self) -> int:
        """How many they are."""
        return sum(pupils for _, pupils in self.arrivals)


@attrs.frozen(kw_only=True)
class SeasonState:
    """
    Where a season stands on the morning of a day.

    Attributes:
        today: The first day that can still be planned.
        waiting: Who still waits, for each site and group of the problem.
        held: For each site, days on which it was visited, ascending, one for each visit.
        out: For each team, days on which it went out.
    """

    today: int
    waiting: tuple[tuple[StillWaiting, ...], ...]
    held: tuple[tuple[int, ...], ...]
    out: tuple[frozenset[int], ...]


def resume(problem: VisitProblem, state: SeasonState) -> VisitProblem:
    """
    Return the problem that is left when *problem* was played up to *state*.

    Pupils who begin to wait today or later are those of *problem*. Pins of past days are gone,
    and floors ask only for pupils who were not recorded meanwhile.

    Args:
        problem: The problem of the season, or what was left of it on an earlier day.
        state: Where the season stands.

    Raises:
        ProblemError: The state is not one of this problem.
    """
    if faults := list(_faults(problem, state)):
        raise ProblemError(faults)
    return attrs.evolve(
        problem,
        sites=tuple(
            _site(site, groups, held, state.today)
            for site, groups, held in zip(problem.sites, state.waiting, state.held, strict=True)
        ),
        teams=tuple(
            attrs.evolve(team, out=out) for team, out in zip(problem.teams, state.out, strict=True)
        ),
        constraints=tuple(_constraints(problem, state)),
        today=state.today,
    )


def _faults(problem: VisitProblem, state: SeasonState) -> Iterator[str]:
    sizes = (
        ("sites", len(state.waiting), len(problem.sites)),
        ("sites with held days", len(state.held), len(problem.sites)),
        ("teams", len(state.out), len(problem.teams)),
    )
    yield from (
        f"the state has {got} {what}, the problem {wanted}"
        for what, got, wanted in sizes
        if got != wanted
    )
    if not problem.today <= state.today <= problem.days:
        days = f"from {problem.today} to {problem.days}"
        yield f"the state is of day {state.today}, the problem can be resumed {days}"
    for number, (site, groups) in enumerate(zip(problem.sites, state.waiting, strict=False)):
        if len(groups) != len(site.groups):
            yield f"the state has {len(groups)} groups at site {number}, not {len(site.groups)}"
        for one in groups:
            if any(day >= state.today for day, _ in one.arrivals):
                yield f"the state of site {number} tells of pupils who arrive today or later"
            if sum(one.stayed_away) > one.pupils:
                yield f"at site {number} more pupils stayed away than wait"


def _site(site: Site, waiting: tuple[StillWaiting, ...], held: tuple[int, ...], today: int) -> Site:
    groups = tuple(
        _group(group, one, today) for group, one in zip(site.groups, waiting, strict=True)
    )
    return attrs.evolve(site, groups=groups, held=held)


def _group(group: Group, waiting: StillWaiting, today: int) -> Group:
    to_come = tuple(step for step in group.arrivals if step[0] >= today)
    return attrs.evolve(group, arrivals=waiting.arrivals + to_come, stayed_away=waiting.stayed_away)


def _constraints(problem: VisitProblem, state: SeasonState) -> Iterator[Constraint]:
    for rule in problem.constraints:
        if isinstance(rule, Floor):
            yield from _floor(problem, state, rule)
        elif not (isinstance(rule, Pinned) and rule.day < state.today):
            yield rule


def _floor(problem: VisitProblem, state: SeasonState, floor: Floor) -> Iterator[Floor]:
    recorded = sum(
        group.arrived(state.today - 1) - one.pupils
        for site, groups in zip(problem.sites, state.waiting, strict=True)
        if site.district == floor.district
        for group, one in zip(site.groups, groups, strict=True)
    )
    if floor.pupils > recorded:
        yield attrs.evolve(floor, pupils=floor.pupils - max(recorded, 0))
