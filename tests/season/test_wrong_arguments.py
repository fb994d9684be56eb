"""Every public call of a season refuses what is of another kind, and says what is right."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from made_seasons import a_team, outcome
from made_wrong import not_in_words, sound_arguments
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
PARTS = ("calendar", "rules", "worth", "risks")
#: Each public call of a season that begins, and its arguments that are not the usual ones here.
CALLS = {
    "plan_visits": (lambda season: plan_visits, {}),
    "begin": (lambda season: begin, {"trust": Trust()}),
    "record": (lambda season: season.record, {"outcomes": [], "sheets": []}),
    "withdraw": (lambda season: season.record(outcome(season.plan.visit_list[0])).withdraw, {}),
    "with_demand": (lambda season: season.with_demand, {"on": dt.date(2024, 9, 10)}),
    "pause": (lambda season: season.pause, {}),
    "lose_day": (lambda season: season.lose_day, {}),
    "lose_kits": (lambda season: season.lose_kits, {}),
    "close_school": (lambda season: season.close_school, {"reason": "ujian"}),
    "with_team": (lambda season: season.with_team, {"team": a_team(name="Tim 2")}),
    "overrule": (
        lambda season: season.overrule,
        {"rate": "turnout", "value": 0.5, "team": "", "level": ""},
    ),
    "Season.replan": (
        lambda season: season.replan,
        {"on": MONDAY, "bound": False, "changes": ("schools", "teams", *PARTS)},
    ),
    "progress": (lambda season: season.progress, {}),
    "progress_tables": (lambda season: progress_tables, {}),
    "marked": (lambda season: season.marked, {}),
    "save": (lambda season: season.save, {}),
    "season_from_file": (lambda season: lambda file: season_from_file(file, Plan), {}),
    "replan": (lambda season: replan, {"changes": ("schools", "demand", "teams", *PARTS)}),
    "remedies": (lambda season: remedies, {}),
    "remedy_plan": (lambda season: remedy_plan, {}),
    "frontier": (lambda season: frontier, {"points": 2}),
    "what_if": (lambda season: what_if, {"teams": ()}),
    "Circumstances": (lambda season: Circumstances, {"teams": None}),
    "team_days_to_reach_all": (lambda season: team_days_to_reach_all, {"most_teams": 2}),
    "simulate": (lambda season: simulate, {"seasons": 2}),
    "compare": (lambda season: compare, {}),
    "why": (lambda season: season.plan.why, {}),
    "with_visit": (
        lambda season: season.plan.without_visit(team=TEAM, day=MONDAY, site=SITE).with_visit,
        {"pupils": 1},
    ),
    "without_visit": (lambda season: season.plan.without_visit, {}),
    "moved": (lambda season: season.plan.moved, {}),
    "learnt.rate": (lambda season: season.learnt.rate, {"name": "turnout", "team": "", "site": ""}),
    "learnt.risks": (lambda season: season.learnt.risks, {}),
    "learnt.teams": (lambda season: season.learnt.teams, {}),
    "account.pupils": (lambda season: season.account.pupils, {"place": "waiting"}),
    "Trust": (lambda season: Trust, {}),
    "Outcome": (lambda season: Outcome, {"recorded": 3}),
    "Outcome.by_pupil": (lambda season: Outcome.by_pupil, {"pupils": {"1": "RECORDED"}}),
    "OfficeOutcome": (lambda season: OfficeOutcome, {"recorded": 1}),
    "PupilOutcome": (lambda season: PupilOutcome, {"key": "1", "result": "RECORDED"}),
    "spawning_pool": (lambda season: spawning_pool, {"workers": 1}),
}


@pytest.fixture(scope="module")
def usual(short_plan, tmp_path_factory):
    """Give sound values by the name of the argument."""
    season = begin(short_plan)
    file = season.save(tmp_path_factory.mktemp("seasons") / "musim.json")
    names = ("schools", "demand", "teams", *PARTS)
    return {name: getattr(short_plan, name) for name in names} | {
        "plan": short_plan,
        "other": short_plan,
        "progress": season.progress(),
        "file": file,
        "day": MONDAY,
        "first": MONDAY,
        "last": MONDAY,
        "team": TEAM,
        "site": SITE,
        "stop": FEW,
        "roster": pl.DataFrame({"student_id": ["1"], "recorded": [False]}),
        "remedy": remedies(short_plan, SITE, stop=FEW)[0],
    }


@pytest.mark.parametrize("call", sorted(CALLS))
def test_what_is_of_another_kind_is_refused_or_taken_in_words(call, usual, monkeypatch, tmp_path):
    """Only our errors, and those of Python that say what is wrong, come out of a public call."""
    monkeypatch.chdir(tmp_path)
    make, own = CALLS[call]
    made = make(begin(usual["plan"]))
    sound = sound_arguments(made, usual, own)

    made(**sound)
    assert not_in_words(call, sound, made, sound) == []


def test_an_error_that_is_not_in_words_is_found():
    found = not_in_words("call", ["x"], lambda x: x.size, {"x": None}, [3, "a"])

    assert found == [
        "call(x=3): AttributeError(\"'int' object has no attribute 'size'\")",
        "call(x='a'): AttributeError(\"'str' object has no attribute 'size'\")",
    ]
