"""Proofs: never wrong on tiny problems, bounds never below the best plan, and silent."""

from __future__ import annotations

import math
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import MissingExtraError, ProblemError
from school_ektp.planning.bound import upper_bound
from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact import Verdict, prove
from school_ektp.planning.exact.branching import bound_by_cases
from school_ektp.planning.exact.columns import Catalogue, ColumnBound
from school_ektp.planning.exact.limits import Case
from school_ektp.planning.exact.master import Frame, Master
from school_ektp.planning.exact.proof import UNTOLD
from school_ektp.planning.exact.recombine import recombined
from school_ektp.planning.exact.types import Periods, periods
from school_ektp.planning.exact.whole import solve_whole
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import (
    DrivingLimit,
    FewestPupils,
    Floor,
    KitDayCap,
    ReserveDays,
    Spacing,
    VisitsPerSite,
)
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing.oracle import plan_exhaustively
from school_ektp.testing.problems import random_tiny_problem

pytest.importorskip("highspy")


def best_plan(problem):
    """Return the best plan of a tiny problem, None when its pins cannot be kept."""
    try:
        return plan_exhaustively(problem)
    except ProblemError:
        return None


def prefixes(recorded):
    return [sum(recorded[: rank + 1]) for rank in range(len(recorded))]


def check_integer_model(seeds):
    """Return how many problems the integer model answered, and how many of them it proved."""
    answered = proved = 0
    for seed in seeds:
        problem = random_tiny_problem(seed)
        plan, whole = best_plan(problem), None
        if plan is not None:
            whole = solve_whole(problem, 20)
        if whole is None:
            continue
        answered += 1
        best = score(problem, plan)
        assert whole.recorded >= best.recorded, seed
        found = prove(problem, seconds=20)
        assert not violations(problem, found.solution), seed
        if found.verdict is not Verdict.BOUND:
            proved += 1
            assert found.score.recorded == best.recorded, seed
        if found.verdict is Verdict.OPTIMAL:
            assert found.score.team_days == best.team_days, seed
    return answered, proved


def test_what_is_proved_is_what_the_oracle_finds():
    answered, proved = check_integer_model(range(150))

    assert answered == proved == 150


@pytest.mark.nightly
def test_what_is_proved_is_what_the_oracle_finds_two_thousand_times():
    answered, proved = check_integer_model(range(2_000))

    assert answered >= 1_990
    assert proved >= 0.995 * answered


def solved_by_the_oracle(seeds):
    """Yield tiny problems with a best plan and its score, where there is any plan."""
    for seed in seeds:
        problem = random_tiny_problem(seed)
        plan = best_plan(problem)
        if plan is not None:
            yield seed, problem, plan, score(problem, plan)


def check_column_bound(seeds):
    for seed, problem, plan, best in solved_by_the_oracle(seeds):
        for rank, pupils in enumerate(prefixes(best.recorded)):
            columns = ColumnBound(problem, rank, missed=-best.floors)
            columns.seed(plan)
            assert columns.improve(lambda: False, 0) >= pupils, (seed, rank)


def test_no_plan_exceeds_the_column_bound():
    check_column_bound(range(80))


def test_a_visit_may_be_worth_it_though_its_pupils_have_a_price_below_0():
    """It records as few as can be then, fewer than a round."""
    check_column_bound([1338])


@pytest.mark.nightly
def test_no_plan_exceeds_the_column_bound_two_thousand_times():
    check_column_bound(range(2_000))


def scarce(*, pupils=(30, 30, 30), rules=(), kits=1, days=2):
    """Three schools 20 minutes apart, one crew, two days: 24 pupils or so can be recorded."""
    size = len(pupils)
    crew = Crew(
        start=size,
        end=size,
        shifts=((420, 600),) * days,
        breaks=((),) * days,
        kits=(kits,) * days,
        minutes_per_pupil=(10,) * size,
        setup=(5,) * size,
        packdown=(5,) * size,
    )
    sites = tuple(
        Site(groups=(Group(arrivals=((0, some),)),), sessions=(((420, 600),),) * days)
        for some in pupils
    )
    matrix = tuple(tuple(0 if a == b else 20 for b in range(size + 1)) for a in range(size + 1))
    return VisitProblem(days=days, sites=sites, crews=(crew,), travel=(matrix,), rules=tuple(rules))


