"""What outcomes teach: little from one, much from a hundred, the same in any order."""

from __future__ import annotations

import datetime as dt
import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from school_ektp.model.school import Location, SchoolLevel
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.learnt import RATES, learn, overrule
from school_ektp.season.rates import RateName, Trust

MONDAY = dt.date(2024, 9, 9)
SCHOOLS = tuple(f"1070000{number}" for number in range(1, 10))
RISKS = Risks()
TEAMS = tuple(Team(name=name, base=Location(-3.47, 102.52)) for name in ("Tim 1", "Tim 2"))


def call(number: int = 0, **changes: object) -> Call:
    """Return a visit of 40 first calls, of whom 34 came, on a day of its own."""
    usual: dict[str, object] = {
        "day": MONDAY + dt.timedelta(days=number),
        "team": "Tim 1",
        "site": SCHOOLS[number % len(SCHOOLS)],
        "level": SchoolLevel.SMA,
        "planned": True,
        "held": True,
        "first": 40,
        "came": 34,
        "recorded": 34,
        "kits": 2,
    }
    return Call(**(usual | changes))  # type: ignore[arg-type]


def failed(number: int = 0, reason: str = "", **changes: object) -> Call:
    return call(number, held=False, reason=reason, first=0, came=0, recorded=0, **changes)


def learnt(calls: list[Call], **changes: object):
    given_too = {"risks": RISKS, "teams": TEAMS} | changes
    return learn(calls, **given_too)  # type: ignore[arg-type]


@st.composite
def some_calls(draw: st.DrawFn) -> Call:
    """Draw a visit, held or not, with a few pupils and perhaps its minutes."""
    held = draw(st.booleans())
    first, again = draw(st.integers(0, 60)), draw(st.integers(0, 20))
    came = draw(st.integers(0, first + again))
    level = draw(st.sampled_from([SchoolLevel.SMA, SchoolLevel.SLB]))
    where = {
        "team": draw(st.sampled_from(["Tim 1", "Tim 2"])),
        "site": draw(st.sampled_from(SCHOOLS)),
        "level": level,
        "planned": draw(st.booleans()),
    }
    number = draw(st.integers(0, 20))
    if not held:
        reason = draw(st.sampled_from(["", "mobil rusak", "listrik padam", "sistem pusat mati"]))
        return failed(number, reason, **where)
    later = min(draw(st.integers(0, again)), came)
    told = came - later <= first and draw(st.booleans())
    return call(
        number,
        **where,
        first=first,
        again=again,
        came=came,
        recorded=came,
        first_came=came - later if told else None,
        again_came=later if told else None,
        walk_ins=0,
        full=draw(st.booleans()),
        minutes=draw(st.none() | st.integers(30, 300)),
        pupil_minutes=25 if level is SchoolLevel.SLB else 5,
    )


seasons = st.lists(some_calls(), max_size=12)


# One, a hundred, none -----------------------------------------------------------------------


def test_without_outcomes_every_rate_is_what_the_season_began_with():
    known = learnt([])

    assert known.risks() == RISKS
    assert known.teams(TEAMS) == TEAMS
    assert set(known.table["rate"]) == {name.value for name in RateName}
    assert known.table.schema == RATES


def test_one_outcome_moves_turn_out_a_little():
    """None of 40 came: 100 calls of the plan stand against 40 that shared one visit's luck."""
    value = learnt([call(came=0, recorded=0)]).rate("turnout").value

    assert RISKS.turnout - 0.15 < value < RISKS.turnout


def test_a_hundred_outcomes_decide():
    """26 of 40 came, of whom 2 % never come: 0.66 of those who may."""
    value = learnt([call(n, came=26, recorded=26) for n in range(100)]).rate("turnout").value

    assert value == pytest.approx(26 / 40 / 0.98, abs=0.015)


@given(st.integers(0, 40), st.integers(0, 40))
def test_each_outcome_moves_a_rate_towards_itself(came, before):
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


@given(seasons, st.randoms(use_true_random=False))
def test_the_order_of_outcomes_does_not_matter(calls, rng):
    calls = [attrs.evolve(one, day=MONDAY + dt.timedelta(days=n)) for n, one in enumerate(calls)]
    shuffled = rng.sample(calls, len(calls))

    assert learnt(shuffled) == learnt(calls)


