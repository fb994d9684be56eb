"""Properties that tie search, oracle and checker together, on problems nobody thought of."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import Forbidden, OneVisit, Pinned, ReserveDays
from school_ektp.planning.problem import ALL, Luck, Price, Window
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import (
    best_value,
    plan_exhaustively,
    problems,
    random_problem,
    random_tiny_problem,
    rounding,
    thrown_together,
    tiny_problems,
)

FEW = MaxIterations(30)


def planned(problem, **options):
    result = solve(problem, stop=FEW, **options)
    assert violations(problem, result.solution) == ()
    assert result.value == evaluate(problem, result.solution)
    return result


def some(share):
    """A share of the profile's examples."""
    return settings(max_examples=max(settings().max_examples // share, 5))


def no_better(problem, plan, best):
    """Whether *plan* ranks no higher than *best*, up to rounding."""
    missing, worth = rounding(problem, plan)
    value = evaluate(problem, plan)
    if value.shortfall != best.shortfall:
        return value.shortfall >= best.shortfall - missing
    return value.total <= best.total + worth


# Agreement ----------------------------------------------------------------------------------


def equal_to_oracle(seeds):
    """
    Return how many plans of the search are the best; none is better.

    Every visit of this search wants room for all who wait, as the oracle's do.
    """
    equal = 0
    wide = SearchParams(room_margin=99)
    for seed in seeds:
        problem = random_tiny_problem(seed)
        plan = solve(problem, stop=MaxIterations(300), params=wide).solution
        best = best_value(problem)
        assert violations(problem, plan) == (), seed
        assert no_better(problem, plan, best), seed
        equal += evaluate(problem, plan).rank >= best.rank
    print(f"search = oracle on {equal} of {len(seeds)}")
    return equal


def test_search_equals_oracle_on_most_tiny_problems():
    assert equal_to_oracle(range(300)) >= 297


@pytest.mark.nightly
def test_search_equals_oracle_on_most_of_two_thousand_tiny_problems():
    assert equal_to_oracle(range(2_000)) >= 1_980


@some(2)
@given(tiny_problems(), st.integers(0, 2**16))
def test_search_never_exceeds_the_oracle(problem, seed):
    assert no_better(problem, planned(problem, seed=seed).solution, best_value(problem))


@some(3)
@given(problems(), st.integers(0, 2**16))
def test_no_plan_breaks_a_rule(problem, seed):
    """On larger problems too; `planned` compares value and log with the checker."""
    found = planned(problem, seed=seed)

    assert found.value.rank >= evaluate(problem, Solution()).rank or [*problem.all_of(Pinned)]


# More never hurts ---------------------------------------------------------------------------


def one_more_team(problem):
    newcomer = attrs.evolve(problem.teams[0], out=frozenset())
    return attrs.evolve(problem, teams=(*problem.teams, newcomer))


def one_more_day(problem):
    """The last day twice; without days kept free, which one more day may close again."""
    sites = tuple(
        attrs.evolve(site, sessions=(*site.sessions, site.sessions[-1])) for site in problem.sites
    )
    teams = tuple(
        attrs.evolve(
            team,
            shifts=(*team.shifts, team.shifts[-1]),
            breaks=(*team.breaks, team.breaks[-1]),
            kits=(*team.kits, team.kits[-1]),
        )
        for team in problem.teams
    )
    loose = tuple(rule for rule in problem.constraints if not isinstance(rule, ReserveDays))
    return attrs.evolve(problem, days=problem.days + 1, sites=sites, teams=teams, constraints=loose)


def one_more_kit(problem):
    teams = (
        attrs.evolve(team, kits=tuple(kits + (kits > 0) for kits in team.kits))
        for team in problem.teams
    )
    return attrs.evolve(problem, teams=tuple(teams))


def longer(window: Window | None) -> Window | None:
    return window and (window[0], window[1] + 60)


def one_more_hour(problem):
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(
                (*windows[:-1], longer(windows[-1])) if windows else () for windows in site.sessions
            ),
        )
        for site in problem.sites
    )
    teams = tuple(
        attrs.evolve(team, shifts=tuple(longer(shift) for shift in team.shifts))
        for team in problem.teams
    )
    return attrs.evolve(problem, sites=sites, teams=teams)


