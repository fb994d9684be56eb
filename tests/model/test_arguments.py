"""Arguments of another kind are refused with the way out."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import school_ektp as ek
from school_ektp.errors import InvalidFieldError
from school_ektp.intake import CheckedRoster

REGION = ek.datasets.rejang_lebong(seed=1)
DAY = dt.date(2024, 9, 3)


def given(**changes):
    parts = {
        "schools": REGION.schools[:2],
        "demand": (),
        "teams": REGION.teams,
        "calendar": REGION.calendar,
    }
    return ek.plan_visits(**parts | changes)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"schools": REGION.schools[0]}, r"must be a list of School, such as .*; got a School$"),
        ({"schools": [None]}, "got a list with a NoneType in it$"),
        ({"demand": REGION.roster}, r"such as demand_of\(roster\) returns; got a DataFrame"),
        ({"demand": REGION.schools}, "got a tuple with a School in it$"),
        ({"teams": REGION.teams[0]}, "must be a list of Team; got a Team$"),
        ({"calendar": REGION}, "must be a VisitCalendar, got a Region$"),
        ({"stop": 5}, r"must be a rule such as MaxSeconds\(5\) or a callable, got a int$"),
    ],
)
def test_plan_visits_names_what_it_takes(change, fault):
    [name] = change
    with pytest.raises(InvalidFieldError, match=rf"^plan_visits\.{name} .*{fault}"):
        given(**change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"on": "2024-09-03"}, "on must be a datetime.date without a time, got a str"),
        ({"on": dt.datetime(2024, 9, 3)}, "on must be a datetime.date without a time"),
        ({"schools": REGION}, r"schools must be a list of School \(such as read_schools"),
    ],
)
def test_check_roster_names_what_it_takes(change, fault):
    with pytest.raises(InvalidFieldError, match=rf"^check_roster\.{fault}"):
        ek.check_roster(REGION.roster, **{"schools": REGION.schools, "on": DAY} | change)


def test_the_frame_inside_what_was_given_is_named():
    checked = ek.check_roster(REGION.roster, schools=REGION.schools, on=DAY)
    assert isinstance(checked, CheckedRoster)

    with pytest.raises(
        ek.errors.RosterSchemaError, match=r"got a CheckedRoster; give its \.valid$"
    ):
        ek.demand_of(checked)


def test_any_iterable_will_do():
    first = REGION.calendar.first_day
    short = ek.VisitCalendar(first_day=first, last_day=first + dt.timedelta(4))
    plan = given(
        schools=iter(REGION.schools[:2]), teams=iter(REGION.teams), calendar=short,
        stop=lambda _: True,
    )  # fmt: skip

    assert [school.npsn for school in plan.schools] == [one.npsn for one in REGION.schools[:2]]
    assert isinstance(plan.visits, pl.DataFrame)


WRONG = [None, 1, 1.5, True, b"x", "x" * 10**5, dt.datetime(2024, 1, 1), object()]
BASE = ek.Location(-3.47, 102.52)


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("VisitRules.floors", lambda wrong: ek.VisitRules(floors=wrong)),
        ("VisitRules.reached_by", lambda wrong: ek.VisitRules(reached_by=wrong)),
        ("VisitRules.forbidden_pairs", lambda wrong: ek.VisitRules(forbidden_pairs=wrong)),
        ("VisitRules.forbidden_dates", lambda wrong: ek.VisitRules(forbidden_dates=wrong)),
        ("VisitRules.one_visit", lambda wrong: ek.VisitRules(one_visit=wrong)),
        ("Team.equipment", lambda wrong: ek.Team(name="A", base=BASE, equipment=wrong)),
        (
            "Team.minutes_by_level",
            lambda wrong: ek.Team(name="A", base=BASE, minutes_by_level=wrong),
        ),
        ("TravelTable.places", lambda wrong: ek.TravelTable(wrong, [[0]])),
        ("TravelTable.minutes", lambda wrong: ek.TravelTable(["a"], wrong)),
        ("RoadEstimate.overrides", lambda wrong: ek.places.RoadEstimate(overrides=wrong)),
        ("Worth.visit", lambda wrong: ek.Worth(visit=wrong)),
    ],
)
def test_a_field_of_another_kind_is_named_and_its_value_is_not_quoted(field, make):
    """What a user can type is never an error of Python about its inner parts."""
    fine = {"VisitRules.one_visit": [True], "Worth.visit": [1, 1.5]}
    for wrong in WRONG:
        if wrong in fine.get(field, []):
            continue
        with pytest.raises(InvalidFieldError, match=rf"^{field} ") as caught:
            make(wrong)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: ek.VisitRules(floors=["ab"]), "must be a mapping or hold pairs, got a str in it"),
        (lambda: ek.VisitRules(floors={1: 0.5}), "must be a mapping with names of kecamatan"),
        (lambda: ek.VisitRules(forbidden_pairs=[(1, "10700669")]), "must hold .team, NPSN."),
        (lambda: ek.TravelTable([1], [[0]]), "must hold names of places, as texts"),
        (lambda: ek.places.RoadEstimate(overrides={"ab": 3}), "hold pairs, got a str in it"),
    ],
)
def test_what_lies_inside_is_looked_at_too(make, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        make()


def test_equipment_that_no_school_asks_for_is_a_slip():
    """A team with "SLB" would never be sent to an SLB, and nobody would be told."""
    with pytest.raises(InvalidFieldError, match="'power', 'signal', 'slb' only, got another text"):
        ek.Team(name="A", base=BASE, equipment={"SLB"})


@pytest.mark.parametrize("rule", [ek.MaxIterations, ek.stop.NoImprovement])
@pytest.mark.parametrize("wrong", [None, "5", 1.5, True, -1])
def test_a_stop_rule_counts_whole_rounds(rule, wrong):
    with pytest.raises(InvalidFieldError, match=r"must be a whole number at least"):
        rule(wrong)


@pytest.mark.parametrize("wrong", [None, 5, "x", [1]])
def test_calls_about_rosters_and_totals_name_what_they_take(wrong):
    """None of them ends in an error of Python about a part of what was given."""
    roster = REGION.roster
    checked = ek.check_roster(roster, schools=REGION.schools, on=DAY)
    calls = [
        lambda: ek.counts.waiting_on(roster, on=wrong),
        lambda: ek.counts.status_counts(roster, on=wrong),
        lambda: ek.registry.polling_list(roster, polling_day=wrong),
        lambda: ek.totals.check_totals(wrong),
        lambda: ek.counts.pupil_account(wrong, wrong),
        lambda: ek.counts.pupil_account(checked, wrong),
        lambda: ek.counts.sheet_account(wrong),
        lambda: ek.intake.roster_from_students(wrong),
    ]
    if wrong is not None:
        calls += [
            lambda: ek.demand_of(roster, wrong),
            lambda: ek.demand_of(roster, priorities=wrong),
            lambda: ek.demand_of(roster, on=wrong),
            lambda: ek.counts.coverage_counts(roster, wrong, on=DAY),
        ]
    for call in calls:
        with pytest.raises(InvalidFieldError, match=r"must be a .*[,;] got a "):
            call()


@pytest.mark.parametrize("name", [name for name in ek.plot.__all__ if name != "Chart"])
def test_a_chart_names_what_it_takes(name):
    draw = getattr(ek.plot, name)

    for wrong in (None, 5, REGION):
        with pytest.raises((InvalidFieldError, ek.errors.RosterSchemaError), match="got a"):
            draw(wrong)


@pytest.mark.parametrize("width", [None, "720", 0, 1.5])
def test_the_width_of_a_chart_is_a_number_of_pixels(width):
    points = pl.DataFrame({"team_days": [1, 2], "recorded": [3.0, 4.0]})

    with pytest.raises(InvalidFieldError, match=r"^plot\.frontier\.width must be"):
        ek.plot.frontier(points, width=width)


@pytest.mark.parametrize("wrong", [None, 5, ["a.xlsx"], ""])
def test_a_workbook_is_read_from_a_path(wrong, short_plan):
    with pytest.raises(ek.errors.ReadError, match="must be a path"):
        ek.read_plan_workbook(wrong, short_plan)


@pytest.mark.parametrize("call", [ek.registry.mask_nik, ek.registry.nik_finding])
def test_a_nik_as_a_number_is_refused_and_not_quoted(call):
    with pytest.raises(InvalidFieldError, match="got a int; spreadsheets round") as caught:
        call(1702094503080001)

    assert "1702" not in str(caught.value)


@pytest.mark.parametrize("years", [{"first_year": None}, {"first_year": 24}, {"years": 10**9}])
def test_cohorts_are_of_years_that_there_are(years):
    with pytest.raises(InvalidFieldError, match=r"^july_cohorts\.(first_year|years) must be"):
        ek.registry.july_cohorts(REGION.roster, **{"first_year": 2024} | years)
