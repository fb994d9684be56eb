"""Lots of pupils: no whole visits break them, and days are priced by them."""

from __future__ import annotations

from functools import cache
from itertools import combinations, combinations_with_replacement, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.lagrange import Limit, Shares, Split
from school_ektp.planning.lots import Curve, Lots, Tariff, most_broken
from school_ektp.planning.paths import routed
from school_ektp.planning.teamday import Stop, TeamDay
from school_ektp.planning.ways import Orders, Pool

MANY = 1_000


def a_stop(site, *, most, pace=5, per_round=2.0):
    return Stop(
        site=site, opens=30, closes=150, fixed=20, pace=pace, per_round=per_round, most=most
    )


def a_day(stops, *, count=1):
    sites = range(len(stops))
    return TeamDay(
        crew=-1,
        count=count,
        stops=tuple(stops),
        drive=tuple(tuple(10 * (a != b) for b in sites) for a in sites),
        most_pupils=MANY,
        most_visits=MANY,
    )


# Rows ---------------------------------------------------------------------------------------


def test_five_thirds_of_a_visit_are_more_than_whole_visits_can_be():
    """Of 150 pupils 90 and 60 are recorded: the second visit holds no whole lot of 76."""
    lots = most_broken(0, 150, [(90, 5 / 3)])

    assert lots is not None
    assert lots.taken(90) + lots.taken(60) <= lots.most < 5 / 3 * lots.taken(90)


@pytest.mark.parametrize("visits", [[], [(90, 1.0), (60, 1.0)], [(75, 2.0)], [(30, 5.0)]])
def test_whole_visits_break_nothing(visits):
    assert most_broken(0, 150, visits) is None


some_visits = st.lists(st.tuples(st.integers(1, 14), st.floats(0.05, 1.5)), max_size=6)


@given(st.integers(1, 14), some_visits)
def test_no_whole_visits_break_lots_that_shares_of_them_break(given_, visits):
    visits = [(min(some, given_), share) for some, share in visits]
    lots = most_broken(0, given_, visits)
    if lots is None:
        return

    assert sum(share * lots.taken(some) for some, share in visits) > lots.most
    for number in range(1, 5):
        for together in combinations_with_replacement(range(1, given_ + 1), number):
            assert sum(together) > given_ or sum(map(lots.taken, together)) <= lots.most + 1e-9


# Prices -------------------------------------------------------------------------------------


@st.composite
def tariffs(draw, sites=1):
    """What visits are worth, where lots are counted at some sites."""
    lots = {}
    for site in range(sites):
        sizes = draw(st.lists(st.integers(2, 20), max_size=2))
        if sizes:
            given_ = draw(st.integers(20, 40))
            lots[site] = [(draw(st.integers(0, 12)), Lots(site, given_, size)) for size in sizes]
    pupil = [draw(st.integers(-2, 10)) / 10 for _ in range(sites)]
    return Tariff(pupil, [draw(st.integers(-4, 4)) / 2 for _ in range(sites)], lots)


@given(tariffs(), st.integers(1, 30), st.sampled_from((1.0, 2.0, 3.0)))
def test_a_curve_knows_the_best_number_of_pupils_for_any_rounds(tariff, most, per_round):
    if not tariff.lots:
        return
    stop = a_stop(0, most=most, per_round=per_round)

    curve = Curve(stop, tariff)

    for rounds in range(1, stop.rounds + 1):
        assert curve.values[rounds] == pytest.approx(max(at_most(stop, tariff, rounds), 0.0))
        if curve.pupils[rounds]:
            assert tariff.of(0, curve.pupils[rounds]) == pytest.approx(curve.values[rounds])


