"""What came of a visit: counts, keys, and what cannot be."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.outcome import OfficeOutcome, Outcome, PupilOutcome, Result

WHERE = {"day": dt.date(2024, 9, 9), "team": "Tim 1", "site": "10700669"}


def test_counts_are_made_of_pupils_known_by_key():
    one = Outcome.by_pupil(**WHERE, pupils={"b": "recorded", "a": Result.ABSENT, "c": "recorded"})

    assert (one.recorded, one.absent, one.came) == (2, 1, 2)
    assert one.pupils[0] == PupilOutcome("a", Result.ABSENT)
    assert one == Outcome(**WHERE, recorded=2, absent=1, pupils=one.pupils)


def test_no_absentees_and_uncounted_absentees_differ():
    assert Outcome(**WHERE, recorded=1).absent is None
    assert Outcome.by_pupil(**WHERE, pupils={"a": "RECORDED"}).absent == 0


def test_zeros_are_a_visit_and_a_reason_is_none():
    assert Outcome(**WHERE).held
    assert not Outcome(**WHERE, cancelled="rain").held


def test_keys_stay_out_of_repr():
    visited = Outcome.by_pupil(**WHERE, pupils={"3301234567890001": "RECORDED"})
    office = OfficeOutcome(day=WHERE["day"], recorded=1, pupils=["3301234567890001"])

    assert "3301" not in repr(visited) + repr(visited.pupils[0]) + repr(office)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"recorded": 1, "cancelled": "rain"}, "cancelled must be empty for a visit with counts"),
        ({"absent": 3, "cancelled": "rain"}, "cancelled must be empty for a visit with counts"),
        ({"start": 500, "end": 400}, "end must not be before start 500, got 400"),
        ({"pupils": {"a": "RECORDED"}}, "recorded must count every pupil .* 1 by key, got 0"),
        ({"pupils": {"a": "ABSENT"}}, "absent must count every pupil .* 1 by key, got 0"),
        ({"pupils": {"a": "GONE"}}, "must be one of RECORDED"),
        (
            {"absent": 2, "pupils": [PupilOutcome("a", "ABSENT"), PupilOutcome("a", "ABSENT")]},
            "pupils must hold each key once",
        ),
        ({"pupils": [3]}, "pupils must hold PupilOutcome only"),
    ],
)
def test_invalid_values_are_refused(values, match):
    with pytest.raises(InvalidFieldError, match=match):
        Outcome(**WHERE, **values)


@pytest.mark.parametrize(
    ("pupils", "match"),
    [
        (["a"], "recorded must count every pupil: 1 by key, got 0"),
        (["a", "a"], "pupils must hold each key once"),
        ([""], "pupils must hold keys of pupils, as text"),
    ],
)
def test_records_of_the_office_that_cannot_be_are_refused(pupils, match):
    with pytest.raises(InvalidFieldError, match=match):
        OfficeOutcome(day=WHERE["day"], recorded=0, pupils=pupils)