MORE = st.sampled_from([one_more_team, one_more_day, one_more_kit, one_more_hour])


@some(2)
@given(tiny_problems() | problems(), MORE)
def test_more_of_any_resource_never_lowers_the_value(problem, more):
    """From a warm start, as a plan is made again."""
    before = planned(problem)
    after = planned(more(problem), start=before.solution)

    assert after.value.rank >= before.value.rank


@some(2)
@given(tiny_problems() | problems(), st.data())
def test_removing_a_constraint_never_lowers_the_value(problem, data):
    if problem.constraints:
        gone = data.draw(st.integers(0, len(problem.constraints) - 1))
        kept = (*problem.constraints[:gone], *problem.constraints[gone + 1 :])
        before = planned(problem)
        after = planned(attrs.evolve(problem, constraints=kept), start=before.solution)

        assert after.value.rank >= before.value.rank


@given(tiny_problems())
def test_a_start_never_makes_the_result_worse(problem):
    """Not even where rooms, times or the order of teams are none that the search would choose."""
    best = plan_exhaustively(problem)

    again = solve(problem, start=best, stop=MaxIterations(1), seed=0)

    assert violations(problem, again.solution) == ()
    assert again.value.rank >= evaluate(problem, best).rank


@some(2)
@given(problems(), st.integers(0, 2**32))
def test_any_feasible_plan_can_be_a_start(problem, seed):
    plan = thrown_together(problem, seed)
    if not violations(problem, plan):
        assert planned(problem, start=plan).value.rank >= evaluate(problem, plan).rank


@given(tiny_problems(), MORE)
def test_one_more_of_anything_never_lowers_the_optimum(problem, more):
    best = plan_exhaustively(problem)

    assert violations(more(problem), best) == ()
    assert no_better(more(problem), best, best_value(more(problem)))


# The same problem in other words ------------------------------------------------------------


def times(factor, window):
    return window and (factor * window[0], factor * window[1])


def scaled(problem, factor):
    """Every minute *factor* minutes long, and as dear."""
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(
                tuple(times(factor, window) for window in windows) for windows in site.sessions
            ),
        )
        for site in problem.sites
    )
    teams = tuple(
        attrs.evolve(
            team,
            shifts=tuple(times(factor, shift) for shift in team.shifts),
            breaks=tuple(
                tuple(times(factor, window) for window in windows) for windows in team.breaks
            ),
            minutes_per_pupil=tuple(factor * minutes for minutes in team.minutes_per_pupil),
            setup=tuple(factor * minutes for minutes in team.setup),
            packdown=tuple(factor * minutes for minutes in team.packdown),
        )
        for team in problem.teams
    )
    travel = tuple(
        tuple(tuple(factor * minutes for minutes in row) for row in matrix)
        for matrix in problem.travel
    )
    return attrs.evolve(problem, sites=sites, teams=teams, travel=travel)


@given(tiny_problems(), st.integers(2, 5))
def test_longer_minutes_change_nothing(problem, factor):
    free = attrs.evolve(
        problem, constraints=(), price=attrs.evolve(problem.price, driving_minute=0)
    )

    assert best_value(scaled(free, factor)).rank == best_value(free).rank


def other_sites(problem):
    """Sites in the opposite order."""
    last = len(problem.sites) - 1
    order = [*range(last, -1, -1), *range(last + 1, len(problem.travel[0]))]

    def turned(values):
        return tuple(values[site] for site in order[: last + 1])

    teams = (
        attrs.evolve(
            team,
            minutes_per_pupil=turned(team.minutes_per_pupil),
            setup=turned(team.setup),
            packdown=turned(team.packdown),
        )
        for team in problem.teams
    )
    return attrs.evolve(
        problem,
        sites=turned(problem.sites),
        teams=tuple(teams),
        constraints=tuple(
            attrs.evolve(one, site=last - one.site)
            if isinstance(one, Forbidden | Pinned | OneVisit)
            else one
            for one in problem.constraints
        ),
        travel=tuple(
            tuple(tuple(row[b] for b in order) for row in (m[a] for a in order))
            for m in problem.travel
        ),
    )


