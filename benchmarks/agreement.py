"""
How often the search finds the very best plan of a tiny problem, and how near the bound comes.

Draws random tiny problems with every rule, solves each exhaustively, and compares the plan of the
search (the whole score, and its pupils alone) and the upper bound.
Targets: never above the oracle, equal on at least 99 % of 2,000, bound never below.

    python benchmarks/agreement.py [--problems 2000] [--first 0] [--iterations 300] [--show]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import accumulate

from school_ektp.planning.bound import upper_bound
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import Score
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import plan_exhaustively, random_tiny_problem

TARGET = 0.99


def compare(problem: VisitProblem, best: Score, iterations: int) -> set[str]:
    """Return what is true of the search and the bound, and what must never be."""
    found = solve(problem, stop=MaxIterations(iterations), seed=0)
    bound, recorded = upper_bound(problem).by_priority, tuple(accumulate(best.recorded))
    facts = {
        "score equal": found.score == best,
        "pupils equal": found.score.recorded == best.recorded,
        "bound reached": bound[-1] == recorded[-1],
        "ABOVE THE ORACLE": found.score > best,
        "REFUSED BY THE JUDGE": bool(violations(problem, found.solution)),
        "BOUND TOO LOW": any(most < some for most, some in zip(bound, recorded, strict=True)),
    }
    return {fact for fact, true in facts.items() if true}


def tell(seed: int, problem: VisitProblem, iterations: int) -> None:
    """Print where the search falls short, to work on it."""
    best = plan_exhaustively(problem)
    found = solve(problem, stop=MaxIterations(iterations), seed=0)
    rules = ", ".join(str(rule) for rule in problem.rules)
    print(f"seed {seed}: {rules or 'no rules'}; overbook {problem.overbook}")
    for name, plan in (("oracle", best), ("search", found.solution)):
        print(f"  {name} {score(problem, plan)}")
        for visit in plan.visits:
            print(f"    {visit}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--problems", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--show", action="store_true", help="show the plans that differ")
    args = parser.parse_args()
    facts: Counter[str] = Counter()
    begun = time.process_time()
    for seed in range(args.first, args.first + args.problems):
        problem = random_tiny_problem(seed)
        true = compare(problem, score(problem, plan_exhaustively(problem)), args.iterations)
        facts.update(true)
        if args.show and "score equal" not in true:
            tell(seed, problem, args.iterations)
    for fact, times in sorted(facts.items()):
        print(f"{fact:22} {times:6} of {args.problems} ({100 * times / args.problems:.2f} %)")
    print(f"{time.process_time() - begun:.0f} s of CPU")
    never = {"ABOVE THE ORACLE", "REFUSED BY THE JUDGE", "BOUND TOO LOW"}
    good = not never & set(facts) and facts["score equal"] >= TARGET * args.problems
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
