"""What failed is read from the reason, or from the pattern of a day; who walks in is counted."""

from __future__ import annotations

import pytest

from made_calls import RISKS, SCHOOLS, call, failed, learnt


def test_the_reason_says_what_failed():
    calls = [
        failed(0, "mobil rusak"),
        failed(1, "sistem pusat mati"),
        failed(2, "listrik padam"),
        *(call(n) for n in range(3, 20)),
    ]

    known = learnt(calls)

    assert known.rate("day_lost").value == pytest.approx((2 + 1) / (100 + 19))
    assert known.rate("system_down").value == pytest.approx((1 + 1) / (100 + 20))
    assert known.rate("outage").value == pytest.approx((3 + 1) / (100 + 18))


@pytest.mark.parametrize(
    ("calls", "name"),
    [
        ([failed(0, team="Tim 1"), failed(0, team="Tim 2", site=SCHOOLS[1])], "system_down"),
        ([failed(0), failed(0, site=SCHOOLS[1])], "day_lost"),
        ([failed(0), call(0, site=SCHOOLS[1])], "outage"),
    ],
)
def test_without_a_reason_the_pattern_says_what_failed(calls, name):
    risks = {one: learnt(calls).rate(one) for one in ("system_down", "day_lost", "outage")}

    assert [one for one, rate in risks.items() if rate.value > rate.begun] == [name]


def test_a_single_visit_that_failed_may_be_either():
    known = learnt([failed(0)])

    assert known.rate("day_lost").value > RISKS.day_lost
    assert known.rate("outage").value > RISKS.outage
    assert known.rate("system_down").value < RISKS.system_down


def test_teams_and_schools_that_fail_more_often_are_seen():
    calls = [*(call(n, team="Tim 2") for n in range(30)), *(call(n) for n in range(20))]
    calls += [failed(20 + n, "mobil rusak") for n in range(10)]

    known = learnt(calls)

    office = known.rate("day_lost").value
    assert (
        known.rate("day_lost", team="Tim 2").value
        < office
        < known.rate("day_lost", team="Tim 1").value
    )
    assert known.risks().day_lost == office


def test_visits_that_were_not_planned_say_nothing_of_failures():
    known = learnt([call(n, planned=False) for n in range(9)])

    assert known.rate("day_lost").evidence == known.rate("outage").evidence == 0


def test_walk_ins_are_counted_a_visit():
    known = learnt([call(n, walk_ins=3) for n in range(90)])

    assert known.rate("walk_ins").value == pytest.approx((5 + 270) / 100)
    assert known.rate("walk_ins").low < 2.75 < known.rate("walk_ins").high
