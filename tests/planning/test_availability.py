"""Who may still come, and how many of them visits are expected to record."""

from __future__ import annotations

from functools import partial
from itertools import accumulate, pairwise
from statistics import NormalDist

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.availability import FINE, LOSS, SiteForecast, repeat_comers
from school_ektp.planning.checker import expectations
from school_ektp.planning.problem import Group, Luck, Price, Site
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.testing import problems
from towns import town


def forecast(problem, *calls):
    """What the visits to the first site are expected to bring; the checker must agree."""
    made, expected = SiteForecast(problem, 0)(calls), checked(problem, 0, calls)
    assert made.recorded == tuple(one.recorded for one in expected)
    assert made.if_held == tuple(one.if_held for one in expected)
    assert made.worth == sum(one.worth for one in expected)
    return made


def checked(problem, site, calls):
    """What the checker expects of the same visits."""
    visits = [
        SiteVisit(day=day, team=team, start=n, site=site, arrive=n, end=n, room=room)
        for n, (day, room, *teams) in enumerate(calls)
        for team in teams or [0]
    ]
    return expectations(problem, Solution(visits))


# By hand ------------------------------------------------------------------------------------


def test_two_visits_worked_by_hand():
    """
    Ten wait, a tenth never comes; 80 % come when called first, 50 % when called again.

    Visit 1: 0.8 * 9 = 7.2 come if it is held, and 0.9 of 7.2 = 6.48 are expected.
    If it was held, 9 - 7.2 = 1.8 are left who stayed away; if not (0.1), all nine are.
    Visit 2: 0.1 * 7.2 + 0.9 * 0.5 * 1.8 = 1.53 if it is held, and 0.9 of that = 1.377.
    Worth: 6.48 on the first day that counts, 1.37 a day later at 0.98.
    """
    luck = Luck(outage=100, never=100)
    problem = town(10, days=2, turnout=800, again=500, luck=luck, price=Price(waiting=20))

    made = forecast(problem, (0, 30), (1, 30))

    assert made.if_held == (720, 153)
    assert made.recorded == ((648,), (137,))
    assert made.worth == 6_480_000 + 1_370_000 * 98 // 100


def test_visits_that_fail_leave_more_for_the_next():
    """
    Eight wait, all come; half of the visits fail, the first two have room for four.

    Visit 2 finds four or eight. Before visit 3: a quarter of the time both were held and nobody
    is left; if the first failed (a half), four or eight are left, six in the mean; if only the
    second failed (a quarter), four are. So 0.5 * 6 + 0.25 * 4 = 4 come to it; with room for
    four, 0.5 * 4 + 0.25 * 4 = 3 are recorded.
    """
    problem = town(8, days=3, luck=Luck(outage=500))

    assert forecast(problem, (0, 4), (1, 4), (2, 9)).if_held == (400, 400, 400)
    assert forecast(problem, (0, 4), (1, 4), (2, 4)).if_held == (400, 400, 300)
    assert forecast(problem, (0, 4), (1, 4), (2, 4)).recorded == ((200,), (200,), (150,))


def test_later_failures_are_taken_together():
    """
    As above, and a fourth visit. If the first failed, four are left in the mean (two or six).

    Else four or none were left before visit 3 if only the second failed (a quarter), so two now;
    nobody if only the third did (an eighth). So 0.5 * 4 + 0.25 * 2 come: no more, no less than
    8 * 0.125 + 4 * 0.375.
    """
    problem = town(8, days=4, luck=Luck(outage=500))

    made = forecast(problem, (0, 4), (1, 4), (2, 4), (3, 9))

    assert made.if_held[:3] == (400, 400, 300)
    assert 249 <= made.if_held[3] <= 250


