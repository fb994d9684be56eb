"""
Hypothesis strategies for pupils, the rules about them, and what a plan is valued by.

They shrink to the smallest believable case and hold every edge at least once: leap days, month
ends, unknown birth dates, an empty roster.
People are invented; every NIK has the serial 0000, which no office gives out.
"""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import strategies as st

from school_ektp.model.ages import LeapDay
from school_ektp.model.eligibility import (
    AnyOf,
    BornBy,
    EligibilityPolicy,
    EverMarried,
    Rule,
    TurnsBy,
    WholeMonths,
    WholeYears,
)
from school_ektp.model.priorities import (
    DeadlineCohort,
    FinalGrade,
    Married,
    Priorities,
    SpecialNeeds,
)
from school_ektp.model.risks import Risks
from school_ektp.model.student import Student
from school_ektp.model.worth import Worth
from school_ektp.roster.build import roster_from_students

__all__ = [
    "any_births",
    "births",
    "days",
    "leap_days",
    "niks",
    "policies",
    "priorities",
    "risks",
    "rosters",
    "rules",
    "students",
    "worths",
]

SCHOOLS = ("10700001", "10700002", "K9900001")
CLASSES = ("", "X IPA 1", "XI TKJ 2", "XII IPS 1")
REGIONS = ("", "17.02", "17.71", "16.73.01")

#: Births on which conventions part: leap days, month ends, ends of years.
EDGES = (
    dt.date(2008, 2, 29),
    dt.date(2008, 2, 28),
    dt.date(2008, 3, 1),
    dt.date(2007, 2, 28),
    dt.date(2007, 8, 31),
    dt.date(2007, 12, 31),
    dt.date(2008, 1, 1),
)
SEASON_EDGES = (
    dt.date(2024, 2, 29),
    dt.date(2024, 2, 28),
    dt.date(2025, 2, 28),
    dt.date(2025, 3, 1),
    dt.date(2024, 11, 27),
)


def births() -> st.SearchStrategy[dt.date]:
    """Return birth dates of pupils, leap days and month ends often among them."""
    return st.dates(dt.date(2000, 1, 1), dt.date(2012, 12, 31)) | st.sampled_from(EDGES)


def any_births() -> st.SearchStrategy[dt.date]:
    """Return any birth date a calendar holds, those of pupils often among them."""
    return births() | st.dates() | st.sampled_from([dt.date(1900, 2, 28), dt.date(2000, 2, 29)])


def days() -> st.SearchStrategy[dt.date]:
    """Return days on which a season may ask, ends of February often among them."""
    return st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)) | st.sampled_from(SEASON_EDGES)


def leap_days() -> st.SearchStrategy[LeapDay]:
    """Return both conventions for 29 February and month ends."""
    return st.sampled_from(LeapDay)


def rules() -> st.SearchStrategy[Rule]:
    """Return eligibility rules, ages used by offices first, any age of 0 to 120 years at last."""
    years = st.sampled_from([16, 17, 15, 14]) | st.integers(0, 120)
    months = st.sampled_from([198, 192]) | st.integers(0, 1440)
    plain = (
        st.builds(WholeYears, years)
        | st.builds(WholeMonths, months)
        | st.builds(TurnsBy, years, days())
        | st.builds(BornBy, st.integers(2000, 2012))
        | st.just(EverMarried())
    )
    return plain | st.builds(AnyOf, st.lists(plain, min_size=1, max_size=3))


def policies() -> st.SearchStrategy[EligibilityPolicy]:
    """Return eligibility policies, the default one first."""
    own = st.builds(EligibilityPolicy, recording=rules(), card=rules(), leap_day=leap_days())
    return st.just(EligibilityPolicy()) | own


def priorities() -> st.SearchStrategy[Priorities]:
    """Return priority orders: none, and any order of some of the ready-made classes."""
    cohorts = st.builds(DeadlineCohort, days(), leap_day=leap_days())
    ready = st.tuples(
        cohorts, st.just(FinalGrade()), st.just(Married()), st.just(SpecialNeeds())
    ).flatmap(st.permutations)
    return st.builds(lambda classes, kept: Priorities(classes[:kept]), ready, st.integers(0, 4))


@st.composite
def students(draw: st.DrawFn) -> Student:
    """Return pupils of three schools, recorded or not."""
    recorded = draw(st.booleans())
    number = f"{draw(st.integers(0, 10**10 - 1)):010d}"
    return Student(
        student_id=number,
        school=draw(st.sampled_from(SCHOOLS)),
        birth_date=draw(births()),
        sex=draw(st.sampled_from(["P", "L", None])),
        grade=draw(st.sampled_from([10, 11, 12, None])),
        class_name=draw(st.sampled_from(CLASSES)),
        married=draw(st.sampled_from([False, False, False, True])),
        recorded=recorded,
        recorded_on=draw(st.none() | days()) if recorded else None,
        special_needs=draw(st.sampled_from([False, False, False, True])),
        home_region=draw(st.sampled_from(REGIONS)),
        nisn=draw(st.sampled_from([None, number])),
        nik=draw(st.none() | niks()),
    )


@st.composite
def rosters(draw: st.DrawFn, *, max_size: int = 30) -> pl.DataFrame:
    """
    Return complete roster rows of pupils with keys of their own.

    Birth dates may be unknown, in the future or centuries ago.

    Args:
        draw: Given by Hypothesis.
        max_size: Most rows.
    """
    pupils = draw(st.lists(students(), max_size=max_size, unique_by=lambda one: one.student_id))
    frame = roster_from_students(pupils)
    slips = st.sampled_from([False, False, False, False, True])
    wrong = st.sampled_from([None, dt.date(2090, 1, 1), dt.date(1899, 12, 31), dt.date(208, 5, 1)])
    born = [draw(wrong) if draw(slips) else day for day in frame["birth_date"]]
    return frame.with_columns(pl.Series("birth_date", born, dtype=pl.Date))


@st.composite
def niks(draw: st.DrawFn) -> str:
    """Return texts in the form of a NIK with the serial 0000, which no office gives out."""
    born = draw(births())
    woman = draw(st.booleans())
    region = draw(st.sampled_from(["170209", "170216", "177101", "317301"]))
    return f"{region}{born.day + 40 * woman:02d}{born:%m%y}0000"


def worths() -> st.SearchStrategy[Worth]:
    """Return the named settings, and any prices with any weights."""
    named = [Worth.balanced(), Worth.thorough(), Worth.thrifty(), Worth.pupils()]
    own = st.builds(
        Worth,
        visit=st.floats(0, 5),
        team_day=st.floats(0, 10),
        driving_hour=st.floats(0, 5),
        waiting_week=st.floats(0, 0.2),
        weights=st.dictionaries(st.integers(0, 2), st.floats(0, 5), max_size=3),
    )
    return st.sampled_from(named) | own


def risks() -> st.SearchStrategy[Risks]:
    """Return no luck at all, what offices report, and any rates."""
    shares = st.floats(0.2, 1)
    chances, spreads = st.floats(0, 0.2), st.floats(0, 0.1)
    own = st.builds(
        Risks,
        turnout=shares,
        turnout_again=shares,
        turnout_by_school=st.dictionaries(st.sampled_from(SCHOOLS), shares, max_size=1),
        never=chances,
        turnout_spread=spreads,
        pace_spread=spreads,
        day_lost=chances,
        system_down=chances,
        outage=chances,
        outage_by_school=st.dictionaries(st.sampled_from(SCHOOLS), chances, max_size=1),
    )
    return st.sampled_from([Risks.none(), Risks()]) | own
