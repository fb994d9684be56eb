"""Travel times: matrices of routing engines and tables of pairs, in minutes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.model.travel import NO_ROUTE
from school_ektp.roster.read import read_travel


def file(folder, content: str | bytes, name: str = "t.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


PLACES = ["10700669", "10700610", "Tim 1/base"]


@pytest.mark.parametrize(
    "value",
    [
        {"code": "Ok", "durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]]},
        {"durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]], "metadata": {}},
        {
            "sources_to_targets": [
                [{"time": 0}, {"time": 61.5}, {"time": 60}],
                [{"time": 59}, {"time": 0}, {"time": None}],
                [{"time": 0.5}, {"time": 3600}, {"time": 0}],
            ]
        },
        {"sources_to_targets": {"durations": [[0, 61.5, 60], [59, 0, None], [0.5, 3600, 0]]}},
    ],
    ids=["osrm", "openrouteservice", "valhalla", "valhalla concise"],
)
def test_matrices_of_three_engines_are_rounded_up_to_minutes(value, tmp_path):
    table = read_travel(file(tmp_path, json.dumps(value), "m.json"), PLACES)

    assert table.places == tuple(PLACES)
    assert table.minutes == ((0, 2, 1), (1, 0, None), (1, 60, 0))


def test_a_table_of_pairs_names_its_places(tmp_path):
    table = read_travel(file(tmp_path, "from,to,minutes\na,b,12\nb,a,13\na,c,\n"))

    assert table.places == ("a", "b", "c")
    assert table.minutes == ((0, 12, None), (13, 0, None), (None, None, 0))


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"durations": [[0, 1], [1, 0]]}, "has 2 rows where 3 places are named"),
        ({"durations": [[0, 1, 2], *[[0, -1, 2]] * 2]}, "row 2: holds a time that is neither"),
        ({"durations": [[0, "x", 2]] * 3}, "neither a number from 0 nor null"),
        ({"code": "NoTable"}, "holds neither 'durations' nor 'sources_to_targets'"),
    ],
)
def test_a_matrix_that_does_not_fit_is_refused(value, fault, tmp_path):
    with pytest.raises(ReadError, match=fault):
        read_travel(file(tmp_path, json.dumps(value), "m.json"), PLACES)


def test_a_matrix_without_names_asks_for_them(tmp_path):
    with pytest.raises(ReadError, match=r"pass places=\[\.\.\.\]"):
        read_travel(file(tmp_path, '{"durations": [[0]]}', "m.json"))


def travel(tmp_path, numbers, unit="detik", **options):
    rows = "".join(f'p{place};q;"{number}"\n' for place, number in enumerate(numbers))
    table = read_travel(file(tmp_path, f"dari;ke;{unit}\n{rows}"), **options)
    at = table.places.index
    return [table.minutes[at(f"p{place}")][at("q")] for place in range(len(numbers))]


@pytest.mark.parametrize(
    ("numbers", "unit", "minutes", "fault"),
    [
        (["1.200", "1.350"], "detik", [20, 23], "1.200, read as 1200"),
        (["1,200", "900"], "detik", [20, 15], "1,200, read as 1200"),
        (["1.200", "1350.5"], "detik", [1, 23], None),
        (["1.200", "2.345.600"], "detik", [20, None], None),
        (["1.200,5", "1.350"], "detik", [21, 23], None),
        (["350.250", "420.125"], "detik", [6, 8], "350.250, read as 350.25"),
        (["0.250", "1.125"], "detik", [1, 1], None),
        (["12,5", "7.25"], "menit", [13, 8], None),
        (["1.200", "45"], "menit", [1200, 45], "1.200, read as 1200"),
        (["1 200", "60"], "detik", [20, 1], None),
    ],
)
def test_a_mark_between_thousands_is_reported_from_one_before_decimals(
    numbers, unit, minutes, fault, tmp_path
):
    if fault is None:
        assert travel(tmp_path, numbers, unit) == minutes
    else:
        with pytest.warns(SchoolEktpWarning, match=fault):
            assert travel(tmp_path, numbers, unit) == minutes


@pytest.mark.parametrize(("decimal", "minutes"), [(".", 1), (",", 20)])
def test_a_stated_decimal_mark_settles_how_a_number_is_read(decimal, minutes, tmp_path):
    assert travel(tmp_path, ["1.200"], decimal=decimal) == [minutes]


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ("X;Y;10\nX;Y;90\nY;X;10\n", ((0, 10), (10, 0))),
        ("X;Y;10\nX;Y;90\nY;X;85\n", ((0, 90), (85, 0))),
        ("X;Y;10\nX;Y;90\n", ((0, 90), (None, 0))),
        ("X;Y;10\nX;Y;90\nY;X;5\nY;X;70\n", ((0, 90), (70, 0))),
        ("X;Y;\nX;Y;90\n", ((0, 90), (None, 0))),
    ],
)
def test_a_pair_with_two_times_takes_the_likelier_and_is_reported(rows, minutes, tmp_path):
    with pytest.warns(SchoolEktpWarning, match=r"pairs of places two times or more \(rows 2 and 3"):
        table = read_travel(file(tmp_path, f"dari;ke;menit\n{rows}"))

    assert table.minutes == minutes


def test_a_pair_given_twice_with_one_time_is_no_doubt(tmp_path):
    table = read_travel(file(tmp_path, "dari;ke;menit\nX;Y;10\nX;Y;10\n"))

    assert table.minutes == ((0, 10), (None, 0))


times = st.lists(st.none() | st.integers(0, 9999), min_size=3, max_size=3)


@given(st.lists(times, min_size=3, max_size=3))
def test_a_matrix_reads_back(minutes):
    value = {"durations": [[m and m * 60 for m in row] for row in minutes]}
    with tempfile.TemporaryDirectory() as folder:
        table = read_travel(file(Path(folder), json.dumps(value), "m.json"), PLACES)

    known = [[None if m is None or m >= NO_ROUTE else m for m in row] for row in minutes]
    assert [list(row) for row in table.minutes] == known


@pytest.mark.parametrize("seconds", [1.7976931348623157e308, 2**31, 24 * 3600, float("inf")])
def test_a_time_of_a_day_or_more_means_no_route(seconds, tmp_path):
    value = {"durations": [[0, seconds], [24 * 3600 - 60, 0]]}

    table = read_travel(file(tmp_path, json.dumps(value), "m.json"), ["a", "b"])

    assert table.minutes == ((0, None), (NO_ROUTE - 1, 0))
    assert not table.has_route("a", "b")
    assert table.has_route("b", "a")


def test_a_time_that_is_no_number_is_refused(tmp_path):
    with pytest.raises(ReadError, match="neither a number from 0 nor null"):
        read_travel(file(tmp_path, '{"durations": [[NaN]]}', "m.json"), ["a"])


def test_thousands_of_minutes_are_decimals(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("dari;ke;menit\na;b;1.200\nb;a;1.350\n")

    with pytest.warns(SchoolEktpWarning, match=r"minutes like 1\.200, read as 1\.2"):
        table = read_travel(path)

    assert table.minutes == ((0, 2), (2, 0))
