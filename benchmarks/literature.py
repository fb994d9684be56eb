"""
Team Orienteering with and without time windows: the gap to the best-known values.

The instances load as visit problems of one day and go through `solve` with its default settings.
Every plan is put to the judge, and its routes are driven again in floats.

    python benchmarks/literature.py [--folder path/to/top] [--sets p4 p6] [--seconds 1 5 10 30]
                                    [--teams 1 2 3 4] [--seed 0] [--jobs 1]

The folder holds instance files; tables named `*best_known.csv` lie in it or beside it.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import time
from pathlib import Path
from typing import TypeAlias

from _instances import Instance, read_best_known, read_instance

from school_ektp.planning.feasibility import violations
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

HERE = Path(__file__).parent / "instances"
SECONDS = (1.0, 5.0)  # CPU seconds; the tables of docs/explanation/planning.md use 1, 5, 10, 30

Race: TypeAlias = tuple[Instance, int, float, int]  # instance, best known, seconds, seed


def gap(race: Race) -> float:
    """Return by how many percent the plan falls short of the best-known score."""
    instance, best, seconds, seed = race
    problem = instance.problem()
    result = solve(problem, stop=MaxSeconds(seconds, time.process_time), seed=seed)
    assert violations(problem, result.solution) == ()
    score = instance.verified(result.solution)
    assert score == result.score.pupils
    return 100 * (best - score) / best if best else 0.0


def instances(folder: Path, sets: list[str], teams: list[int]) -> list[tuple[Instance, int]]:
    """Return the instances of *folder* whose best-known score is known, with it."""
    best = read_best_known(folder)
    paths = [p for p in sorted(folder.glob("*.txt")) if not sets or p.stem.startswith(tuple(sets))]
    found = []
    for path in paths:
        own = [m for name, m in best if name == path.stem]
        wanted = [m for m in own if len(own) == 1 or m in teams]
        found += [(read_instance(path, m), best[path.stem, m]) for m in wanted]
    return found


def main() -> None:
    """Print one line for each instance and the mean of each column."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--sets", nargs="*", default=[], help="beginnings of instance names")
    parser.add_argument("--teams", nargs="*", type=int, default=[1, 2, 3, 4])
    parser.add_argument("--seconds", nargs="*", type=float, default=list(SECONDS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes; each has one thread")
    asked = parser.parse_args()

    found = instances(asked.folder, asked.sets, asked.teams)
    races = [(one, best, s, asked.seed) for one, best in found for s in asked.seconds]
    print(
        f"{'instance':<10} {'m':>2} {'best':>5} " + "".join(f"{s:>8.0f} s" for s in asked.seconds)
    )
    with mp.get_context("spawn").Pool(asked.jobs) as pool:
        gaps = list(pool.imap(gap, races, chunksize=1))
    width = len(asked.seconds)
    for number, (instance, best) in enumerate(found):
        row = gaps[number * width : (number + 1) * width]
        told = "".join(f"{value:>8.2f} %" for value in row)
        print(f"{instance.name:<10} {instance.teams:>2} {best:>5} {told}")
    means = [sum(gaps[column::width]) / max(len(found), 1) for column in range(width)]
    print(f"{f'mean of {len(found)}':<19} " + "".join(f"{value:>8.3f} %" for value in means))


if __name__ == "__main__":
    main()
