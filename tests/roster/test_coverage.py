"""Coverage of a roster: both denominators, counted from the same rows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from school_ektp.model.coverage import Denominator
from school_ektp.model.eligibility import PupilStatus
from school_ektp.model.student import Student
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.coverage import coverage_counts, coverage_of
from school_ektp.roster.demand import status_counts
from school_ektp.testing import strategies as own

ON = dt.date(2024, 9, 3)


def test_a_recorded_16_year_old_counts_among_the_recordable_only():
    born, day = dt.date(2008, 1, 1), dt.date(2024, 8, 1)
    one = Student(student_id="1", school="10700001", birth_date=born, recorded_on=day)
    roster = roster_from_students([one])

    assert coverage_of(roster, on=ON, denominator="RECORDABLE").percent == 100
    assert coverage_of(roster, on=ON, denominator="OBLIGED").people == 0


def test_a_denominator_must_be_chosen():
    with pytest.raises(ValueError, match="must be one of RECORDABLE, OBLIGED"):
        coverage_of(roster_from_students([]), on=ON, denominator="all")


@given(own.rosters(), own.policies(), own.days())
def test_coverage_follows_from_where_pupils_stand(roster, policy, on):
    counts = coverage_counts(roster, policy, on=on).row(0, named=True)
    table = status_counts(roster, policy, on=on)
    total = {one: table[one.value.lower()].sum() for one in PupilStatus}

    assert counts["obliged_recorded"] == total[PupilStatus.RECORDED_OBLIGED]
    assert counts["obliged"] == counts["obliged_recorded"] + total[PupilStatus.CARD_DUE]
    missing = counts["recordable"] - counts["recordable_recorded"]
    assert missing == total[PupilStatus.WAITING] + total[PupilStatus.CARD_DUE]


@given(own.rosters(), own.days())
def test_parts_add_up_to_the_whole(roster, on):
    parts = coverage_counts(roster, on=on, by=["npsn", "sex"])
    whole = coverage_counts(roster.lazy(), on=on).collect()

    assert parts.drop("npsn", "sex").sum().row(0) == whole.row(0)
    for denominator in Denominator:
        found = coverage_of(roster, on=on, denominator=denominator)
        assert found.people == whole[denominator.value.lower()].item()
