"""What happened, reported once, twice, late, corrected, and in two ways."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.season.ledger import Ledger

MONDAY = dt.date(2024, 9, 9)
SITES = ("10700669", "10700670")


def an_outcome(recorded=0, site=0, **values):
    usual = {"day": MONDAY, "team": "Tim 1", "site": SITES[site], "recorded": recorded}
    return Outcome(**usual | values)


def kinds(issues):
    return [issue.kind for issue in issues]


def test_the_same_outcome_twice_changes_nothing():
    once, nothing = Ledger().recorded([an_outcome(3)])
    twice, still_nothing = once.recorded([an_outcome(3), an_outcome(3)])

    assert twice == once
    assert (nothing, still_nothing) == ((), ())


def test_a_later_outcome_replaces_an_earlier_one_and_is_reported():
    first, _ = Ledger().recorded([an_outcome(3), an_outcome(4, site=1)])
    second, found = first.recorded([an_outcome(5)])

    assert [one.recorded for one in second.outcomes] == [5, 4]
    assert kinds(found) == ["corrected"]


def test_two_outcomes_of_one_batch_that_disagree_are_both_refused():
    first, _ = Ledger().recorded([an_outcome(3)])
    second, found = first.recorded([an_outcome(5), an_outcome(6), an_outcome(1, site=1)])

    assert [one.recorded for one in second.outcomes] == [3, 1]
    assert kinds(found) == ["disagree"]
    assert "Tim 1" in found[0].text("en")


def test_outcomes_by_class_and_for_the_whole_visit_replace_each_other():
    whole, _ = Ledger().recorded([an_outcome(9)])
    classes, _ = whole.recorded([an_outcome(4, class_name="XI"), an_outcome(5, class_name="XII")])
    again, _ = classes.recorded([an_outcome(8)])

    assert [one.class_name for one in classes.outcomes] == ["XI", "XII"]
    assert [one.recorded for one in again.outcomes] == [8]


def test_a_whole_beside_its_classes_must_be_their_sum():
    classes = [an_outcome(4, class_name="XI"), an_outcome(5, class_name="XII")]

    ledger, nothing = Ledger().recorded([an_outcome(9), *classes])
    nobody, found = Ledger().recorded([an_outcome(10), *classes])

    assert ([one.recorded for one in ledger.outcomes], nothing) == ([4, 5], ())
    assert (nobody.outcomes, kinds(found)) == ((), ["disagree"])


def test_a_cancelled_visit_with_counts_is_a_disagreement():
    ledger, found = Ledger().recorded([an_outcome(3), an_outcome(cancelled="rain")])

    assert (ledger.outcomes, kinds(found)) == ((), ["disagree"])


def test_an_outcome_of_the_wrong_visit_can_be_taken_back():
    ledger, _ = Ledger().recorded([an_outcome(3), an_outcome(4, site=1)])

    assert [one.site for one in ledger.without(MONDAY, "Tim 1", SITES[0]).outcomes] == [SITES[1]]


def test_outcomes_of_the_office_are_kept_apart_from_those_of_visits():
    one = OfficeOutcome(day=MONDAY, site=SITES[0], recorded=2)
    other = OfficeOutcome(day=MONDAY, site=SITES[0], recorded=3)

    ledger, _ = Ledger().recorded([one, an_outcome(5)])
    corrected, found = ledger.recorded([other])
    same, doubt = corrected.recorded([one, other])

    assert [record.recorded for record in corrected.office] == [3]
    assert (kinds(found), kinds(doubt)) == (["corrected"], ["disagree"])
    assert same == corrected


records = st.builds(
    an_outcome,
    st.integers(0, 3),
    site=st.integers(0, 1),
    day=st.integers(0, 2).map(lambda days: MONDAY + dt.timedelta(days=days)),
    class_name=st.sampled_from(["", "XI", "XII"]),
    absent=st.none() | st.integers(0, 2),
)


@given(st.lists(st.lists(records, max_size=6), max_size=4))
def test_a_visit_is_reported_as_a_whole_or_by_class_and_once(batches):
    ledger = Ledger()
    for batch in batches:
        ledger, _ = ledger.recorded(batch)
        again, found = ledger.recorded(ledger.outcomes)
        assert (again, found) == (ledger, ())

    keys = [one.key for one in ledger.outcomes]
    assert keys == sorted(set(keys))
    for several in ledger.visits.values():
        assert len({not one.class_name for one in several}) == 1


@given(st.lists(records, max_size=6), st.randoms(use_true_random=False))
def test_the_order_within_a_batch_does_not_matter(batch, rng):
    shuffled = [*batch]
    rng.shuffle(shuffled)

    assert Ledger().recorded(shuffled)[0] == Ledger().recorded(batch)[0]
