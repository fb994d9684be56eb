"""What reading gives: shown by counts, never by a pupil."""

from __future__ import annotations

from few_pupils import SCHOOL, SEVERAL
from school_ektp.roster.issues import worded
from school_ektp.roster.read.result import ROWS, ReadRoster
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.schema import CODED_ISSUES, FILES, ISSUES, LEAVERS, ROSTER
from school_ektp.testing.workbooks import Quirk, dapodik_workbook


def test_rows_are_those_of_a_roster_and_the_name_of_the_school():
    assert [*ROWS.items()][:-1] == [*ROSTER.items()]
    assert [*ROWS][-1] == "school_name"


def test_what_is_not_given_is_empty_and_has_its_columns():
    read = ReadRoster(rows=ROWS.to_frame())

    assert (read.coded_issues.schema, read.files.schema) == (CODED_ISSUES, FILES)
    assert (read.leavers.schema, read.issues().schema) == (LEAVERS, ISSUES)


def test_counts_are_shown_and_no_pupil():
    read = read_bytes(dapodik_workbook(SEVERAL, SCHOOL), "daftar <1>.xlsx")

    shown = repr(read) + read._repr_html_()

    assert repr(read).startswith("ReadRoster(rows=<25 rows>, coded_issues=<")
    assert "25 siswa / pupils" in shown
    assert "daftar &lt;1&gt;.xlsx" in shown
    assert "SISWA" not in shown
    assert SEVERAL["nisn"][0] not in shown


def test_issues_are_worded_in_either_language():
    read = read_bytes(dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.DATES_MONTH_DAY]), "a.xlsx")

    assert not read.coded_issues.is_empty()
    for lang in ("id", "en"):
        assert read.issues(lang).equals(worded(read.coded_issues, lang))
    assert read.issues().equals(read.issues("id"))