def test_columns_know_driving_and_set_up():
    """A day of 180 minutes less 40 of driving and 10 around leaves 13 pupils."""
    columns = ColumnBound(scarce(), 0)

    assert columns.improve(lambda: False, 0) == 26


@pytest.mark.parametrize(
    ("rule", "bound"), [(ReserveDays(1), 13), (KitDayCap(4), 16), (FewestPupils(14), 0)]
)
def test_columns_know_rules_about_team_days(rule, bound):
    """A cap is known for each stop only: two stops of four fit into a day."""
    assert ColumnBound(scarce(rules=[rule]), 0).improve(lambda: False, 0) == bound


def test_columns_know_how_often_a_school_may_be_visited():
    problem = scarce(pupils=(30,), rules=[VisitsPerSite(1)])

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 13


def test_a_better_plan_than_the_one_given_is_returned():
    problem = scarce(pupils=(13, 9))

    found = prove(problem, Solution(), seconds=20)

    assert found.verdict is Verdict.OPTIMAL
    assert found.better
    assert found.gap == 0
    assert found.score == score(problem, plan_exhaustively(problem)) or found.score.pupils == 22


def test_a_plan_that_is_optimal_is_left_as_it_is():
    problem = scarce(pupils=(13, 9))
    best = prove(problem, seconds=20).solution

    again = prove(problem, best, seconds=20)

    assert (again.solution, again.better, again.verdict) == (best, False, Verdict.OPTIMAL)


def test_a_large_problem_gives_a_bound_or_a_proof(monkeypatch):
    """The way that large problems go, on one that is soon done."""
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem = scarce()
    start = solve(problem, stop=MaxIterations(5)).solution

    found = prove(problem, start, seconds=3)

    assert (found.bound, found.fewest_team_days) == (26, 2)
    assert found.verdict is Verdict.OPTIMAL
    assert not violations(problem, found.solution)


