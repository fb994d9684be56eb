"""Who is called to which visit, and when each class comes."""

from __future__ import annotations

import contextlib
import datetime as dt
import warnings

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_seasons import Season
from letters_of_plans import ON
from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth
from school_ektp.roster.demand import demand_of
from school_ektp.testing.strategies import rosters


def test_as_many_are_called_as_the_plan_says(hand_plan, sheets):
    assert [sheet.visit for sheet in sheets] == list(hand_plan.visit_list)
    for sheet in sheets:
        assert len(sheet.pupils) + sheet.again_pupils == sheet.visit.called


def test_nobody_is_called_twice_for_the_first_time_and_all_wait(hand_plan, sheets, roster):
    called = [pupil.key for sheet in sheets for pupil in sheet.pupils]
    rows = {row["student_id"]: row for row in roster.iter_rows(named=True)}

    assert len(called) == len(set(called))
    for sheet in sheets:
        for pupil in (*sheet.pupils, *sheet.again):
            row = rows[pupil.key]
            assert row["npsn"] == sheet.school.npsn
            assert not row["recorded"]
            assert (
                row["birth_date"] <= sheet.visit.day.replace(year=sheet.visit.day.year - 16)
                or (row["married"])
            )


def test_those_called_before_are_on_the_second_sheet_of_the_school(sheets):
    first, second = [s for s in sheets if s.school.npsn == sheets[0].school.npsn]

    assert first.again == ()
    assert set(second.again) <= set(first.pupils)
    assert 0 < second.again_pupils <= len(second.again)


def test_who_was_called_today_is_not_called_again_by_another_team(
    region, roster, options, make_empty_plan
):
    season = Season(
        schools=region.schools, demand=region.demand(), teams=region.teams,
        calendar=region.calendar, rules=region.rules, worth=Worth(), risks=Risks(),
    )  # fmt: skip
    largest = max(season.demand, key=lambda demand: demand.on(dt.date(2024, 9, 9))).npsn
    plan = make_empty_plan(season)
    monday, tuesday = dt.date(2024, 9, 9), dt.date(2024, 9, 10)
    for team, day in ((0, monday), (0, tuesday), (1, tuesday)):
        plan = plan.with_visit(team=region.teams[team].name, day=day, site=largest)

    sheets = plan.call_sheets(roster, **options)

    assert sum(bool(sheet.again) for sheet in sheets) > 0
    for sheet in sheets:
        same_day = [other for other in sheets if other.visit.day == sheet.visit.day]
        assert not set(sheet.again) & {one for other in same_day for one in other.pupils}


def test_the_first_priority_class_is_called_first(hand_plan, roster, options):
    """Of the deadline cohort nobody is left uncalled while others are called."""
    sheets = hand_plan.call_sheets(roster, **options)
    cohort = options["priorities"].classes[0].born_by
    called = {pupil.key for sheet in sheets for pupil in sheet.pupils}
    visited = {sheet.school.npsn for sheet in sheets}

    waiting = roster.filter(
        ~pl.col("recorded"), pl.col("npsn").is_in(visited), pl.col("birth_date") <= cohort
    )
    assert set(waiting["student_id"]) <= called


def test_pupils_stand_in_class_order(sheets):
    for sheet in sheets:
        grades = [pupil.class_name.split()[0] for pupil in sheet.pupils if pupil.class_name]
        assert grades == sorted(grades, key=["XII", "XI", "X"].index)
        classes = [slot.class_name for slot in sheet.slots]
        assert len(classes) == len(set(classes))
        assert sum(slot.pupils for slot in sheet.slots) == len(sheet.pupils)


def test_class_10_comes_after_class_9(hand_plan, roster, options):
    numbered = roster.with_columns(
        class_name=pl.concat_str(
            pl.lit("XII IPA "), (pl.col("source_row") % 12 + 1).cast(pl.String)
        ),
        grade=pl.lit(12, pl.Int8),
    )
    options = {**options, "roster_changed": True}

    names = [slot.class_name for slot in hand_plan.call_sheets(numbered, **options)[0].slots]

    assert names == sorted(names, key=lambda name: int(name.split()[-1]))


def test_times_of_classes_lie_in_the_visit_and_follow_one_another(sheets):
    assert sum(not sheet.slots for sheet in sheets) == 1  # all of them called before
    for sheet in (sheet for sheet in sheets if sheet.slots):
        starts = [slot.start for slot in sheet.slots]
        assert starts == sorted(starts)
        assert all(slot.start < slot.end for slot in sheet.slots)
        assert all(minute % 5 == 0 for slot in sheet.slots for minute in (slot.start, slot.end))
        assert sheet.visit.start + 25 <= starts[0] <= sheet.visit.start + 30
        assert sheet.slots[-1].end <= sheet.visit.end


