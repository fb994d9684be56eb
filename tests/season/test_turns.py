"""A stop rule shared by several searches."""

from __future__ import annotations

import pytest

from school_ektp.planning.stop import MaxIterations, MaxSeconds, NoImprovement, Progress
from school_ektp.season.turns import Turns


def at(iterations, improved=0):
    return Progress(iterations=iterations, value=0, improved=improved)


def run(turns, *, last=False):
    """Return how many iterations one search has."""
    watch, iterations = turns.next(last=last), 0
    while not watch(at(iterations)):
        iterations += 1
    return iterations


def test_each_search_has_half_of_what_is_left_and_the_last_one_all():
    turns = Turns(MaxIterations(16))

    assert [run(turns), run(turns), run(turns, last=True)] == [8, 4, 4]
    assert turns.over


def test_a_search_is_told_how_much_of_its_own_part_is_over():
    turns = Turns(MaxIterations(16))
    run(turns)

    second = turns.next()

    assert [second.fraction(at(done)) for done in (0, 1, 2, 4)] == [0, 0.25, 0.5, 1]


def test_seconds_run_from_the_beginning_of_the_call():
    now = [0.0]
    turns = Turns(MaxSeconds(8, clock=lambda: now[0]))
    first = turns.next()
    now[0] = 3.0
    assert not first(at(5))
    now[0] = 4.0
    assert first(at(6))

    second = turns.next()
    assert not second(at(0))
    now[0] = 6.0
    assert second(at(1))
    assert not turns.over
    now[0] = 8.0
    assert turns.next()(at(0))
    assert turns.over


def test_a_rule_that_cannot_tell_its_share_ends_each_search_itself():
    turns = Turns(NoImprovement(3))
    first = turns.next()

    assert getattr(first, "fraction", None) is None
    assert [first(at(2)), first(at(3)), first(at(4, improved=2))] == [False, True, False]


@pytest.mark.parametrize("rule", [MaxIterations(0), lambda _: True])
def test_no_time_at_all_ends_every_search_at_once(rule):
    turns = Turns(rule)

    assert (run(turns), run(turns)) == (0, 0)
    assert turns.over
