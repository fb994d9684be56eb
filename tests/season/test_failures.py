"""What failed is read from the reason, or from the pattern of a day; who walks in is counted."""

from __future__ import annotations

import attrs
import pytest

from made_calls import RISKS, SCHOOLS, call, failed, learnt
from school_ektp.season.learnt import overrule


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


def test_teams_and_schools_are_planned_with_as_often_as_they_failed():
    calls = [call(n, site=SCHOOLS[n % 2], team=f"Tim {1 + n % 3}") for n in range(60)]
    calls += [failed(60 + n, "listrik padam", site=SCHOOLS[0]) for n in range(9)]
    calls += [failed(70 + n, "mobil rusak", team="Tim 2", site=SCHOOLS[1]) for n in range(5)]

    known = learnt(calls)

    risks, few = known.risks(), known.risks(of={SCHOOLS[0], "Tim 2"})
    dark, lost = dict(risks.outage_by_school), dict(risks.day_lost_by_team)
    assert dark[SCHOOLS[1]] < risks.outage < dark[SCHOOLS[0]]
    assert lost["Tim 1"] < risks.day_lost < lost["Tim 2"]
    assert dict(few.outage_by_school).keys() == {SCHOOLS[0]}
    assert dict(few.day_lost_by_team).keys() == {"Tim 2"}


def test_a_rate_that_a_school_began_with_is_its_own():
    began = attrs.evolve(RISKS, outage_by_school={SCHOOLS[0]: 0.5}, day_lost_by_team={"Tim 1": 0.5})
    known = learnt([call(n, site=SCHOOLS[0]) for n in range(20)], risks=began)

    dark, lost = known.rate("outage", site=SCHOOLS[0]), known.rate("day_lost", team="Tim 1")
    assert dark.value == lost.value == pytest.approx(50 / 120)
    assert (dark.prior, dark.begun, dark.evidence) == (0.5, 0.5, 20)
    assert known.rate("outage").value == pytest.approx(RISKS.outage)
    assert known.rate("outage").evidence == 0


def test_what_somebody_says_of_a_team_or_a_school_holds():
    overruled = overrule((), "outage", 0.4, site=SCHOOLS[1])
    overruled = overrule(overruled, "day_lost", 0.3, team="Tim 2")

    risks = learnt([call(n) for n in range(9)], overruled=overruled).risks()

    assert dict(risks.outage_by_school)[SCHOOLS[1]] == 0.4
    assert dict(risks.day_lost_by_team)["Tim 2"] == 0.3


def test_visits_that_were_not_planned_say_nothing_of_failures():
    known = learnt([call(n, planned=False) for n in range(9)])

    assert known.rate("day_lost").evidence == known.rate("outage").evidence == 0


def test_walk_ins_are_counted_a_visit():
    known = learnt([call(n, walk_ins=3) for n in range(90)])

    assert known.rate("walk_ins").value == pytest.approx((5 + 270) / 100)
    assert known.rate("walk_ins").low < 2.75 < known.rate("walk_ins").high
