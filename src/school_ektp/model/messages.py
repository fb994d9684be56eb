"""
Every text people read, in Indonesian and English: `texts/id.toml` and `texts/en.toml`.

These two files are the one catalogue; a part of it for each thing that speaks. Texts differ by
language only there; numbers, dates and plurals come from `school_ektp.model.language`.
"""

from __future__ import annotations

import datetime as dt
import pkgutil
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from school_ektp.model.language import LANGS, Figure, Lang, date_text
from school_ektp.model.small_cells import MARK

#: Texts by key, then by language.
Texts: TypeAlias = Mapping[str, Mapping[Lang, str]]


def _read(lang: Lang) -> dict[str, Any]:
    content = pkgutil.get_data(__name__, f"texts/{lang}.toml") or b""
    return tomllib.loads(content.decode())


_READ = {lang: _read(lang) for lang in LANGS}


def say(text: Mapping[Lang, str], lang: Lang, **values: object) -> str:
    """
    Return a text with its places filled.

    Numbers get their separators and the noun that goes with them, dates are written out, and None
    is a count that is hidden.
    """
    return text[lang].format(**{name: _shown(value, lang) for name, value in values.items()})


def _shown(value: object, lang: Lang) -> object:
    if value is None:
        return Figure(MARK, lang)
    if isinstance(value, int | Decimal):
        return Figure(value, lang)
    return date_text(value, lang) if isinstance(value, dt.date) else value


def _part(name: str) -> dict[str, dict[Lang, Any]]:
    keys = _READ["id"][name]
    return {key: {lang: _READ[lang][name][key] for lang in LANGS} for key in keys}


PLAN: Texts = _part("plan")
PAGE: Texts = _part("page")
CHARTS: Texts = _part("charts")
#: Sentences and words of the plan, the page and the charts.
TEXTS: Texts = {**PLAN, **PAGE, **CHARTS}
PRIORITIES: Texts = _part("priorities")
SHEETS: Texts = _part("sheets")
HEADERS: Texts = _part("headers")
WORKBOOK: Texts = _part("workbook")
#: The sheet that explains the others, line by line.
GUIDE: tuple[Mapping[Lang, str], ...] = tuple(
    dict(zip(LANGS, lines, strict=True))
    for lines in zip(*(_READ[lang]["guide"]["lines"] for lang in LANGS), strict=True)
)
VIOLATIONS: Texts = _part("violations")
#: Why a pinned visit could not be kept.
PIN_CAUSES: Texts = _part("pin_causes")
REASONS: Texts = _part("reasons")
#: Reasons with the figures, the team and the date concerned.
WHY: Texts = {**REASONS, **_part("why")}
HINTS: Texts = _part("hints")
REMEDIES: Texts = _part("remedies")
COMPARED: Texts = _part("compared")
SEASON_ISSUES: Texts = _part("season_issues")
FORTNIGHT: Texts = _part("fortnight")
CORRECTION_COLUMNS: Texts = _part("correction_columns")
CORRECTION_HEADERS: Texts = _part("correction_headers")
DAYS: Texts = _part("days")
COVERAGE: Texts = _part("coverage")
TOTALS: Texts = _part("totals")


@attrs.frozen
class Wording:
    """
    How a rule of the check of a roster is worded.

    Attributes:
        severity: ``"refusal"``, ``"warning"`` or ``"repair"``.
        texts: Sentence per language; ``{0}`` stands for the detail of the finding.
    """

    severity: str
    texts: Mapping[Lang, str]

    def says(self, detail: str, lang: Lang) -> str:
        """Return the sentence with its detail."""
        return self.texts[lang].format(Figure(detail, lang))


#: Rule name to its wording.
RULES: Mapping[str, Wording] = {
    name: Wording(severity, texts)
    for severity in ("refusal", "warning", "repair")
    for name, texts in _part(f"{severity}s").items()
}
#: Rules that put a row or a file out, the weightiest first.
REFUSALS = tuple(_part("refusals"))

#: Part, key, language: everything that is said.
CATALOGUE: Mapping[str, Texts] = {
    **{name: _part(name) for name in _READ["id"] if name != "guide"},
    "guide": {str(number): line for number, line in enumerate(GUIDE, start=1)},
}
