"""Region codes of three systems, and names in several spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.regions import (
    CodeSystem,
    Crosswalk,
    Kecamatan,
    name_key,
    region_code,
    rejang_lebong_crosswalk,
)

ALL = rejang_lebong_crosswalk()
KEMENDAGRI, DAPODIK, BPS = CodeSystem


@pytest.mark.parametrize(
    ("given_code", "code"),
    [
        ("17", "17"),
        ("1702", "17.02"),
        ("170209", "17.02.09"),
        ("17.02.09", "17.02.09"),
        (" 17.02.09.1012 ", "17.02.09.1012"),
        ("1702091012", "17.02.09.1012"),
    ],
)
def test_codes_are_written_with_dots(given_code, code):
    assert region_code(given_code) == code


@pytest.mark.parametrize("wrong", ["", "1", "17.2.9", "17020", "17.02.09.10", 170209.5, None, "XX"])
def test_a_wrong_code_is_refused(wrong):
    with pytest.raises(InvalidFieldError, match=r"must look like '17\.02\.09'"):
        region_code(wrong)


def test_three_systems_disagree_on_curup_utara():
    assert ALL.translate("17.02.16", KEMENDAGRI, DAPODIK) == "260224"
    assert ALL.translate("260224", DAPODIK, BPS) == "1702046"
    assert ALL.translate("999999", DAPODIK, BPS) is None


@pytest.mark.parametrize(
    "name", ["Bindu Riang", "BINDURIANG", "Kec. Bindu Riang", "kecamatan bindu-riang"]
)
def test_spellings_of_binduriang_are_one(name):
    assert ALL.by_name(name).code == "17.02.20"


def test_a_misspelling_of_the_school_registry_is_known():
    assert ALL.by_name("Padang Ulang Tanding") == ALL.by_name("Padang Ulak Tanding")


def test_curup_is_not_curup_utara():
    assert ALL.by_name("Curup").code == "17.02.09"
    assert ALL.by_name("Kecurup") is None


def test_a_village_code_finds_its_kecamatan():
    assert ALL.by_code("17.02.09.1012") == ALL.by_name("Curup")


def test_the_regency_has_fifteen_kecamatan():
    assert len(ALL.kecamatan) == 15


@given(st.sampled_from(ALL.kecamatan), st.sampled_from(CodeSystem), st.sampled_from(CodeSystem))
def test_a_region_code_translates_back_to_itself(one, source, target):
    there = ALL.translate(one.code_in(source), source, target)

    assert ALL.translate(there, target, source) == one.code_in(source)


@given(st.sampled_from(ALL.kecamatan), st.sampled_from(["Kec. ", "KECAMATAN ", "kec ", " "]))
def test_case_spaces_and_titles_do_not_count(one, title):
    written = title + one.name.lower().replace(" ", "-")

    assert name_key(written) == name_key(one.name)
    assert ALL.by_name(written) is one


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "KEMENDAGRI '17.02.09' twice"),
        ({"code": "170210"}, "DAPODIK '260204' twice"),
        ({"code": "170210", "dapodik": "1", "bps": "1"}, "name 'CURUP' twice"),
    ],
)
def test_a_crosswalk_names_each_kecamatan_once(changes, message):
    facts = {"code": "170209", "dapodik": "260204", "bps": "1702040", "name": "Curup"}

    with pytest.raises(InvalidFieldError, match=message):
        Crosswalk([Kecamatan(**facts), Kecamatan(**(facts | changes))])
