"""
Team Orienteering with and without time windows: the gap to the best-known values, beside peers.

The instances load as visit problems of one day with whole sites, and go through `solve` with its
default settings.
Every plan of ours is put to the checker, and its routes are driven again in floats.
Peers get the same integers. Their routes are driven again in floats, too: a route that breaks
something counts for nothing, the others of its plan count.

Each run has one thread and its own fresh process, and is timed in CPU seconds.
It ends early once it has the best-known value.
Our search paces itself by its limit, so it runs once for each time; a peer runs once, and its best
plan at each time counts.
Instances whose best-known value is 0 are left out: no site can be reached.

    python benchmarks/literature.py [--folder path/to/top] [--sets p4 p6] [--seconds 1 5 10 30]
                                    [--teams 1 2 3 4] [--every 1] [--first 0] [--seed 0]
                                    [--peers PyVRP OR-Tools VROOM] [--jobs 1]

The folder holds instance files; tables named `*best_known.csv` lie in it or beside it.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing as mp
import time
from collections.abc import Sequence
from pathlib import Path

import attrs
from _instances import Instance, read_best_known, read_instance
from _peers import PEERS, installed
from _race import OURS
from peers.whole import Log, task

from school_ektp.planning.checker import violations
from school_ektp.planning.problem import EXPECTED
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import FirstOf, MaxSeconds, Target

HERE = Path(__file__).parent / "instances"
SECONDS = (1.0, 5.0)  # CPU seconds


@attrs.frozen(kw_only=True)
class Run:
    """One contender on one instance; *marks* are the CPU seconds at which it is looked at."""

    instance: Instance
    best: int
    contender: str
    marks: tuple[float, ...]
    seed: int

    def gaps(self) -> list[float]:
        """Return by how many percent it falls short of the best-known score at each mark."""
        scores = self._ours() if self.contender == OURS else self._peer()
        return [100 * (self.best - score) / self.best for score in scores]

    def _ours(self) -> list[int]:
        problem = self.instance.problem()
        (seconds,) = self.marks
        stop = FirstOf(MaxSeconds(seconds, clock=time.process_time), Target(self.best))
        result = solve(problem, stop=stop, seed=self.seed)
        assert violations(problem, result.solution) == ()
        score = self.instance.verified(result.solution)
        assert EXPECTED * score == result.value.pupils
        return [score]

    def _peer(self) -> list[int]:
        peer = importlib.import_module(f"peers.{PEERS[self.contender]}_whole")
        told = task(self.instance.problem(), self.best)
        log = Log(self.marks)
        peer.run(told, log, self.seed)
        return [max(map(self.instance.worth, log.until(mark)), default=0) for mark in self.marks]


def instances(folder: Path, sets: list[str], teams: list[int]) -> list[tuple[Instance, int]]:
    """Return the instances of *folder* with a best-known score above 0, and that score."""
    best = {key: score for key, score in read_best_known(folder).items() if score}
    paths = [p for p in sorted(folder.glob("*.txt")) if not sets or p.stem.startswith(tuple(sets))]
    found = []
    for path in paths:
        own = [m for name, m in best if name == path.stem]
        wanted = [m for m in own if len(own) == 1 or m in teams]
        found += [(read_instance(path, m), best[path.stem, m]) for m in wanted]
    return found


def runs(instance: Instance, best: int, asked: argparse.Namespace) -> list[Run]:
    """Return the runs on an instance in the order of the columns."""
    marks = tuple(sorted(asked.seconds))
    return [
        Run(instance=instance, best=best, contender=who, marks=looks, seed=asked.seed)
        for who in (OURS, *asked.peers)
        for looks in ([(mark,) for mark in marks] if who == OURS else [marks])
    ]


def row(name: str, values: Sequence[float]) -> str:
    return f"{name:<18}" + "".join(f"{value:>16.3f}" for value in values)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--sets", nargs="*", default=[], help="beginnings of instance names")
    parser.add_argument("--teams", nargs="*", type=int, default=[1, 2, 3, 4])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th instance")
    parser.add_argument("--first", type=int, default=0, help="number of the first of them, from 0")
    parser.add_argument("--seconds", nargs="+", type=float, default=list(SECONDS))
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes; each has one thread")
    return parser.parse_args()


def main() -> None:
    """Print the gap in percent of each instance, contender and time, and the means."""
    asked = parse()
    asked.peers = [peer for peer in asked.peers if installed(peer)]
    found = instances(asked.folder, asked.sets, asked.teams)[asked.first :: asked.every]
    names = [f"{who} {s:g}s" for who in (OURS, *asked.peers) for s in sorted(asked.seconds)]
    print(f"{'instance, best':<18}" + "".join(f"{name:>16}" for name in names), flush=True)

    rows = []
    with mp.get_context("spawn").Pool(asked.jobs, maxtasksperchild=1) as pool:
        for instance, best in found:
            answers = pool.map(Run.gaps, runs(instance, best, asked), chunksize=1)
            rows.append([gap for gaps in answers for gap in gaps])
            print(row(f"{instance.name} {instance.teams} {best}", rows[-1]), flush=True)
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(row(f"mean of {len(rows)}", means))


if __name__ == "__main__":
    main()