def test_those_who_stayed_away_are_told_apart_by_what_failed():
    """
    Of eight half come first, all when called again; half of the visits fail.

    Visit 2: after a visit held four are left, who all come; else eight, of whom half come.
    Visit 3: nobody if both were held; if the first failed, four or eight who were never called:
    four who stayed away come, or four of eight; if only the second failed, four come.
    """
    problem = town(8, days=3, turnout=500, again=1_000, luck=Luck(outage=500))

    assert forecast(problem, (0, 9), (1, 9), (2, 9)).if_held == (400, 400, 300)


def test_room_is_not_always_filled():
    """
    Of 16 half come: 8 are expected, with a standard deviation of sqrt(16 / 4) = 2.

    With room for 8, the unit normal loss at 0 is lost of each deviation: 8 - 2 * 0.39894 = 7.202.
    With room for 10, the loss at 1: 8 - 2 * 0.08332 = 7.833. With room for all 16, nothing.
    """
    problem = town(16, turnout=500)

    assert [forecast(problem, (0, room)).pupils for room in (8, 10, 16)] == [720, 783, 800]


def test_with_room_for_all_who_wait_nobody_is_left_out():
    """Even if nearly all come: 0.9 of ten, five of whom stayed away before."""
    group = Group(arrivals=((0, 10),), stayed_away=(5,))
    problem = town(group, turnout=900, again=900)

    assert forecast(problem, (0, 10)).pupils == 900
    assert forecast(problem, (0, 9)).pupils < 900


def test_spreads_add_to_the_chance_of_each_pupil():
    """
    Of 20 half come: ten, with a variance of 5; turn-out and a team's pace spread by a tenth each.

    Room for 10: sqrt(5 + 1 + 1) * 0.39894 = 1.0555 are lost of ten.
    """
    problem = town(20, turnout=500, luck=Luck(turnout_spread=100, room_spread=100))

    assert forecast(problem, (0, 10)).pupils == 894


def test_whoever_finds_no_room_comes_as_often_as_before():
    """
    All 10 called come: 4 find room, 6 do not, and are called again as if for the first time.

    Nobody stayed away, so that `again` counts for nothing.
    """
    assert forecast(town(10, days=2, again=0), (0, 4), (1, 30)).recorded == ((400,), (600,))


def test_classes_are_called_in_their_order():
    problem = town(6, days=2)
    both = (*problem.sites[0].groups, Group(priority=1, arrivals=((0, 3), (1, 2))))
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=both),))

    assert forecast(problem, (0, 7), (1, 3)).recorded == ((600, 100), (0, 300))


def test_a_class_away_waits():
    problem = town(Group(arrivals=((0, 6),), away=frozenset({0})), days=2)

    assert forecast(problem, (0, 9), (1, 9)).recorded == ((0,), (600,))


def test_visits_of_one_day_share_those_who_come_by_their_room():
    assert forecast(town(10, teams=2), (0, 9), (0, 6)).recorded == ((600,), (400,))
    assert forecast(town(10, teams=2), (0, 3), (0, 2)).recorded == ((300,), (200,))


def test_nobody_is_called_twice_on_one_day():
    """Those who stay away in the morning do not come at noon."""
    problem = town(10, teams=2, turnout=500, again=500)

    assert forecast(problem, (0, 30), (0, 20)).recorded == ((300,), (200,))


def test_those_called_before_today_come_less_often():
    """Of eight, six were called before: 2 * 0.8 + 6 * 0.5 come."""
    group = Group(arrivals=((0, 8),), stayed_away=(6,))

    assert forecast(town(group, turnout=800, again=500), (0, 30)).pupils == 160 + 300


def test_whoever_stayed_away_more_often_is_more_often_one_who_never_comes():
    """
    Half never come, the others come to half of their calls.

    After one call in vain 0.25 of 0.75 may come, after two 0.125 of 0.625.
    """
    site = Site(groups=(), sessions=(), turnout=500, turnout_again=500)
    once, twice = (Group(arrivals=((0, 9),), stayed_away=times) for times in ((9,), (0, 9)))

    assert repeat_comers(once, site, 500) == 9 * FINE // 3
    assert repeat_comers(twice, site, 500) == 9 * FINE // 5
    for group, come in ((once, 150), (twice, 90)):
        problem = town(group, turnout=500, again=500, luck=Luck(never=500))
        assert forecast(problem, (0, 9)).pupils == come


