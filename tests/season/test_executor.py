"""Searches on any executor: the same answers in the same order, and no forks."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from polars.testing import assert_frame_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.executor import check_executor, run_all, spawning_pool
from school_ektp.season.what_if import what_if

FEW = MaxIterations(40)


def test_an_executor_changes_nothing_but_the_time(season):
    plan = season()
    here = what_if(plan, teams=[1, 2], stop=FEW)

    with ThreadPoolExecutor(2) as threads:
        assert_frame_equal(what_if(plan, teams=[1, 2], stop=FEW, executor=threads), here)
    with spawning_pool(1) as processes:
        assert_frame_equal(what_if(plan, teams=[1, 2], stop=FEW, executor=processes), here)


def test_a_pool_that_forks_is_refused(season):
    plan, forks = season(), ProcessPoolExecutor(1, mp_context=get_context("fork"))
    with forks, pytest.raises(InvalidFieldError, match="spawning_pool"):
        what_if(plan, teams=[2], executor=forks)
    check_executor(ProcessPoolExecutor(1, mp_context=get_context("spawn")))


def test_answers_come_in_the_order_of_the_tasks():
    with ThreadPoolExecutor(2) as threads:
        assert run_all(abs, [-3, 2, -1], threads) == run_all(abs, [-3, 2, -1], None) == [3, 2, 1]
