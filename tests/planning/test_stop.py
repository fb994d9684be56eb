"""Stop rules: when they stop, that they can be used again, how far they see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.planning.problem import PUPIL
from school_ektp.planning.stop import (
    DEFAULT,
    FirstOf,
    MaxIterations,
    MaxSeconds,
    NoImprovement,
    Progress,
    Target,
    begin,
    fraction_done,
)


def progress(iterations=0, pupils=0, improved=0):
    return Progress(iterations=iterations, value=pupils * PUPIL, improved=improved)


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
    watch = begin(MaxSeconds(2, clock=clock))

    clock.now = 1.5
    assert not watch(progress())
    assert fraction_done(watch, progress()) == 0.75
    clock.now = 2.0
    assert watch(progress())


def test_a_limit_of_zero_seconds_is_over_at_once():
    for rule in (MaxSeconds(0, clock=Clock()), MaxIterations(0)):
        watch = begin(rule)
        assert watch(progress())
        assert fraction_done(watch, progress()) == 1.0


def test_one_stop_rule_can_be_used_for_two_runs():
    clock = Clock()
    rule = MaxSeconds(2, clock=clock)
    begin(rule)
    clock.now = 5.0

    assert not begin(rule)(progress())


def test_no_improvement_counts_from_the_last_better_plan():
    watch = begin(NoImprovement(10))

    assert not watch(progress(iterations=14, improved=5))
    assert watch(progress(iterations=15, improved=5))


def test_a_target_is_in_pupils():
    assert begin(Target(90))(progress(pupils=90))
    assert not begin(Target(90))(progress(pupils=89))


def test_any_of_stops_with_the_first_and_sees_as_far_as_the_nearest():
    rule = FirstOf(MaxIterations(10), Target(50), lambda now: now.value == 7 * PUPIL)
    watch = begin(rule)

    assert not watch(progress(iterations=5))
    assert fraction_done(watch, progress(iterations=5)) == 0.5
    assert watch(progress(iterations=10))
    assert watch(progress(pupils=50))
    assert watch(progress(pupils=7))
    assert repr(rule).startswith("FirstOf(MaxIterations(most=10), Target(pupils=50)")


def test_rules_without_a_limit_have_no_share_of_the_run():
    assert fraction_done(begin(FirstOf(Target(5))), progress()) == 0.0
    assert not begin(FirstOf())(progress())


@given(st.integers(1, 1_000), st.integers(0, 1_000))
def test_share_of_iterations_agrees_with_stopping(most, done):
    watch = begin(MaxIterations(most))
    share = fraction_done(watch, progress(done))

    assert share is not None
    assert (share >= 1) == watch(progress(done))


def test_a_plain_callable_cannot_tell_how_far_it_is():
    assert fraction_done(begin(lambda _now: False), progress()) is None


def test_the_default_counts_iterations():
    """A rule that reads a clock would give another plan on another machine."""
    assert isinstance(DEFAULT, MaxIterations)


@pytest.mark.parametrize("rule", [MaxSeconds, Target])
@pytest.mark.parametrize("figure", [-1, float("nan"), "5"])
def test_odd_figures_are_refused(rule, figure):
    with pytest.raises(InvalidFieldError, match="must be 0 or more"):
        rule(figure)


def test_negative_iterations_are_refused():
    with pytest.raises(ValueError, match="most must be a whole number at least 0"):
        MaxIterations(-1)
    with pytest.raises(ValueError, match="iterations must be a whole number at least 1"):
        NoImprovement(0)
