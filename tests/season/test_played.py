"""One visit as it is played: who left, who stayed away, who was on no roster."""

from __future__ import annotations

import attrs

from made_standings import MONDAY, SITE, at, places, where
from school_ektp.model.risks import Risks


def test_if_nobody_counted_the_absent_everybody_was_called(twenty):
    assert places(where(twenty, at(recorded=8))) == {"recorded": 8, "stayed_away": 12}


def test_in_a_visit_that_was_full_only_as_many_were_absent_as_the_rate_says(season, make):
    """Of 20 called half come: with room for 5 nobody knows of the others."""
    risks = attrs.evolve(Risks.none(), turnout=0.5, turnout_again=0.5)
    plan = season(demand=[make.demand(pupils=20)], risks=risks, iterations=0)
    plan = plan.with_visit(team="Tim 1", day=MONDAY, site=SITE)

    found = where(plan, at(recorded=5), visits=plan.visit_list)

    assert places(found) == {"recorded": 5, "stayed_away": 5, "waiting": 10}
    assert found.calls[0].full


def test_pupils_told_as_recorded_before_or_elsewhere_leave_too(twenty):
    found = where(twenty, at(recorded=8, absent=0, already_recorded=2, elsewhere=1, failed=3))

    assert places(found) == {
        "recorded": 8, "already_recorded": 2, "elsewhere": 1, "waiting": 9,
    }  # fmt: skip
    assert (found.demand[0].recorded, found.demand[0].set_aside) == (10, 1)


def test_walk_ins_and_more_than_waited_are_outside_the_roster(twenty):
    found = where(twenty, at(recorded=26, absent=0, walk_ins=4))

    assert places(found) == {"recorded": 26}
    assert found.places[SITE, "outside"] == 6
    assert [(one.kind, one.amount) for one in found.issues] == [
        ("not_planned", 0), ("more_than_waited", 2),
    ]  # fmt: skip
    assert found.demand[0].recorded == 20


def test_more_than_waited_of_a_class_names_the_class(twenty):
    found = where(twenty, at(class_name="XI A", recorded=26, absent=0))

    [issue] = [one for one in found.issues if one.kind == "more_than_waited"]
    assert issue.class_name == "XI A"
    assert ", XI A: 6 more than waited" in issue.text("en")


def test_times_copied_from_the_plan_say_nothing_of_minutes(season, make):
    plan = season(demand=[make.demand(pupils=20)], iterations=0)
    plan = plan.with_visit(team="Tim 1", day=MONDAY, site=SITE)
    (visit,) = plan.visit_list

    minutes = [
        where(plan, at(recorded=3, start=visit.start, end=end), visits=[visit]).calls[0].minutes
        for end in (visit.end, visit.end - 1)
    ]

    assert minutes == [None, visit.end - 1 - visit.start]