def test_without_time_no_number_of_team_days_is_proved(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    monkeypatch.setattr("school_ektp.planning.exact.proof._fewest_days", lambda *_: 0)
    problem = scarce()

    found = prove(problem, solve(problem, stop=MaxIterations(5)).solution, seconds=1)

    assert (found.verdict, found.fewest_team_days) == (Verdict.PUPILS, None)


def test_a_bound_tightened_beside_the_search_is_the_same(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem = scarce()
    start = solve(problem, stop=MaxIterations(5)).solution

    with ThreadPoolExecutor(1) as pool:
        found = prove(problem, start, seconds=5, executor=pool)

    assert (found.bound, found.fewest_team_days) == (26, 2)
    assert found.verdict is Verdict.OPTIMAL


def test_an_executor_that_is_too_busy_leaves_the_bound_of_the_core(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem, busy = scarce(pupils=(13, 13, 13), days=2), Event()
    start = solve(problem, stop=MaxIterations(5)).solution

    with ThreadPoolExecutor(1) as pool:
        pool.submit(busy.wait)
        found = prove(problem, start, seconds=1, executor=pool)
        busy.set()

    assert found.bound == upper_bound(problem).pupils
    assert not violations(problem, found.solution)


def test_once_the_bound_is_done_its_process_looks_for_a_better_plan_too(monkeypatch):
    """Here nothing better is found: the search stands still, and the bound stays open."""
    proof = "school_ektp.planning.exact.proof."
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem = scarce()
    start = with_visit(problem, Solution(), crew=0, day=0, site=0)
    better = solve(problem, stop=MaxIterations(5)).solution
    assert score(problem, better) > score(problem, start)
    monkeypatch.setattr(proof + "_bounds", lambda *_: (27,))
    monkeypatch.setattr(proof + "_searched", lambda _problem, plan, *_: plan)
    monkeypatch.setattr(proof + "recombined", lambda _catalogue, plan, *_: plan)
    monkeypatch.setattr(proof + "_recombined_beside", lambda *_: better)

    with ThreadPoolExecutor(1) as pool:
        found = prove(problem, start, seconds=5, executor=pool)

    assert found.solution == better
    assert (found.verdict, found.bound) == (Verdict.BOUND, 27)


def test_a_large_problem_may_be_proved_to_need_its_team_days(monkeypatch):
    """Two schools of 13 and one of 4: one day each for the two, and one more for the small."""
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem = scarce(pupils=(13, 13, 4), days=4)
    start = solve(problem, stop=MaxIterations(50)).solution

    found = prove(problem, start, seconds=5)

    assert (found.bound, found.fewest_team_days) == (30, 3)
    assert found.verdict is Verdict.OPTIMAL


def test_once_no_more_pupils_can_be_had_a_plan_with_fewer_team_days_is_looked_for(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.exact.whole.MOST_ROUTES", 0)
    problem = scarce(pupils=(5, 4), days=3)
    apart = Solution()
    for day, site in enumerate((0, 1)):
        apart = with_visit(problem, apart, crew=0, day=day, site=site)

    found = prove(problem, apart, seconds=5)

    assert (found.fewest_team_days, found.score.team_days) == (1, -1)
    assert found.verdict is Verdict.OPTIMAL


def check_fewest_days(seeds):
    for seed, problem, plan, best in solved_by_the_oracle(seeds):
        last = problem.priorities - 1
        columns = ColumnBound(problem, last, missed=-best.floors)
        columns.seed(plan)
        fewest = columns.fewest_days(best.pupils, 0, lambda: False)
        assert fewest <= -best.team_days, seed


def test_no_plan_needs_fewer_team_days_than_are_proved():
    check_fewest_days(range(40))


@pytest.mark.nightly
def test_no_plan_needs_fewer_team_days_than_are_proved_two_thousand_times():
    check_fewest_days(range(2_000))


def recombined_from(start, problem):
    days = Periods(tuple(range(problem.days)))
    catalogue = Catalogue(problem, Frame(problem, problem.priorities - 1, days))
    turns = iter([False] * 30)
    return recombined(catalogue, start, lambda: next(turns, True), lambda: 99, 1)


def recombined_from_nothing(problem):
    return recombined_from(solve(problem, stop=MaxIterations(1)).solution, problem)


@pytest.mark.parametrize(("minutes", "most"), [(40, 1), (60, 2), (80, 3)])
def test_ways_to_spend_a_day_keep_the_driving_limit(minutes, most):
    """There and back takes 40 minutes, and 20 more from each school to the next."""
    problem = scarce(pupils=(4, 4, 4), rules=[DrivingLimit(minutes)])
    catalogue = Catalogue(problem, Frame(problem, 0, Periods((0, 1))))

    stops = [sum(site < 3 for site in row) for row in catalogue.sets[0].sites.tolist()]

    assert max(stops) == most


def test_a_plan_of_routes_under_a_driving_limit_loses_nobody():
    plan = recombined_from_nothing(scarce(pupils=(4, 4, 4), rules=[DrivingLimit(40)]))

    assert [visit.pupils for visit in plan.visits] == [4, 4]


def test_the_known_routes_make_up_a_plan():
    problem = scarce()

    plan = recombined_from_nothing(problem)

    assert not violations(problem, plan)
    assert score(problem, plan).pupils == 26


def test_a_plan_of_routes_keeps_visits_apart():
    """Thirteen a day; of three days the first and the last are two days apart."""
    problem = scarce(pupils=(39,), days=3, rules=[Spacing(2)])

    plan = recombined_from_nothing(problem)

    assert not violations(problem, plan)
    assert [visit.day for visit in plan.visits] == [0, 2]
    assert score(problem, plan).pupils == 26


def test_rows_of_a_dive_are_about_what_the_held_visits_leave():
    """Of twenty pupils seven are left: only one visit can record four of them."""
    frame = Frame(scarce(pupils=(20,), days=3), 0, Periods((0,)))
    master = Master(frame.copied(), [(0, ((0, 13),))])
    master.add((0, ((0, 4),)))
    before, _ = master.solve()

    added = master.tighten()

    assert (before, added, master.solve()[0]) == (7, 1, 4)
    assert not frame.ties


def test_several_crews_may_be_at_a_school_on_one_day_though_visits_keep_apart():
    problem = scarce(pupils=(39,), days=3, rules=[Spacing(3)])
    problem = attrs.evolve(problem, crews=problem.crews * 2)

    plan = recombined_from_nothing(problem)

    assert not violations(problem, plan)
    assert len({visit.day for visit in plan.visits}) == 1
    assert score(problem, plan).pupils == 26


def test_days_too_near_to_a_visit_leave_no_room_at_its_school():
    problem = scarce(pupils=(39, 9), days=4, rules=[Spacing(2)])
    problem = attrs.evolve(problem, crews=problem.crews * 2)
    frame = Frame(problem, 0, Periods((0, 1, 2, 3)))
    first = next(number for number, kind in enumerate(frame.kinds) if kind.day == 1)

    master = Master(frame, held=[(first, ((0, 13),))])

    rooms = {kind.day: [*master.room(number)] for number, kind in enumerate(frame.kinds)}
    assert rooms == {0: [0, 9], 1: [26, 9], 2: [0, 9], 3: [26, 9]}


def test_a_plan_of_routes_is_passed_by_the_judge_and_loses_nobody():
    problems = [random_tiny_problem(seed) for seed in range(80)]
    told = [p for p in problems if not any(isinstance(rule, UNTOLD) for rule in p.rules)]
    assert len(told) >= 30

    for problem in told:
        start = solve(problem, stop=MaxIterations(1)).solution

        plan = recombined_from(start, problem)

        assert not violations(problem, plan)
        assert score(problem, plan) >= score(problem, start)


def test_a_plan_of_routes_calls_first_who_will_be_away():
    """Thirteen a day: those away on the second day must be the first day's."""
    groups = (
        Group(arrivals=((0, 13),)),
        Group(arrivals=((0, 13),), away=frozenset({1})),
    )
    problem = scarce(pupils=(26,))
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=groups),))

    plan = recombined_from_nothing(problem)

    assert score(problem, plan).pupils == 26
    assert [visit.recorded for visit in plan.visits] == [(0, 13), (13, 0)]


def test_columns_know_that_a_second_visit_finds_few():
    """Of 15 pupils a visit records 13, so a second one 2: recorded <= 11 + 2 for each visit."""
    columns = ColumnBound(scarce(pupils=(15,)), 0)

    assert [(one.most, one.visits) for one in columns.frame.limits if one.visits] == [(11, -2.0)]


def test_no_second_visit_is_counted_where_one_has_time_for_all():
    assert not [one for one in ColumnBound(scarce(pupils=(12,)), 0).frame.limits if one.visits]


def test_visits_that_find_few_lower_the_bound(monkeypatch):
    """Two schools of 20 and three days: the two that a whole day leaves are seven each."""
    monkeypatch.setattr(Master, "tighten", lambda _: 0)

    assert ColumnBound(scarce(pupils=(20, 20), days=3), 0).improve(lambda: False, 0) == 37


def test_lots_of_pupils_lower_the_bound_further():
    """A third day goes to both schools, and has time for ten of the fourteen left."""
    problem = scarce(pupils=(20, 20), days=3)

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 36


def test_columns_know_who_is_away_on_which_day():
    """Of 26 pupils 20 are away on the second day: 13 and 6."""
    groups = (
        Group(arrivals=((0, 6),)),
        Group(arrivals=((0, 20),), away=frozenset({1})),
    )
    problem = scarce(pupils=(26,))
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=groups),))

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 13 + 6


