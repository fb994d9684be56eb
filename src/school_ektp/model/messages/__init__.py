"""
Every text people read, in Indonesian and English: the one catalogue.

A part for each thing that speaks. Texts differ by language only here; numbers, dates and plurals
come from `school_ektp.model.language`.
"""

from __future__ import annotations

from collections.abc import Mapping

from school_ektp.model.language import Lang
from school_ektp.model.messages.charts import CHARTS
from school_ektp.model.messages.correct import CORRECTION_COLUMNS, CORRECTION_HEADERS
from school_ektp.model.messages.coverage import COVERAGE
from school_ektp.model.messages.days import DAYS, day_text
from school_ektp.model.messages.fortnight import FORTNIGHT
from school_ektp.model.messages.issues import RULES
from school_ektp.model.messages.page import PAGE
from school_ektp.model.messages.plan import NOUNS, PLAN, PRIORITIES
from school_ektp.model.messages.reasons import (
    HINTS,
    REASON_NOUNS,
    REASONS,
    REMEDIES,
    REMEDY_NOUNS,
    WHY,
)
from school_ektp.model.messages.season import COMPARED, SEASON_ISSUES
from school_ektp.model.messages.totals import TOTALS
from school_ektp.model.messages.violations import VIOLATIONS
from school_ektp.model.messages.workbook import GUIDE, HEADERS, SHEETS, WORKBOOK

__all__ = [
    "CATALOGUE",
    "COMPARED",
    "CORRECTION_COLUMNS",
    "CORRECTION_HEADERS",
    "COVERAGE",
    "DAYS",
    "FORTNIGHT",
    "GUIDE",
    "HEADERS",
    "HINTS",
    "NOUNS",
    "PRIORITIES",
    "REASONS",
    "REASON_NOUNS",
    "REMEDIES",
    "REMEDY_NOUNS",
    "RULES",
    "SEASON_ISSUES",
    "SHEETS",
    "TEXTS",
    "TOTALS",
    "VIOLATIONS",
    "WHY",
    "WORKBOOK",
    "day_text",
]

#: Sentences and words of the plan, the page and the charts.
TEXTS: dict[str, dict[Lang, str]] = PLAN | PAGE | CHARTS

#: Part, key, language: everything that is said, but for the nouns, which have two forms.
CATALOGUE: Mapping[str, Mapping[str, Mapping[Lang, str]]] = {
    "charts": CHARTS,
    "compared": COMPARED,
    "correction_columns": CORRECTION_COLUMNS,
    "correction_headers": CORRECTION_HEADERS,
    "coverage": COVERAGE,
    "days": DAYS,
    "fortnight": FORTNIGHT,
    "guide": {str(number): line for number, line in enumerate(GUIDE, start=1)},
    "headers": HEADERS,
    "hints": HINTS,
    "page": PAGE,
    "plan": PLAN,
    "priorities": PRIORITIES,
    "reasons": REASONS,
    "remedies": REMEDIES,
    "rules": {name: wording.texts for name, wording in RULES.items()},
    "season_issues": SEASON_ISSUES,
    "sheets": SHEETS,
    "totals": TOTALS,
    "violations": VIOLATIONS,
    "why": WHY,
    "workbook": WORKBOOK,
}