@given(tariffs(), st.integers(1, 30))
def test_what_minutes_that_are_lacking_cost(tariff, most):
    if not tariff.lots:
        return
    stop = a_stop(0, most=most)
    curve = Curve(stop, tariff)
    for lacks in range(1, curve.enough * stop.pace):
        rounds = curve.enough - -(-lacks // stop.pace)
        if rounds:
            assert curve.lost(lacks) == pytest.approx(curve.values[-1] - curve.values[rounds])
        else:
            assert curve.lost(lacks) == float("inf")


def at_most(stop, tariff, rounds):
    """Return the worth of the best number of pupils that so many rounds record."""
    return max(tariff.of(stop.site, n) for n in range(1, int(stop.pupils(rounds)) + 1))


def tried(day, tariff):
    """Return the worth of the best of all ways to spend a day, none at two sites twice."""
    worths = [0.0]
    for number in range(1, len(day.stops) + 1):
        for stops in combinations(day.stops, number):
            free = (120 + 10 - 30 * number) // 5
            for rounds in product(*[range(1, stop.rounds + 1) for stop in stops]):
                if sum(rounds) <= free:
                    stays = zip(stops, rounds, strict=True)
                    worths.append(sum(at_most(stop, tariff, some) for stop, some in stays))
    return max(worths)


@st.composite
def days(draw):
    """A day of two stops with few rounds, and what visits are worth."""
    tariff = draw(tariffs(sites=2))
    return a_day([a_stop(site, most=draw(st.integers(1, 24))) for site in range(2)]), tariff


@given(days())
def test_the_best_path_is_never_worth_less_than_a_day_can_be(drawn):
    day, tariff = drawn

    assert routed(day, tariff)[0].value >= tried(day, tariff) - 1e-9


@given(tariffs(), st.integers(1, 24))
def test_at_one_stop_the_best_path_is_as_good_as_can_be(tariff, most):
    day = a_day([a_stop(0, most=most)])

    assert routed(day, tariff)[0].value == pytest.approx(tried(day, tariff))


@given(days())
def test_the_best_way_is_worth_what_it_is_said_to_be_and_fits_the_day(drawn):
    day, tariff = drawn
    ways = Pool(day, Orders(day)).paying(tariff, 0.0, 5)
    worths = [sum(tariff.of(site, some) for site, _, some in way) for way in ways]

    assert worths == sorted(worths, reverse=True)
    for way, worth in zip(ways, worths, strict=True):
        rounds = [-int(-some // 2) for _, _, some in way]
        assert 5 * sum(rounds) + 20 * len(way) + 10 * (len(way) - 1) <= 120
        assert 0 < worth <= tried(day, tariff) + 1e-9


def test_a_visit_that_fills_no_lot_is_cut_to_those_that_cost_nothing():
    """Of 30 pupils, lots of 16 leave 14 over: the 15th and 16th cost half a lot each."""
    tariff = Tariff([1.0], [0.0], {0: [(5.0, Lots(0, 30, 16))]})
    day = a_day([a_stop(0, most=16)])

    assert Pool(day, Orders(day)).paying(tariff, 0.0, 1) == [((0, 1.0, 14.0),)]


# Shares -------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 12), min_size=2, max_size=2), st.integers(1, 3))
def test_lots_bring_shares_nearer_to_whole_days_and_never_below_them(rounds, count):
    day = a_day([a_stop(site, most=2 * some) for site, some in enumerate(rounds)], count=count)
    limits = tuple(Limit(site=site, most=2 * some) for site, some in enumerate(rounds))
    shares = Shares(Split(days=(day,), limits=limits, sites=2))
    pools = {0: Pool(day, Orders(day))}

    values = [shares.settle(pools)]
    while len(values) < 5 and shares.tighten():
        values.append(shares.settle(pools))

    assert all(after <= before + 1e-3 for before, after in pairwise(values))
    assert values[-1] >= 2 * whole_days((rounds[0], rounds[1]), count) - 1e-3


@cache
def whole_days(left, count):
    """Return the rounds of recording that so many whole days hold at most."""
    if not count:
        return 0
    best = 0
    for some in product(range(left[0] + 1), range(left[1] + 1)):
        visits = sum(1 for rounds in some if rounds)
        if 5 * sum(some) + 30 * visits - 10 <= 120:
            rest = left[0] - some[0], left[1] - some[1]
            best = max(best, sum(some) + whole_days(rest, count - 1))
    return best
