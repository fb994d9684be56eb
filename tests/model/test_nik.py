"""What a NIK says, what is wrong with one, and how it is hidden."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.nik import Nik, NikFinding, mask_nik, nik_finding
from school_ektp.testing import strategies as own

AS_OF = dt.date(2024, 9, 3)
MAN, WOMAN = "1702090503080000", "1702094503080000"  # invented: serial 0000 is given to nobody


def test_a_nik_tells_region_sex_and_serial():
    assert Nik(MAN).region == "17.02.09"
    assert (Nik(MAN).sex, Nik(WOMAN).sex) == ("L", "P")
    assert Nik(MAN).serial == 0


def test_women_have_40_added_to_the_day():
    assert Nik(MAN).birth_date(as_of=AS_OF) == Nik(WOMAN).birth_date(as_of=AS_OF)


def test_the_century_is_the_latest_that_is_not_after_the_reference_date():
    digits = "1702090409240000"

    assert Nik(digits).birth_date(as_of=dt.date(2024, 9, 3)) == dt.date(1924, 9, 4)
    assert Nik(digits).birth_date(as_of=dt.date(2024, 9, 4)) == dt.date(2024, 9, 4)


def test_digits_that_are_no_date_tell_no_birth_date():
    assert Nik("1702093002080000").birth_date(as_of=AS_OF) is None


def test_29_february_00_is_of_2000_since_1900_had_none():
    assert Nik("1702092902000000").possible_births[-1] == dt.date(2000, 2, 29)


def test_a_birth_date_agrees_or_does_not():
    assert Nik(WOMAN).agrees_with(dt.date(2008, 3, 5))
    assert not Nik(WOMAN).agrees_with(dt.date(2008, 5, 3))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("1702090503080001", NikFinding.GOOD),
        ("1702090503080010", NikFinding.LAST_DIGIT_ZERO),
        ("1702090503080000", NikFinding.SERIAL),
        ("1702090513080001", NikFinding.BIRTH_DATE),
        ("1702097203080001", NikFinding.BIRTH_DATE),
        ("9902090503080001", NikFinding.REGION),
        ("1700090503080001", NikFinding.REGION),
        ("1702000503080001", NikFinding.REGION),
        ("170209050308001", NikFinding.FIFTEEN_DIGITS),
        ("1,70209E+15", NikFinding.SCIENTIFIC),
        ("1.70209050308E+15", NikFinding.SCIENTIFIC),
        ("+170209050308001", NikFinding.NOT_16_DIGITS),
        ("-1702090503080001", NikFinding.NOT_16_DIGITS),
        ("00001702090503080001", NikFinding.NOT_16_DIGITS),
        ("١٧٠٢٠٩٠٥٠٣٠٨٠٠٠١", NikFinding.NOT_16_DIGITS),
        ("0702090503080001", NikFinding.NOT_16_DIGITS),
        ("tidak ada", NikFinding.NOT_16_DIGITS),
        (" ", NikFinding.MISSING),
        ("", NikFinding.MISSING),
        (None, NikFinding.MISSING),
    ],
)
def test_damage_is_reported_by_class(text, finding):
    assert nik_finding(text) is finding


def test_the_number_of_the_family_card_is_no_nik():
    good = "1702090503080001"

    assert nik_finding(good, family_card=good) is NikFinding.FAMILY_CARD
    assert nik_finding(good, family_card=good[:-1] + "2") is NikFinding.GOOD


def test_sixteen_digits_can_be_looked_up_and_nothing_else():
    assert nik_finding("1702090503080000").is_number
    assert not nik_finding("1,7E+15").is_number
    assert not NikFinding.FAMILY_CARD.is_number


def test_a_mask_hides_all_but_the_regency():
    assert mask_nik(MAN) == str(Nik(MAN)) == "1702************"
    assert mask_nik("170209") == "****************"
    assert mask_nik(None) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1702090503080001, "must be text, got a int; spreadsheets round such numbers"),
        ("1,70209E+15", r"must be 16 digits \(scientific\)$"),
        ("170209050308001", r"must be 16 digits \(fifteen_digits\)$"),
    ],
)
def test_a_wrong_nik_is_refused_without_being_shown(value, message):
    with pytest.raises(InvalidFieldError, match=message) as caught:
        Nik(value)

    assert "17020905" not in str(caught.value)


def test_a_nik_is_not_shown():
    assert "0503" not in repr(Nik(MAN))
    assert "0503" not in str(Nik(MAN))


@given(own.births(), st.booleans())
def test_the_number_of_a_birth_agrees_with_it(born, woman):
    nik = Nik(f"170209{born.day + 40 * woman:02d}{born:%m%y}0000")

    assert nik.agrees_with(born)
    assert nik.birth_date(as_of=dt.date(2024, 9, 3)) == born
    assert (nik.sex == "P") == woman
