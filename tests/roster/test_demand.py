"""Demand per school: every row counted once, and the same as by counting on one's fingers."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import FinalGrade, Priorities
from school_ektp.model.student import Student
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.demand import demand_of
from school_ektp.roster.priorities import Where
from school_ektp.testing import strategies as own

ROSTER_DAY = dt.date(2024, 9, 3)
SMAN_1 = "10700001"


def pupil(number, born, **facts):
    return Student(student_id=str(number), school=SMAN_1, birth_date=born, **facts)


def total(demand, day):
    return sum(school.on(day) for school in demand)


def test_a_pupil_waits_from_the_16th_birthday():
    roster = roster_from_students([pupil(1, dt.date(2008, 9, 4)), pupil(2, dt.date(2008, 9, 5))])

    [school] = demand_of(roster)

    assert [school.on(dt.date(2024, 9, day)) for day in (3, 4, 5)] == [0, 1, 2]
    assert school.not_yet(dt.date(2024, 9, 4)) == 1


def test_recorded_and_foreign_and_unknown_are_counted_not_dropped():
    roster = roster_from_students(
        [
            pupil(1, dt.date(2008, 1, 1), recorded=True, home_region="17.71"),
            pupil(2, dt.date(2008, 1, 1), home_region="17.71"),
            pupil(3, dt.date(2008, 1, 1), home_region="17.02.09"),
            pupil(4, dt.date(2024, 9, 4)),
            pupil(5, dt.date(1808, 1, 1)),
        ]
    )
    nobody = roster.with_columns(birth_date=pl.lit(None, pl.Date)).head(1)
    nobody = nobody.with_columns(recorded=False, home_region=pl.lit(""))

    [school] = demand_of(pl.concat([roster, nobody]), residents_of="17.02", on=ROSTER_DAY)

    assert school == SchoolDemand(
        npsn=SMAN_1,
        recorded=1,
        set_aside=4,
        as_of=ROSTER_DAY,
        groups=(WaitingGroup(steps=((dt.date(2024, 1, 1), 1),)),),
    )


def test_a_pupil_is_in_the_first_class_that_holds():
    polling_day = dt.date(2024, 11, 27)
    roster = roster_from_students(
        [
            pupil(1, dt.date(2007, 11, 27), grade=12),
            pupil(2, dt.date(2007, 11, 28), grade=12, married=True),
            pupil(3, dt.date(2009, 1, 1), married=True),
            pupil(4, dt.date(2008, 1, 1), special_needs=True),
            pupil(5, dt.date(2008, 1, 1)),
        ]
    )

    [school] = demand_of(roster, priorities=Priorities.usual(polling_day))

    assert [(group.priority, group.label, group.pupils) for group in school.groups] == [
        (0, "17 by 2024-11-27", 1),
        (1, "final grade", 1),
        (2, "married", 1),
        (3, "special needs", 1),
        (4, "rest", 1),
    ]


def test_classes_are_kept_apart_only_when_asked():
    born = dt.date(2008, 1, 1)
    roster = roster_from_students([pupil(1, born, class_name="A"), pupil(2, born, class_name="B")])

    assert [group.class_name for group in demand_of(roster)[0].groups] == [""]
    assert [group.class_name for group in demand_of(roster, by_class=True)[0].groups] == ["A", "B"]


def test_a_class_of_ones_own_is_given_by_an_expression():
    far = Where(label="boarders", condition=pl.col("home_region") != "")
    roster = roster_from_students(
        [pupil(1, dt.date(2008, 1, 1), home_region="17.02"), pupil(2, dt.date(2008, 1, 1))]
    )

    [school] = demand_of(roster, priorities=Priorities((far,)))

    assert [(group.label, group.pupils) for group in school.groups] == [
        ("boarders", 1),
        ("rest", 1),
    ]


def test_a_class_without_an_expression_is_refused():
    class Tall:
        label = "tall"

        def holds(self, student):
            return student.grade == 12

    with pytest.raises(InvalidFieldError, match=r"Tall\.expression needs a method expression\(\)"):
        demand_of(roster_from_students([]), priorities=Priorities((Tall(),)))


def test_an_empty_roster_has_no_demand():
    assert demand_of(roster_from_students([])) == ()


settings = st.fixed_dictionaries(
    {
        "policy": own.policies(),
        "priorities": own.priorities(),
        "by_class": st.booleans(),
        "residents_of": st.sampled_from([None, "17.02", ("17.02", "17.71")]),
        "on": st.sampled_from([None, ROSTER_DAY]),
    }
)


def by_hand(roster, *, policy, priorities, by_class, residents_of, on):
    """Count with loops over objects what `demand_of` counts with expressions."""
    served = {"", *([residents_of] if isinstance(residents_of, str) else residents_of or ())}
    counted = Counter()
    for row in roster.iter_rows(named=True):
        born = row["birth_date"]
        if row["recorded"]:
            place = "recorded"
        elif (
            born is None
            or born < dt.date(1900, 1, 1)
            or (on and born > on)
            or (residents_of is not None and row["home_region"][:5] not in served)
        ):
            place = "set aside"
        else:
            one = pupil(1, born, **{key: row[key] for key in ("grade", "married", "special_needs")})
            place = (
                priorities.rank(one),
                row["class_name"] if by_class else "",
                policy.opens_on(born, married=row["married"]),
            )
        counted[row["npsn"], place] += 1
    return counted


@given(own.rosters(), settings)
def test_demand_is_what_counting_by_hand_finds(roster, chosen):
    found = Counter()
    for school in demand_of(roster, **chosen):
        found[school.npsn, "recorded"] += school.recorded
        found[school.npsn, "set aside"] += school.set_aside
        for group in school.groups:
            assert chosen["priorities"].labels[group.priority] == group.label
            for day, pupils in group.steps:
                found[school.npsn, (group.priority, group.class_name, day)] += pupils

    assert +found == by_hand(roster, **chosen)


@given(own.rosters(), settings)
def test_every_row_is_counted_once(roster, chosen):
    assert sum(school.pupils for school in demand_of(roster, **chosen)) == len(roster)


@given(own.rosters(), settings, st.randoms(use_true_random=False))
def test_row_order_splitting_and_laziness_are_irrelevant(roster, chosen, rng):
    order = list(range(len(roster)))
    rng.shuffle(order)
    cut = rng.randint(0, len(roster))
    parts = [roster[order][:cut].lazy(), roster[order][cut:].lazy()]

    assert demand_of(pl.concat(parts), **chosen) == demand_of(roster, **chosen)


@given(own.rosters(), settings, own.days(), own.days())
def test_waiting_never_lowers_demand(roster, chosen, one, other):
    demand = demand_of(roster, **chosen)

    assert total(demand, min(one, other)) <= total(demand, max(one, other))


@given(own.rosters(), own.policies(), own.days(), st.data())
def test_recording_a_waiting_pupil_lowers_waiting_by_one(roster, policy, day, data):
    waits = [
        row
        for row, (born, married, recorded) in enumerate(
            roster.select("birth_date", "married", "recorded").iter_rows()
        )
        if not recorded
        and born is not None
        and born >= dt.date(1900, 1, 1)
        and policy.is_open(born, on=day, married=married)
    ]
    if not waits:
        assert total(demand_of(roster, policy), day) == 0
        return
    chosen = data.draw(st.sampled_from(waits))
    after = roster.with_columns(
        pl.when(pl.int_range(pl.len()) == chosen).then(True).otherwise("recorded").alias("recorded")
    )

    assert total(demand_of(after, policy), day) == total(demand_of(roster, policy), day) - 1


@given(own.rosters())
def test_the_order_of_classes_changes_nobodys_waiting(roster):
    plain, first = demand_of(roster), demand_of(roster, priorities=Priorities((FinalGrade(),)))

    assert [school.pupils for school in plain] == [school.pupils for school in first]
    assert total(plain, ROSTER_DAY) == total(first, ROSTER_DAY)


def test_the_default_policy_is_the_one_of_the_model():
    roster = roster_from_students([pupil(1, dt.date(2008, 2, 29))])

    assert demand_of(roster) == demand_of(roster, EligibilityPolicy())
