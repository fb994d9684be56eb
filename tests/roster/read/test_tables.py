"""Small tables: every row with its place, and a warning for quotes that were mended."""

from __future__ import annotations

import pytest

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.roster.read import read_schools
from school_ektp.roster.read.calendar_files import CLOSURES
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.tables import table_rows
from school_ektp.testing.containers import spreadsheet


def file(folder, content: str | bytes, name: str = "t.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_quotes_that_were_mended_in_a_list_of_schools_are_reported(tmp_path):
    """The list is read whole, and whoever gave it hears which rows to check."""
    file = tmp_path / "sekolah.csv"
    rows = [f"1070066{n},SMAN {n},SMA,Curup,-3.47,102.5{n}" for n in range(1, 7)]
    rows[2] = rows[2].replace("SMAN", '"SMAN')
    file.write_text("\n".join(["NPSN,Nama,Bentuk,Kecamatan,Lintang,Bujur", *rows]), "utf-8")

    with pytest.warns(SchoolEktpWarning, match=r"sekolah\.csv: quotes .* out of row 4; check"):
        read = read_schools(file)

    assert len(read.schools) == 6


CELLS = [["Mulai", "Kegiatan", "Lain"], ["2024-09-02", " PKL\u00a0", "x"], [], [None, None, "y"]]


def test_rows_keep_their_place_and_those_without_a_needed_cell_are_none(tmp_path):
    book, text = tmp_path / "c.xlsx", tmp_path / "c.csv"
    book.write_bytes(spreadsheet({"Kalender": CELLS}))
    text.write_text("\n\nMulai;Kegiatan\n2024-09-02;PKL\n;\n")

    [of_book] = table_rows(book, CLOSURES, DEFAULT_LIMITS)
    [of_text] = table_rows(text, CLOSURES, DEFAULT_LIMITS)

    assert of_book.cells == of_text.cells == {"first": "2024-09-02", "reason": "PKL"}
    assert (of_book.place, of_text.place) == ("Kalender:2", "row 4")


def test_a_table_that_is_another_says_what_it_needs_and_what_it_has(tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("Kegiatan;BUDI UJI\nPKL;x\n")

    with pytest.raises(ReadError, match=r"columns for first; reason; headings found: Kegiatan$"):
        table_rows(file, CLOSURES, DEFAULT_LIMITS)
