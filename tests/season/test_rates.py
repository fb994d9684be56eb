"""A rate: a value inside its interval, or one that somebody may set."""

from __future__ import annotations

import pytest
from hypothesis import given

from made_calls import SCHOOLS, TEAMS, learnt, seasons
from school_ektp.errors import InvalidFieldError
from school_ektp.season.learnt import overrule
from school_ektp.season.rates import Beta, Gamma, Normal, RateName, Trust, rate_name


@given(seasons)
def test_every_rate_lies_in_its_interval_and_can_be_planned_with(calls):
    known = learnt(calls)

    for rate in known.rates:
        assert rate.low - 1e-9 <= rate.learnt <= rate.high + 1e-9, rate
    assert 0 < known.risks().turnout <= 1
    assert all(team.minutes_per_pupil >= 1 for team in known.teams(TEAMS))


@pytest.mark.parametrize(
    ("name", "value", "where", "fault"),
    [
        ("speed", 1.0, {}, "must be one of turnout"),
        ("turnout", 1.5, {}, "must be from 0.001 to 1"),
        ("turnout", True, {}, "must be from 0.001 to 1"),
        ("system_down", 0.1, {"site": SCHOOLS[0]}, "site cannot be given"),
        ("turnout", 0.5, {"team": "Tim 1"}, "team cannot be given"),
        ("minutes", 5.0, {"level": "TK"}, "must be one of"),
    ],
)
def test_invalid_values_are_refused(name, value, where, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        overrule((), name, value, **where)


def test_an_unknown_rate_is_refused():
    with pytest.raises(InvalidFieldError, match="must be one of turnout"):
        learnt([]).rate("speed")


@pytest.mark.parametrize(
    ("known", "mean", "variance"),
    [
        (Beta(30, 10), 0.75, 0.75 * 0.25 / 41),
        (Gamma(6, 4), 1.5, 6 / 16),
        (Normal(5, 0.5), 5, 0.25),
    ],
)
def test_a_distribution_has_its_mean_inside_every_interval(known, mean, variance):
    assert (known.mean, known.variance) == pytest.approx((mean, variance))
    wide, narrow = known.interval(0.05), known.interval(0.25)
    assert wide[0] < narrow[0] < known.mean < narrow[1] < wide[1]


def test_what_is_sure_has_no_interval():
    assert Beta(3, 0).interval(0.05) == (1, 1)
    assert Beta(0, 3).interval(0.05) == (0, 0)


def test_minutes_are_never_below_none():
    assert Normal(1, 5).interval(0.05)[0] == 0


def test_a_name_stands_for_its_rate():
    assert rate_name("turnout") is rate_name(RateName.TURNOUT) is RateName.TURNOUT


@pytest.mark.parametrize("name", ["calls", "school_calls", "days", "visits", "timed"])
def test_what_was_believed_weighs_something(name):
    with pytest.raises(InvalidFieldError, match=f"Trust.{name} must be a whole number at least 1"):
        Trust(**{name: 0})