@given(seasons)
def test_every_rate_lies_in_its_interval_and_can_be_planned_with(calls):
    known = learnt(calls)

    for rate in known.rates:
        assert rate.low - 1e-9 <= rate.learnt <= rate.high + 1e-9, rate
    assert 0 < known.risks().turnout <= 1
    assert all(team.minutes_per_pupil >= 1 for team in known.teams(TEAMS))


@given(seasons)
def test_the_table_has_one_row_for_each_rate(calls):
    known = learnt(calls)

    assert known.table.height == len(known.rates) == len({rate.key for rate in known.rates})
    assert known.table["value"].to_list() == [rate.value for rate in known.rates]


# Simulated seasons ----------------------------------------------------------------------------


def played(
    rng: random.Random, first: float, again: float, visits: int, *, told: bool
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
        split = {"first_came": 0, "again_came": counts[1]} if told else {}
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
        known = learnt(played(rng, first, again, 12, told=True))
        for name, truth in (("turnout", first), ("turnout_again", again)):
            rate = known.rate(name)
            hits[name] += rate.low <= truth <= rate.high

    assert 0.84 <= hits["turnout"] / worlds <= 0.97
    assert 0.84 <= hits["turnout_again"] / worlds <= 0.97


@pytest.mark.parametrize(("first", "again"), [(0.65, 0.45), (0.95, 0.7)])
def test_a_season_finds_the_rates_of_its_world(first, again):
    known = learnt(played(random.Random(3), first, again, 150, told=True))

    assert known.rate("turnout").value == pytest.approx(first, abs=0.02)
    assert known.rate("turnout_again").value == pytest.approx(again, abs=0.05)


def test_pupils_who_never_come_are_not_counted_against_repeated_calls():
    """Of those who stayed away once, many never come where nearly everybody else does."""
    rng = random.Random(5)
    calls = played(rng, 0.95, 0.6, 200, told=True)
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


# Schools ------------------------------------------------------------------------------------


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


def test_a_school_with_a_rate_of_its_own_does_not_pull_the_office():
    risks = Risks(turnout_by_school={SCHOOLS[0]: 0.3})
    calls = [call(n, site=SCHOOLS[0], came=12, recorded=12) for n in range(20)]

    known = learnt(calls, risks=risks)

    assert known.rate("turnout").value == risks.turnout
    assert known.rate("turnout", site=SCHOOLS[0]).value == pytest.approx(12 / 40 / 0.98, abs=0.01)


# Visits that fail -----------------------------------------------------------------------------


def test_the_reason_says_what_failed():
    calls = [
        failed(0, "mobil rusak"),
        failed(1, "sistem pusat mati"),
        failed(2, "listrik padam"),
        *(call(n) for n in range(3, 20)),
    ]

    known = learnt(calls)

    assert known.rate("day_lost").value == pytest.approx((2 + 1) / (100 + 19))
    assert known.rate("system_down").value == pytest.approx((1 + 1) / (100 + 20))
    assert known.rate("outage").value == pytest.approx((3 + 1) / (100 + 18))


@pytest.mark.parametrize(
    ("calls", "name"),
    [
        ([failed(0, team="Tim 1"), failed(0, team="Tim 2", site=SCHOOLS[1])], "system_down"),
        ([failed(0), failed(0, site=SCHOOLS[1])], "day_lost"),
        ([failed(0), call(0, site=SCHOOLS[1])], "outage"),
    ],
)
def test_without_a_reason_the_pattern_says_what_failed(calls, name):
    risks = {one: learnt(calls).rate(one) for one in ("system_down", "day_lost", "outage")}

    assert [one for one, rate in risks.items() if rate.value > rate.begun] == [name]


def test_a_single_visit_that_failed_may_be_either():
    known = learnt([failed(0)])

    assert known.rate("day_lost").value > RISKS.day_lost
    assert known.rate("outage").value > RISKS.outage
    assert known.rate("system_down").value < RISKS.system_down


def test_teams_and_schools_that_fail_more_often_are_seen():
    calls = [*(call(n, team="Tim 2") for n in range(30)), *(call(n) for n in range(20))]
    calls += [failed(20 + n, "mobil rusak") for n in range(10)]

    known = learnt(calls)

    office = known.rate("day_lost").value
    assert (
        known.rate("day_lost", team="Tim 2").value
        < office
        < known.rate("day_lost", team="Tim 1").value
    )
    assert known.risks().day_lost == office


def test_visits_that_were_not_planned_say_nothing_of_failures():
    known = learnt([call(n, planned=False) for n in range(9)])

    assert known.rate("day_lost").evidence == known.rate("outage").evidence == 0


def test_walk_ins_are_counted_a_visit():
    known = learnt([call(n, walk_ins=3) for n in range(90)])

    assert known.rate("walk_ins").value == pytest.approx((5 + 270) / 100)
    assert known.rate("walk_ins").low < 2.75 < known.rate("walk_ins").high


# Minutes ------------------------------------------------------------------------------------


def timed(rng: random.Random, count: int, *, pace: float, fixed: float, **changes: object):
    """Draw visits of two kits with minutes of their own for each pupil."""
    calls = []
    for number in range(count):
        came = rng.randint(6, 60)
        minutes = fixed + pace * came / 2 + rng.gauss(0, 4)
        made = {"first": 60, "came": came, "recorded": came, "minutes": round(minutes)}
        calls.append(call(number, **(made | changes)))
    return calls


def test_minutes_and_set_up_are_told_apart():
    known = learnt(timed(random.Random(2), 200, pace=8.0, fixed=60.0))

    assert known.rate("minutes").value == pytest.approx(8.0, abs=0.2)
    assert known.rate("fixed").value == pytest.approx(60.0, abs=4)
    (team, _) = known.teams(TEAMS)
    assert team.minutes_per_pupil == 8
    assert team.setup_minutes + team.packdown_minutes in {57, 58, 59, 60}


def test_one_timed_visit_moves_minutes_a_little():
    known = learnt([call(minutes=45 + 10 * 17)])  # twice as long a pupil

    assert 5 < known.rate("minutes").value < 5.6


def test_teams_and_levels_have_minutes_of_their_own():
    rng = random.Random(4)
    slb = {"level": SchoolLevel.SLB, "pupil_minutes": 25}
    calls = [
        *timed(rng, 60, pace=5.0, fixed=45.0),
        *timed(rng, 60, pace=9.0, fixed=45.0, team="Tim 2"),
        *timed(rng, 60, pace=15.0, fixed=45.0, **slb),
    ]

    known = learnt(calls)

    fast, slow = known.teams(TEAMS)
    assert dict(fast.minutes_by_level)[SchoolLevel.SLB] in {15, 16}
    assert dict(slow.minutes_by_level)[SchoolLevel.SMA] in {8, 9}
    assert dict(fast.minutes_by_level).get(SchoolLevel.SMA, fast.minutes_per_pupil) in {5, 6}


@given(st.integers(50, 300), st.integers(1, 60))
def test_longer_visits_never_lower_both_minutes(minutes, more):
    calls = [call(minutes=minutes), call(1, minutes=120, recorded=10)]
    longer = [attrs.evolve(calls[0], minutes=minutes + more), calls[1]]

    before, after = learnt(calls), learnt(longer)

    assert any(
        after.rate(name).value > before.rate(name).value - 1e-9 for name in ("minutes", "fixed")
    )


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
    said: tuple = ()
    for name, value, site in set_by_hand:
        said = overrule(said, name, value, site=site)
    known = learnt(calls, overruled=said)

    name, value, site = set_by_hand[-1]
    rate = known.rate(name, site=site)
    assert (rate.value, rate.overruled) == (value, True)
    assert known.overruled == said
    for name, _, site in set_by_hand:
        said = overrule(said, name, None, site=site)
    assert said == ()
    assert learnt(calls, overruled=said) == learnt(calls)


def test_what_is_set_reaches_the_next_plan():
    said = overrule((), "turnout", 0.5)
    said = overrule(said, "outage", 0.2)
    said = overrule(said, "minutes", 7.0)
    said = overrule(said, "fixed", 90.0, team="Tim 2")
    known = learnt([call(n) for n in range(9)], overruled=said)

    risks, (one, two) = known.risks(), known.teams(TEAMS)

    assert (risks.turnout, risks.outage) == (0.5, 0.2)
    assert one.minutes_per_pupil == two.minutes_per_pupil == 7
    assert (one.setup_minutes, two.setup_minutes + two.packdown_minutes) == (30, 90)


@pytest.mark.parametrize(
    ("name", "value", "where", "fault"),
    [
        ("speed", 1.0, {}, "must be one of turnout"),
        ("turnout", 1.5, {}, "must be from 0.001 to 1"),
        ("turnout", True, {}, "must be from 0.001 to 1"),
        ("outage", 0.1, {"site": SCHOOLS[0]}, "site cannot be given"),
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
