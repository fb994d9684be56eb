"""What outcomes teach: little from one, much from a hundred, the same in any order."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from made_calls import MONDAY, RISKS, SCHOOLS, TEAMS, call, learnt, seasons
from school_ektp.season.learnt import RATES, overrule
from school_ektp.season.rates import RateName

# One, a hundred, none -----------------------------------------------------------------------


def test_without_outcomes_every_rate_is_what_the_season_began_with():
    known = learnt([])

    assert known.risks() == RISKS
    assert known.teams(TEAMS) == TEAMS
    assert set(known.table["rate"]) == {name.value for name in RateName}
    assert known.table.schema == RATES


@given(seasons, st.randoms(use_true_random=False))
def test_the_order_of_outcomes_does_not_matter(calls, rng):
    calls = [attrs.evolve(one, day=MONDAY + dt.timedelta(days=n)) for n, one in enumerate(calls)]
    shuffled = rng.sample(calls, len(calls))

    assert learnt(shuffled) == learnt(calls)


@given(seasons)
def test_the_table_has_one_row_for_each_rate(calls):
    known = learnt(calls)

    assert known.table.height == len(known.rates) == len({rate.key for rate in known.rates})
    assert known.table["value"].to_list() == [rate.value for rate in known.rates]


# Overruled and reset --------------------------------------------------------------------------

settings = st.one_of(
    st.tuples(st.just("turnout"), st.floats(0.01, 1), st.sampled_from(["", *SCHOOLS])),
    st.tuples(
        st.sampled_from(["turnout_again", "day_lost", "system_down", "outage"]),
        st.floats(0.01, 1),
        st.just(""),
    ),
)


@given(seasons, st.lists(settings, min_size=1, max_size=4))
def test_a_rate_that_is_set_holds_until_it_is_reset(calls, set_by_hand):
    overruled: tuple = ()
    for name, value, site in set_by_hand:
        overruled = overrule(overruled, name, value, site=site)
    known = learnt(calls, overruled=overruled)

    name, value, site = set_by_hand[-1]
    rate = known.rate(name, site=site)
    assert (rate.value, rate.overruled) == (value, True)
    assert known.overruled == overruled
    for name, _, site in set_by_hand:
        overruled = overrule(overruled, name, None, site=site)
    assert overruled == ()
    assert learnt(calls, overruled=overruled) == learnt(calls)


def test_what_is_set_reaches_the_next_plan():
    overruled = overrule((), "turnout", 0.5)
    overruled = overrule(overruled, "outage", 0.2)
    overruled = overrule(overruled, "minutes", 7.0)
    overruled = overrule(overruled, "fixed", 90.0, team="Tim 2")
    known = learnt([call(n) for n in range(9)], overruled=overruled)

    risks, (one, two) = known.risks(), known.teams(TEAMS)

    assert (risks.turnout, risks.outage) == (0.5, 0.2)
    assert one.minutes_per_pupil == two.minutes_per_pupil == 7
    assert (one.setup_minutes, two.setup_minutes + two.packdown_minutes) == (30, 90)
