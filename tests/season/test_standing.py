"""Where a season stands: counts, keys, absences, later rosters, visits without an outcome."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.model.risks import Risks
from school_ektp.model.team import Break
from school_ektp.season.ledger import Ledger
from school_ektp.season.line import shared
from school_ektp.season.pupil_places import PLACES
from school_ektp.season.rosters import CountedRoster, KnownPupil
from school_ektp.season.standing import standing

MONDAY = dt.date(2024, 9, 9)
DAYS = [MONDAY + dt.timedelta(days=number) for number in range(12)]
SITE = "10700669"


@pytest.fixture
def plan(season, make):
    return season(demand=[make.demand(pupils=20)], days=12, iterations=0)


def where(plan, *records, on=DAYS[11], demand=None, later=(), people=(), visits=()):
    rosters = [CountedRoster(on=MONDAY, demand=demand or plan.demand), *later]
    ledger, _ = Ledger().recorded(records)
    return standing(plan, rosters, ledger, visits, on=on, people=people)


def at(day=0, **counts):
    return Outcome(day=DAYS[day], team="Tim 1", site=SITE, **counts)


def places(found):
    return {name: found.places[SITE, name] for name in PLACES if found.places[SITE, name]}


def group(pupils, priority=0, class_name="", day=MONDAY):
    return WaitingGroup(
        priority=priority, label=str(priority), class_name=class_name, steps=[(day, pupils)]
    )


def test_who_is_recorded_leaves_and_who_was_absent_stays_away_once_more(plan):
    once = where(plan, at(recorded=8, absent=5))
    twice = where(plan, at(recorded=8, absent=5), at(1, recorded=2, absent=10))

    assert places(once) == {"recorded": 8, "stayed_away": 5, "waiting": 7}
    assert once.stayed_away == {(SITE, 0, ""): (5,)}
    assert sum(twice.stayed_away[SITE, 0, ""]) == 10
    assert twice.demand[0].on(MONDAY) == 10
    assert twice.demand[0].recorded == 10


def test_if_nobody_counted_the_absent_everybody_was_called(plan):
    assert places(where(plan, at(recorded=8))) == {"recorded": 8, "stayed_away": 12}


def test_in_a_visit_that_was_full_only_as_many_were_absent_as_the_rate_says(season, make):
    """Of 20 called half come: with room for 5 nobody knows of the others."""
    risks = attrs.evolve(Risks.none(), turnout=0.5, turnout_again=0.5)
    plan = season(demand=[make.demand(pupils=20)], risks=risks, iterations=0)
    plan = plan.with_visit(team="Tim 1", day=MONDAY, site=SITE)

    found = where(plan, at(recorded=5), visits=plan.visit_list)

    assert places(found) == {"recorded": 5, "stayed_away": 5, "waiting": 10}
    assert found.calls[0].full


def test_pupils_told_as_recorded_before_or_elsewhere_leave_too(plan):
    found = where(plan, at(recorded=8, absent=0, already_recorded=2, elsewhere=1, failed=3))

    assert places(found) == {
        "recorded": 8, "already_recorded": 2, "elsewhere": 1, "waiting": 9,
    }  # fmt: skip
    assert (found.demand[0].recorded, found.demand[0].set_aside) == (10, 1)


def test_walk_ins_and_more_than_waited_are_outside_the_roster(plan):
    found = where(plan, at(recorded=26, absent=0, walk_ins=4))

    assert places(found) == {"recorded": 26}
    assert found.places[SITE, "outside"] == 6
    assert [(one.kind, one.amount) for one in found.issues] == [
        ("not_planned", 0), ("more_than_waited", 2),
    ]  # fmt: skip
    assert found.demand[0].recorded == 20


def test_a_cancelled_visit_is_none_and_zeros_are_one(plan):
    rain = where(plan, at(cancelled="rain"))
    zeros = where(plan, at(absent=20))

    assert (places(rain), rain.held, rain.out) == ({"waiting": 20}, {}, {})
    assert [one.text("en") for one in rain.issues][1] == (
        "9 September 2024, Tim 1, 10700669: did not take place (rain)."
    )
    assert (places(zeros), zeros.held) == ({"stayed_away": 20}, {SITE: (MONDAY,)})
    assert (rain.calls[0].held, rain.calls[0].reason) == (False, "rain")


def test_a_visit_of_which_one_class_was_called_took_place(plan):
    found = where(
        plan, at(class_name="XI", cancelled="ujian"), at(class_name="XII", recorded=2, absent=1)
    )

    [call] = found.calls
    assert (call.held, call.reason, call.recorded) == (True, "", 2)
    assert found.held == {SITE: (MONDAY,)}
    assert "cancelled" not in {one.kind for one in found.issues}


def test_classes_are_told_apart_however_they_are_written(plan):
    demand = [SchoolDemand(npsn=SITE, groups=[group(6, class_name="XI TKJ 1"), group(9, 1, "XII")])]

    found = where(plan, at(recorded=4, absent=1, class_name="Kelas 11 TKJ-1"), demand=demand)

    assert [g.pupils for g in found.demand[0].groups] == [2, 9]
    assert found.stayed_away == {(SITE, 0, "XI TKJ 1"): (1,)}


def test_counts_are_taken_in_proportion_to_who_waits(plan):
    demand = [SchoolDemand(npsn=SITE, groups=[group(5), group(15, 1)])]

    found = where(plan, at(recorded=8, absent=0), demand=demand)

    assert [g.pupils for g in found.demand[0].groups] == [3, 9]


def test_pupils_known_by_key_leave_the_group_that_they_are_of(plan):
    demand = [SchoolDemand(npsn=SITE, groups=[group(5), group(15, 1)])]
    people = [KnownPupil(key, SITE, "", 1) for key in "abcd"]
    first = Outcome.by_pupil(
        day=MONDAY, team="Tim 1", site=SITE, pupils={"a": "RECORDED", "b": "ABSENT", "c": "ABSENT"}
    )
    second = Outcome.by_pupil(
        day=DAYS[1], team="Tim 1", site=SITE, pupils={"b": "RECORDED", "c": "ABSENT", "d": "ABSENT"}
    )

    found = where(plan, first, second, demand=demand, people=people)

    assert [g.pupils for g in found.demand[0].groups] == [5, 13]
    assert found.stayed_away == {(SITE, 1, ""): (1, 1)}
    assert [(c.first, c.first_came, c.again, c.again_came) for c in found.calls] == [
        (3, 1, 0, 0), (1, 0, 2, 1),
    ]  # fmt: skip


def test_nobody_is_recorded_twice(plan):
    first = Outcome.by_pupil(day=MONDAY, team="Tim 1", site=SITE, pupils={"a": "RECORDED"})
    second = Outcome.by_pupil(
        day=DAYS[1], team="Tim 1", site=SITE, pupils={"a": "RECORDED", "b": "RECORDED"}
    )
    office = OfficeOutcome(day=DAYS[2], site=SITE, recorded=2, pupils=["b", "c"])

    found = where(plan, first, second, office)

    assert places(found) == {"recorded": 2, "at_office": 1, "waiting": 17}
    assert [one.amount for one in found.issues if one.kind == "recorded_twice"] == [1, 1]


def test_walk_ins_at_the_office_leave_the_line_of_their_school(plan):
    known = OfficeOutcome(day=MONDAY, site=SITE, recorded=3)
    nobody_knows = OfficeOutcome(day=MONDAY, recorded=2)

    found = where(plan, known, nobody_knows)

    assert places(found) == {"at_office": 3, "waiting": 17}
    assert found.places["", "outside"] == found.places["", "at_office"] == 2
    assert found.calls == ()


def test_a_visit_without_an_outcome_counts_as_expected_and_is_told(plan):
    visited = plan.with_visit(team="Tim 1", day=MONDAY, site=SITE)

    before = where(visited, on=MONDAY, visits=visited.visit_list)
    after = where(visited, on=DAYS[1], visits=visited.visit_list)

    assert places(before) == {"waiting": 20}
    assert places(after) == {"presumed": 5, "waiting": 15}
    assert [(one.kind, one.amount) for one in after.issues] == [("no_outcome", 5)]
    assert (after.held, after.out) == ({SITE: (MONDAY,)}, {"Tim 1": frozenset({MONDAY})})


def test_an_outcome_told_late_counts_as_if_it_had_been_there_from_the_beginning(plan):
    early, late = at(recorded=8, absent=5), at(1, recorded=2, absent=10)

    assert where(plan, early, late) == where(plan, late, early)


def test_two_visits_on_one_day_miss_nobody_twice(plan):
    other = attrs.evolve(at(recorded=3), team="Tim 2")

    found = where(plan, at(recorded=4), other)

    assert found.stayed_away == {(SITE, 0, ""): (13,)}


def test_a_class_away_on_the_day_is_not_called(season, make):
    away = Closure(DaySpan(MONDAY), "placement", class_name="XI")
    demand = [SchoolDemand(npsn=SITE, groups=[group(6, class_name="XI"), group(4, 0, "XII")])]
    plan = season(demand=demand, days=12, iterations=0, closures=[away])

    found = where(plan, at(recorded=2))

    assert [g.pupils for g in found.demand[0].groups] == [6, 2]
    assert found.stayed_away == {(SITE, 0, "XII"): (2,)}


def test_a_roster_that_knows_who_is_recorded_takes_the_place_of_the_first(plan):
    """Of 20 pupils 8 were recorded; 3 have left since and 7 came new."""
    july = SchoolDemand(npsn=SITE, groups=[group(16)], recorded=8)
    later = [CountedRoster(on=DAYS[5], demand=[july])]

    found = where(plan, at(recorded=8, absent=5), at(6, recorded=1, absent=0), later=later)

    assert places(found) == {"recorded": 9, "stayed_away": 5, "waiting": 10}
    assert (found.places[SITE, "joined"], found.places[SITE, "left"]) == (4, 0)
    assert found.demand[0].pupils == 24


def test_those_recorded_leave_a_roster_that_does_not_know_of_it(plan):
    july = SchoolDemand(npsn=SITE, groups=[group(18)])
    later = [CountedRoster(on=DAYS[5], demand=[july], knows_recorded=False)]

    found = where(plan, at(recorded=8, absent=5), later=later)

    assert places(found) == {"recorded": 8, "stayed_away": 5, "waiting": 5}
    assert (found.places[SITE, "joined"], found.places[SITE, "left"]) == (0, 2)


def test_a_roster_that_knows_of_fewer_recorded_is_told(plan):
    july = SchoolDemand(npsn=SITE, groups=[group(14)], recorded=6)
    later = [CountedRoster(on=DAYS[5], demand=[july])]

    found = where(plan, at(recorded=8, absent=0), later=later)

    assert [(f.kind, f.amount) for f in found.issues][-1] == ("fewer_recorded", 2)
    assert places(found) == {"recorded": 8, "waiting": 14}
    assert found.places[SITE, "joined"] == 2


def test_a_school_that_is_in_no_later_roster_has_nobody_left(plan):
    found = where(plan, at(recorded=8), later=[CountedRoster(on=DAYS[5], demand=[])])

    assert places(found) == {"recorded": 8}
    assert found.places[SITE, "left"] == 12


def test_minutes_of_a_call_leave_pauses_out(season, make):
    plan = season(teams=[make.team(breaks=[Break("08:30-08:40")])], iterations=0)

    found = where(plan, at(recorded=4, absent=0, start=480, end=560))

    [call] = found.calls
    assert (call.minutes, call.kits, call.pupil_minutes, call.fixed_minutes) == (70, 1, 10, 10)


# Properties ---------------------------------------------------------------------------------

some_weights = st.lists(st.tuples(st.floats(0, 50), st.integers(0, 30)), max_size=5)


@given(st.integers(0, 100), some_weights)
def test_shares_are_whole_and_never_above_what_is_there(total, pairs):
    weights, most = [w for w, _ in pairs], [m for _, m in pairs]

    parts = shared(total, weights, most)

    assert sum(parts) == min(total, sum(most))
    assert all(0 <= part <= limit for part, limit in zip(parts, most, strict=True))


counts = st.integers(0, 9)
records = st.builds(
    lambda day, team, walk_ins, **values: Outcome(
        day=DAYS[day],
        team=team,
        site=SITE,
        walk_ins=min(walk_ins, values["recorded"]),
        **values,
    ),
    day=st.integers(0, 9),
    team=st.sampled_from(["Tim 1", "Tim 9"]),
    class_name=st.sampled_from(["", "XI", "XII"]),
    recorded=counts,
    failed=st.integers(0, 2),
    absent=st.none() | counts,
    already_recorded=st.integers(0, 2),
    elsewhere=st.integers(0, 2),
    walk_ins=st.integers(0, 3),
)
office = st.builds(
    lambda day, recorded: OfficeOutcome(day=DAYS[day], site=SITE, recorded=recorded),
    st.integers(0, 9),
    counts,
)
demands = st.builds(
    lambda groups, recorded: SchoolDemand(npsn=SITE, groups=groups, recorded=recorded),
    st.lists(
        st.builds(
            lambda pupils, rank, name, day: group(pupils, rank, name, DAYS[day]),
            st.integers(0, 15), st.integers(0, 1), st.sampled_from(["XI", "XII"]),
            st.integers(0, 11),
        ),
        max_size=4,
    ),
    st.integers(0, 20),
)  # fmt: skip
rosters = st.builds(
    lambda day, demand, knows: CountedRoster(
        on=DAYS[day], demand=[demand], knows_recorded=knows
    ),
    st.integers(1, 10), demands, st.booleans(),
)  # fmt: skip


@given(
    demands,
    st.lists(records | office, max_size=8),
    st.lists(rosters, max_size=2, unique_by=lambda one: one.on),
    st.integers(0, 11),
)
def test_every_pupil_is_in_exactly_one_place(any_plan, demand, told, later, on):
    later = sorted(later, key=lambda one: one.on)
    found = where(any_plan, *told, demand=[demand], later=later, on=DAYS[on])

    came = found.first[SITE] + found.places[SITE, "joined"] + found.places[SITE, "outside"]
    assert came - found.places[SITE, "left"] == sum(places(found).values())
    assert all(pupils >= 0 for pupils in found.places.values())
    for (_, priority, name), counts in found.stayed_away.items():
        alike = [
            g for g in found.demand[0].groups if (g.priority, g.class_name) == (priority, name)
        ]
        assert sum(counts) <= sum(g.pupils for g in alike)
