"""Stated totals: slips that were printed, and any slip that could be."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.totals import (
    ARTICLE_TOTALS,
    FOLLOW_UP_TOTALS,
    DigitSwap,
    PercentRelation,
    StatedTotals,
    SumRelation,
    check_totals,
    coverage_relations,
    digit_swap,
)

counts = st.integers(0, 999_999)


def table(recorded: int, rest: int, **printed: object) -> StatedTotals:
    """A table that is right but for what is *printed* otherwise."""
    whole = recorded + rest
    exact = Decimal(100) * recorded / whole
    percent = exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    figures = {"whole": whole, "recorded": recorded, "remaining": rest, "percent": percent}
    relations = coverage_relations(
        whole="whole", recorded="recorded", remaining="remaining", percent="percent"
    )
    return StatedTotals(figures={**figures, **printed}, relations=relations)


def exchanged(number: int, left: int, right: int) -> int:
    digits = list(str(number))
    digits[left], digits[right] = digits[right], digits[left]
    return int("".join(digits))


def test_the_article_swaps_two_digits_of_the_remainder():
    [finding] = check_totals(ARTICLE_TOTALS)

    first = finding.likeliest
    assert (first.name, first.stated, first.computed) == ("remaining", 11_870, 11_780)
    assert first.difference == 90
    assert first.swap is DigitSwap.NEIGHBOURS
    assert first.settles
    assert str(finding) == (
        "remaining is stated as 11,870 and recomputed as 11,780 (obliged = recorded + remaining): "
        "90 too many; two neighbouring digits are swapped"
    )


def test_the_article_prints_its_coverage_and_its_first_timers_right():
    """94.51 % vouches for obliged and recorded: changing either would break it."""
    [finding] = check_totals(ARTICLE_TOTALS)

    assert [(s.name, s.settles) for s in finding.suspects] == [
        ("remaining", True),
        ("obliged", False),
        ("recorded", False),
    ]
    corrected = attrs.evolve(ARTICLE_TOTALS, figures=ARTICLE_TOTALS.by_name | {"remaining": 11_780})
    assert check_totals(corrected) == ()


def test_the_total_three_weeks_later_is_five_short_and_no_swap():
    [finding] = check_totals(FOLLOW_UP_TOTALS)

    first = finding.likeliest
    assert (first.name, first.stated, first.computed) == ("first-timers", 7_034, 7_039)
    assert (first.difference, first.swap) == (-5, DigitSwap.NONE)
    assert "5 too few; swapped digits do not explain it" in str(finding)


def test_a_finding_is_reported_in_both_languages():
    [swapped] = check_totals(ARTICLE_TOTALS)
    [short] = check_totals(FOLLOW_UP_TOTALS)

    assert swapped.text("id") == (
        "remaining tertulis 11.870, hasil hitung ulang 11.780 (obliged = recorded + remaining):"
        " kelebihan 90; dua angka yang bersebelahan tertukar"
    )
    assert short.text("id").endswith("kurang 5; bukan karena angka tertukar")
    assert swapped.text("en") == str(swapped)


def test_a_percentage_is_written_with_the_decimals_of_the_language():
    figures = {"done": 3, "all": 8, "share": Decimal("37.6")}
    relation = PercentRelation("share", part="done", whole="all")

    [finding] = check_totals(StatedTotals(figures=figures, relations=(relation,)))

    assert "share tertulis 37,6, hasil hitung ulang 37,5" in finding.text()
    assert "share is stated as 37.6 and recomputed as 37.5" in finding.text("en")


def test_without_the_percentage_the_swap_still_finds_the_remainder():
    totals = StatedTotals(
        figures={"obliged": 214_600, "recorded": 202_820, "remaining": 11_870},
        relations=(SumRelation("obliged", ("recorded", "remaining")),),
    )

    [finding] = check_totals(totals)

    assert finding.likeliest.name == "remaining"


def test_without_other_evidence_the_derived_figure_is_suspected():
    relations = coverage_relations(whole="whole", recorded="recorded", remaining="remaining")
    totals = StatedTotals(
        figures={"whole": 100, "recorded": 60, "remaining": 45}, relations=relations
    )

    [finding] = check_totals(totals)

    assert (finding.likeliest.name, finding.likeliest.computed) == ("remaining", 40)


def test_a_count_with_swapped_digits_is_found_through_the_percentage_alone():
    totals = StatedTotals(
        figures={"percent": 94.51, "recorded": 220_820, "obliged": 214_600},
        relations=(PercentRelation("percent", part="recorded", whole="obliged"),),
    )

    [finding] = check_totals(totals)

    assert finding.likeliest.name == "recorded"
    assert finding.likeliest.computed == 202_820
    assert finding.likeliest.swap is DigitSwap.NEIGHBOURS


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [("94.51", True), ("94.5", True), ("95", True), ("94.50", False), ("94", False)],
)
def test_a_percentage_is_judged_to_the_decimals_it_is_printed_with(printed, agrees):
    totals = attrs.evolve(
        ARTICLE_TOTALS,
        figures=ARTICLE_TOTALS.by_name
        | {"remaining": 11_780, "coverage percent": Decimal(printed)},
    )

    assert (check_totals(totals) == ()) is agrees


def test_a_coverage_above_100_percent_can_be_right():
    """Recorded 16-year-olds over a denominator of 17 and older."""
    totals = StatedTotals(
        figures={"coverage": 104.8, "recorded": 1_048, "obliged": 1_000},
        relations=(PercentRelation("coverage", part="recorded", whole="obliged"),),
    )

    assert check_totals(totals) == ()


@pytest.mark.parametrize(
    ("stated", "computed", "swap"),
    [
        (11_870, 11_780, DigitSwap.NEIGHBOURS),
        (8_171, 1_178, DigitSwap.APART),
        (7_210, 1_027, DigitSwap.NONE),
        (94, 94, DigitSwap.NONE),
        (7_034, 7_039, DigitSwap.NONE),
        (103, 13, DigitSwap.NONE),
        (Decimal("94.15"), Decimal("94.51"), DigitSwap.NEIGHBOURS),
        (Decimal("94.5"), Decimal("9.45"), DigitSwap.NONE),
        (Decimal("49.51"), Decimal("94.51"), DigitSwap.NEIGHBOURS),
    ],
)
def test_a_swap_of_digits_is_recognised_both_ways(stated, computed, swap):
    assert digit_swap(stated, computed) is swap
    assert digit_swap(computed, stated) is swap


@given(counts, st.data())
def test_any_exchange_of_two_digits_is_recognised(number, data):
    length = len(str(number))
    left, right = sorted(
        data.draw(st.sampled_from([(a, b) for a in range(length) for b in range(length)]))
    )
    other = exchanged(number, left, right)
    assume(len(str(other)) == length)

    same = other == number
    expected = DigitSwap.NEIGHBOURS if right - left == 1 else DigitSwap.APART
    assert digit_swap(number, other) is (DigitSwap.NONE if same else expected)


@given(counts, counts)
def test_a_right_table_has_no_finding(recorded, remaining):
    assume(recorded + remaining)

    assert check_totals(table(recorded, remaining)) == ()


@given(counts, counts, st.integers(0, 2_000_000))
def test_a_wrong_remainder_is_found_with_its_difference(recorded, remaining, printed):
    assume(recorded + remaining and printed != remaining)

    findings = check_totals(table(recorded, remaining, remaining=printed))

    assert len(findings) == 1
    [suspect] = [s for s in findings[0].suspects if s.name == "remaining"]
    assert suspect.computed == remaining
    assert suspect.difference == printed - remaining
    assert suspect.settles


@given(
    counts,
    counts,
    st.sampled_from(["whole", "recorded", "remaining", "percent"]),
    st.integers(1, 9_999),
)
def test_one_slip_is_among_the_suspects_with_its_right_value(recorded, remaining, slipped, slip):
    assume(recorded + remaining)
    right = table(recorded, remaining)
    wrong = attrs.evolve(right, figures=right.by_name | {slipped: right.by_name[slipped] + slip})

    suspects = [s for finding in check_totals(wrong) for s in finding.suspects]

    assert any(
        (s.name, s.computed, s.settles) == (slipped, right.by_name[slipped], True) for s in suspects
    )


@given(st.dictionaries(st.sampled_from("abcdefgh"), counts, min_size=2, max_size=6))
def test_each_suspect_of_a_sum_alone_puts_it_right(figures):
    total, *parts = figures
    totals = StatedTotals(figures=figures, relations=(SumRelation(total, tuple(parts)),))

    for finding in check_totals(totals):
        assert finding.suspects
        for suspect in finding.suspects:
            repaired = attrs.evolve(totals, figures=figures | {suspect.name: suspect.computed})
            assert check_totals(repaired) == ()


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"a": -1}, r"StatedTotals.figures 'a' must be from 0 to below .*, got -1"),
        ({"a": float("nan")}, "must be from 0 to below .*, got nan"),
        ({"a": float("inf")}, "must be from 0 to below .*, got inf"),
        ({"a": 10**15}, "must be from 0 to below 1,000,000,000,000,000, got 10"),
        ({"a": True}, "must be a number, got a bool"),
        ({"a": "214.600"}, "must be a number, got a str"),
        ({"a": Decimal("0.1234567")}, "must have at most 6 decimals"),
    ],
)
def test_a_figure_that_is_no_figure_is_refused(figures, words):
    with pytest.raises(InvalidFieldError, match=words):
        StatedTotals(figures=figures, relations=())


def test_a_relation_of_figures_nobody_stated_is_refused():
    with pytest.raises(InvalidFieldError, match="not stated: 'b', 'c'"):
        StatedTotals(figures={"a": 1}, relations=(SumRelation("a", ("b", "c")),))


def test_a_percentage_of_nothing_is_refused():
    with pytest.raises(InvalidFieldError, match="percentage of 'whole', which is 0"):
        StatedTotals(
            figures={"percent": 0, "part": 0, "whole": 0},
            relations=(PercentRelation("percent", part="part", whole="whole"),),
        )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: SumRelation("a", ()), "SumRelation.parts must be one or more figures"),
        (lambda: SumRelation("a", ("a", "b")), "different from each other and from the total"),
        (lambda: SumRelation("a", ("b", "b")), "parts must be .* different from each other"),
        (lambda: SumRelation("a", ("b",), derived="c"), "total or one of its parts, got 'c'"),
        (
            lambda: PercentRelation("a", part="a", whole="b"),
            "must differ from the other two fig",
        ),
    ],
)
def test_a_relation_that_makes_no_sense_is_refused(make, words):
    with pytest.raises(InvalidFieldError, match=words):
        make()


def test_round_numbers_in_decimals_compare_as_counts():
    totals = StatedTotals(
        figures={"a": Decimal("1E+3"), "b": 1000}, relations=(SumRelation("a", ("b",)),)
    )

    assert check_totals(totals) == ()
    assert str(totals.by_name["a"]) == "1000"
