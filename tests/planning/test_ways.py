"""Ways to spend a team-day: the sets of stops listed once and priced often."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.planning.lagrange import Limit, Shares, Split
from school_ektp.planning.teamday import Stop, TeamDay
from school_ektp.planning.ways import Orders, Pool

MANY = 1_000


def a_stop(site, *, opens=30, closes=330, fixed=45, pace=5, per_round=2.0, most=60):
    return Stop(
        site=site,
        opens=opens,
        closes=closes,
        fixed=fixed,
        pace=pace,
        per_round=per_round,
        most=most,
    )


def a_day(stops, *, drive=10, most_pupils=MANY, most_visits=MANY):
    sites = 1 + max((stop.site for stop in stops), default=0)
    matrix = tuple(tuple(0 if a == b else drive for b in range(sites)) for a in range(sites))
    return TeamDay(
        crew=-1,
        count=1,
        stops=tuple(stops),
        drive=matrix,
        most_pupils=most_pupils,
        most_visits=most_visits,
    )


def best_way(day, price):
    return Pool(day, Orders(day)).paying(price, [0.0] * len(price), 0.0, 1)[0]


def worth(takes, price):
    return sum(price[site] * pupils for site, _, pupils in takes)


@st.composite
def days(draw):
    """A day of up to five stops with the same hours, and what a pupil of each is worth."""
    number = draw(st.integers(1, 5))
    stops = [a_stop(site, most=2 * draw(st.integers(1, 60))) for site in range(number)]
    price = [draw(st.integers(1, 20)) / 20 for _ in range(number)]
    return a_day(stops, drive=draw(st.integers(0, 40))), price


def test_a_stop_that_closes_early_comes_first():
    day = a_day([a_stop(0, closes=450, most=200), a_stop(1, closes=330, most=40)])

    assert [site for site, _, _ in best_way(day, [0.5, 1.0])] == [1, 0]


def test_where_time_is_short_the_dearest_are_recorded_whole():
    day = a_day([a_stop(0, most=100), a_stop(1, most=60)])
    minutes = 330 - 30 - 2 * 45 - 10  # rounds of two pupils take five of them

    takes = best_way(day, [0.4, 0.9])

    assert {site: pupils for site, _, pupils in takes} == {1: 60, 0: 2 * (minutes // 5 - 30)}


def test_a_day_records_no_more_than_its_kits_may():
    takes = best_way(a_day([a_stop(0), a_stop(1)], most_pupils=70), [1.0, 0.5])

    assert [(site, pupils) for site, _, pupils in sorted(takes)] == [(0, 60), (1, 10)]


def test_a_day_makes_no_more_visits_than_it_may():
    day = a_day([a_stop(0), a_stop(1)], most_visits=1)

    assert len(best_way(day, [1.0, 1.0])) == 1


@pytest.mark.parametrize("above", [0.0, 40.0, 59.9, 60.0])
def test_only_ways_that_pay_are_shown(above):
    ways = Pool(a_day([a_stop(0)]), Orders(a_day([a_stop(0)]))).paying([1.0], [0.0], above, 5)

    assert [worth(takes, [1.0]) > above for takes in ways] == [True] * (above < 60)


def tried(day, price):
    """Return the worth of the best of all sets of up to four stops, the dearest filled first."""
    worths = []
    for stops in chain.from_iterable(combinations(day.stops, size) for size in range(1, 5)):
        drive = day.drive[0][-1] * (len(stops) - 1)
        rounds = (330 - 30 - 45 * len(stops) - drive) // 5
        value = 0.0
        for stop in sorted(stops, key=lambda stop: -price[stop.site]):
            some = min(rounds, stop.rounds)
            rounds -= some
            value += price[stop.site] * stop.pupils(some) if some > 0 else -MANY
        worths.append(value)
    return max(worths)


# A set of three promises more than a pair that records more: 113 minutes are 22 rounds, not 22.6.
@example(
    (
        a_day([a_stop(n, most=m) for n, m in enumerate((4, 2, 6, 2, 40))], drive=26),
        [0.2, 0.05, 0.15, 0.05, 0.15],
    )
)
@given(days())
def test_the_best_way_is_the_best_of_all_sets(drawn):
    day, price = drawn

    assert worth(best_way(day, price), price) == pytest.approx(tried(day, price))


@given(days())
def test_fewer_pupils_are_priced_as_if_listed_anew(drawn):
    """Orders remembered for all who wait serve a day on which fewer do."""
    day, price = drawn
    fewer = a_day(
        [a_stop(s.site, most=max(s.most // 2, 1)) for s in day.stops], drive=day.drive[0][-1]
    )
    orders = Orders(day)
    Pool(day, orders)

    takes = Pool(fewer, orders).paying(price, [0.0] * len(price), 0.0, 1)[0]

    assert worth(takes, price) == pytest.approx(worth(best_way(fewer, price), price))


@given(days(), st.integers(1, 4))
def test_where_shares_are_settled_no_way_pays_any_more(drawn, count):
    day, _ = drawn
    limits = tuple(Limit(site=stop.site, most=stop.most) for stop in day.stops)
    split = Split(days=(TeamDay(**_fields(day), count=count),), limits=limits, sites=len(limits))
    shares = Shares(split)

    value = shares.settle({0: Pool(split.days[0], Orders(day))})

    _, prices = shares.solve()
    price, _ = split.priced(0, prices)
    limits_worth = sum(cost * limit.most for cost, limit in zip(prices, limits, strict=True))
    assert value == pytest.approx(limits_worth + count * max(tried(day, price), 0.0), abs=0.01)


def _fields(day):
    names = ("crew", "stops", "drive", "most_pupils", "most_visits")
    return {name: getattr(day, name) for name in names}


def test_far_stops_pair_but_no_third_stop_is_far_from_both():
    far = range(1, 10)
    drive = [[0 if a == b else 5 + 10 * abs(a - b) for b in range(10)] for a in range(10)]
    stops = [a_stop(site, most=20, closes=600) for site in range(10)]
    day = TeamDay(
        crew=-1,
        count=1,
        stops=tuple(stops),
        drive=tuple(map(tuple, drive)),
        most_pupils=MANY,
        most_visits=3,
    )
    _, pairs, threes = Orders(day).sets(dict.fromkeys(range(10), 50))

    assert {(0, site) for site in far} <= {tuple(sorted(order.stops)) for order, _, _ in pairs}
    assert all(
        any(abs(a - b) <= 5 for a, b in combinations(order.stops, 2)) for order, _, _ in threes
    )
