"""Plans that come back from a workbook: untouched ones change nothing, edits are checked."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_of import for_other_parts, plan_of
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.checker import violations
from school_ektp.report.excel.read_plan import read_plan_workbook
from school_ektp.report.excel.sheet import CellIssue
from workbook_files import edited

DATE, TEAM, NPSN, SCHOOL, START, ROOM = "B", "C", "D", "E", "G", "I"


@pytest.mark.parametrize("right", [1, 3])
def test_columns_inserted_at_a_lose_no_visit(hand_plan, file, right):
    """Also where the inserted columns are empty and the reader of workbooks leaves them out."""
    changed = chr(ord(ROOM) + right) + str(row_of(hand_plan, 0))

    same = read_plan_workbook(edited(file, {}, right=right), hand_plan)
    less = read_plan_workbook(edited(file, {changed: "1"}, right=right), hand_plan)

    assert same.plan.solution == hand_plan.solution
    assert (same.kept, same.new, same.gone) == (len(hand_plan.visit_list), 0, 0)
    assert (less.new, less.gone) == (1, 1)
    issues = read_plan_workbook(edited(file, {changed: "x"}, right=right), hand_plan).issues
    assert changed in [issue.cell for issue in issues]


def row_of(plan, place):
    """Return the row of a visit by its place in the plan."""
    return place + 5


@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_an_untouched_workbook_gives_the_same_plan(data, drawn_plans, tmp_path_factory):
    plan = data.draw(drawn_plans)
    file = plan.to_excel(
        tmp_path_factory.mktemp("w") / "p.xlsx", lang=data.draw(st.sampled_from(["id", "en"]))
    )

    back = read_plan_workbook(file, plan)

    assert back.plan.solution == plan.solution
    assert (back.kept, back.new, back.gone) == (len(plan.visit_list), 0, 0)
    assert back.holds == (plan.violations == ())


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_any_edit_is_brought_back_and_judged(data, drawn_plans, tmp_path_factory):
    """Every row that can be read is in the plan with its room; every issue has a cell."""
    plan = data.draw(drawn_plans.filter(lambda plan: plan.visit_list))
    file = plan.to_excel(tmp_path_factory.mktemp("w") / "p.xlsx")
    place = data.draw(st.integers(0, len(plan.visit_list) - 1))
    row = row_of(plan, place)
    day = plan.calendar.first_day + dt.timedelta(days=data.draw(st.integers(-2, 12)))
    team = data.draw(st.sampled_from(plan.names.teams))
    room = data.draw(st.integers(1, 200))
    changes = {f"{DATE}{row}": day, f"{TEAM}{row}": team, f"{ROOM}{row}": room}
    sheet = edited(file, changes)
    back = read_plan_workbook(sheet, plan)

    inside = day in plan.calendar.span
    wanted = len(plan.visit_list) - (not inside)
    assert len(back.plan.solution.visits) == wanted
    broken = violations(plan.problem, back.plan.solution)
    assert back.plan.violations[: len(broken)] == broken
    causes = {issue.cause for issue in back.issues} - {"outside_season"}
    restated = {"session": {"session", "session_over", "school_closed"}}
    for rule in {fault.rule for fault in back.plan.violations}:
        assert causes & restated.get(rule, {rule})
    assert bool(causes) == bool(back.plan.violations)
    assert inside != any(issue.cause == "outside_season" for issue in back.issues)
    if inside:
        assert room in [visit.room for visit in back.plan.visit_list]
    for issue in back.issues:
        assert issue.sheet == "Rencana"
        assert issue.cell[0] in "BCDI"
        assert issue.text("id") != issue.text("en")


def test_a_visit_moved_to_a_free_day_holds(hand_plan, file):
    visit = hand_plan.visit_list[3]
    day = dt.date(2024, 9, 18)

    back = read_plan_workbook(edited(file, {f"{DATE}8": day}), hand_plan)

    moved = [v for v in back.plan.visit_list if v.day == day]
    assert [(v.site, v.team, v.room) for v in moved] == [(visit.site, visit.team, visit.room)]
    assert back.holds, back.summary("en")
    assert (back.kept, back.new, back.gone) == (8, 1, 1)


def test_dates_may_be_typed_as_people_type_them(hand_plan, file):
    for typed in ("18/9/2024", "18 September 2024", "2024-09-18"):
        back = read_plan_workbook(edited(file, {f"{DATE}8": typed}), hand_plan)

        assert dt.date(2024, 9, 18) in {v.day for v in back.plan.visit_list}


def test_a_cleared_row_is_a_visit_cancelled(hand_plan, file):
    cleared = dict.fromkeys((f"{DATE}7", f"{TEAM}7", f"{NPSN}7", f"{ROOM}7"))

    back = read_plan_workbook(edited(file, cleared), hand_plan)

    assert len(back.plan.visit_list) == 8
    assert (back.kept, back.new, back.gone) == (8, 0, 1)


def test_a_new_row_is_a_new_visit_and_finds_its_school_by_name(hand_plan, file):
    school = hand_plan.school_by_npsn[hand_plan.names.sites[30]]
    row = {f"{DATE}15": dt.date(2024, 9, 19), f"{TEAM}15": " tim 2 ", f"{ROOM}15": 7}

    back = read_plan_workbook(edited(file, {**row, f"{SCHOOL}15": school.name}), hand_plan)

    [new] = [v for v in back.plan.visit_list if v.site == school.npsn]
    assert (new.team, new.room) == ("Tim 2", 7)
    assert back.holds, back.summary("en")


def test_less_room_ends_the_visit_earlier(hand_plan, file):
    visit = hand_plan.visit_list[0]

    back = read_plan_workbook(edited(file, {f"{ROOM}5": 10}), hand_plan)

    now = back.plan.visit_list[0]
    assert (now.site, now.room, now.start) == (visit.site, 10, visit.start)
    assert now.end < visit.end
    assert back.holds


def test_the_order_of_a_day_follows_the_column_start(hand_plan, file):
    """Tim 2 has two visits on 9 September, rows 6 and 7."""
    first, second = hand_plan.visit_list[1:3]
    assert (first.team, second.team) == ("Tim 2", "Tim 2")

    swapped = {f"{START}7": "07:00", f"{ROOM}7": second.room - 1}
    back = read_plan_workbook(edited(file, swapped), hand_plan)

    assert [v.site for v in back.plan.visit_list[1:3]] == [second.site, first.site]


def the_breach(file, plan, changes) -> CellIssue:
    [issue] = read_plan_workbook(edited(file, changes), plan).issues
    return issue


def test_a_holiday_is_reported_at_the_date(hand_plan, file):
    """The teams do not go out then, and the school is closed."""
    edit = edited(file, {f"{DATE}8": dt.date(2024, 9, 16)})

    [issue] = read_plan_workbook(edit, hand_plan).issues

    assert (issue.cell, issue.cause) == ("B8", "day_off")


def test_a_closed_school_is_reported_with_the_reason(hand_plan, file):
    school = hand_plan.school_by_npsn[hand_plan.visit_list[3].site]
    exams = next(
        closure
        for closure in hand_plan.calendar.closures
        if closure.concerns(school) and not closure.class_name
    )

    issue = the_breach(file, hand_plan, {f"{DATE}8": exams.span.first})

    assert (issue.cell, issue.cause) == ("B8", "school_closed")
    assert exams.reason == "mid-term assessment"
    assert "(asesmen tengah semester)" in issue.text("id")
    assert "(mid-term assessment)" in issue.text("en")
    assert school.name in issue.text("en")


def test_too_many_for_the_day_is_reported_in_minutes(hand_plan, file):
    """On Fridays the school can be visited until 11:30, so the visit is too long by far."""
    visit = hand_plan.visit_list[3]

    over = the_breach(file, hand_plan, {f"{DATE}8": dt.date(2024, 9, 20)})

    assert (over.cell, over.cause) == ("I8", "session_over")
    assert over.amount >= visit.end - visit.start - 4 * 60
    assert f"{over.amount} menit" in over.text("id")
    assert f"{over.amount} minutes" in over.text("en")


def test_a_day_too_long_to_be_home_is_reported_in_minutes(hand_plan, file):
    far = dt.date(2024, 9, 18)
    second = {"B15": far, "C15": "Tim 1", "D15": hand_plan.visit_list[3].site, "I15": 100}

    edit = edited(file, {**second, "B7": far, "C7": "Tim 1", "G15": "13:00"})
    issues = read_plan_workbook(edit, hand_plan).issues

    over = next(one for one in issues if one.cause == "drive_home")
    assert over.cell == "I15"
    assert over.amount > 60
    assert f"{over.amount} menit terlalu lama" in over.text("id")


def test_too_many_for_the_kits_is_reported_with_both_numbers(hand_plan, file):
    """Tim 1 has two kits, each of which records 150 pupils a day at most."""
    issues = read_plan_workbook(edited(file, {f"{ROOM}5": 310}), hand_plan).issues

    [issue] = [one for one in issues if one.cause == "kit_day_cap"]
    assert (issue.cell, issue.amount, issue.limit) == ("I5", 310, 300)
    assert "room for 310 in a day, at most 300" in issue.text("en")


def test_a_rule_of_the_office_is_reported_too(hand_plan, tmp_path):
    rules = VisitRules(visits_per_team_day=1, forbidden_pairs={("Tim 3", hand_plan.names.sites[0])})
    plan = for_other_parts(hand_plan, rules=rules)
    file = plan.to_excel(tmp_path / "p.xlsx")

    back = read_plan_workbook(edited(file, {f"{TEAM}5": "Tim 3"}), plan)

    causes = {(issue.cell, issue.cause) for issue in back.issues}
    assert ("C5", "forbidden") in causes
    assert ("C7", "visits_per_day") in causes  # two visits of Tim 2 stood there before


FAULTS = [
    ({"B5": "besok"}, "B5", "date_unreadable", None),
    ({"B5": "30/2/2025"}, "B5", "date_unreadable", None),
    ({"B5": None}, "B5", "date_missing", None),
    ({"B5": dt.date(2024, 11, 30)}, "B5", "outside_season", 3),
    ({"B5": dt.date(2024, 9, 1)}, "B5", "outside_season", 8),
    ({"C5": "Tim 9"}, "C5", "team_unknown", None),
    ({"C5": None}, "C5", "team_missing", None),
    ({"D5": "69999999"}, "D5", "school_unknown", None),
    ({"D5": None, "E5": None}, "D5", "school_missing", None),
    ({"I5": "banyak"}, "I5", "room_unreadable", None),
    ({"I5": -3}, "I5", "room_unreadable", None),
    ({"I5": 30.5}, "I5", "room_unreadable", None),
    ({"I5": 0}, "I5", "room_unreadable", None),
    ({"I5": None}, "I5", "room_missing", None),
]


def fault_name(fault) -> str:
    changes, _, cause, _ = fault
    return f"{cause}-{next(iter(changes.values()))}"


@pytest.mark.parametrize("fault", FAULTS, ids=fault_name)
def test_a_cell_that_cannot_be_is_reported(fault, hand_plan, file):
    changes, cell, cause, amount = fault

    issue = the_breach(file, hand_plan, changes)

    assert (issue.cell, issue.cause, issue.amount) == (cell, cause, amount)
    assert issue.text("id").startswith(f"Rencana!{cell}: ")


def test_a_school_that_was_not_planned_is_reported(hand_plan, file):
    lost = hand_plan.names.sites[-1]
    schools = tuple(
        attrs.evolve(school, location=None) if school.npsn == lost else school
        for school in hand_plan.schools
    )

    issue = the_breach(file, for_other_parts(hand_plan, schools=schools), {"D5": lost})

    assert (issue.cell, issue.cause) == ("D5", "school_unplaced")


def test_a_pinned_visit_that_was_taken_out_is_reported_at_the_header(hand_plan, file):
    visit = hand_plan.visit_list[0]
    pin = {"day": visit.day, "team": visit.team, "site": visit.site}
    rules = attrs.evolve(hand_plan.rules, pinned=(PinnedVisit(**pin),))
    plan = for_other_parts(hand_plan, rules=rules)

    issue = the_breach(file, plan, dict.fromkeys(("B5", "C5", "D5", "I5")))

    assert (issue.cell, issue.cause) == ("D4", "pinned")


def test_a_day_on_which_no_kit_works_is_reported(hand_plan, file):
    teams = tuple(
        attrs.evolve(team, kits=(*team.kits[:10], 0, *team.kits[11:]))
        for team in hand_plan.problem.teams
    )
    plan = attrs.evolve(hand_plan, problem=attrs.evolve(hand_plan.problem, teams=teams))

    edit = edited(file, {"B8": dt.date(2024, 9, 19)})
    issues = read_plan_workbook(edit, plan).issues

    assert ("B8", "day_off") in [(issue.cell, issue.cause) for issue in issues]


def test_breaches_come_in_the_order_of_the_cells_and_are_summed_up(hand_plan, file):
    changes = {"I9": "nanti", "B5": "nanti", "C5": "nanti", "B12": dt.date(2024, 9, 16)}

    back = read_plan_workbook(edited(file, changes), hand_plan)

    assert [issue.cell for issue in back.issues] == ["B5", "C5", "I9", "B12"]
    assert not back.holds
    lines = back.summary("id").splitlines()
    assert lines[0] == (
        "6 kunjungan tetap, 1 kunjungan baru atau diubah, 3 kunjungan dibatalkan atau diubah;"
        " pelanggaran: 4"
    )
    assert lines[1] == "- Rencana!B5: bukan tanggal"
    assert "6 visits kept" in back.summary("en")
    assert back.plan.summary()  # even a broken plan has a summary


def test_a_plan_of_one_day_without_a_visit_comes_back(hand_plan, tmp_path):
    calendar = VisitCalendar(first_day=dt.date(2024, 9, 9), last_day=dt.date(2024, 9, 9))
    plan = plan_of(hand_plan.schools, hand_plan.demand, hand_plan.teams, calendar)

    back = read_plan_workbook(plan.to_excel(tmp_path / "p.xlsx"), plan)

    assert back.plan.solution == plan.solution