def other_teams(problem):
    """Teams in the opposite order."""
    last = len(problem.teams) - 1
    return attrs.evolve(
        problem,
        teams=problem.teams[::-1],
        constraints=tuple(
            attrs.evolve(one, team=last - one.team) if isinstance(one, Forbidden | Pinned) else one
            for one in problem.constraints
        ),
    )


@given(problems(), st.integers(0, 2**32))
def test_numbers_of_sites_and_teams_mean_nothing_to_the_checker(problem, seed):
    plan = thrown_together(problem, seed)
    sites, teams = len(problem.sites) - 1, len(problem.teams) - 1
    moved = Solution(attrs.evolve(visit, site=sites - visit.site) for visit in plan.visits)
    handed_on = Solution(attrs.evolve(visit, team=teams - visit.team) for visit in plan.visits)

    assert evaluate(other_sites(problem), moved) == evaluate(problem, plan)
    assert evaluate(other_teams(problem), handed_on).rank == evaluate(problem, plan).rank
    assert rules_broken(other_sites(problem), moved) == rules_broken(problem, plan)


def rules_broken(problem, plan):
    return sorted(fault.rule for fault in violations(problem, plan))


@given(tiny_problems(), st.sampled_from([other_sites, other_teams]))
def test_numbers_of_sites_and_teams_mean_nothing_to_the_optimum(problem, other):
    here, there = plan_exhaustively(problem), plan_exhaustively(other(problem))

    assert no_better(problem, here, evaluate(other(problem), there))
    assert no_better(other(problem), there, evaluate(problem, here))


def split(problem):
    """The first school as two at one place, with half of the pupils each."""

    def shared(part):
        return tuple(
            attrs.evolve(
                group,
                arrivals=tuple((day, (pupils + part) // 2) for day, pupils in group.arrivals),
                stayed_away=(),
            )
            for group in first.groups
        )

    first = problem.sites[0]
    halves = [attrs.evolve(first, groups=shared(part)) for part in (0, 1)]
    teams = (
        attrs.evolve(
            team,
            start=team.start + 1,
            end=team.end + 1,
            minutes_per_pupil=(team.minutes_per_pupil[0], *team.minutes_per_pupil),
            setup=(team.setup[0], *team.setup),
            packdown=(team.packdown[0], *team.packdown),
        )
        for team in problem.teams
    )
    travel = tuple(
        tuple((row[0], *row) for row in (matrix[0], *matrix)) for matrix in problem.travel
    )
    return attrs.evolve(
        problem, sites=(*halves, *problem.sites[1:]), teams=tuple(teams), travel=travel
    )


def without_fixed_minutes(problem):
    """No set-up, one kit, everybody comes, nothing else asked: a school is as good as its parts."""
    teams = (
        attrs.evolve(
            team,
            kits=tuple(min(kits, 1) for kits in team.kits),
            setup=(0,) * len(problem.sites),
            packdown=(0,) * len(problem.sites),
            day_lost=None,
        )
        for team in problem.teams[:1]
    )
    sites = (
        attrs.evolve(
            site,
            turnout=ALL,
            groups=tuple(attrs.evolve(group, stayed_away=()) for group in site.groups),
            outage=None,
        )
        for site in problem.sites[:3]
    )
    return attrs.evolve(
        problem,
        teams=tuple(teams),
        sites=(*sites, *problem.sites[3:]),
        constraints=(),
        luck=Luck(),
        price=Price(),
    )


@some(2)
@given(tiny_problems())
def test_a_school_split_in_two_at_one_place_records_no_fewer(problem):
    whole = without_fixed_minutes(problem)

    assert best_value(split(whole)).total >= best_value(whole).total


def test_the_same_seed_gives_the_same_plan():
    problem = random_problem(11)

    assert planned(problem, seed=5).solution == planned(problem, seed=5).solution