def test_everybody_comes_who_is_sure_to_come():
    """Nobody can have stayed away; if it is reported all the same, they are believed to come."""
    site = Site(groups=(), sessions=())

    assert repeat_comers(Group(arrivals=((0, 3),), stayed_away=(3,)), site, 0) == 3 * FINE


# Without luck it is counting ----------------------------------------------------------------


@given(st.lists(st.integers(0, 20), min_size=3, max_size=3), st.data())
def test_without_luck_pupils_are_counted(arriving, data):
    group = Group(arrivals=tuple(enumerate(arriving)))
    calls = data.draw(visits(days=3))
    left = 0
    for day, arrived in enumerate(arriving):
        waiting = left + arrived
        left = waiting - min(waiting, sum(room for on, room, _ in calls if on == day))

    made = forecast(town(group, days=3), *calls)

    # Visits of one day share whole pupils in parts, each rounded down.
    assert 0 <= 100 * (sum(arriving) - left) - made.pupils < max(len(calls), 1)
    assert made.worth == 10_000 * made.pupils
    if len({day for day, *_ in calls}) == len(calls):
        assert made.pupils == 100 * (sum(arriving) - left)


# Agreement, conservation, rules --------------------------------------------------------------


def visits(days, today=0, teams=1):
    """Draw (day, room, team) of up to five visits to a site."""
    numbers = st.integers(0, teams - 1)
    call = st.tuples(st.integers(today, days - 1), st.integers(1, 80), numbers)
    in_order = partial(sorted, key=lambda one: (one[0], one[2], one[1]))  # as in a plan
    return st.lists(call, max_size=5).map(in_order).map(tuple)


@st.composite
def sites_and_calls(draw):
    problem = draw(problems())
    site = draw(st.integers(0, len(problem.sites) - 1))
    return problem, site, draw(visits(problem.days, problem.today, len(problem.teams)))


@given(sites_and_calls())
def test_forecast_and_checker_agree(drawn):
    """Each wrote the recursion for itself."""
    problem, site, calls = drawn
    made, expected = SiteForecast(problem, site)(calls), checked(problem, site, calls)

    assert made.recorded == tuple(one.recorded for one in expected)
    assert made.if_held == tuple(one.if_held for one in expected)
    assert made.worth == sum(one.worth for one in expected)
    assert made.pupils == sum(one.pupils for one in expected)


@given(sites_and_calls(), st.randoms(use_true_random=False))
def test_a_forecast_does_not_depend_on_earlier_forecasts(drawn, rng):
    problem, site, calls = drawn
    parts = [calls[:end] for end in range(len(calls) + 1)]
    fresh = [SiteForecast(problem, site)(part) for part in parts]
    rng.shuffle(order := list(range(len(parts))))
    known = SiteForecast(problem, site)
    for number in order:
        assert known(parts[number]).recorded == fresh[number].recorded
        assert known(parts[number]).worth == fresh[number].worth


@given(sites_and_calls())
def test_no_more_are_recorded_than_wait_or_have_room(drawn):
    problem, site, calls = drawn
    place = problem.sites[site]
    for (day, room, _), one in zip(calls, checked(problem, site, calls), strict=True):
        assert all(0 <= some <= all_ for some, all_ in zip(one.recorded, one.waiting, strict=True))
        assert all(
            some == 0 for some, group in zip(one.recorded, place.groups, strict=True)
            if day in group.away
        )  # fmt: skip
        assert one.pupils <= one.if_held <= 100 * room