def test_columns_know_who_comes_later():
    """Nine come of age on the second day: 4 and 13 rather than 13 and 4."""
    groups = (Group(arrivals=((0, 4), (1, 20))),)
    problem = scarce(pupils=(24,))
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=groups),))

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 4 + 13


def coming(arrivals, *, days, crews=1, rules=()):
    """Schools at which so many come on so many days."""
    problem = scarce(pupils=(0,) * len(arrivals), days=days, rules=rules)
    sites = zip(problem.sites, arrivals, strict=True)
    return attrs.evolve(
        problem,
        crews=problem.crews * crews,
        sites=tuple(attrs.evolve(site, groups=(Group(arrivals=some),)) for site, some in sites),
    )


def test_columns_know_that_parts_of_later_visits_do_not_meet_all_who_came_since():
    """Eleven can be met on the first day, ten on the second, where shares of visits met eleven."""
    problem = coming((((0, 11), (1, 6)), ((0, 4), (1, 5))), days=2)

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 11 + 10
    assert solve(problem, stop=MaxIterations(50)).score.pupils == 11 + 10


def test_columns_know_how_far_apart_visits_are():
    problem = scarce(pupils=(30,), rules=[Spacing(2)])

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 13


def test_columns_know_whom_an_early_visit_forgoes():
    """All 17 of one school are met by two crews on the last day, 14 of the other a day before."""
    arrivals = ((0, 5), (1, 6), (2, 6)), ((0, 10), (1, 4), (2, 1))
    problem = coming(arrivals, days=3, crews=2, rules=[Spacing(3)])

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 17 + 14
    assert solve(problem, stop=MaxIterations(100)).score.pupils == 17 + 14


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=5),
    st.integers(2, 4),
    st.integers(1, 2),
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 26)), max_size=4),
)
def test_no_visits_that_keep_apart_break_a_row_about_those_they_forgo(
    arrivals, apart, crews, visits
):
    problem = coming([tuple(sorted(arrivals))], days=6, crews=crews, rules=[Spacing(apart)])
    frame = Frame(problem, 0, periods(problem))
    recorded, free, plan = 0, 0, []
    for day, some in sorted(visits):
        waiting = problem.sites[0].groups[0].arrived(day) - recorded
        if day >= free and waiting:
            pupils = min(some, waiting, 13 * crews)
            recorded, free = recorded + pupils, day + apart
            plan.append((day, pupils))

    types = [next(n for n, k in enumerate(frame.kinds) if (0, day) in k.members) for day, _ in plan]
    for row in frame.forgone:
        taken = frame.taken(row)
        counted = (
            taken[number][1] * pupils  # of one pupil, as rows of this kind are linear
            for number, (_, pupils) in zip(types, plan, strict=True)
            if taken[number] is not None
        )
        assert sum(counted) <= row.most + 1e-9


