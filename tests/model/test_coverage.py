"""Coverage: two denominators that never mix, and stated shares above 100 %."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import CoverageError, InvalidFieldError
from school_ektp.model.coverage import Coverage, Denominator, StatedCoverage

OBLIGED, RECORDABLE = Denominator.OBLIGED, Denominator.RECORDABLE


def coverage(recorded, people, denominator=OBLIGED):
    return Coverage(recorded=recorded, people=people, denominator=denominator)


@st.composite
def coverages(draw):
    people = draw(st.integers(0, 10_000))
    return coverage(draw(st.integers(0, people)), people)


def test_the_regency_stands_at_94_51_percent():
    stated = coverage(202_820, 214_600)

    assert stated.percent == Decimal("94.51")
    assert stated.missing == 11_780
    assert str(stated) == "94.51 % (202820 of 214600 who must hold a card)"


def test_of_nobody_there_is_no_share():
    assert coverage(0, 0).percent is None
    assert str(coverage(0, 0)) == "nobody to record (0 of 0 who must hold a card)"


def test_the_two_denominators_do_not_mix():
    with pytest.raises(CoverageError, match="who must hold a card cannot be put together with"):
        coverage(1, 2) + coverage(1, 2, RECORDABLE)
    with pytest.raises(CoverageError, match="count both with the same denominator"):
        coverage(1, 2).exceeds(coverage(1, 2, RECORDABLE))


def test_more_recorded_than_people_is_no_coverage():
    with pytest.raises(
        CoverageError, match="likely recorded 16-year-olds over a denominator of 17"
    ):
        coverage(1048, 1000)


def test_a_denominator_must_be_known():
    with pytest.raises(InvalidFieldError, match="must be one of RECORDABLE, OBLIGED"):
        coverage(1, 2, "everyone")


def test_104_8_percent_is_explained_by_16_year_olds():
    stated = StatedCoverage(recorded=1048, people=1000, recorded_not_obliged=100)

    assert stated.percent == Decimal("104.80")
    assert stated.excess == 48
    assert stated.explain().endswith(
        "100 were recorded before the obligation; without them it is 94.80 %"
    )
    assert stated.mended() == coverage(948, 1000)


def test_the_explanation_is_reported_in_indonesian_too():
    stated = StatedCoverage(recorded=1048, people=1000, recorded_not_obliged=100)

    assert stated.explain("id") == (
        "1.048 terekam dari 1.000 yang wajib KTP: sedikitnya 48 yang terekam tidak termasuk"
        " penyebut; 100 terekam sebelum wajib; tanpa mereka 94,80 %"
    )
    with pytest.raises(ValueError, match="lang"):
        stated.explain("fr")


def test_what_16_year_olds_do_not_explain_stays_open():
    stated = StatedCoverage(recorded=1048, people=1000, recorded_not_obliged=30)

    assert "30 recorded before the obligation explain part of it, 18 stay open" in stated.explain()
    with pytest.raises(CoverageError, match="at least 18 recorded are not among"):
        stated.mended()


def test_above_100_percent_of_the_recordable_is_not_a_matter_of_age():
    stated = StatedCoverage(recorded=11, people=10, denominator=RECORDABLE)

    assert "residents of elsewhere, doubles or an old population figure" in stated.explain()


def test_at_most_100_percent_needs_no_explanation():
    assert StatedCoverage(recorded=10, people=10).explain() == ""
    assert StatedCoverage(recorded=0, people=0).percent is None


def test_the_young_cannot_be_more_than_the_recorded():
    with pytest.raises(CoverageError, match="5 of 4 recorded cannot be below the age"):
        StatedCoverage(recorded=4, people=4, recorded_not_obliged=5).mended()


@given(coverages(), coverages())
def test_a_sum_lies_between_its_parts(one, other):
    both = one + other

    assert both.missing == one.missing + other.missing
    if one.people and other.people:
        assert not (both.exceeds(one) and both.exceeds(other))
        assert not (one.exceeds(both) and other.exceeds(both))


@given(coverages(), coverages())
def test_of_two_at_most_one_exceeds_the_other(one, other):
    assert not (one.exceeds(other) and other.exceeds(one))
