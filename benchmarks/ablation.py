"""
What each mechanism of the search is worth: the search without it, against the search with it.

Each mechanism is switched off by its number in `SearchParams`. Runs are paired: the same fresh
instance, seed and CPU time. A mechanism stays if it wins 0.2 % of the value, or two standard
errors and more.

    python benchmarks/ablation.py [--pairs 40] [--seconds 3] [--seed 1000] [--only blink]
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Mapping

import attrs
from _regencies import REGENCIES, price_of

from school_ektp.model.worth import Worth
from school_ektp.planning.constraints import Spacing, VisitsPerSite
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

USUAL = SearchParams()


def without() -> Mapping[str, SearchParams]:
    """Return the search without each mechanism: its number set to what switches it off."""
    weights = USUAL.removal_weights
    return {
        "blink": attrs.evolve(USUAL, blink=0.0),
        "room for more than expected": attrs.evolve(USUAL, room_margin=0),
        "minutes counted": attrs.evolve(USUAL, time_counts=0.0),
        "days opened for less": attrs.evolve(USUAL, days_open=0.0),
        "schools without a visit": attrs.evolve(USUAL, also_tried=0),
        "other days by chance": attrs.evolve(USUAL, days_by_chance=0),
        **{
            f"removal {number}": attrs.evolve(
                USUAL,
                removal_weights=tuple(0 if n == number else w for n, w in enumerate(weights)),
            )
            for number in range(len(weights))
        },
    }


def instances(seed: int, pairs: int) -> list[VisitProblem]:
    """Return fresh instances: each regency in turn, every other one with limits on visits."""
    names, found = list(REGENCIES), []
    for number in range(pairs):
        problem = REGENCIES[names[number % len(names)]](seed + number).problem
        limits = (VisitsPerSite(3), Spacing(14)) if number // len(names) % 2 else ()
        found.append(
            attrs.evolve(
                problem,
                price=price_of(Worth()),
                constraints=(*problem.constraints, *limits),
            )
        )
    return found


def value_of(problem: VisitProblem, params: SearchParams, seconds: float, seed: int) -> int:
    stop = MaxSeconds(seconds, clock=time.process_time)
    return solve(problem, stop=stop, seed=seed, params=params).value.total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1_000, help="of the first instance")
    parser.add_argument("--only", nargs="+", choices=list(without()), default=list(without()))
    args = parser.parse_args()
    problems = instances(args.seed, args.pairs)
    print(
        "| without | percent of value lost | standard error | pairs won by it |\n|---|---|---|---|"
    )
    usual = [value_of(one, USUAL, args.seconds, n) for n, one in enumerate(problems)]
    for name in args.only:
        params = without()[name]
        off = [value_of(one, params, args.seconds, n) for n, one in enumerate(problems)]
        lost = [100 * (a - b) / a for a, b in zip(usual, off, strict=True)]
        error = statistics.stdev(lost) / math.sqrt(len(lost))
        won = sum(one > 0 for one in lost)
        print(f"| {name} | {statistics.mean(lost):+.2f} | {error:.2f} | {won} |", flush=True)


if __name__ == "__main__":
    main()
