"""What the library raises: each a kind of a builtin error, each with its way out, all at once."""

from __future__ import annotations

import inspect
import pickle

import pytest

from school_ektp import errors

RAISED = {
    "invalid field": (
        errors.InvalidFieldError("Team", "kits", "must be a whole number at least 1, got 0"),
        ValueError,
        "Team.kits must be a whole number at least 1, got 0",
    ),
    "bad columns": (
        errors.RosterSchemaError("roster", ["npsn"], {"birth_date": "expected Date, got Int64"}),
        ValueError,
        "roster has 2 bad columns:\n - 'npsn': missing\n - 'birth_date': expected Date, got Int64",
    ),
    "one bad column": (
        errors.RosterSchemaError("points", ["team_days"], {}),
        ValueError,
        "points has 1 bad column:\n - 'team_days': missing",
    ),
    "unreadable": (errors.ReadError("a.xlsx", "is damaged"), ValueError, "a.xlsx: is damaged"),
    "unwritable": (errors.WriteError("a.csv", "no room"), OSError, "a.csv: no room"),
    "missing extra": (
        errors.MissingExtraError("excel", "Plan.to_excel()"),
        ImportError,
        "Plan.to_excel() needs the extra 'excel': pip install 'school_ektp[excel]'",
    ),
    "one fault": (
        errors.ProblemError(["no team is given"]),
        ValueError,
        "no plan can be made, 1 fault:\n - no team is given",
    ),
    "two faults": (
        errors.ProblemError(["no team is given", "no school"]),
        ValueError,
        "no plan can be made, 2 faults:\n - no team is given\n - no school",
    ),
    "coverage": (errors.CoverageError("of pupils and of people"), ValueError, None),
}


@pytest.mark.parametrize(("error", "kin", "message"), RAISED.values(), ids=RAISED)
def test_an_error_says_what_is_wrong_and_is_caught_as_what_it_is(error, kin, message):
    assert isinstance(error, errors.SchoolEktpError)
    assert isinstance(error, kin)
    assert message is None or str(error) == message


@pytest.mark.parametrize("error", [error for error, _, _ in RAISED.values()], ids=RAISED)
def test_an_error_comes_back_whole_from_another_process(error):
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(back) is type(error)
    assert (str(back), vars(back)) == (str(error), vars(error))


def test_every_error_is_tried_here():
    kinds = {
        one
        for name, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.SchoolEktpError) and not name.startswith(("_", "SchoolEktp"))
    }

    assert {type(error) for error, _, _ in RAISED.values()} == kinds


def test_warnings_can_be_silenced_by_their_own_kind():
    assert issubclass(errors.SchoolEktpWarning, UserWarning)
    assert not issubclass(errors.SchoolEktpWarning, errors.SchoolEktpError)
