"""
Three plans, each as a short text that tells any other plan apart.

The same seed gives the same plan on every machine and every Python; `test_digests.py` holds the
texts against those recorded in `digests.json`. When the search has changed on purpose, write
them again: `python tests/planning/digests.py > tests/planning/digests.json`.
"""

from __future__ import annotations

import hashlib
import json

import attrs

from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import random_problem

SEEDS = (80, 249, 288)  # problems with several teams, luck, prices and constraints
ITERATIONS = 300


def digest(plan: Solution) -> str:
    """Return the number of visits and a hash of all their figures."""
    figures = json.dumps([attrs.astuple(visit) for visit in plan.visits])
    return f"{len(plan.visits)} visits {hashlib.sha256(figures.encode()).hexdigest()[:16]}"


def digests() -> dict[str, str]:
    """Return the digest of each plan, by the seed of its problem."""
    stop = MaxIterations(ITERATIONS)
    return {
        f"random_problem({seed})": digest(solve(random_problem(seed), stop=stop, seed=1).solution)
        for seed in SEEDS
    }


if __name__ == "__main__":
    print(json.dumps(digests(), indent=2))
