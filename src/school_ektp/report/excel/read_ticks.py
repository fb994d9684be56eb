"""
Call sheets that came back with ticks: what came of each pupil of a visit, by key.

A sheet is known by the school, date and team in its head, so it may have been renamed or moved.
Its rows are known by name and class, and by their number where two have the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.language import LANGS, date_text
from school_ektp.model.outcome import Outcome, Result
from school_ektp.report.letters.call_sheets import CallSheet
from school_ektp.roster.names import name_key
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.grid import Grid

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "name"),
    "class_name": ("kelas", "class"),
    "came": ("hadir", "came"),
    "recorded": ("terekam", "recorded"),
    "remarks": ("catatan", "remarks"),
}
_NEEDS = ("name", "came", "recorded")
#: What stands in a box that nobody ticked.
_NO_TICK = frozenset({"", "☐", "□", "-", "–", "0", "x̶", "tidak", "belum", "no", "false"})
#: Words of a remark, and what they say of a pupil who came and was not recorded.
_REMARKS: tuple[tuple[tuple[str, ...], Result], ...] = (
    (("sudah", "already"), Result.ALREADY_RECORDED),
    (("luar", "domisili", "elsewhere"), Result.ELSEWHERE),
    (("umur", "usia", "tahun", "age"), Result.UNDER_AGE),
)


class _Line(NamedTuple):
    """One row of the lists of a sheet."""

    name: str
    class_name: str
    came: bool
    recorded: bool
    remarks: str


def ticked_outcomes(grids: Iterable[Grid], sheets: Sequence[CallSheet]) -> Iterator[Outcome | None]:
    """
    Yield the outcome of each printed call sheet among the grids; None for one without any tick.

    A pupil ticked as recorded who is not on the list is a walk-in.
    """
    for grid in grids:
        rows = grid.take(list(range(max(map(len, grid.top), default=0)))).rows()
        texts = [[clean(cell or "") for cell in row] for row in rows]
        lines = [*_lines(texts)]
        sheet = _known(texts, sheets) if lines else None
        if sheet is not None:
            ticked = any(line.came or line.recorded for line in lines)
            yield _outcome(sheet, lines) if ticked else None


def _known(texts: Sequence[Sequence[str]], sheets: Sequence[CallSheet]) -> CallSheet | None:
    whole = "\n".join(cell for row in texts for cell in row)
    for sheet in sheets:
        visit = sheet.visit
        days = [date_text(visit.day, lang) for lang in LANGS]
        is_named = f"NPSN {visit.site}" in whole and any(day in whole for day in days)
        if is_named and f": {clean(visit.team)}," in whole:
            return sheet
    return None


def _lines(texts: Sequence[Sequence[str]]) -> Iterator[_Line]:
    columns: dict[str, int] = {}
    for row in texts:
        places = {cell.casefold(): place for place, cell in enumerate(row) if cell}
        found = {
            name: places[word]
            for name, words in _HEADINGS.items()
            for word in words
            if word in places
        }
        if set(_NEEDS) <= found.keys():
            columns = found
        elif columns and row[columns["name"]]:
            cells = {name: row[place] for name, place in columns.items()}
            yield _Line(
                cells["name"],
                cells.get("class_name", ""),
                _is_tick(cells["came"]),
                _is_tick(cells["recorded"]),
                cells.get("remarks", "").casefold(),
            )


def _is_tick(text: str) -> bool:
    return text.casefold() not in _NO_TICK


def _outcome(sheet: CallSheet, lines: Sequence[_Line]) -> Outcome:
    listed = grouped(
        (*sheet.pupils, *sheet.again), lambda one: (name_key(one.name), clean(one.class_name))
    )
    results: dict[str, Result] = {}
    walk_ins: Counter[bool] = Counter()
    for line in lines:
        alike = listed[name_key(line.name), line.class_name]
        if alike:
            results[alike.pop(0).key] = _result(line)
        else:
            walk_ins[line.recorded] += 1
    visit = sheet.visit
    outcome = Outcome.by_pupil(day=visit.day, team=visit.team, site=visit.site, pupils=results)
    recorded = outcome.recorded + walk_ins[True]
    return attrs.evolve(outcome, recorded=recorded, walk_ins=walk_ins[True])


def _result(line: _Line) -> Result:
    if line.recorded:
        return Result.RECORDED
    for words, result in _REMARKS:
        if any(word in line.remarks for word in words):
            return result
    return Result.FAILED if line.came else Result.ABSENT