def halves_of_a_visit(problem):
    """Return a bound, and those of its two cases: the first school never visited, or visited."""
    columns = ColumnBound(problem, 0)
    columns.improve(lambda: False, 0)
    never, visited = (columns.within(Case(site=0, more=more)) for more in (False, True))
    for case in (never, visited):
        case.improve(lambda: False, 0)
    return columns, never, visited


def test_the_larger_bound_of_two_cases_holds():
    """One day, thirteen pupils: a school of two alone, or one of thirty."""
    columns, never, visited = halves_of_a_visit(scarce(pupils=(2, 30), days=1))

    assert (columns.bound, never.bound) == (13, 13)
    assert visited.bound == 10  # a second stop costs another drive and set-up


def test_a_case_leaves_the_bound_it_comes_from_as_it_is():
    problem = scarce(pupils=(2, 30), days=1)
    columns, never, _ = halves_of_a_visit(problem)
    rows, ways = len(columns.frame.most), len(columns.master.columns)

    never.within(Case(site=1))

    assert (len(columns.frame.most), len(columns.master.columns)) == (rows, ways)
    assert columns.improve(lambda: False, 0) == 13


def cases_of(problem, plan):
    """Yield cases that a plan belongs to, those it meets barely: by site, size, crew and time."""
    for site in range(len(problem.sites)):
        made = [visit for visit in plan.visits if visit.site == site]
        for least in sorted({1, *(visit.pupils for visit in made)}):
            yield site, {"least": least}, [v for v in made if v.pupils >= least]
        for crew in sorted({visit.crew for visit in made}):
            yield site, {"crew": crew}, [v for v in made if v.crew == crew]
        for day in sorted({visit.day for visit in made}):
            last = periods(problem).of(day)
            some = [v for v in made if periods(problem).of(v.day) <= last]
            yield site, {"last": last}, some


def check_cases(seeds):
    """Return how many cases were looked at: as many such visits as a plan makes, or as few."""
    cases = 0
    for seed, problem, plan, best in solved_by_the_oracle(seeds):
        columns = ColumnBound(problem, problem.priorities - 1, missed=-best.floors)
        columns.seed(plan)
        columns.improve(lambda: False, best.pupils)
        represented = {kind.crew for kind in columns.frame.kinds}
        for site, what, some in cases_of(problem, plan):
            if "crew" in what and represented != set(range(len(problem.crews))):
                continue  # crews that are alike count as one of them
            for times, more in ((len(some), False), (len(some) - 1, True)):
                case = columns.within(Case(site=site, **what, times=times, more=more))
                assert case.improve(lambda: False, 0) >= best.pupils, (seed, case)
                cases += 1
    return cases


def test_a_plan_does_not_exceed_the_bound_of_its_case():
    assert check_cases(range(40)) > 300


@pytest.mark.nightly
def test_a_plan_does_not_exceed_the_bound_of_its_case_a_thousand_times():
    assert check_cases(range(1_000)) > 7_000


@pytest.mark.parametrize(
    ("pupils", "days", "bound", "least"),
    [
        ((21, 6, 16, 8, 6), 3, 56, 55),
        ((8, 6, 20, 5), 2, 35, 34),
        ((6, 5, 20, 31, 34), 4, 87, 86),
        ((27, 24, 6, 27, 8, 31), 5, 117, 116),
    ],
    ids=["visits to a school", "visits that record so many", "four days", "six schools"],
)
def test_cases_lower_the_bound_to_the_best_plan(pupils, days, bound, least):
    problem = scarce(pupils=pupils, kits=2, days=days)
    columns = ColumnBound(problem, 0)

    assert columns.improve(lambda: False, 0) == bound
    assert bound_by_cases(columns, lambda: False, 0, {}) == least
    assert solve(problem, stop=MaxIterations(300)).score.pupils == least


