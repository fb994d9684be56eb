"""A plan proved: the verdict in both languages, and the bound handed back with the plan."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from school_ektp.errors import InvalidFieldError
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


def test_an_executor_that_forks_is_refused(season):
    pool = ProcessPoolExecutor(1, mp_context=get_context("fork"))
    with pool, pytest.raises(InvalidFieldError, match="forks its processes"):
        prove(season(), seconds=1, executor=pool)


def test_an_executor_proves_the_same(season):
    with ThreadPoolExecutor(1) as pool:
        found = prove(season(), seconds=10, executor=pool)

    assert (found.plan.recorded, found.plan.bound) == (5, 5)
