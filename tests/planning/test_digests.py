"""The same seed gives the same plan on every machine and every Python."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import random_problem

SCRIPT = Path(__file__).with_name("digests.py")
RECORDED = json.loads(SCRIPT.with_suffix(".json").read_text(encoding="utf-8"))


def test_three_plans_are_those_recorded():
    assert runpy.run_path(str(SCRIPT))["digests"]() == RECORDED
    assert len(set(RECORDED.values())) == 3


def test_a_digest_tells_plans_apart():
    digest = runpy.run_path(str(SCRIPT))["digest"]
    plans = [
        solve(random_problem(249), stop=MaxIterations(most), seed=seed).solution
        for most, seed in ((0, 1), (5, 1), (5, 1), (5, 2))
    ]

    assert digest(plans[1]) == digest(plans[2])
    assert len({digest(plan) for plan in plans}) == 3
