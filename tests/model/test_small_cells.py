"""Small counts are left out with those that give them away; an attacker with a solver checks it."""

from __future__ import annotations

import itertools

import highspy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.small_cells import FEWEST, Sum, small_cells

tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(
            st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 30, 400]), min_size=width, max_size=width
        ),
        min_size=1,
        max_size=6,
    )
)


def most_by_solver(counts, sums, hidden, key) -> float:
    """Return the most that a hidden count may be, for whoever solves all sums at once."""
    solver = highspy.Highs()
    solver.silent()
    variables = {one: solver.addVariable(lb=0) for one in hidden}

    def value(one):
        return variables.get(one, counts[one])

    for law in sums:
        if any(one in variables for one in (law.total, *law.parts)):
            expression = sum((value(part) for part in law.parts), start=0 * variables[key])
            solver.addConstr(expression - value(law.total) == 0)
    solver.maximize(1 * variables[key])
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return solver.getObjectiveValue()
    return float("inf")


def laid_out(rows):
    """Return the counts of a table with totals, and which are sums of which."""
    width = len(rows[0])
    whole = [[*row, sum(row)] for row in rows]
    whole.append([sum(row[place] for row in whole) for place in range(width + 1)])
    counts = {(r, c): n for r, row in enumerate(whole) for c, n in enumerate(row)}
    sums = [Sum((r, width), tuple((r, c) for c in range(width))) for r in range(len(whole))]
    sums += [Sum((len(rows), c), tuple((r, c) for r in range(len(rows)))) for c in range(width + 1)]
    return counts, sums


def shown_with_totals(rows, **options):
    """Return a table with its totals, None where a count must not be shown."""
    counts, sums = laid_out(rows)
    hidden = small_cells(counts, sums, **options)
    return [
        [None if (r, c) in hidden else counts[r, c] for c in range(len(rows[0]) + 1)]
        for r in range(len(rows) + 1)
    ]


def test_a_small_count_takes_another_of_its_row_and_column_along():
    shown = shown_with_totals([[3, 20, 30], [40, 50, 60], [70, 80, 90]])

    assert shown[0][0] is None
    for line in (*shown, *zip(*shown, strict=True)):
        assert sum(one is None for one in line) != 1
    assert shown[3][3] == 443


def test_without_small_counts_all_is_shown():
    assert shown_with_totals([[5, 0], [12, 7]]) == [[5, 0, 5], [12, 7, 19], [17, 7, 24]]


def test_two_small_counts_do_not_protect_each_other_if_their_sum_is_small():
    counts = {"all": 53, "a": 1, "b": 2, "c": 20, "d": 30}

    hidden = small_cells(counts, [Sum("all", ("a", "b", "c", "d"))])

    assert hidden == {"a", "b", "c"}


def test_zeros_are_shown_unless_they_protect():
    assert small_cells({"all": 34, "a": 4, "b": 0, "c": 30}, [Sum("all", tuple("abc"))]) == {
        "a",
        "c",
    }


def test_a_known_total_is_shown_even_if_it_is_small():
    counts = {"all": 3, "a": 3, "b": 0}

    assert small_cells(counts, [Sum("all", ("a", "b"))], known=["all"]) == {"a"}


def test_a_count_may_be_in_two_sums_only():
    sums = [Sum(total, ("a",)) for total in "xyz"]

    with pytest.raises(InvalidFieldError, match="at most twice"):
        small_cells(dict.fromkeys("axyz", 9), sums)


def test_a_small_total_is_left_out_with_its_parts():
    assert small_cells({"all": 3, "a": 3, "b": 0}, [Sum("all", ("a", "b"))]) >= {"all", "a"}


@given(tables)
def test_no_solver_can_tell_that_a_small_count_is_small(rows):
    """The judge shares no code: a linear program over all sums at once."""
    counts, sums = laid_out(rows)

    hidden = small_cells(counts, sums)

    for key, count in counts.items():
        if 0 < count < FEWEST:
            assert key in hidden
            assert most_by_solver(counts, sums, hidden, key) >= FEWEST - 1e-6


@given(tables, st.integers(1, 3))
def test_small_counts_stay_hidden_across_groups_with_known_totals(rows, size):
    """As visits of days and weeks, by kecamatan; the sums of the whole are known."""
    groups = [rows[place : place + size] for place in range(0, len(rows), size)]
    counts, sums = {}, []
    width = len(rows[0])
    for place, some in enumerate(groups):
        cells = [(place, r, c) for r in range(len(some)) for c in range(width)]
        counts |= {(place, r, c): some[r][c] for _, r, c in cells}
        counts[("group", place)] = sum(map(sum, some))
        sums.append(Sum(("group", place), tuple(cells)))
    for c in range(width):
        column = [key for key in counts if len(key) == 3 and key[2] == c]
        counts[("column", c)] = sum(counts[key] for key in column)
        sums.append(Sum(("column", c), tuple(column)))
    counts[("all",)] = sum(map(sum, rows))
    sums += [
        Sum(("all",), tuple(key for key in counts if key[0] == kind))
        for kind in ("group", "column")
    ]
    known = [("all",)]

    hidden = small_cells(counts, sums, known=known)

    everything = counts.keys() - {("all",)}
    for key in everything:
        if 0 < counts[key] < FEWEST:
            assert key in hidden
            most = most_by_solver(counts, sums, hidden, key)
            assert most >= min(FEWEST, most_by_solver(counts, sums, everything, key)) - 1e-6
    assert hidden <= everything


@pytest.mark.parametrize("fewest", [0, -1, True, 2.5, "5"])
def test_the_number_is_a_whole_one(fewest):
    with pytest.raises(InvalidFieldError, match="whole number"):
        small_cells({"a": 1}, fewest=fewest)


def test_counts_that_do_not_add_up_are_refused():
    with pytest.raises(InvalidFieldError, match="add up"):
        small_cells({"all": 3, "a": 1}, [Sum("all", ("a",))])


def test_with_a_threshold_of_one_no_count_is_hidden():
    rows = [list(row) for row in itertools.product((0, 1, 2), repeat=2)]

    assert None not in itertools.chain(*shown_with_totals(rows, fewest=1))
