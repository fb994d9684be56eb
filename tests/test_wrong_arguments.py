"""Calls about things, rosters and integers refuse what is of another kind; see `made_wrong`."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import get_type_hints

import pandas as pd
import polars as pl
import pytest

import school_ektp as ek
from made_wrong import not_in_words, sound_arguments
from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.roster.schema import ROSTER

ON, LAST = dt.date(2024, 9, 3), dt.date(2024, 10, 3)
NPSN = "10700669"
HERE = ek.Location(-3.47, 102.52)
SCHOOL = ek.School(npsn=NPSN, name="SMA", level="SMA", kecamatan="Curup", location=HERE)
TEAM = ek.Team(name="A", base=HERE)
SEASON = ek.VisitCalendar(first_day=ON, last_day=LAST)
GROUP = ek.WaitingGroup(steps=[(ON, 3)])
DEMAND = ek.SchoolDemand(npsn=NPSN, groups=[GROUP])
PROBLEM, _ = ek.problem.build_problem([SCHOOL], [DEMAND], [TEAM], SEASON)
PUPIL = ek.intake.Student(student_id="1", school=NPSN, birth_date=dt.date(2008, 3, 5))
ROWS = ek.intake.roster_from_students([PUPIL])
CHECKED = ek.check_roster(ROWS, schools=None, on=ON)
AREA = ek.places.KecamatanArea(name="Curup", latitude=-3.47, longitude=102.52)
PLACES = ek.places.Places([AREA])
CROSSWALK = ek.places.Crosswalk([])
POLICY = ek.EligibilityPolicy()
NIK = ek.registry.Nik("1702094503080001")
COVERAGE = ek.counts.Coverage(recorded=1, people=2, denominator="OBLIGED")
SPAN = {"first_day": ON, "last_day": LAST}
BORN = {"birth_date": dt.date(2008, 3, 5), "married": False}
MARCH = ek.eligibility.LeapDay.MARCH_1
ODD = (float("inf"), "", pl.Series([1]), pl.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}))

#: Each call with those of its arguments that have no default, or need a value of their own.
CALLS: dict[str, tuple[Callable, dict]] = {
    "check_roster": (ek.check_roster, {"roster": ROWS, "schools": [SCHOOL], "on": ON}),
    "demand_of": (ek.demand_of, {"roster": ROWS}),
    "waiting_on": (ek.counts.waiting_on, {"roster": ROWS, "on": ON, "by": ("npsn",)}),
    "waiting_by_day": (ek.counts.waiting_by_day, {"roster": ROWS, "by": "npsn", **SPAN}),
    "status_counts": (ek.counts.status_counts, {"roster": ROWS, "on": ON}),
    "coverage_counts": (ek.counts.coverage_counts, {"roster": ROWS, "on": ON}),
    "coverage_of": (ek.counts.coverage_of, {"roster": ROWS, "on": ON, "denominator": "RECORDABLE"}),
    "opening_counts": (ek.registry.opening_counts, {"roster": ROWS, **SPAN}),
    "opening_list": (ek.registry.opening_list, {"roster": ROWS, **SPAN}),
    "print_list": (ek.registry.print_list, {"roster": ROWS, **SPAN}),
    "polling_list": (
        ek.registry.polling_list,
        {"roster": ROWS, "polling_day": LAST, "leap_day": MARCH},
    ),
    "july_cohorts": (
        ek.registry.july_cohorts, {"roster": ROWS, "first_year": 2024, "years": 2, "by": ()}
    ),
    "birth_date_heaping": (ek.intake.birth_date_heaping, {"roster": ROWS, "alarm": 0.01}),
    "read_roster": (ek.read_roster, {"source": "nothing", "limits": ek.intake.ReadLimits()}),
    "read_register": (ek.read_register, {"source": "nothing"}),
    "apply_corrections": (
        ek.intake.apply_corrections, {"read": ek.intake.ReadRoster(rows=ROWS), "source": "nothing"}
    ),
    "to_workbook_for_correction": (
        ek.intake.to_workbook_for_correction,
        {"checked": CHECKED, "path": "out.xlsx"},
    ),
    "audit_places": (ek.places.audit_places, {"schools": [SCHOOL], "places": PLACES}),
    "places.find": (PLACES.find, {"name": "Curup"}),
    "places.find_village": (PLACES.find_village, {"name": "Air", "kecamatan": "Curup"}),
    "km_outside": (AREA.km_outside, {"latitude": -3.4, "longitude": 102.5}),
    "by_code": (CROSSWALK.by_code, {"code": "17.02.09", "system": ek.places.CodeSystem.BPS}),
    "by_name": (CROSSWALK.by_name, {"name": "Curup"}),
    "base_of": (ek.places.base_of, {"team": "A"}),
    "calendar.public_holidays": (ek.calendar.public_holidays, SPAN),
    "datasets.public_holidays": (ek.datasets.public_holidays, {"year": 2024}),
    "rejang_lebong": (ek.datasets.rejang_lebong, {}),
    "build_problem": (
        ek.problem.build_problem,
        {"schools": [SCHOOL], "demand": [DEMAND], "teams": [TEAM], "calendar": SEASON},
    ),
    "upper_bound": (ek.problem.upper_bound, {"problem": PROBLEM}),
    "violations": (ek.problem.violations, {"problem": PROBLEM, "solution": ek.problem.Solution()}),
    "write_problem_json": (ek.problem.write_problem_json, {"problem": PROBLEM, "file": "p.json"}),
    "Solution": (ek.problem.Solution, {}),
    "policy.opens_on": (POLICY.opens_on, BORN),
    "policy.card_on": (POLICY.card_on, BORN),
    "policy.is_open": (POLICY.is_open, {"on": ON, **BORN}),
    "policy.is_obliged": (POLICY.is_obliged, {"on": ON, **BORN}),
    "policy.status": (POLICY.status, {"on": ON, **BORN}),
    "policy.age_in_years": (POLICY.age_in_years, {"birth_date": ON, "on": LAST}),
    "policy.cutoff": (POLICY.cutoff, {"on": ON}),
    "rule.opens_on": (ek.eligibility.WholeYears(16).opens_on, {"leap_day": MARCH, **BORN}),
    "rule.cutoff": (ek.eligibility.BornBy(2008).cutoff, {"on": ON, "leap_day": MARCH}),
    "cutoff.admits": (ek.eligibility.Cutoff(ON, None).admits, BORN),
    "AnyOf": (ek.eligibility.AnyOf, {"rules": ek.eligibility.WholeYears(16)}),
    "Priorities": (ek.Priorities, {"rest": "rest"}),
    "Priorities.rank": (ek.Priorities().rank, {"student": PUPIL}),
    "Married.holds": (ek.eligibility.Married().holds, {"student": PUPIL}),
    "Where": (ek.eligibility.Where, {"label": "a", "condition": pl.col("married")}),
    "exceeds": (COVERAGE.exceeds, {"other": COVERAGE}),
    "until": (ek.calendar.TimeWindow(480, 600).until, {"minute": 500}),
    "why_closed": (SEASON.why_closed, {"school": SCHOOL, "day": ON}),
    "sessions": (SEASON.sessions, {"school": SCHOOL, "day": ON}),
    "class_away": (SEASON.class_away, {"school": SCHOOL, "class_name": "X", "day": ON}),
    "day_number": (SEASON.day_number, {"day": ON}),
    "kits_on": (TEAM.kits_on, {"day": ON}),
    "may_visit": (TEAM.may_visit, {"school": SCHOOL}),
    "working_days": (TEAM.working_days, {"span": ek.DaySpan(ON, LAST)}),
    "demand.on": (DEMAND.on, {"day": ON}),
    "among": (ek.TravelTable(["a"], [[0]]).among, {"places": ["a"]}),
    "weight": (ek.Worth().weight, {"rank": 0}),
    "held_at": (ek.Risks().held_at, {"npsn": NPSN, "team": "A"}),
    "agrees_with": (NIK.agrees_with, {"birth_date": ON}),
    "birth_date": (NIK.birth_date, {"as_of": ON}),
    "nik_finding": (ek.registry.nik_finding, {"text": "1"}),
    "Ledger": (ek.season.Ledger, {}),
    "School": (
        ek.School, {"npsn": NPSN, "name": "SMA", "level": "SMA", "kecamatan": "Curup", "closed": ()}
    ),
    "Student": (ek.intake.Student, {"student_id": "1", "school": NPSN, "birth_date": ON}),
    "Office": (ek.Office, {"region": "Curup"}),
}  # fmt: skip

#: Words of a choice, which tables cannot be compared with.
CHOICES = {"level", "leap_day", "sex"}


@pytest.mark.parametrize("call", sorted(CALLS))
def test_what_is_of_another_kind_is_refused_or_taken_in_words(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    make, own = CALLS[call]
    sound = sound_arguments(make, {}, own)

    found = not_in_words(call, sound, make, sound)
    found += not_in_words(call, sound.keys() - CHOICES, make, sound, ODD)

    assert found == []


@pytest.mark.parametrize("call", sorted(CALLS))
def test_sound_arguments_are_taken(call, monkeypatch, tmp_path):
    """Or the refusals above would say nothing."""
    monkeypatch.chdir(tmp_path)
    make, own = CALLS[call]
    sound = sound_arguments(make, {}, own)

    if sound.get("source") == "nothing":
        with pytest.raises(ReadError, match=r"^nothing: "):
            make(**sound)
    else:
        make(**sound)


@pytest.mark.parametrize(
    ("call", "name", "value", "fault"),
    [
        ("check_roster", "oldest_days", -1, "must be at least 0, got -1"),
        ("check_roster", "oldest_days", "180", "must be a whole number, got a str"),
        ("demand_of", "by_class", "class_name", "must be True or False, got a str"),
        ("birth_date_heaping", "alarm", 5, "must be from 0 to 1, got 5"),
        ("birth_date_heaping", "alarm", None, "must be a finite number, got a NoneType"),
        ("waiting_on", "by", 3, "must be a text or a list of text, got a int"),
        ("waiting_on", "names", ["npsn"], "must be a mapping or None, got a list with a str in it"),
        ("waiting_by_day", "last_day", dt.date(2024, 9, 1), "must not be before the first day"),
        ("datasets.public_holidays", "year", "2024", "must be a whole number, got a str"),
        ("datasets.public_holidays", "year", 0, "must be at least 1, got 0"),
        ("upper_bound", "problem", None, "must be a VisitProblem, got a NoneType"),
        ("upper_bound", "effort", 0, "must be at least 1, got 0"),
        ("upper_bound", "over", 3, "must be a function or another callable or None, got a int"),
        ("policy.opens_on", "married", "ya", "must be True or False, got a str"),
        ("audit_places", "schools", [SCHOOL, None], "got a list with a NoneType and a School"),
        ("School", "power", "ya", "must be True or False, got a str"),
    ],
)
def test_the_argument_is_named_with_what_came_and_what_is_wanted(call, name, value, fault):
    make, sound = CALLS[call]
    with pytest.raises(InvalidFieldError, match=rf"\.{name} .*{fault}"):
        make(**sound | {name: value})


def test_an_unknown_denominator_lists_those_known():
    with pytest.raises(
        InvalidFieldError, match=r"Denominator.* must be one of RECORDABLE, OBLIGED"
    ):
        ek.counts.coverage_of(ROWS, on=ON, denominator="ALL")


def test_one_column_may_be_named_without_a_list():
    assert ek.counts.status_counts(ROWS, on=ON, by="npsn").equals(
        ek.counts.status_counts(ROWS, on=ON, by=["npsn"])
    )


def test_a_column_named_twice_is_reported():
    with pytest.raises(InvalidFieldError, match=r"waiting_on\.by must name each column once"):
        ek.counts.waiting_on(ROWS, on=ON, by=["npsn", "npsn"])


def test_no_columns_count_all_rows_together():
    """Each call that counts by columns gives one row of counts for an empty list."""
    rows = pl.concat([ROWS, ROWS])
    assert rows.schema == ROSTER

    assert ek.counts.status_counts(rows, on=ON, by=[])["pupils"].to_list() == [2]
    assert ek.counts.waiting_on(rows, on=ON, by=[])["waiting"].to_list() == [2]
    assert ek.counts.waiting_by_day(rows, first_day=ON, last_day=ON, by=[]).rows() == [(ON, 2)]
    assert ek.registry.july_cohorts(rows, first_year=2024, years=1, by=[]).rows() == [("before", 2)]


def wrapped_calls():
    """Yield every function and method of the package that is wrapped by another."""
    for info in pkgutil.walk_packages(ek.__path__, f"{ek.__name__}."):
        for thing in vars(importlib.import_module(info.name)).values():
            members = vars(thing).values() if isinstance(thing, type) else [thing]
            found = (getattr(one, "__wrapped__", None) for one in members)
            yield from filter(inspect.isfunction, found)


def test_annotations_of_checked_calls_can_be_read():
    """A name imported for the type checker only would fail when the call is made."""
    calls = [one for one in wrapped_calls() if one.__globals__["__name__"].startswith(ek.__name__)]

    assert sum(bool(get_type_hints(one)) for one in calls) > 80
