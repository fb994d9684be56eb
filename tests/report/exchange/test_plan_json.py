"""Plans and problems as JSON: an exact round trip, a documented form, and clear refusals."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.model.rules import VisitRules
from school_ektp.planning.constraints import FewestPupils, Pinned
from school_ektp.report.exchange.plan_json import (
    PROBLEM,
    plan_document,
    plan_from_text,
    plan_text,
    problem_from_text,
    problem_text,
    read_problem_json,
    write_problem_json,
)
from school_ektp.report.plan import Plan
from school_ektp.testing.problems import problems

SCHEMAS = Path(__file__).parents[3] / "docs" / "reference"
DOCUMENTS = {
    "plan": plan_document(Plan).schema(),
    "problem": PROBLEM.schema(),
}


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_a_plan_comes_back_as_it_was(data, drawn_plans):
    plan = data.draw(drawn_plans)

    text = plan_text(plan)
    back = plan_from_text(text, Plan)

    assert back == plan
    assert hash(back) == hash(plan)
    assert plan_text(back) == text
    jsonschema.validate(json.loads(text), DOCUMENTS["plan"])


@given(problems())
def test_a_problem_comes_back_as_it_was(problem):
    text = problem_text(problem)

    assert problem_from_text(text) == problem
    jsonschema.validate(json.loads(text), DOCUMENTS["problem"])


def test_a_plan_of_the_regency_goes_through_a_file(hand_plan, tmp_path):
    file = hand_plan.to_json(tmp_path / "rencana.json")

    back = Plan.from_json(file)

    assert back == hand_plan
    assert pickle.loads(pickle.dumps(back)) == hand_plan  # noqa: S301 - our own bytes
    assert attrs.evolve(back, bound=back.bound + 1) != hand_plan
    assert back.schedule.equals(hand_plan.schedule)
    assert back.to_json(tmp_path / "again.json").read_bytes() == file.read_bytes()


def test_constraints_keep_their_kind(hand_plan):
    pin = Pinned(0, 1, 2, start=None, pupils=3)
    problem = attrs.evolve(hand_plan.problem, constraints=(FewestPupils(4), pin))

    coded = json.loads(problem_text(problem))["problem"]["constraints"]

    assert coded[0] == {"kind": "FewestPupils", "pupils": 4}
    assert problem_from_text(problem_text(problem)).constraints == (FewestPupils(4), pin)


@pytest.mark.parametrize("wanted", [True, False, {"10700669", "10700670"}, set()])
def test_schools_that_want_one_visit_come_back(wanted, hand_plan):
    plan = attrs.evolve(hand_plan, rules=VisitRules(one_visit=wanted))

    assert plan_from_text(plan_text(plan), Plan).rules == plan.rules
    jsonschema.validate(json.loads(plan_text(plan)), DOCUMENTS["plan"])


def test_a_problem_names_nobody(hand_plan, tmp_path):
    file = write_problem_json(hand_plan.problem, tmp_path / "soal.json")
    text = file.read_text(encoding="utf-8")

    assert read_problem_json(file) == hand_plan.problem
    assert not any(school.name in text or school.npsn in text for school in hand_plan.schools)
    assert not any(team.name in text for team in hand_plan.teams)


@pytest.mark.parametrize("member", sorted(DOCUMENTS))
def test_the_published_schema_is_what_is_written(member):
    """If it fails, a class changed: see `docs/reference/plan-json.md` on when VERSION rises."""
    file = SCHEMAS / f"{member}.schema.json"

    assert json.loads(file.read_text(encoding="utf-8")) == DOCUMENTS[member]
    jsonschema.Draft202012Validator.check_schema(DOCUMENTS[member])


@pytest.fixture(scope="module")
def document(hand_plan) -> str:
    return plan_text(hand_plan)


def changed(text: str, *path: str | int, to: object = ..., drop: bool = False) -> str:
    whole = json.loads(text)
    place = whole
    for step in path[:-1]:
        place = place[step]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(whole)


FAULTS = [
    (("format",), "something else", "rencana.json: is not a document of the format"),
    (("version",), 4, "is of edition 4, this version reads 3; update school_ektp"),
    (("version",), 1, "is of edition 1, this version reads 3; plan again"),
    (("version",), "1", "is of edition no number"),
    (("plan", "bound"), "9", r"plan\.bound must be of type integer, got another string"),
    (("plan", "bound"), True, r"plan\.bound must be of type integer, got another boolean"),
    (("plan", "schools"), {}, r"plan\.schools must be a list, got an object"),
    (("plan", "schools", 3), None, r"plan\.schools\[3\] must be an object, got null"),
    (("plan", "schools", 0, "level"), "SD", r"plan\.schools\[0\]\.level must be one of SMA, SMK"),
    (("plan", "schools", 0, "mayor"), 1, r"members that School does not know: mayor"),
    (("plan", "schools", 0, "week_days"), 9, r"plan\.schools\[0\] is not accepted: School"),
    (("plan", "calendar", "first_day"), "9/9/24", r"first_day must be a date such as 2024-09-09"),
    (
        ("plan", "problem", "constraints", 0),
        {"most": 1},
        r"constraints\[0\] must be an object whose 'kind'",
    ),
    (("plan", "names", "sites"), [], "do not fit together: sites: 0 named, 45 planned"),
    (("plan", "names", "teams"), ["Tim 1"], "teams: 1 named, 3 planned"),
    (("plan", "calendar", "last_day"), "2024-11-28", "days: 81 named, 80 planned"),
    (("plan", "schools"), [], "schools: 45 have pupils but no entry"),
    (("plan", "solution", "visits", 0, "site"), 99, "visits\\[0\\].site must be from 0 to 44"),
    (("plan", "solution", "visits", 0, "room"), 0, "visits\\[0\\].room must be from 1"),
    (("plan", "problem", "teams", 0, "setup"), [], "setup must be 45 values, one for each site"),
]


@pytest.mark.parametrize(("path", "value", "message"), FAULTS)
def test_what_does_not_fit_is_reported_with_its_place(path, value, message, document):
    with pytest.raises(ReadError, match=message):
        plan_from_text(changed(document, *path, to=value), Plan, "rencana.json")


def test_a_missing_member_is_reported(document):
    with pytest.raises(ReadError, match=r"plan\.schools\[0\] lacks npsn"):
        plan_from_text(changed(document, "plan", "schools", 0, "npsn", drop=True), Plan)


def test_a_member_with_a_default_may_be_missing(document):
    """So a document of before a member was there is still read."""
    older = changed(document, "plan", "schools", 0, "power", drop=True)

    assert plan_from_text(older, Plan).schools[0].power


@pytest.mark.parametrize("text", ["", "{", "nul", '{"plan": NaN}', b"\xff\xfe", "[" * 100_000])
def test_what_is_not_json_is_reported(text):
    with pytest.raises(ReadError, match=r"rencana\.json: is not JSON"):
        plan_from_text(text, Plan, "rencana.json")


def test_refusals_do_not_quote_what_they_refuse(document):
    """A wrong file may hold personal data."""
    personal = "Siti Rahma 1702094507080001"

    with pytest.raises(ReadError) as caught:
        plan_from_text(changed(document, "plan", "bound", to=personal), Plan)

    assert "Siti" not in str(caught.value)
    assert "1702" not in str(caught.value)


def test_an_unknown_constraint_cannot_be_written_as_json(hand_plan):
    class Whim(FewestPupils):
        """A rule of the user's own, which no document can carry."""

    problem = attrs.evolve(hand_plan.problem, constraints=(Whim(1),))

    with pytest.raises(TypeError, match="a Whim has no form in JSON here"):
        problem_text(problem)


def test_dates_are_written_as_iso(document):
    assert json.loads(document)["plan"]["calendar"]["first_day"] == "2024-09-09"
