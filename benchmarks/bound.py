"""
How sharp the upper bound is, and what it costs.

On the regency's variants: the bound at several efforts, its CPU time, and the pupils the search
records in the same problem. On Team Orienteering: the bound against the best-known values, which
it must never fall below.

    python benchmarks/bound.py [--seconds 5] [--efforts 1 10] [--only "two weeks"]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from _instances import read_best_known, read_instance
from regency_variants import PROBLEMS

from school_ektp.planning.bound import fewest_team_days, upper_bound
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

INSTANCES = Path(__file__).parent / "instances"


def told(problem: VisitProblem, effort: float, pupils: int) -> str:
    """Return bound, gap and seconds at an effort."""
    begun = time.process_time()
    bound = upper_bound(problem, effort=effort).pupils
    seconds = time.process_time() - begun
    assert bound >= pupils, "the bound is too low"
    return f"{bound} ({100 * (bound - pupils) / max(bound, 1):.2f} %, {seconds:.2f} s)"


def regency(args: argparse.Namespace) -> None:
    for name in args.only:
        problem, _ = PROBLEMS[name]()
        found = solve(problem, stop=MaxSeconds(args.seconds), seed=0).score
        bounds = " | ".join(told(problem, effort, found.pupils) for effort in args.efforts)
        days = f"{-found.team_days} team-days, at least {fewest_team_days(problem)} for everyone"
        print(f"| {name} | {found.pupils} of {problem.pupils} | {bounds} | {days} |", flush=True)


def orienteering(effort: float) -> None:
    for (name, teams), best in sorted(read_best_known(INSTANCES).items()):
        problem = read_instance(INSTANCES / f"{name}.txt", teams).problem()
        print(f"| {name}, {teams} teams | {best} | {told(problem, effort, best)} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--efforts", type=float, nargs="+", default=[1.0, 10.0])
    parser.add_argument("--only", nargs="+", choices=list(PROBLEMS), default=list(PROBLEMS))
    args = parser.parse_args()
    efforts = " | ".join(f"bound at effort {effort:g}" for effort in args.efforts)
    print(
        f"| problem | recorded | {efforts} | team-days |\n|---|---|{'---|' * len(args.efforts)}---|"
    )
    regency(args)
    print("\n| instance | best known | bound |\n|---|---|---|")
    orienteering(args.efforts[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
