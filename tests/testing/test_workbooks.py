"""Invented files of schools and offices: each quirk changes them, the same seed never does."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from school_ektp.roster.read.roster_files import read_roster
from school_ektp.testing.containers import Container
from school_ektp.testing.workbooks import (
    DATE_QUIRKS,
    HARMLESS,
    SECRETS,
    Quirk,
    dapodik_leavers_workbook,
    dapodik_workbook,
    emis_workbook,
    register_workbook,
    web_service_json,
)

#: What Dapodik writes is one of these only together with another quirk, or in another list.
WITH = {Quirk.SYSTEM_1904: {Quirk.DATE_SERIALS}}


@pytest.fixture(scope="module")
def school(region):
    return region.schools[0]


@pytest.fixture(scope="module")
def pupils(region, school):
    return region.roster.filter(npsn=school.npsn).head(12)


def written(pupils, school, *quirks, **options):
    plain = {"container": Container.SPREADSHEETML, "quirks": quirks}
    return dapodik_workbook(pupils, school, **(plain | options))


@pytest.mark.parametrize("quirk", [one for one in Quirk if one is not Quirk.DATES_MONTH_DAY])
def test_every_quirk_changes_the_file(quirk, pupils, school):
    beside = WITH.get(quirk, set())
    named = pupils.with_columns(nik=pupils["student_id"].str.zfill(16))

    assert written(named, school, quirk, *beside) != written(named, school, *beside)


@pytest.mark.parametrize("container", Container)
def test_equal_arguments_give_equal_files(container, pupils, school):
    quirks = (Quirk.COLUMNS_MOVED, Quirk.ROWS_BLANK)
    one, again, other = (
        written(pupils, school, *quirks, container=container, seed=seed) for seed in (7, 7, 8)
    )

    assert one == again != other


def test_a_list_is_read_with_all_its_pupils_whatever_harmless_quirk_it_has(
    pupils, school, tmp_path
):
    kept = {*HARMLESS} - {*DATE_QUIRKS, Quirk.SYSTEM_1904}
    file = tmp_path / f"daftar_pd-{school.name}-2024-07-22.xls"
    file.write_bytes(written(pupils, school, *sorted(kept)))

    read = read_roster(file, npsn={file.name: school.npsn})

    assert sorted(read.rows["birth_date"]) == sorted(pupils["birth_date"])


def test_columns_that_no_roster_needs_hold_words_to_look_for(pupils, school):
    content = written(pupils, school).decode()

    assert all(secret in content for secret in SECRETS)
    assert SECRETS[2] in web_service_json(pupils).decode()


def test_the_lists_of_other_offices_have_a_row_for_each_person(pupils, school):
    kind = {"container": Container.SPREADSHEETML}
    lists = {
        "EMIS": emis_workbook(pupils, **kind).decode(),
        "register": register_workbook(pupils, **kind).decode(),
        "leavers": dapodik_leavers_workbook(
            pupils, school, left_on=dt.date(2024, 6, 30), **kind
        ).decode(),
    }

    for name, content in lists.items():
        assert content.count("<Row>") >= pupils.height, name
        for born in pupils["birth_date"]:
            assert born.isoformat() in content, name
    assert lists["leavers"].count("2024-06-30") == pupils.height
    assert json.loads(web_service_json(pupils))["results"] == pupils.height
