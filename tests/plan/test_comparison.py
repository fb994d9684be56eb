"""Two plans side by side."""

from __future__ import annotations

import datetime as dt

from school_ektp.plan.comparison import BY_SITE, CHANGES, compare

TUESDAY = dt.date(2024, 9, 10)


def test_a_plan_compared_with_itself_changes_nothing(three_days):
    found = compare(three_days, three_days)

    assert (found.gained, found.visits_before, found.count("kept")) == (0, 2, 2)
    assert found.changes.is_empty()
    assert found.changes.schema == CHANGES
    assert found.text("en") == (
        "0 of 2 visits moved, 0 added, 0 dropped; they are expected to record 10 pupils,"
        " 10 in the plan before."
    )


def test_a_visit_on_another_day_is_moved_and_one_less_is_dropped(three_days, make):
    plan = three_days
    one = plan.visit_list[0]
    moved = plan.moved(team="Tim 1", day=one.day, site=one.site, to_day=dt.date(2024, 9, 11))
    fewer = plan.without_visit(team="Tim 1", day=one.day, site=one.site)

    assert compare(plan, moved).count("moved") == 1
    assert compare(plan, moved).text("id").startswith("1 dari 2 kunjungan dipindahkan")
    dropped = compare(plan, fewer)
    assert (dropped.count("dropped"), dropped.gained) == (1, -5)
    assert compare(fewer, plan).count("added") == 1
    assert dropped.by_site.schema == BY_SITE
    assert dropped.by_site.filter(site=one.site)["gained"].to_list() == [-5]


def test_pupils_gained_by_school_add_up(three_days, season, make):
    other = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=3), make.demand(1, pupils=15)],
        days=4,
    )

    found = compare(three_days, other)

    assert found.by_site["gained"].sum() == found.gained == other.recorded - three_days.recorded
