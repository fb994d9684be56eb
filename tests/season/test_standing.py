"""Where a season stands: counts, keys, absences, later rosters, visits without an outcome."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from made_standings import (
    DAYS,
    MONDAY,
    SITE,
    at,
    demands,
    group,
    office,
    places,
    records,
    rosters,
    where,
)
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.outcome import OfficeOutcome
from school_ektp.season.rosters import CountedRoster


def test_who_is_recorded_leaves_and_who_was_absent_stays_away_once_more(twenty):
    once = where(twenty, at(recorded=8, absent=5))
    twice = where(twenty, at(recorded=8, absent=5), at(1, recorded=2, absent=10))

    assert places(once) == {"recorded": 8, "stayed_away": 5, "waiting": 7}
    assert once.stayed_away == {(SITE, 0, ""): (5,)}
    assert sum(twice.stayed_away[SITE, 0, ""]) == 10
    assert twice.demand[0].on(MONDAY) == 10
    assert twice.demand[0].recorded == 10


def test_a_cancelled_visit_is_none_and_zeros_are_one(twenty):
    rain = where(twenty, at(cancelled="rain"))
    zeros = where(twenty, at(absent=20))

    assert (places(rain), rain.held, rain.out) == ({"waiting": 20}, {}, {})
    assert [one.text("en") for one in rain.issues][1] == (
        "9 September 2024, Tim 1, 10700669: did not take place (rain)."
    )
    assert (places(zeros), zeros.held) == ({"stayed_away": 20}, {SITE: (MONDAY,)})
    assert (rain.calls[0].held, rain.calls[0].reason) == (False, "rain")


def test_a_visit_of_which_one_class_was_called_took_place(twenty):
    found = where(
        twenty, at(class_name="XI", cancelled="ujian"), at(class_name="XII", recorded=2, absent=1)
    )

    [call] = found.calls
    assert (call.held, call.reason, call.recorded) == (True, "", 2)
    assert found.held == {SITE: (MONDAY,)}
    assert "cancelled" not in {one.kind for one in found.issues}


def test_walk_ins_at_the_office_leave_the_line_of_their_school(twenty):
    known = OfficeOutcome(day=MONDAY, site=SITE, recorded=3)
    nobody_knows = OfficeOutcome(day=MONDAY, recorded=2)

    found = where(twenty, known, nobody_knows)

    assert places(found) == {"at_office": 3, "waiting": 17}
    assert found.places["", "outside"] == found.places["", "at_office"] == 2
    assert found.calls == ()


def test_a_visit_without_an_outcome_counts_as_expected_and_is_reported(twenty):
    visited = twenty.with_visit(team="Tim 1", day=MONDAY, site=SITE)

    before = where(visited, on=MONDAY, visits=visited.visit_list)
    after = where(visited, on=DAYS[1], visits=visited.visit_list)

    assert places(before) == {"waiting": 20}
    assert places(after) == {"presumed": 5, "waiting": 15}
    assert [(one.kind, one.amount) for one in after.issues] == [("no_outcome", 5)]
    assert (after.held, after.out) == ({SITE: (MONDAY,)}, {"Tim 1": frozenset({MONDAY})})


def test_an_outcome_told_late_counts_as_if_it_had_been_there_from_the_beginning(twenty):
    early, late = at(recorded=8, absent=5), at(1, recorded=2, absent=10)

    assert where(twenty, early, late) == where(twenty, late, early)


def test_a_roster_that_knows_who_is_recorded_takes_the_place_of_the_first(twenty):
    """Of 20 pupils 8 were recorded; 3 have left since and 7 came new."""
    july = SchoolDemand(npsn=SITE, groups=[group(16)], recorded=8)
    later = [CountedRoster(on=DAYS[5], demand=[july])]

    found = where(twenty, at(recorded=8, absent=5), at(6, recorded=1, absent=0), later=later)

    assert places(found) == {"recorded": 9, "stayed_away": 5, "waiting": 10}
    assert (found.places[SITE, "joined"], found.places[SITE, "left"]) == (4, 0)
    assert found.demand[0].pupils == 24


def test_those_recorded_leave_a_roster_that_does_not_know_of_it(twenty):
    july = SchoolDemand(npsn=SITE, groups=[group(18)])
    later = [CountedRoster(on=DAYS[5], demand=[july], knows_recorded=False)]

    found = where(twenty, at(recorded=8, absent=5), later=later)

    assert places(found) == {"recorded": 8, "stayed_away": 5, "waiting": 5}
    assert (found.places[SITE, "joined"], found.places[SITE, "left"]) == (0, 2)


def test_a_roster_that_knows_of_fewer_recorded_is_reported(twenty):
    july = SchoolDemand(npsn=SITE, groups=[group(14)], recorded=6)
    later = [CountedRoster(on=DAYS[5], demand=[july])]

    found = where(twenty, at(recorded=8, absent=0), later=later)

    assert [(f.kind, f.amount) for f in found.issues][-1] == ("fewer_recorded", 2)
    assert places(found) == {"recorded": 8, "waiting": 14}
    assert found.places[SITE, "joined"] == 2


def test_a_school_that_is_in_no_later_roster_has_nobody_left(twenty):
    found = where(twenty, at(recorded=8), later=[CountedRoster(on=DAYS[5], demand=[])])

    assert places(found) == {"recorded": 8}
    assert found.places[SITE, "left"] == 12


# Properties ---------------------------------------------------------------------------------


@given(
    demands,
    st.lists(records | office, max_size=8),
    st.lists(rosters, max_size=2, unique_by=lambda one: one.on),
    st.integers(0, 11),
)
def test_every_pupil_is_in_exactly_one_place(any_plan, demand, outcomes, later, on):
    later = sorted(later, key=lambda one: one.on)
    found = where(any_plan, *outcomes, demand=[demand], later=later, on=DAYS[on])

    came = found.first[SITE] + found.places[SITE, "joined"] + found.places[SITE, "outside"]
    assert came - found.places[SITE, "left"] == sum(places(found).values())
    assert all(pupils >= 0 for pupils in found.places.values())
    for (_, priority, name), counts in found.stayed_away.items():
        alike = [
            g for g in found.demand[0].groups if (g.priority, g.class_name) == (priority, name)
        ]
        assert sum(counts) <= sum(g.pupils for g in alike)
