"""JSON of any shape: rows are found, and what is none is described without a value."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from few_pupils import SEVERAL
from school_ektp.errors import ReadError
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.workbooks import web_service_json


def test_a_stated_number_of_rows_that_is_wrong_is_said():
    content = web_service_json(SEVERAL).replace(b'"results": 25', b'"results": 26')

    read = read_bytes(content, "x.json")

    assert read.coded_issues["rule"].to_list() == ["rows_stated"]


BORN = dt.date(2008, 10, 1)

PERSON = {"nama": "BUDI UJI", "nisn": "0081234501", "tanggalLahir": "2008-10-01"}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([PERSON]),
        json.dumps({"results": 1, "rows": PERSON}),
        json.dumps({"data": {"rows": [PERSON], "total": 1}}),
        json.dumps({"status": "ok", "siswa": [PERSON]}),
        json.dumps({"0081234501": {"nama": "BUDI UJI", "tanggal_lahir": "2008-10-01"}}),
        json.dumps(PERSON) + "\n" + json.dumps({**PERSON, "nama": None, "nisn": None}),
        "\ufeff" + json.dumps([PERSON]),
    ],
    ids=["list", "one object", "nested", "other key", "keyed", "lines", "byte order mark"],
)
def test_pupils_are_found_in_json_of_any_shape(content):
    rows = read_bytes(content.encode(), "a.json").rows.head(1)

    assert rows.select("name", "nisn", "birth_date").rows() == [("BUDI UJI", "0081234501", BORN)]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"BUDI UJI": [1, 2], "n": 3}, r"an object of 1 × list, 1 × number$"),
        ([1, "BUDI UJI"], r"a list of 2 values \(number, text\)$"),
        ([], "no header"),
        ({}, "an empty object$"),
    ],
)
def test_json_without_rows_tells_its_shape_and_no_value(value, shape):
    with pytest.raises(ReadError, match=shape) as caught:
        read_bytes(json.dumps(value).encode(), "a.json")
    assert "BUDI" not in str(caught.value)


def test_half_a_character_in_json_is_no_foreign_error():
    content = b'[{"nama": "BUDI \\ud800UJI", "nisn": "0081234501", "tanggal lahir": "2008-10-01"}]'

    assert read_bytes(content, "a.json").rows["name"].to_list() == ["BUDI \ufffdUJI"]


def test_json_objects_with_many_keys_beside_empty_ones_are_refused():
    wide = {**{f"a{n}": 1 for n in range(900)}, "nama": "A", "nisn": "0081234501"}

    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(json.dumps([wide, *[{}] * 10_000]).encode(), "f")


def test_deep_json_is_refused():
    with pytest.raises(ReadError, match=r"of ReadLimits\.depth"):
        read_bytes(b"[" * 100_000, "f")


LISTS = [list(PERSON), list(PERSON.values())]
OTHER = {**PERSON, "nisn": "0081234502"}


@pytest.mark.parametrize(
    "value",
    [
        {"d": {"results": [PERSON]}},
        LISTS,
        {"values": LISTS},
        {"columns": LISTS[0], "data": LISTS[1:], "index": [0]},
        {name: [cell] for name, cell in PERSON.items()},
        {name: {"0": cell} for name, cell in PERSON.items()},
        [{"id": 7, "siswa": PERSON}],
        {"data": [{"type": "siswa", "id": "1", "attributes": PERSON}]},
        [{"rows": [PERSON]}],
        [{"type": "header"}, {"type": "table", "name": "siswa", "data": [PERSON]}],
        PERSON,
        [{**PERSON, "tanggalLahir": {"date": "2008-10-01 00:00:00.0", "timezone": "Asia/Jakarta"}}],
        [{**PERSON, "tanggalLahir": {"$date": {"$numberLong": "1222794000000"}}}],
    ],
    ids=[
        *("deeper", "lists", "values", "split", "by column", "by column and row", "inner object"),
        *("attributes", "pages", "dump", "one line", "PHP date", "database"),
    ],
)
def test_shapes_that_other_programs_write(value):
    rows = read_bytes(json.dumps(value).encode(), "a.json").rows

    assert rows.select("name", "nisn", "birth_date").rows() == [("BUDI UJI", "0081234501", BORN)]


def test_lists_by_class_give_the_class():
    rows = read_bytes(json.dumps({"XI 1": [PERSON], "XII 2": [OTHER]}).encode(), "a.json").rows

    assert rows.select("nisn", "class_name").rows() == [
        ("0081234501", "XI 1"),
        ("0081234502", "XII 2"),
    ]


def test_lists_of_pupils_and_of_others_are_not_mixed():
    both = {"siswa": [PERSON], "guru": [{"nama": "X", "nuptk": "1", "nip": "2", "jabatan": "3"}]}

    with pytest.raises(ReadError, match="holds no list of objects"):
        read_bytes(json.dumps(both).encode(), "a.json")


@pytest.mark.parametrize("between", ["\n\n\n", "\r\n  \r\n", "\n\t\n"])
def test_blank_lines_between_lines_of_json_do_not_count(between):
    text = between + between.join(map(json.dumps, [PERSON, OTHER])) + between

    assert read_bytes(text.encode(), "a.ndjson").rows.height == 2
