"""How what is known leans on what was believed: by as many tries as that weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_calls import SCHOOLS, call, learnt, seasons
from school_ektp.season.evidence import Tried


@given(seasons)
def test_no_school_or_team_is_known_better_than_what_it_leans_on_without_calls_of_its_own(calls):
    known = learnt(calls)

    for rate in known.rates:
        office = known.rate(rate.name)
        if rate.site and rate.evidence == 0:
            assert rate.high - rate.low >= office.high - office.low - 1e-6


def test_a_school_is_not_known_better_than_the_office():
    """Schools are alike here: each leans on the office as hard as can be."""
    known = learnt([call(n) for n in range(9)])

    office, school = known.rate("turnout"), known.rate("turnout", site=SCHOOLS[0])
    assert school.high - school.low >= 0.95 * (office.high - office.low)


tries = st.builds(
    lambda times, so: Tried(times, min(so, times)), st.integers(0, 90), st.integers(0, 90)
)


@given(tries, st.floats(0, 1), st.integers(1, 200))
def test_what_is_known_lies_between_what_was_believed_and_what_was_tried(tried, prior, weight):
    known = tried.after(prior, weight).mean

    low, high = sorted((prior, tried.so / tried.times if tried.times else prior))
    assert low - 1e-9 <= known <= high + 1e-9


@given(tries, tries, st.floats(0.01, 0.99), st.integers(1, 200))
def test_tries_one_after_the_other_teach_what_they_teach_together(some, more, prior, weight):
    first = some.after(prior, weight)
    both = more.after(first.mean, first.came + first.missed)

    together = (some + more).after(prior, weight)
    assert (both.came, both.missed) == pytest.approx((together.came, together.missed))
