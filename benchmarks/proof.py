"""
How far from the best can the plan be? Bound, gap and verdict on the twelve problems.

Each problem is planned for SEARCH seconds, then a proof is tried for LIMIT seconds: the bound of
the core package, that of the proof, the plan before and after it, the gap and the time. A second
process tightens the bound while the first looks for a better plan, whose CPU time is shown. Needs
the extra `exact`; every plan is judged.

    python benchmarks/proof.py              all twelve, about half an hour
    python benchmarks/proof.py sample       one of them
    python benchmarks/proof.py --quick      20 seconds for each
    python benchmarks/proof.py --alone      one process does both, one after the other
    python benchmarks/proof.py --bound 600  the bound alone, 600 seconds of CPU for each
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from concurrent.futures import Executor

from regency_variants import PROBLEMS

from school_ektp.planning.bound import upper_bound
from school_ektp.planning.exact import prove
from school_ektp.planning.exact.branching import bound_by_cases
from school_ektp.planning.exact.columns import ColumnBound
from school_ektp.planning.exact.sets import Sets
from school_ektp.planning.feasibility import violations
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds
from school_ektp.season.executor import spawning_pool

SEARCH = 10
LIMIT = 120
SAMPLE_LIMIT = 60
QUICK = 20
SEED = 1


def main() -> None:
    wanted = [name for name in sys.argv[1:] if name in PROBLEMS] or [*PROBLEMS]
    if "--bound" in sys.argv:
        for name in wanted:
            _tighten(name, float(sys.argv[sys.argv.index("--bound") + 1]))
        return
    print(
        f"{'problem':18} {'pupils':>6} {'plan':>6} {'after':>6} {'core':>6} {'bound':>6}"
        f" {'gap':>7} {'wall s':>7} {'cpu s':>7}  verdict"
    )
    if "--alone" in sys.argv:
        _prove_all(wanted, None)
        return
    with spawning_pool(1) as pool:
        _prove_all(wanted, pool)


def _tighten(name: str, seconds: float) -> None:
    """Print how the bound falls, without looking for a better plan."""
    problem, _ = PROBLEMS[name]()
    plan = solve(problem, stop=MaxSeconds(SEARCH), seed=SEED)
    begun = time.process_time()

    def over() -> bool:
        return time.process_time() - begun > seconds

    target, sets = plan.score.pupils, dict[object, Sets]()
    columns = ColumnBound(problem, problem.priorities - 1, missed=-plan.score.floors)
    columns.seed(plan.solution)
    root = columns.improve(over, target, sets)
    print(f"{name:18} plan {target}, bound {root}", end="", flush=True)
    bound = bound_by_cases(columns, over, target, sets)
    print(f", by cases {bound} ({time.process_time() - begun:.0f} s of CPU)", flush=True)


def _prove_all(names: Iterable[str], pool: Executor | None) -> None:
    quick = "--quick" in sys.argv
    for name in names:
        problem, _ = PROBLEMS[name]()
        plan = solve(problem, stop=MaxSeconds(QUICK / 4 if quick else SEARCH), seed=SEED)
        core = upper_bound(problem).pupils
        limit = QUICK if quick else SAMPLE_LIMIT if name == "sample" else LIMIT
        wall, cpu = time.perf_counter(), time.process_time()
        proof = prove(problem, plan.solution, seconds=limit, seed=SEED, executor=pool)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        assert not violations(problem, proof.solution)
        assert plan.score <= proof.score
        assert proof.score.pupils <= proof.bound <= core
        print(
            f"{name:18} {problem.pupils:6} {plan.score.pupils:6} {proof.score.pupils:6} {core:6}"
            f" {proof.bound:6} {proof.gap_share:7.2%} {wall:7.1f} {cpu:7.1f}"
            f"  {proof.verdict.value}"
            f", {-proof.score.team_days} team-days (fewest: {proof.fewest_team_days})",
            flush=True,
        )


if __name__ == "__main__":
    main()
