"""One more visit, or a longer one, wherever a team could make it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from left_for_a_reason import TWO_PUPILS_A_VISIT, school, season, visits
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import Floor, TeamDayBudget
from school_ektp.planning.explain.trials import Outlook, filled, with_day
from school_ektp.planning.problem import PUPIL, VisitProblem
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing.problems import problems

half = settings(max_examples=settings().max_examples // 2)


@st.composite
def outlooks(draw) -> Outlook:
    """Draw a plan of the search, some of its last visits left out."""
    problem = draw(problems())
    whole = solve(problem, stop=MaxIterations(2), seed=1).solution
    return Outlook(problem, Solution(whole.visits[: draw(st.integers(0, 6))]))


def trials(plan: Outlook, site: int):
    return plan.trials(site, range(len(plan.problem.teams)))


@half
@given(outlooks())
def test_trials_come_by_what_they_promise_and_gain_what_the_checker_says(plan):
    before = evaluate(plan.problem, plan.solution).total

    for site in range(len(plan.problem.sites)):
        most = [trial.most for trial in trials(plan, site)]
        assert most == sorted(most, reverse=True)
        for trial in trials(plan, site):
            after = evaluate(plan.problem, with_day(plan.solution, trial.visits)).total
            assert after - before == trial.gain
            assert sum(trial.brings) - trial.price == trial.gain * 100 // PUPIL


#: What a few visits cannot be checked by.
WIDE = {"floor", "reached_by", "pinned", "team_day_budget"}


@half
@given(outlooks())
def test_what_a_trial_breaks_is_what_the_checker_finds_in_the_whole_plan(plan):
    known = {*violations(plan.problem, plan.solution)}

    for site in range(len(plan.problem.sites)):
        for trial in trials(plan, site):
            whole = violations(plan.problem, with_day(plan.solution, trial.visits))
            fresh = {fault for fault in whole if fault not in known and fault.rule not in WIDE}
            assert fresh == {f for f in plan.broken(trial.visits) if f.rule not in WIDE}


@half
@given(outlooks(), st.integers(0, 7))
def test_a_plan_is_filled_with_visits_that_pay_and_break_nothing(plan, number):
    site = number % len(plan.problem.sites)
    known = {*violations(plan.problem, plan.solution)}

    after = filled(plan.problem, plan.solution, site)

    assert evaluate(plan.problem, after).rank >= evaluate(plan.problem, plan.solution).rank
    assert {fault.rule for fault in violations(plan.problem, after) if fault not in known} <= {
        "floor",
        "reached_by",
        "pinned",
    }
    better = Outlook(plan.problem, after)
    assert not [
        trial
        for trial in trials(better, site)
        if trial.pays
        and (trial.most > 0 or trial.urgent)  # a hundredth of a pupil may be overlooked
        and not better.broken(trial.visits)
        and better.better(trial.visits)
    ]


def test_a_visit_that_could_be_longer_is_no_new_one():
    problem = season(school(5))
    plan = Outlook(problem, visits(problem, (0, 0, 0, 2)))

    (trial,) = plan.trials(0, [0])

    assert (trial.new, trial.team, trial.day) == (False, 0, 0)
    assert (trial.brings, trial.gain, trial.price) == ((300,), 3 * PUPIL, 0)


def test_a_visit_that_costs_more_than_it_brings_does_not_pay():
    problem = season(school(1), price=TWO_PUPILS_A_VISIT)

    (trial,) = Outlook(problem, Solution()).trials(0, [0])

    assert (trial.brings, trial.price, trial.pays) == ((100,), 200, False)


def test_a_visit_that_comes_nearer_to_a_floor_pays_whatever_it_costs():
    problem = season(school(1), rules=[Floor(0, 1)], price=TWO_PUPILS_A_VISIT)
    plan = Outlook(problem, Solution())

    (trial,) = plan.trials(0, [0])

    assert plan.falls_short(0)
    assert trial.urgent
    assert trial.pays


def test_a_day_beyond_the_budget_breaks_it():
    problem = season(school(6, days=2), days=2, rules=[TeamDayBudget(1, 0, 1)])
    plan = Outlook(problem, visits(problem, (0, 0, 0, 5)))
    (other,) = [trial for trial in plan.trials(0, [0]) if trial.day == 1]

    assert [fault.rule for fault in plan.broken(other.visits)] == ["team_day_budget"]


def test_each_team_has_an_idle_double_among_more_teams():
    problem = season(school(1), teams=2)

    doubled: VisitProblem = Outlook(problem, Solution()).more_teams.problem

    assert doubled.teams == problem.teams * 2
