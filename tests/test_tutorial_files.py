"""The files of the tutorial *Your own regency* are made from a seed, and name nobody."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location(
    "make_tutorial_files", Path(__file__).parent / "make_tutorial_files.py"
)
make = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make)


def test_the_files_are_those_that_the_script_makes():
    made = make.files()
    kept = {file for file in make.FOLDER.rglob("*") if file.is_file()}

    assert {make.FOLDER / place for place in made} == kept, "run `make tutorial-files`"
    for place, content in made.items():
        assert (make.FOLDER / place).read_bytes() == content, place


def test_the_regency_is_none_that_exists():
    """No NPSN, region code or NISN that was ever given to anybody."""
    table = make.files()["siswa/pkbm.csv"].decode().splitlines()[1:]

    assert all(sent.npsn.startswith(("9990", "P9990")) for sent in make.SCHOOLS)
    for row in table:
        _, nisn, nik, *_ = row.split(";")
        assert nisn.startswith("000")
        assert nik.startswith("1799")
