"""From paths to files: folders, patterns, pipes, and names that are no text."""

from __future__ import annotations

import os

import polars as pl
import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read import (
    read_closures,
    read_holidays,
    read_register,
    read_roster,
    read_schools,
    read_travel,
)
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.sources import ENDINGS, found_files, names_of

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]

PUPIL = ["BUDI UJI", "0081234501", "2008-10-01", "10700669"]

READERS = [
    *(read_roster, read_register, read_schools, read_holidays, read_closures),
    lambda path: read_travel(path, ["a"]),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("source", ["", "  ", None, 7, b"a.csv", "a\0b", "x" * 5_000, "/no/such"])
def test_what_is_no_path_is_an_error_of_ours(read, source):
    with pytest.raises(ReadError):
        read(source)


@pytest.mark.parametrize("read", READERS)
def test_a_pipe_or_device_is_not_waited_for(read, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with a name on this system")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    for path in (pipe, "/dev/zero"):
        with pytest.raises(ReadError, match=r"is no regular file|there is no such file"):
            read(path)


@pytest.mark.parametrize("read", READERS[2:])
def test_a_folder_is_no_table(read, tmp_path):
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)


def test_a_file_whose_name_is_no_text_is_read(tmp_path):
    path = os.fsencode(tmp_path) + b"/siswa\xff.csv"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(f"{','.join(HEAD)}\n{','.join(PUPIL)}\n".encode())
    except OSError:
        pytest.skip("this file system has names in Unicode only")

    read = read_roster(tmp_path)

    assert read.rows["source_file"].to_list() == ["siswa\ufffd.csv"]


def test_a_folder_means_the_files_in_it_and_below_that_can_be_rosters(tmp_path):
    (tmp_path / "sub").mkdir()
    wanted = [tmp_path / f"a{ending.upper()}" for ending in ENDINGS] + [tmp_path / "sub" / "b.csv"]
    for file in (*wanted, *(tmp_path / name for name in ("~$a.xlsx", ".a.csv", "a.docx", "a"))):
        file.touch()

    assert found_files(tmp_path, DEFAULT_LIMITS) == sorted(wanted)
    assert found_files([tmp_path, tmp_path / "sub"], DEFAULT_LIMITS) == sorted(wanted)
    assert found_files(tmp_path / "a.docx", DEFAULT_LIMITS) == [tmp_path / "a.docx"]
    with pytest.raises(ReadError, match=r"of ReadLimits\.files"):
        found_files(tmp_path, ReadLimits(files=len(wanted) - 1))


def test_files_are_called_by_their_names_and_by_folders_where_names_repeat(tmp_path):
    one, two, other = tmp_path / "x" / "a.csv", tmp_path / "y" / "a.csv", tmp_path / "y" / "b.csv"

    assert names_of([one, other]) == {one: "a.csv", other: "b.csv"}
    assert names_of([one, two, other]) == {one: "x/a.csv", two: "y/a.csv", other: "y/b.csv"}


@pytest.mark.parametrize("table", [pl.DataFrame({"NIK": ["x"]}), pl.LazyFrame({"NIK": ["x"]})])
def test_a_table_is_no_path_and_the_message_says_where_tables_go(table):
    with pytest.raises(ReadError, match=r"got a (Data|Lazy)Frame; tables go to check_roster"):
        found_files(table, DEFAULT_LIMITS)


def test_a_name_of_a_file_is_shown_as_it_is(tmp_path):
    """With a mark of direction, gpj.csv would be shown as vsc.jpg."""
    file = tmp_path / "a\u202egpj.csv"
    file.write_text("NISN,Nama,Tanggal Lahir\n0081234567,SITI,2008-03-05\n")

    read = read_roster(file)

    assert read.files["file"].to_list() == ["a\ufffdgpj.csv"]
