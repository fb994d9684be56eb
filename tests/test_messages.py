"""The one catalogue of texts: complete in both languages, the only place of its kind, spoken."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from school_ektp.model import messages
from school_ektp.model.coverage import Denominator
from school_ektp.model.language import LANGS
from school_ektp.model.messages import CATALOGUE
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
