"""Turn-out of first and repeated calls, of the office and of schools: the truth is found."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_calls import RISKS, SCHOOLS, call, learnt, seasons
from school_ektp.model.risks import Risks
from school_ektp.season.calls import Call
from school_ektp.season.rates import Trust


def played(
    rng: random.Random, first: float, again: float, visits: int, *, by_call: bool
) -> list[Call]:
    """Draw visits pupil by pupil, as a world would: spread of visits, and some who never come."""
    calls = []
    for number in range(visits):
        factor = rng.gauss(1, RISKS.turnout_spread)
        fresh = rng.randint(10, 60)
        counts = [0, 0]
        away = 0
        for _ in range(fresh):
            never = rng.random() < RISKS.never
            if not never and rng.random() < factor * first:
                counts[0] += 1
                continue
            away += 1
            factor_again = rng.gauss(1, RISKS.turnout_spread)
            counts[1] += not never and rng.random() < factor_again * again
        site = SCHOOLS[number % len(SCHOOLS)]
        calls.append(call(number, site=site, first=fresh, came=counts[0], recorded=counts[0]))
        split = {"first_came": 0, "again_came": counts[1]} if by_call else {}
        calls.append(
            call(
                500 + number,
                site=site,
                first=0,
                again=away,
                came=counts[1],
                recorded=counts[1],
                **split,
            )
        )
    return calls


def test_intervals_hold_the_truth_nine_times_of_ten():
    """The truth is drawn as the prior says, the visits by the world above: beta(85, 15)."""
    rng, trust = random.Random(7), Trust()
    hits = {"turnout": 0, "turnout_again": 0}
    worlds = 300
    for _ in range(worlds):
        first = rng.betavariate(trust.calls * 0.85, trust.calls * 0.15)
        again = rng.betavariate(trust.calls * 0.6, trust.calls * 0.4)
        known = learnt(played(rng, first, again, 12, by_call=True))
        for name, truth in (("turnout", first), ("turnout_again", again)):
            rate = known.rate(name)
            hits[name] += rate.low <= truth <= rate.high

    assert 0.84 <= hits["turnout"] / worlds <= 0.97
    assert 0.84 <= hits["turnout_again"] / worlds <= 0.97


@pytest.mark.parametrize(("first", "again"), [(0.65, 0.45), (0.95, 0.7)])
def test_a_season_finds_the_rates_of_its_world(first, again):
    known = learnt(played(random.Random(3), first, again, 150, by_call=True))

    assert known.rate("turnout").value == pytest.approx(first, abs=0.02)
    assert known.rate("turnout_again").value == pytest.approx(again, abs=0.05)


def test_pupils_who_never_come_are_not_counted_against_repeated_calls():
    """Of those who stayed away once, many never come where nearly everybody else does."""
    rng = random.Random(5)
    calls = played(rng, 0.95, 0.6, 200, by_call=True)
    repeated = [one for one in calls if one.again]
    observed = sum(one.came for one in repeated) / sum(one.again for one in repeated)

    value = learnt(calls).rate("turnout_again").value

    assert observed < 0.5
    assert value == pytest.approx(0.6, abs=0.06)


def test_calls_of_both_kinds_are_told_apart_by_what_is_expected():
    mixed = [call(n, first=30, again=20, came=36, recorded=36) for n in range(40)]

    known = learnt(mixed)

    expected = 30 * 0.98 * known.rate("turnout").value
    may_come = 0.98 * (1 - known.rate("turnout").value)
    expected += 20 * may_come / (may_come + 0.02) * known.rate("turnout_again").value
    assert expected == pytest.approx(36, abs=0.6)


def test_a_visit_that_was_full_says_nothing_of_who_would_have_come():
    assert learnt([call(came=5, recorded=5, full=True)]).rate("turnout").value == RISKS.turnout


def test_a_school_leans_on_the_office_and_follows_its_own_calls():
    others = [call(n, site=SCHOOLS[n % 8]) for n in range(24)]
    low = [call(30 + n, site=SCHOOLS[8], came=12, recorded=12) for n in range(6)]

    known = learnt([*others, *low])

    office, here = known.rate("turnout").value, known.rate("turnout", site=SCHOOLS[8]).value
    assert 12 / 40 < here < 0.5 < office
    assert known.risks().turnout_at(SCHOOLS[8]) == pytest.approx(here, abs=1e-6)
    assert known.rate("turnout", site="10709999").value == office


def test_schools_that_differ_by_chance_alone_stay_with_the_office():
    rng = random.Random(1)
    calls = [
        call(n, came=(came := sum(rng.random() < 0.83 for _ in range(40))), recorded=came)
        for n in range(45)
    ]

    known = learnt(calls)

    office = known.rate("turnout").value
    for site in SCHOOLS:
        assert known.rate("turnout", site=site).value == pytest.approx(office, abs=0.03)


def test_a_school_with_a_rate_of_its_own_does_not_pull_the_office():
    risks = Risks(turnout_by_school={SCHOOLS[0]: 0.3})
    calls = [call(n, site=SCHOOLS[0], came=12, recorded=12) for n in range(20)]

    known = learnt(calls, risks=risks)

    assert known.rate("turnout").value == risks.turnout
    assert known.rate("turnout", site=SCHOOLS[0]).value == pytest.approx(12 / 40 / 0.98, abs=0.01)


def test_one_outcome_moves_turn_out_a_little():
    """None of 40 came: 100 calls of the plan stand against 40 that shared one visit's luck."""
    value = learnt([call(came=0, recorded=0)]).rate("turnout").value

    assert RISKS.turnout - 0.15 < value < RISKS.turnout


def test_a_hundred_outcomes_decide():
    """26 of 40 came, of whom 2 % never come: 0.66 of those who may."""
    value = learnt([call(n, came=26, recorded=26) for n in range(100)]).rate("turnout").value

    assert value == pytest.approx(26 / 40 / 0.98, abs=0.015)


@given(st.integers(0, 40), st.integers(0, 39))
def test_each_outcome_moves_a_rate_towards_itself(came, before):
    """Of 40 called 39.2 may come, so 40 who came make up for some who are missing next time."""
    calls = [call(1, came=before, recorded=before)]
    start = learnt(calls).rate("turnout").value

    value = learnt([*calls, call(2, came=came, recorded=came)]).rate("turnout").value

    share = came / (40 * (1 - RISKS.never))
    assert min(start, share) - 1e-9 <= value <= max(start, share) + 1e-9


@given(seasons, st.integers(0, 10_000))
def test_more_who_come_never_lower_turn_out(calls, place):
    calls = [
        attrs.evolve(one, again=0, came=min(one.came, one.first), first_came=None) for one in calls
    ]
    held = [n for n, one in enumerate(calls) if one.held and one.came < one.first]
    if not held:
        return
    chosen = held[place % len(held)]
    more = [attrs.evolve(one, came=one.came + (n == chosen)) for n, one in enumerate(calls)]

    assert learnt(more).rate("turnout").value >= learnt(calls).rate("turnout").value - 1e-9