@given(sites_and_calls(), st.data())
def test_those_who_come_are_those_whom_unbounded_room_records(drawn, data):
    problem, site, calls = drawn
    problem = attrs.evolve(problem, luck=attrs.evolve(problem.luck, room_spread=0))
    made = SiteForecast(problem, site)
    day = data.draw(st.integers(problem.today, problem.days - 1))
    before = tuple(call for call in calls if call[0] < day)

    come = made((*before, (day, 10**6))).if_held[-1]

    # One is rounded for each branch and group, the other in the end.
    assert abs(made.expected(before, day) - come) <= 1


def slack(problem, site, calls):
    """Hundredths that rounding can make: one for each visit and group."""
    return len(calls) * len(problem.sites[site].groups)


@given(sites_and_calls(), st.data())
def test_more_room_never_loses(drawn, data):
    """Up to rounding; the oracle relies on it."""
    problem, site, calls = drawn
    if calls:
        place = data.draw(st.integers(0, len(calls) - 1))
        day, room, team = calls[place]
        wider = day, room + data.draw(st.integers(1, 20)), team
        more = (*calls[:place], wider, *calls[place + 1 :])
        made = SiteForecast(problem, site)
        weights = [problem.price.weight(group.priority) for group in problem.sites[site].groups]

        assert made(more).pupils >= made(calls).pupils - slack(problem, site, calls)
        assert made(more).worth >= made(calls).worth - 1_000 * len(calls) * sum(weights)


@given(sites_and_calls(), st.data())
def test_a_pupil_more_never_records_fewer(drawn, data):
    problem, site, calls = drawn
    place = problem.sites[site]
    if place.groups:
        number = data.draw(st.integers(0, len(place.groups) - 1))
        old = place.groups[number]
        arrivals = dict(old.arrivals)
        day = data.draw(st.integers(0, problem.days - 1))
        arrivals[day] = arrivals.get(day, 0) + data.draw(st.integers(1, 9))
        grown = attrs.evolve(old, arrivals=tuple(sorted(arrivals.items())))
        groups = (*place.groups[:number], grown, *place.groups[number + 1 :])
        sites = list(problem.sites)
        sites[site] = attrs.evolve(place, groups=groups)
        larger = attrs.evolve(problem, sites=tuple(sites))

        before, after = SiteForecast(problem, site)(calls), SiteForecast(larger, site)(calls)
        assert after.pupils >= before.pupils - slack(problem, site, calls)


@given(sites_and_calls())
def test_an_added_last_visit_never_lowers_the_forecast(drawn):
    problem, site, calls = drawn
    made = SiteForecast(problem, site)
    parts = [made(calls[:end]) for end in range(len(calls) + 1)]

    lost = slack(problem, site, calls)  # visits of one day share those who come, each rounded

    assert all(one.pupils <= then.pupils + lost for one, then in pairwise(parts))
    if len({day for day, *_ in calls}) == len(calls):
        assert all(one.pupils <= then.pupils for one, then in pairwise(parts))
        assert all(one.worth <= then.worth for one, then in pairwise(parts))


def test_an_added_first_visit_can_lower_the_forecast():
    """Twelve of twenty are called in vain by a visit with room for one, and come less often."""
    problem = town(20, days=2, turnout=400, again=100)

    assert forecast(problem, (0, 1), (1, 30)).pupils < forecast(problem, (1, 30)).pupils


# The loss table -----------------------------------------------------------------------------


def test_the_table_holds_the_unit_normal_loss():
    normal = NormalDist()
    for step, lost in enumerate(LOSS):
        z = step / 100
        assert lost == round(1_000_000 * (normal.pdf(z) - z * normal.cdf(-z)))


def test_the_table_is_the_same_on_every_machine():
    assert len(LOSS) == 400
    assert sum(LOSS) == 25_199_738
    assert list(accumulate(LOSS))[:3] == [398_942, 792_904, 1_181_926]
