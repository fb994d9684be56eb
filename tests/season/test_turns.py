"""A stop rule shared by several searches."""

from __future__ import annotations

import pytest

from school_ektp.errors import SchoolEktpWarning
from school_ektp.planning.stop import FirstOf, MaxIterations, MaxSeconds, NoImprovement, Progress
from school_ektp.season.turns import Shares, Turns


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


def test_a_search_knows_how_much_of_its_own_part_is_over():
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


def test_shares_keep_seconds_for_what_comes_after_the_searches():
    now = [0.0]
    shares = Shares.of(MaxSeconds(10, clock=lambda: now[0]))
    now[0] = 2.0
    kept = shares.keeping(1.5)

    watch = kept.watch(1)
    now[0] = 6.9
    assert not watch(at(0))
    now[0] = 7.0
    assert watch(at(1))
    assert kept.over
    assert not shares.over


def test_a_call_that_is_late_says_so():
    now = [0.0]
    shares = Shares.of(MaxSeconds(10, clock=lambda: now[0]))
    now[0] = 11.0
    shares.warn_if_late("what_if")
    now[0] = 11.5

    with pytest.warns(SchoolEktpWarning, match=r"what_if took 1\.1 times its limit"):
        shares.warn_if_late("what_if")


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


# Searches beside each other -------------------------------------------------------------------


def iterations_of(watch):
    """Return how many iterations one search has."""
    return next(done for done in range(1_000) if watch(at(done)))


def test_seconds_are_shared_in_equal_parts_of_what_is_left():
    now = [0.0]
    shares = Shares.of(MaxSeconds(9, clock=lambda: now[0]))
    first = shares.watch(3)
    now[0] = 2.9
    assert not first(at(100))
    now[0] = 3.0
    assert first(at(0))

    now[0] = 5.0  # it took longer than its part
    second = shares.watch(2)
    now[0] = 6.9
    assert not second(at(0))
    now[0] = 7.0
    assert second(at(0))

    now[0] = 9.0
    assert shares.over
    assert shares.watch()(at(0))


def test_a_part_is_shared_out_again():
    now = [0.0]
    kind = Shares.of(MaxSeconds(8, clock=lambda: now[0])).part(2)

    watch = kind.watch(2)
    now[0] = 2.0

    assert watch(at(0))
    assert not kind.over
    now[0] = 4.0
    assert kind.over


@pytest.mark.parametrize("rule", [MaxIterations(5), NoImprovement(5)])
def test_iterations_are_counted_for_each_search(rule):
    shares = Shares.of(rule)

    assert [iterations_of(shares.watch(left)) for left in (3, 2, 1)] == [5, 5, 5]
    assert not shares.over


def test_of_seconds_and_iterations_each_is_counted_in_its_way():
    now = [0.0]
    shares = Shares.of(FirstOf(MaxSeconds(8, clock=lambda: now[0]), MaxIterations(5)))

    assert iterations_of(shares.watch(2)) == 5
    second = shares.watch(2)
    now[0] = 4.0
    assert second(at(0))
    assert not shares.over


def test_each_search_knows_how_much_of_it_is_over():
    now = [0.0]
    by_clock = Shares.of(MaxSeconds(8, clock=lambda: now[0]))
    now[0] = 4.0
    half = by_clock.watch(2)
    assert half.fraction(at(0)) == 0
    now[0] = 5.0
    assert half.fraction(at(0)) == 0.5

    by_count = Shares.of(MaxIterations(10)).watch(3)
    assert [by_count.fraction(at(done)) for done in (0, 5, 10)] == [0, 0.5, 1]


def test_no_seconds_are_over_at_once_and_no_iterations_are_not():
    assert Shares.of(MaxSeconds(0)).over
    assert not Shares.of(MaxIterations(0)).over
