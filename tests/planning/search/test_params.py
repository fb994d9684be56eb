"""The numbers that steer the search: each is used, and any that are allowed give a plan."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.search import params
from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.removal import KINDS
from school_ektp.planning.stop import MaxIterations, begin
from school_ektp.testing.problems import problems


def names_read() -> set[str]:
    """Return the names that modules beside this one read from anything called params."""
    folder = Path(inspect.getfile(params)).parent
    return {
        node.attr
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node.value).rpartition(".")[2] in {"params", "_params"}
    }


def test_every_number_steers_something():
    assert {field.name for field in attrs.fields(SearchParams)} <= names_read()


PARAMS = st.builds(
    SearchParams,
    most_removed=st.integers(1, 40),
    removal_weights=st.tuples(*[st.integers(1, 9)] * len(KINDS)),
    days_looked_at=st.integers(1, 20),
    days_by_chance=st.integers(0, 5),
    also_tried=st.integers(0, 20),
    blink=st.floats(0, 0.9),
    time_counts=st.floats(0, 1),
    most_for_time=st.floats(0, 3),
    days_open=st.floats(0, 1),
    room_margin=st.integers(0, 100),
)


@settings(max_examples=settings().max_examples // 2)
@given(problems(), PARAMS)
def test_with_any_numbers_the_plan_breaks_nothing(problem, numbers):
    plan = Search(SearchData(problem), numbers, seed=0).run(begin(MaxIterations(5)), None, None)

    assert {fault.rule for fault in violations(problem, plan)} <= {"pinned", "floor", "reached_by"}