def test_what_a_case_promises_is_never_too_little_and_leaves_the_program_as_it_is():
    columns = ColumnBound(scarce(pupils=(21, 6, 16, 8, 6), kits=2, days=3), 0)
    columns.improve(lambda: False, 0)
    value, duals = columns.master.solve()

    lower = 0
    for site in range(5):
        for least in (1, 6, 12):
            case = Case(site=site, least=least)
            kept = columns.within(case).master.solve()[0]
            assert kept - 1e-6 <= columns.master.promise(case) <= value + 1e-6
            lower += columns.master.promise(case) < value - 0.5

    assert lower > 3
    assert columns.master.solve()[0] == pytest.approx(value)
    assert len(columns.master.solve()[1]) == len(duals)


class Known:
    """A case with a known bound, and what it can be improved to and split into."""

    def __init__(self, reading, *halves, least=None):
        self.reading, self.halves = reading, halves
        self.least = reading if least is None else least

    @property
    def bound(self):
        return math.floor(self.reading)

    def improve(self, *_):
        self.reading = self.least
        return self.bound


@pytest.mark.parametrize(
    ("root", "target", "bound"),
    [
        (Known(10.6), 5, 10),
        (Known(10.6, Known(10.6, least=9.5), Known(10.6, least=8.2)), 5, 9),
        (Known(10.6, Known(10.6, least=9.5), Known(10.6, least=8.2)), 10, 10),
        (Known(10.6, Known(9.5, Known(7.1), Known(6.0)), Known(10.6, least=8.2)), 5, 8),
        (Known(10.6, Known(9.5), Known(10.6, Known(10.2), Known(4.0))), 5, 10),
    ],
    ids=["whole", "two cases", "reached", "the worst is split", "a case that stays"],
)
def test_the_worst_case_is_the_bound(monkeypatch, root, target, bound):
    split = "school_ektp.planning.exact.branching._split"
    monkeypatch.setattr(split, lambda case, *_: case.halves or None)

    assert bound_by_cases(root, lambda: False, target, {}) == bound


def test_a_season_in_which_visits_are_whole_has_no_cases():
    columns = ColumnBound(scarce(), 0)
    columns.improve(lambda: False, 0)

    assert bound_by_cases(columns, lambda: False, 0, {}) == columns.bound == 26


def test_columns_know_floors_that_a_plan_reaches():
    """The far school takes a day on which only six are recorded, and its floor asks for them."""
    problem = scarce(pupils=(30, 6), rules=[Floor(district=1, pupils=6)])
    near, far = problem.sites
    far = attrs.evolve(far, district=1)
    matrix = ((0, 55, 20), (55, 0, 55), (20, 55, 0))
    problem = attrs.evolve(problem, sites=(near, far), travel=(matrix,))

    assert ColumnBound(problem, 0).improve(lambda: False, 0) == 26
    assert ColumnBound(problem, 0, missed=0).improve(lambda: False, 0) == 19
    assert ColumnBound(problem, 0, missed=6).improve(lambda: False, 0) == 26


def test_days_are_not_told_apart_where_they_are_too_many(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.exact.types.MOST_TYPES", 1)

    assert periods(scarce(days=9)).firsts == (0,)


def test_the_season_is_cut_where_enough_pupils_have_come_since():
    groups = (Group(arrivals=((0, 4), (2, 20), (3, 1), (5, 30))),)
    problem = scarce(pupils=(55,), days=6)
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=groups),))

    assert periods(problem).firsts == (0, 2, 3, 5)
    assert periods(scarce(days=9)).firsts == (0,)


def test_a_proof_prints_nothing(capfd):
    prove(scarce(), seconds=5)

    assert capfd.readouterr() == ("", "")


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[exact\]'"):
        prove(scarce())


def test_a_problem_without_pupils_is_proved_at_once():
    found = prove(attrs.evolve(scarce(), sites=(), crews=(), travel=((),)), seconds=1)

    assert (found.verdict, found.bound) == (Verdict.OPTIMAL, 0)
