"""The one catalogue of texts: complete in both languages, the only place of its kind, spoken."""

from __future__ import annotations

import ast
import datetime as dt
import tomllib
from pathlib import Path

import holidays
import pytest

from school_ektp.datasets import rejang_lebong
from school_ektp.model import messages
from school_ektp.model.coverage import Denominator
from school_ektp.model.day_names import day_text
from school_ektp.model.language import LANGS
from school_ektp.model.messages import CATALOGUE, DAYS
from school_ektp.model.school import School
from school_ektp.model.shipped import shipped_rows
from school_ektp.model.totals import DigitSwap
from school_ektp.planning.checker import CHECK_NAMES
from school_ektp.planning.explain.reasons import Reason
from school_ektp.season.remedies import RemedyKind
from texts import faults

SOURCE = Path(messages.__file__).parents[1]
#: Beside the catalogue, two languages stand only where formats are defined.
ELSEWHERE = {"model/language.py", "report/excel/book.py"}
#: Numbers before a plural: small ones are hidden there or rounded to tens, or they have decimals.
NEVER_ONE = {"target", "outside", "office", "small", "fewest", "bound", "value", "walk_ins"}


@pytest.mark.parametrize("part", sorted(CATALOGUE))
def test_every_text_is_there_in_both_languages_with_the_same_places(part):
    assert CATALOGUE[part]
    assert list(faults(CATALOGUE[part], never_one=NEVER_ONE)) == []


def test_faults_of_a_text_would_be_found():
    good = {"id": "{n} siswa", "en": "{n:pupil|pupils}"}
    bad = {
        "missing": {"en": "pupils"},
        "empty": good | {"id": " "},
        "places": good | {"en": "{m} pupils"},
        "open": {"id": "{n", "en": "{n"},
        "end": good | {"en": "{n:pupil|pupils}."},
        "plural": good | {"en": "{n} pupils"},
        "one form": good | {"en": "{n:pupils} wait"},
        "no forms": good | {"en": "{n:pupil|schools} wait"},
    }

    assert list(faults({"good": good})) == []
    assert list(faults({"plural": bad["plural"]}, never_one={"n"})) == []
    assert [fault.partition(":")[0] for fault in faults(bad)][:3] == ["missing", "empty", "empty"]
    assert {fault.partition(":")[0] for fault in faults(bad)} == set(bad)


def test_both_files_have_the_same_parts_with_the_same_keys_in_one_order():
    read = [
        tomllib.loads((SOURCE / "model" / "texts" / f"{lang}.toml").read_text("utf-8"))
        for lang in LANGS
    ]

    one, other = ([(part, [*texts]) for part, texts in parts.items()] for parts in read)
    assert one == other
    assert {part for part, _ in one} == {*CATALOGUE}


def test_no_two_texts_of_plan_page_and_charts_have_one_key():
    parts = (messages.PLAN, messages.PAGE, messages.CHARTS)

    assert len(messages.TEXTS) == sum(map(len, parts))


def test_every_reason_remedy_and_violation_has_a_text():
    assert messages.REASONS.keys() == {reason.value for reason in Reason}
    assert messages.WHY.keys() == messages.REASONS.keys()
    assert messages.HINTS.keys() == messages.REASONS.keys()
    assert messages.REMEDIES.keys() == {kind.value for kind in RemedyKind}
    assert {one.name.lower() for one in Denominator} <= messages.COVERAGE.keys()
    assert set(CHECK_NAMES) <= messages.VIOLATIONS.keys()
    assert {f"swap_{swap.lower()}" for swap in DigitSwap} <= messages.TOTALS.keys()


# Days ---------------------------------------------------------------------------------------


def test_a_holiday_is_named_in_the_language_of_the_reader():
    assert day_text("Prophet's Birthday (Maulid Nabi)", "id") == "Maulid Nabi Muhammad SAW"
    assert day_text("Maulid Nabi Muhammad SAW", "en") == "Prophet's Birthday (Maulid Nabi)"
    assert day_text("Ascension Day; International Labor Day", "id") == (
        "Kenaikan Isa Almasih; Hari Buruh Internasional"
    )
    assert day_text("Hari jadi kabupaten", "en") == "Hari jadi kabupaten"


def test_every_day_that_ships_with_the_package_is_known():
    """The table has both names; the Indonesian one may add the year of its own calendar."""
    for row in shipped_rows("holidays_2024.csv"):
        indonesian = day_text(row["name"], "id")
        assert day_text(indonesian, "en") == row["name"]
        assert row["name_id"].startswith(
            indonesian.removesuffix(" Masehi").removesuffix(" (hari kedua)")
        )


def test_every_day_of_the_package_holidays_is_known_in_both_its_languages():
    options = {"years": range(2024, 2028), "categories": ("public", "government")}
    in_both = [holidays.country_holidays("ID", language=tag, **options) for tag in ("id", "en_US")]
    names = {name for days in in_both for name in days.values() if "(" not in name}  # estimated

    known = {text for texts in DAYS.values() for text in texts.values()}
    assert len(names) > 50
    for name in names:
        texts = {day_text(name, lang) for lang in LANGS}
        assert texts & known, "no language knows it"
        assert texts <= known | {name}


def test_a_name_that_is_in_the_readers_language_already_stays_as_it_was_given():
    assert day_text("Hari Raya Idul Fitri", "id") == "Hari Raya Idul Fitri"
    assert day_text("Lunar New Year", "en") == "Lunar New Year"
    assert day_text("Hari Raya Idul Fitri", "en") == DAYS["eid_al_fitr"]["en"]
    assert day_text("Lunar New Year", "id") == DAYS["chinese_new_year"]["id"]


def test_whatever_closes_a_school_of_the_sample_is_said_in_indonesian():
    region = rejang_lebong()
    calendar = region.calendar
    days = [*calendar.days, calendar.last_day + dt.timedelta(days=1)]
    schools: list[School] = [*region.schools]
    why = {calendar.why_closed(school, day) for school in schools for day in days} - {""}
    why |= {closure.reason for closure in calendar.closures} | {"closed by the school"}

    known = {texts["en"]: texts["id"] for texts in DAYS.values()}
    assert len(why) >= 6
    assert {reason: day_text(reason, "id") for reason in why} == {r: known[r] for r in why}


# Nowhere else -------------------------------------------------------------------------------


def bilingual(source: str) -> list[int]:
    """Return the lines on which a dictionary by language begins."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Dict)
        and {key.value for key in node.keys if isinstance(key, ast.Constant)} >= set(LANGS)
    ]


def test_no_module_keeps_texts_of_its_own():
    found = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.py")
        if bilingual(file.read_text("utf-8"))
    }

    assert found <= ELSEWHERE
    assert bilingual('X = {"id": "siswa", "en": "pupil"}') == [1]