def test_a_nik_is_masked_unless_asked_otherwise(hand_plan, roster, options, sheets):
    open_sheets = hand_plan.call_sheets(roster, **options, mask=False)

    assert {pupil.nik for sheet in sheets for pupil in sheet.pupils} == {"1702************"}
    niks = {pupil.nik for sheet in open_sheets for pupil in sheet.pupils}
    assert all(nik.isdigit() and len(nik) == 16 for nik in niks)


def test_a_pupil_without_a_name_is_called_by_the_number(hand_plan, roster, options):
    nameless = roster.with_columns(name=pl.lit(None, pl.String), nik=pl.lit(None, pl.String))

    [sheet, *_] = hand_plan.call_sheets(nameless, **options)

    assert [pupil.name for pupil in sheet.pupils] == [pupil.key for pupil in sheet.pupils]
    assert {pupil.nik for pupil in sheet.pupils} == {""}


def test_the_order_of_the_roster_does_not_matter(hand_plan, roster, options, sheets):
    shuffled = roster.sample(fraction=1, shuffle=True, seed=3)

    assert hand_plan.call_sheets(shuffled.lazy(), **options) == sheets


def test_identity_stays_out_of_repr(sheets):
    shown = repr(sheets)

    assert "Contoh" not in shown
    assert "1702*" not in shown
    assert not any(pupil.key in shown for pupil in sheets[0].pupils)


def test_another_roster_is_noticed(hand_plan, roster, options):
    with pytest.warns(SchoolEktpWarning, match=r"the roster does not hold .*roster_changed=True"):
        hand_plan.call_sheets(roster.head(4000), **options)
    with pytest.warns(SchoolEktpWarning, match="pass policy, priorities, residents_of and on"):
        hand_plan.call_sheets(roster)


def test_a_newer_roster_may_be_used_without_a_warning(hand_plan, roster, options):
    newer = roster.with_columns(recorded=pl.col("recorded") | (pl.col("source_row") % 7 == 0))

    fewer = hand_plan.call_sheets(newer, **options, roster_changed=True)

    for sheet in fewer:
        assert len(sheet.pupils) <= sheet.visit.called


@settings(max_examples=settings().max_examples // 5)
@given(roster=rosters(), first=st.integers(0, 5), by_class=st.booleans())
def test_any_roster_that_was_counted_is_called_in_full(
    roster, first, by_class, region, make_empty_plan
):
    """Plan from the roster, call from the same roster: the counts agree, whoever is in it."""
    numbers = sorted(set(roster["npsn"]))
    schools = zip(region.schools, numbers, strict=False)
    plan = make_empty_plan(
        Season(
            schools=tuple(attrs.evolve(school, npsn=npsn) for school, npsn in schools),
            demand=demand_of(roster, on=ON, by_class=by_class),
            teams=region.teams,
            calendar=region.calendar,
            rules=region.rules,
            worth=Worth(),
            risks=Risks(),
        )
    )
    for week in range(3):
        for site, npsn in enumerate(plan.names.sites):
            day = region.first_day + dt.timedelta(days=7 * week + first)
            with contextlib.suppress(InvalidFieldError):  # no place on that day
                plan = plan.with_visit(
                    team=f"Tim {(first + site) % 3 + 1}", day=day, site=npsn, pupils=9
                )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheets = plan.call_sheets(roster, on=ON)

    for sheet in sheets:
        assert len(sheet.pupils) + sheet.again_pupils == sheet.visit.called


def test_a_pause_of_the_team_within_a_visit_is_on_its_sheet_and_no_other(hand_plan, sheets):
    """A class whose time holds the pause seems to need too long, if nobody says so."""
    teams = hand_plan.names.teams
    for sheet in sheets:
        visit = sheet.visit
        pauses = hand_plan.problem.teams[teams.index(visit.team)].breaks[
            hand_plan.calendar.day_number(visit.day)
        ]
        within = [(a, b) for a, b in pauses if a < visit.end and visit.start < b]
        page = hand_plan.call_sheet_papers([sheet], lang="en").pages[0].body

        assert list(sheet.breaks) == within
        assert ("Team pauses" in page) == bool(within)
    assert {bool(sheet.breaks) for sheet in sheets} == {True, False}
