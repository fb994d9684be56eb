"""A plan proved: the verdict in both languages, and the bound handed back with the plan."""

from __future__ import annotations

import pytest

from school_ektp.season.proving import prove

pytest.importorskip("highspy")


def test_a_small_season_is_proved_optimal(season):
    found = prove(season(), seconds=10)

    assert (found.plan.recorded, found.plan.bound, found.plan.gap) == (5, 5, 0)
    assert found.text("en") == (
        "Proved optimal: no plan records more than 5 pupils, or as many in fewer than 1 team-days."
    )
    assert found.text("id").startswith("Terbukti optimal: tidak ada rencana")


def test_a_plan_that_is_not_the_best_comes_back_better(season):
    found = prove(season(iterations=0), seconds=10)

    assert found.proof.better
    assert found.plan.recorded == 5
