"""Every way to write: a full disk leaves the old file, links in names run nothing elsewhere."""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import sys
from collections.abc import Iterator

import attrs
import pytest

import school_ektp as ek
from school_ektp.errors import InvalidFieldError, WriteError
from school_ektp.report.exchange.plan_json import write_problem_json
from school_ektp.report.letters.papers import Office
from school_ektp.report.plan import Plan
from school_ektp.roster.correct import to_workbook_for_correction

OFFICE = Office(region="Kabupaten Rejang Lebong")


ON = dt.date(2024, 9, 3)


OLD = b"the file of last week"


@pytest.fixture(scope="module")
def checked(region):
    return ek.check_roster(region.roster.head(40), schools=region.schools, on=ON)


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow beyond a few bytes, as on a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def writers() -> dict[str, object]:
    """Return what writes files: of a plan, found by its name, and the rest."""
    found = {
        f"Plan.{name}": lambda plan, _, path, name=name: getattr(plan, name)(path)
        for name, _ in inspect.getmembers(Plan, inspect.isfunction)
        if name.startswith("to_")
    }
    return found | {
        "Papers.to_html": lambda plan, _, path: plan.assignments(OFFICE, on=ON).to_html(path),
        "Papers.to_excel": lambda plan, _, path: plan.assignments(OFFICE, on=ON).to_excel(path),
        "write_problem_json": lambda plan, _, path: write_problem_json(plan.problem, path),
        "to_workbook_for_correction": lambda _, checked, path: to_workbook_for_correction(
            checked, path
        ),
    }


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("name", writers())
def test_a_full_disk_leaves_what_was_there(name, small_plan, checked, tmp_path):
    """Written twice: what is there before the disk is full is there after."""
    write = writers()[name]
    target = tmp_path / "out"
    write(small_plan, checked, target)
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    for file in written:
        file.write_bytes(OLD)

    with no_room(), pytest.raises(WriteError, match="what was there is unchanged"):
        write(small_plan, checked, target)

    assert written
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == written
    assert {file.read_bytes() for file in written} == {OLD}


@pytest.mark.parametrize("name", writers())
def test_a_folder_that_is_not_there_is_reported_or_made(name, small_plan, checked, tmp_path):
    target = tmp_path / "none" / "out"
    if name in {"Plan.to_csv", "Plan.to_parquet", "Plan.to_icals"}:
        writers()[name](small_plan, checked, target)
        assert target.is_dir()
        return

    with pytest.raises(WriteError, match="out: lies in a folder that does not exist"):
        writers()[name](small_plan, checked, target)


@pytest.mark.parametrize(
    "bad", ["\0", "\x07", "\n", "\r", "\t", "\x85", "\u2028", "\u2029", "\ud800", "\uffff"]
)
def test_names_are_one_line_of_text(bad, region):
    for thing in (region.schools[0], region.teams[0]):
        with pytest.raises(InvalidFieldError, match=rf"got U\+{ord(bad):04X}"):
            attrs.evolve(thing, name=f"a{bad}b")
    with pytest.raises(InvalidFieldError, match="one line"):
        ek.Closure(ek.DaySpan(ON), "PKL", class_name=f"XII{bad}1")
