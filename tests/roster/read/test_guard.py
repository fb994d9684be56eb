"""Whatever a compiled reader raises becomes an error of ours that quotes nothing of the file."""

from __future__ import annotations

import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read.guard import guarded


class PanicException(BaseException):
    """As pyo3 raises it: no Exception."""


def raising(error: BaseException):
    def action():
        raise error

    return action


def test_what_the_reader_returns_is_returned():
    assert guarded(lambda: 7, "f.xlsx", "is damaged") == 7


@pytest.mark.parametrize("error", [ValueError("BUDI"), KeyError("BUDI"), PanicException("BUDI")])
def test_errors_and_panics_become_ours_without_their_words(error):
    with pytest.raises(ReadError, match=r"f\.xlsx.*is damaged") as caught:
        guarded(raising(error), "f.xlsx", "is damaged")

    assert "BUDI" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_an_error_of_ours_keeps_its_words():
    with pytest.raises(ReadError, match="has 3 sheets"):
        guarded(raising(ReadError("f.xlsx", "has 3 sheets")), "f.xlsx", "is damaged")


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_whoever_ends_the_program_ends_it(end):
    with pytest.raises(end):
        guarded(raising(end()), "f.xlsx", "is damaged")
