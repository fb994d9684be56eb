"""The plan as people hold it: each paper with all its options, and edits that give a plan again."""

from __future__ import annotations

import inspect

import attrs
import pytest

from school_ektp.planning.solution import Solution
from school_ektp.report.excel.plan_sheets import workbook_bytes
from school_ektp.report.exchange.ical import calendar_bytes, write_calendars
from school_ektp.report.html.page import page_html
from school_ektp.report.letters import papers
from school_ektp.report.letters.call_sheets import call_lists
from school_ektp.report.plan import Plan
from two_schools import MONDAY, NEAR, TUESDAY, a_plan, at_near

#: Method of the plan, and the paper it writes.
PAPERS = {
    "to_html": page_html,
    "to_excel": workbook_bytes,
    "to_ical": calendar_bytes,
    "to_icals": write_calendars,
    "call_sheets": call_lists,
    "call_sheet_papers": papers.call_sheet_papers,
    "notices": papers.notice_papers,
    "change_notices": papers.change_papers,
    "assignments": papers.assignment_papers,
}
#: What the plan gives itself: counts from the roster, and the day of making.
OWN = {"to_excel": {"sexes", "roster", "policy", "residents_of", "created"}}
OWN["call_sheet_papers"] = {"created"}


def options(call) -> dict[str, object]:
    """Return the options of a call, by name, with their defaults."""
    found = inspect.signature(call).parameters.values()
    return {one.name: one.default for one in found if one.kind is one.KEYWORD_ONLY}


@pytest.mark.parametrize("name", PAPERS)
def test_every_option_of_a_paper_is_an_option_of_the_plan(name):
    of_the_plan, of_the_paper = options(getattr(Plan, name)), options(PAPERS[name])

    for own in OWN.get(name, ()):
        of_the_plan.pop(own, None)
        of_the_paper.pop(own, None)
    assert of_the_plan == of_the_paper


def test_an_edit_gives_a_plan_that_writes_itself():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, site=NEAR, to_day=TUESDAY)
    gone = moved.without_visit(team="Tim 1", day=TUESDAY, site=NEAR)

    assert {type(one) for one in (plan, moved, gone)} == {Plan}
    assert "the last is on 10 September 2024" in moved.summary("en")
    assert gone.grid() == a_plan().grid()


def test_what_stands_against_a_plan_is_a_line_each():
    once = at_near(a_plan())
    plan = attrs.evolve(once, solution=Solution(once.solution.visits * 2))

    assert len(plan.violations_text("en").splitlines()) == len(plan.violations) > 0
    assert a_plan().violations_text() == ""
