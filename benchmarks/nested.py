"""
Does loosening a rule ever lose value? Twenty chains of nested rules, each planned from nothing.

A chain is one regency under rules that grow looser step by step. A plan of a tighter step is a
plan of every looser one, so each step is compared with the best found for it or for any tighter
one. Target: within 0.5 % everywhere.

    python benchmarks/nested.py [--seconds 5] [--seed 1] [--chains 20]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs
from _regencies import REGENCIES, price_of

from school_ektp.model.worth import Worth
from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import (
    Constraint,
    DrivingLimit,
    FewestPupils,
    KitDayCap,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import PUPIL, VisitProblem
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

Rules: TypeAlias = tuple[Constraint, ...]
Chain: TypeAlias = tuple[Rules, ...]  # from the tightest to no rule at all

LAST_DAY = 74
CHAINS: tuple[Chain, ...] = (
    ((VisitsPerSite(1),), (VisitsPerSite(2),), (VisitsPerSite(3),), ()),
    (
        (VisitsPerSite(2), Spacing(28), FewestPupils(5)),
        (VisitsPerSite(2), Spacing(28)),
        (VisitsPerSite(2), Spacing(14)),
        (VisitsPerSite(2),),
        (),
    ),
    ((Spacing(28),), (Spacing(14),), (Spacing(7),), ()),
    ((FewestPupils(20),), (FewestPupils(10),), (FewestPupils(5),), ()),
    (
        (TeamDayBudget(20, 0, LAST_DAY),),
        (TeamDayBudget(30, 0, LAST_DAY),),
        (TeamDayBudget(40, 0, LAST_DAY),),
        (),
    ),
    (
        (VisitsPerDay(1), DrivingLimit(120)),
        (VisitsPerDay(2), DrivingLimit(180)),
        (VisitsPerDay(3), DrivingLimit(240)),
        (),
    ),
    (
        (ReserveDays(10), KitDayCap(20)),
        (ReserveDays(5), KitDayCap(30)),
        (ReserveDays(5), KitDayCap(150)),
        (KitDayCap(150),),
        (),
    ),
)


def problems(seed: int, chains: int) -> Iterator[tuple[str, list[VisitProblem]]]:
    """Yield the chains: each of the regencies in turn, under each of the chains of rules."""
    names = list(REGENCIES)
    for number in range(chains):
        name, chain = names[number % len(names)], CHAINS[number % len(CHAINS)]
        problem = REGENCIES[name](seed + number).problem
        priced = attrs.evolve(problem, price=price_of(Worth()))
        yield name, [attrs.evolve(priced, constraints=priced.constraints + r) for r in chain]


def value_of(problem: VisitProblem, seconds: float) -> int:
    stop = MaxSeconds(seconds, clock=time.process_time)
    found = solve(problem, stop=stop)
    assert violations(problem, found.solution) == ()
    return found.value.total


def lost(values: Sequence[int]) -> float:
    """Return by how many percent a step falls below the best of the tighter ones, at worst."""
    return max(100 * (max(values[: n + 1]) / max(value, 1) - 1) for n, value in enumerate(values))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chains", type=int, default=20)
    args = parser.parse_args()
    print("| chain | regency | values, tightest first | lost at worst |\n|---|---|---|---|")
    worst = 0.0
    for number, (name, chain) in enumerate(problems(args.seed, args.chains)):
        values = [value_of(problem, args.seconds) for problem in chain]
        told = ", ".join(f"{value / PUPIL:.1f}" for value in values)
        worst = max(worst, lost(values))
        print(
            f"| {number % len(CHAINS) + 1} | {name} | {told} | {lost(values):.2f} % |", flush=True
        )
    print(f"\nworst: {worst:.2f} %, target 0.5 %")
    return 0 if worst <= 0.5 else 1


if __name__ == "__main__":
    sys.exit(main())
