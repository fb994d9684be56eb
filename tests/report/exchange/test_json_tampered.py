"""Documents that were edited or damaged: refused as such, or plans and problems that work."""

from __future__ import annotations

import json
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from school_ektp.errors import ReadError
from school_ektp.planning.checker import evaluate, expectations
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.exchange.plan_json import (
    plan_from_text,
    plan_text,
    problem_from_text,
    problem_text,
)
from school_ektp.report.plan import Plan
from school_ektp.testing.problems import random_problem

NUMBERS = (-1, -5, 0, 1, 2, 3, 1_440, 1_441, 10**6, 10**9, 10**15, 2**63, 10**40, 0.5, 1e308)


TEXTS = (
    *("", " ", "x", "FREQ=DAILY;INTERVAL=0", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=MO;INTERVAL=-1"),
    *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "0001-01-01", "9999-12-31", "2024-02-30", "10700669"),
    *("\u2028", "\x00", "A" * 5_000, "DTSTART:20240101T000000Z\nRRULE:FREQ=DAILY"),
)


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


def tampered(text: str, rng: random.Random) -> str:
    """Return a document with one to three values changed, doubled, cut or taken out."""
    whole = json.loads(text)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        *above, last = rng.choice([path for path in places(whole) if len(path) > 1])
        holder = whole
        for key in above:
            holder = holder[key]
        holder[last] = changed(holder[last], rng)
        if rng.random() < 0.1:
            del holder[last]
    return json.dumps(whole)


def changed(value: object, rng: random.Random) -> object:
    if isinstance(value, bool) or value is None:
        return rng.choice((True, False, None, 1, "x"))
    if isinstance(value, int | float):
        return rng.choice((*NUMBERS, value + 1, value - 1, -value, None))
    if isinstance(value, str):
        return rng.choice((*TEXTS, value * 2, None, 5))
    if isinstance(value, list):
        cut = value[: rng.randrange(len(value) + 1)]
        return rng.choice((cut, value + value[:1], value[::-1], [], None, [value]))
    return rng.choice(({}, None, [], {**value, "more": 1}))


@pytest.fixture
def watch() -> Iterator[Callable[[int], None]]:
    """Give an alarm that ends what hangs."""
    if sys.platform == "win32":
        pytest.skip("alarms of POSIX")

    def ring(*_given: object) -> None:
        pytest.fail("hangs")

    before = signal.signal(signal.SIGALRM, ring)
    yield signal.alarm
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def use(plan: Plan) -> None:
    """Use a plan as its holder would; what it is worth cannot be above its bound by magic."""
    assert plan.visits.height == len(plan.solution.visits)
    assert len(plan.summary("id")) > 10
    assert len(plan.grid()) > 10
    assert plan.by_site.height == len(plan.demand)
    assert all(one.pupils > 0 for one in plan.why())
    assert all(one.rule for one in plan.violations)
    assert plan_text(plan_from_text(plan_text(plan), Plan)) == plan_text(plan)


def tampered_plans(plan: Plan, count: int, seed: int, alarm: Callable[[int], None]) -> Counter[str]:
    text, rng, outcomes = plan_text(plan), random.Random(seed), Counter()
    for _ in range(count):
        damaged = tampered(text, rng)
        alarm(60)
        try:
            back = plan_from_text(damaged, Plan)
        except ReadError:
            outcomes["refused"] += 1
        else:
            use(back)
            outcomes["accepted"] += 1
        alarm(0)
    return outcomes


def tampered_problems(count: int, seed: int, alarm: Callable[[int], None]) -> Counter[str]:
    rng, outcomes = random.Random(seed), Counter()
    for number in range(count):
        text = problem_text(random_problem(seed * 100 + number % 7))
        damaged = tampered(text, rng)
        alarm(60)
        try:
            back = problem_from_text(damaged)
        except ReadError:
            outcomes["refused"] += 1
        else:
            found = solve(back, stop=MaxIterations(3), seed=0)
            assert evaluate(back, found.solution).worth >= 0
            assert len(expectations(back, found.solution)) == len(found.solution.visits)
            outcomes["accepted"] += 1
        alarm(0)
    return outcomes


def test_tampered_plans_are_refused_or_work(small_plan, watch):
    outcomes = tampered_plans(small_plan, 40, 1, watch)

    assert outcomes["refused"] > 15


def test_tampered_problems_are_refused_or_can_be_solved(watch):
    outcomes = tampered_problems(100, 1, watch)

    assert min(outcomes["refused"], outcomes["accepted"]) > 10


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 17))
def test_fifteen_hundred_tampered_plans_are_refused_or_work(small_plan, watch, seed):
    assert tampered_plans(small_plan, 100, seed, watch).total() == 100


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 17))
def test_fifteen_hundred_tampered_problems_are_refused_or_can_be_solved(watch, seed):
    assert tampered_problems(100, seed, watch).total() == 100


def edited(text: str, *path: object, to: object) -> str:
    whole = json.loads(text)
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = to
    return json.dumps(whole)


PLAN_EDITS = [
    (("bound", -5), "bound: must not be below 0"),
    (("teams", 0, "works", "FREQ=DAILY;INTERVAL=0"), "must be a recurrence rule of days"),
    (("calendar", "visit_days", "FREQ=SECONDLY"), "must be a recurrence rule of days"),
    (("problem", "today", -3), "today must be from 0"),
    (("problem", "teams", 0, "kits", []), "kits must be 12 values, one for each day"),
    (("problem", "teams", 0, "start", 0), "start and end must be nodes after the sites"),
    (("problem", "teams", 0, "travel", 7), "travel must be the number of a matrix"),
    (("problem", "sites", 0, "sessions", []), "sessions must be 12 lists, one for each day"),
    (("problem", "sites", 0, "turnout", -1), "turnout must be from 0 to 1,000"),
    (("problem", "sites", 0, "groups", 0, "arrivals", [[0, -3]]), "pupils must be from 0"),
    (("problem", "sites", 0, "groups", 0, "arrivals", [[99, 3]]), "arrivals must be on days of"),
    (("problem", "sites", 0, "district", 99), "districts: fewer named than planned"),
    (("problem", "travel", 0, 0, []), "must be square"),
    (("problem", "luck", "never", 5_000), "luck.never must be from 0"),
    (("problem", "price", "visit", -1), "price.visit must be from 0"),
    (("solution", "visits", 0, "site", -1), "site must be from 0"),
    (("solution", "visits", 0, "day", 400), "day must be from 0"),
    (("solution", "visits", 0, "room", 0), "room must be from 1"),
    (("solution", "visits", 0, "end", 0), "must be minutes of one day, in order"),
    (("names", "first_day", "2020-01-01"), "begin on another day"),
    (("names", "priorities", []), "priorities: 0 named"),
    (("names", "teams", 0, "Tim X"), "the names are others than those of the teams"),
]


@pytest.mark.parametrize(("edit", "fault"), PLAN_EDITS)
def test_each_edit_is_refused_for_what_it_is(edit, fault, small_plan):
    *path, value = edit

    with pytest.raises(ReadError, match=fault):
        plan_from_text(edited(plan_text(small_plan), "plan", *path, to=value), Plan)


def test_many_faults_are_reported_in_short(small_plan):
    text = edited(plan_text(small_plan), "plan", "problem", "days", to=3)

    with pytest.raises(ReadError, match=r"and \d+ more") as caught:
        plan_from_text(text, Plan)

    assert len(str(caught.value)) < 2_000
