"""Stop rules: when they stop, that they can be used again, how far they see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.planning.stop import (
    FirstOf,
    GapClosed,
    MaxIterations,
    MaxSeconds,
    NoImprovement,
    Progress,
    Target,
    begin,
    fraction_done,
    needs_bound,
)


def progress(iterations=0, pupils=0, improved=0, bound=100):
    return Progress(iterations=iterations, pupils=pupils, improved=improved, bound=bound)


class Clock:
    """A clock that tests set by hand."""

    now = 0.0

    def __call__(self):
        return self.now


def test_iterations_stop_at_the_number_asked():
    watch = begin(MaxIterations(3))

    assert [watch(progress(done)) for done in range(5)] == [False, False, False, True, True]


def test_seconds_stop_by_the_clock_given():
    clock = Clock()
    watch = begin(MaxSeconds(2, clock))

    clock.now = 1.9
    assert not watch(progress())
    clock.now = 2.0
    assert watch(progress())


def test_a_rule_serves_two_runs():
    clock = Clock()
    rule = MaxSeconds(2, clock)
    begin(rule)
    clock.now = 5.0

    assert not begin(rule)(progress())


def test_no_improvement_counts_from_the_last_better_plan():
    watch = begin(NoImprovement(10))

    assert not watch(progress(iterations=14, improved=5))
    assert watch(progress(iterations=15, improved=5))


def test_target_and_gap_are_in_pupils():
    assert begin(Target(90))(progress(pupils=90))
    assert not begin(Target(90))(progress(pupils=89))
    assert begin(GapClosed(5))(progress(pupils=95, bound=100))
    assert not begin(GapClosed())(progress(pupils=99, bound=100))


def test_any_of_stops_with_the_first_and_sees_as_far_as_the_nearest():
    watch = begin(FirstOf(MaxIterations(10), Target(50), lambda now: now.pupils == 7))

    assert not watch(progress(iterations=5))
    assert fraction_done(watch, progress(iterations=5)) == 0.5
    assert watch(progress(iterations=10))
    assert watch(progress(pupils=50))
    assert watch(progress(pupils=7))


def test_only_the_gap_asks_for_a_bound():
    assert needs_bound(FirstOf(MaxIterations(1), GapClosed()))
    assert not needs_bound(FirstOf(MaxIterations(1), Target(3)))
    assert not needs_bound(lambda _now: True)


@given(st.integers(1, 1_000), st.integers(0, 1_000))
def test_share_of_iterations_agrees_with_stopping(most, done):
    watch = begin(MaxIterations(most))
    share = fraction_done(watch, progress(done))

    assert share is not None
    assert (share >= 1) == watch(progress(done))


def test_a_plain_callable_cannot_tell_how_far_it_is():
    assert fraction_done(begin(lambda _now: False), progress()) is None


@pytest.mark.parametrize("seconds", [-1, float("nan"), "5"])
def test_odd_seconds_are_refused(seconds):
    with pytest.raises(InvalidFieldError, match="seconds must be 0 or more"):
        MaxSeconds(seconds)


def test_negative_iterations_are_refused():
    with pytest.raises(ValueError, match="'most' must be >= 0"):
        MaxIterations(-1)
