"""Everything that teams brought back: workbooks of outcomes and call sheets, in one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from school_ektp.errors import ReadError
from school_ektp.model import arguments
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.outcome import Outcome
from school_ektp.report.excel.read_outcomes import outcomes_of
from school_ektp.report.excel.read_ticks import ticked_outcomes
from school_ektp.report.excel.sheet import CellIssue
from school_ektp.report.letters.call_sheets import CallSheet
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.sources import PathLike, content_of, found_files, grids, names_of


def _counted(outcomes: tuple[Outcome, ...]) -> str:
    return f"<{len(outcomes)} outcomes>"


@attrs.frozen(kw_only=True)
class Returned:
    """
    What came back in some files.

    Attributes:
        outcomes: In the order of the files and of their rows.
        issues: File, and the column that was not read because its heading is not known, or the
            row that could not be taken and why; it is not among the outcomes.
        empty: Visits that are not filled in yet.
        strange: Files that are neither a workbook of outcomes nor one of the call sheets, and why.
    """

    outcomes: tuple[Outcome, ...] = attrs.field(repr=_counted)
    issues: tuple[tuple[str, CellIssue], ...] = ()
    empty: int = 0
    strange: tuple[ReadError, ...] = ()

    def issues_text(self, lang: Lang = "id") -> str:
        """
        Return `issues` and `strange` in words, a line each; empty when everything was taken.

        Args:
            lang: ``"id"`` or ``"en"``; what is strange about a file is said in English.

        Raises:
            InvalidFieldError: Another language.
        """
        language = check_lang(lang)
        lines = [
            issue.text(language) if issue.sheet == file else f"{file}: {issue.text(language)}"
            for file, issue in self.issues
        ]  # a CSV has no sheets, and is named once
        return "\n".join([*lines, *map(str, self.strange)])


def read_outcomes(
    source: PathLike | Iterable[PathLike], *, sheets: Iterable[CallSheet] = ()
) -> Returned:
    """
    Return the outcomes in files that teams brought back, for `Season.record`.

    Workbooks written by `Plan.to_excel` are read by their sheet of outcomes; workbooks of call
    sheets, written by ``Plan.call_sheet_papers(...).to_excel``, by their ticks. A visit that is
    reported in both ways counts once, by its call sheet, which knows the pupils; when the counts
    differ, both are given, and the season reports that they disagree.

    A row without any count is a visit not yet made, unless it says why it was cancelled; in a row
    with a count, empty cells are 0, but for the absent: if that cell is empty, nobody counted them.

    Args:
        source: A file, a folder, a pattern such as ``"hasil/*.xlsx"``, or several.
        sheets: The call sheets that were printed; without them ticks are not read.

    Raises:
        ReadError: Nothing is there.
        InvalidFieldError: *sheets* are no call sheets.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    hint = "CallSheet, as Plan.call_sheets(roster) gives them"
    printed = arguments.several("read_outcomes", "sheets", sheets, CallSheet, hint)
    outcomes: list[Outcome] = []
    issues: list[tuple[str, CellIssue]] = []
    empty, strange = 0, []
    files = found_files(source, DEFAULT_LIMITS)
    for path, name in names_of(files).items():
        try:
            several = [*grids(content_of(path, name, DEFAULT_LIMITS), name, DEFAULT_LIMITS)]
            ticked = [*ticked_outcomes(several, printed)]
            sheet = None if ticked else outcomes_of(several, name)
        except ReadError as fault:
            strange.append(fault)
            continue
        outcomes += [one for one in ticked if one is not None]
        empty += sum(one is None for one in ticked)
        if sheet is not None:
            outcomes += sheet.outcomes
            issues += [(name, issue) for issue in sheet.issues]
            empty += sheet.empty
    return Returned(
        outcomes=tuple(_once(outcomes)), issues=tuple(issues), empty=empty, strange=tuple(strange)
    )


def _once(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Leave out counts that say what pupils known by key say too."""
    by_key = {attrs.evolve(one, pupils=()) for one in outcomes if one.pupils}
    yield from (one for one in outcomes if one.pupils or one not in by_key)
