"""
How long the sample regency takes to make, and thousands of its seasons to simulate.

The median CPU time of some rounds, in which the jobs take turns; each beside planning the season
without any search: the first plan and its bound.

    python benchmarks/seasons.py [rounds]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from school_ektp.datasets import rejang_lebong
from school_ektp.plan.simulation import simulate
from school_ektp.report.plan import Plan
from school_ektp.workflow import plan_visits

ROUNDS = 5
SEASONS = 1_000, 10_000


def cpu_seconds(job: Callable[[], object]) -> float:
    began = time.process_time()
    job()
    return time.process_time() - began


def main(rounds: int) -> None:
    region = rejang_lebong(seed=1)
    demand = region.demand()

    def first_plan() -> Plan:
        season = region.schools, demand, region.teams, region.calendar
        return plan_visits(*season, stop=lambda _: True)

    plan = first_plan()
    jobs: dict[str, Callable[[], object]] = {
        "plan, no search": first_plan,
        "sample regency": lambda: rejang_lebong(seed=2),
        **{f"{n:,} seasons": lambda n=n: simulate(plan, seasons=n) for n in SEASONS},
    }
    for job in jobs.values():
        job()
    timed = [[cpu_seconds(job) for job in jobs.values()] for _ in range(rounds)]
    medians = [statistics.median(column) for column in zip(*timed, strict=True)]
    print(f"median CPU time of {rounds} rounds")
    for name, seconds in zip(jobs, medians, strict=True):
        print(f"  {name:<17}{seconds:8.3f} s   {seconds / medians[0]:6.2f} x the plan")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
