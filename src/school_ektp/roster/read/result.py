"""What reading gives: rows with types, issues, and a summary of every sheet."""

from __future__ import annotations

import attrs
import polars as pl

from school_ektp.model.language import Lang
from school_ektp.model.markup import table_html
from school_ektp.roster.issues import worded
from school_ektp.roster.schema import CODED_ISSUES, FILES, LEAVERS, ROSTER

#: Rows as read: a roster, and the name of the school where a file gives that instead of a number.
ROWS = pl.Schema([*ROSTER.items(), ("school_name", pl.String())])


def row_count(frame: pl.DataFrame) -> str:
    """Return what a repr shows of a frame: how many rows it has, and none of them."""
    return f"<{frame.height} rows>"


@attrs.frozen(kw_only=True, eq=False)
class ReadRoster:
    """
    Rosters as they were read, before the check.

    Attributes:
        rows: One row per pupil found, columns `ROWS`; keys and dates may still be missing.
        coded_issues: Repairs and faults of single cells and files, columns `CODED_ISSUES`.
        files: What each sheet of each file held, columns `FILES`.
        leavers: Pupils on lists of those who left, columns `LEAVERS`.
    """

    rows: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(factory=CODED_ISSUES.to_frame, repr=row_count)
    files: pl.DataFrame = attrs.field(factory=FILES.to_frame, repr=row_count)
    leavers: pl.DataFrame = attrs.field(factory=LEAVERS.to_frame, repr=row_count)

    def _repr_html_(self) -> str:
        header = ("berkas / file", "lembar / sheet", "tata letak / layout", "siswa / pupils")
        sheets = self.files.select("file", "sheet", "layout", "pupils")
        caption = f"{self.rows.height} siswa / pupils"
        return table_html(caption, header, sheets.rows(), words=3)

    def issues(self, lang: Lang = "id") -> pl.DataFrame:
        """Return the issues in words, columns `school_ektp.roster.schema.ISSUES`."""
        return worded(self.coded_issues, lang)
