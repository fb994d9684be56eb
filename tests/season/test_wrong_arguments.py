"""Every public call of a season refuses what is of another kind, and says what is right."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from made_wrong import not_in_words
from school_ektp.model.outcome import OfficeOutcome, Outcome, PupilOutcome
from school_ektp.plan.comparison import compare
from school_ektp.plan.simulation import simulate
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.season.changes import Circumstances
from school_ektp.season.executor import spawning_pool
from school_ektp.season.frontier import frontier
from school_ektp.season.progress import progress_tables
from school_ektp.season.rates import Trust
from school_ektp.season.remedies import remedies, remedy_plan
from school_ektp.season.replan import replan
from school_ektp.season.season import begin, season_from_file
from school_ektp.season.what_if import team_days_to_reach_all, what_if
from school_ektp.workflow import plan_visits

FEW = MaxIterations(1)
MONDAY = dt.date(2024, 9, 9)
SITE, TEAM = "10700669", "Tim 1"
#: Each call with sound arguments, and for each argument which of the wrong values it may take.
CALLS = {
    "plan_visits": (
        lambda plan: plan_visits,
        {
            "schools": "schools", "demand": "demand", "teams": "teams", "calendar": "calendar",
            "rules": None, "worth": None, "risks": None, "travel": None, "stop": FEW, "seed": 0,
            "start": None, "on_progress": None,
        },
    ),
    "begin": (lambda plan: begin, {"plan": "plan", "trust": Trust()}),
    "record": (
        lambda plan: begin(plan).record,
        {"outcomes": [], "sheets": [], "roster": None, "policy": None, "priorities": None},
    ),
    "withdraw": (
        lambda plan: begin(plan).withdraw,
        {"day": MONDAY, "team": TEAM, "site": SITE},
    ),
    "with_demand": (
        lambda plan: begin(plan).with_demand,
        {"demand": [], "on": dt.date(2024, 9, 10), "knows_recorded": True, "schools": None},
    ),
    "pause": (lambda plan: begin(plan).pause, {"first": MONDAY, "last": MONDAY}),
    "lose_day": (lambda plan: begin(plan).lose_day, {"team": TEAM, "day": MONDAY}),
    "lose_kits": (
        lambda plan: begin(plan).lose_kits,
        {"team": TEAM, "first": MONDAY, "last": MONDAY, "kits": 1},
    ),
    "close_school": (
        lambda plan: begin(plan).close_school,
        {"site": SITE, "first": MONDAY, "last": None, "reason": "ujian"},
    ),
    "with_team": (lambda plan: begin(plan).with_team, {"team": "team"}),
    "overrule": (
        lambda plan: begin(plan).overrule,
        {"rate": "turnout", "value": 0.5, "site": SITE, "team": "", "level": ""},
    ),
    "Season.replan": (
        lambda plan: begin(plan).replan,
        {
            "on": MONDAY, "notice_days": 7, "pupils_per_move": 1, "learn": True, "bound": False,
            "stop": FEW, "seed": 0, "on_progress": None, "schools": "schools", "teams": "teams",
            "calendar": "calendar", "rules": "rules", "worth": "worth", "risks": "risks",
        },
    ),
    "progress": (lambda plan: begin(plan).progress, {"on": None, "since": None}),
    "progress_tables": (lambda plan: progress_tables, {"progress": "progress"}),
    "marked": (lambda plan: begin(plan).marked, {"roster": "roster"}),
    "save": (lambda plan: begin(plan).save, {"file": "file"}),
    "season_from_file": (lambda plan: lambda file: season_from_file(file, Plan), {"file": "file"}),
    "replan": (
        lambda plan: replan,
        {
            "plan": "plan", "pupils_per_move": 10, "on": None, "announced": None,
            "keep_start": False, "stop": FEW, "seed": 0, "on_progress": None,
            "schools": "schools", "demand": "demand", "teams": "teams", "calendar": "calendar",
            "rules": "rules", "worth": "worth", "risks": "risks",
        },
    ),
    "remedies": (lambda plan: remedies, {"plan": "plan", "site": SITE, "stop": FEW, "seed": 0}),
    "remedy_plan": (
        lambda plan: remedy_plan,
        {"plan": "plan", "site": SITE, "remedy": "remedy", "stop": FEW, "seed": 0},
    ),
    "frontier": (
        lambda plan: frontier, {"plan": "plan", "least": 0, "points": 2, "stop": FEW, "seed": 0}
    ),
    "what_if": (
        lambda plan: what_if,
        {
            "plan": "plan", "teams": (), "kits": (), "days": (), "hours": (), "turnout": (),
            "minutes_per_pupil": (), "deadline": (), "stop": FEW, "seed": 0, "executor": None,
        },
    ),
    "Circumstances": (
        lambda plan: Circumstances,
        dict.fromkeys(
            ("teams", "kits", "days", "hours", "turnout", "minutes_per_pupil", "deadline")
        ),
    ),
    "team_days_to_reach_all": (
        lambda plan: team_days_to_reach_all,
        {"plan": "plan", "stop": FEW, "seed": 0, "most_teams": 2},
    ),
    "simulate": (
        lambda plan: simulate, {"plan": "plan", "seasons": 2, "seed": 0, "risks": None}
    ),
    "compare": (lambda plan: compare, {"plan": "plan", "other": "plan"}),
    "why": (lambda plan: plan.why, {"site": None}),
    "with_visit": (
        lambda plan: plan.with_visit, {"team": TEAM, "day": MONDAY, "site": SITE, "pupils": 1}
    ),
    "without_visit": (
        lambda plan: plan.without_visit, {"team": TEAM, "day": MONDAY, "site": SITE}
    ),
    "moved": (
        lambda plan: plan.moved,
        {"team": TEAM, "day": MONDAY, "site": SITE, "to_day": None, "to_team": None},
    ),
    "learnt.rate": (
        lambda plan: begin(plan).learnt.rate,
        {"name": "turnout", "site": "", "team": "", "level": ""},
    ),
    "learnt.risks": (lambda plan: begin(plan).learnt.risks, {"base": None}),
    "learnt.teams": (lambda plan: begin(plan).learnt.teams, {"teams": "teams"}),
    "account.pupils": (lambda plan: begin(plan).account.pupils, {"place": "waiting"}),
    "Trust": (
        lambda plan: Trust,
        {
            "calls": 100, "school_calls": 20, "days": 100, "visits": 100, "timed": 10,
            "walk_in_visits": 10, "walk_ins": 0.5, "within": 0.9,
        },
    ),
    "Outcome": (
        lambda plan: Outcome,
        {
            "day": MONDAY, "team": TEAM, "site": SITE, "class_name": "", "recorded": 3,
            "failed": 0, "absent": None, "under_age": 0, "already_recorded": 0, "elsewhere": 0,
            "walk_ins": 0, "cancelled": "", "start": None, "end": None, "pupils": (),
        },
    ),
    "Outcome.by_pupil": (
        lambda plan: Outcome.by_pupil,
        {"day": MONDAY, "team": TEAM, "site": SITE, "pupils": {"1": "RECORDED"}, "class_name": ""},
    ),
    "OfficeOutcome": (
        lambda plan: OfficeOutcome,
        {"day": MONDAY, "site": "", "class_name": "", "recorded": 1, "pupils": ()},
    ),
    "PupilOutcome": (lambda plan: PupilOutcome, {"key": "1", "result": "RECORDED"}),
    "spawning_pool": (lambda plan: spawning_pool, {"workers": 1}),
}  # fmt: skip


@pytest.fixture(scope="module")
def parts(short_plan, tmp_path_factory):
    """Give what stands for itself by name in `CALLS`."""
    plan, folder = short_plan, tmp_path_factory.mktemp("seasons")
    file = begin(plan).save(folder / "musim.json")
    names = ("schools", "demand", "teams", "calendar", "rules", "worth", "risks")
    return {name: getattr(plan, name) for name in names} | {
        "plan": plan,
        "team": plan.teams[0],
        "progress": begin(plan).progress(),
        "file": file,
        "roster": pl.DataFrame({"student_id": ["1"], "recorded": [False]}),
        "remedy": remedies(plan, SITE, stop=FEW)[0],
    }


@pytest.mark.parametrize("call", sorted(CALLS))
def test_what_is_of_another_kind_is_refused_or_taken_in_words(call, parts, monkeypatch, tmp_path):
    """Only our errors, and those of Python that say what is wrong, come out of a public call."""
    monkeypatch.chdir(tmp_path)
    make, sound = CALLS[call]
    faults = not_in_words(call, sound, make(parts["plan"]), given(sound, parts))

    assert faults == []


def given(sound, parts):
    return {
        name: parts.get(value, value) if isinstance(value, str) else value
        for name, value in sound.items()
    }


def test_an_error_that_is_not_in_words_is_found():
    found = not_in_words("call", ["x"], lambda x: x.size, {"x": None}, [3, "a"])

    assert found == [
        "call(x=3): AttributeError(\"'int' object has no attribute 'size'\")",
        "call(x='a'): AttributeError(\"'str' object has no attribute 'size'\")",
    ]
