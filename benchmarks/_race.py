"""
A race between `school_ektp` and the peers on one problem, each alone in a fresh process.

What a contender claims counts for nothing: its plan is put to `planning.checker`, and a plan
that breaks anything is out. A peer that is not installed says so and the race goes on.
Where peers run, problems are pure: pupils alone count and everybody called comes.
"""

from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection

import attrs
from _peers import installed, plan_of_peer

from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.problem import EXPECTED, VisitProblem
from school_ektp.planning.solution import Solution, Value
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

OURS = "school_ektp"
CHUNKS = (80, 40, 30, 20, 10)
GRACE = 60.0  # wall seconds beyond ten times the limit after which a contender is given up


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What a contender achieved, counted by our checker.

    Attributes:
        contender: Name.
        chunk: Chunk size of the encoding; 0 for a contender that needs none.
        seconds: CPU seconds allowed.
        cpu: CPU seconds used, encoding included.
        plan: What it planned.
        value: What its plan is worth; None without a plan that holds.
        note: Why there is no value.
    """

    contender: str
    chunk: int = 0
    seconds: float
    cpu: float = 0.0
    plan: Solution = attrs.field(factory=Solution)
    value: Value | None = None
    note: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """What contenders are compared by; greater is better."""
        return (-(10**9), 0) if self.value is None else self.value.rank

    def told(self) -> str:
        """Return pupils, team-days and hours driven."""
        if self.value is None:
            return self.note
        pupils, short = self.value.pupils // EXPECTED, self.value.shortfall // EXPECTED
        missing = f" -{short} to floors" if short else ""
        effort = f"{self.value.team_days} / {self.value.driving / 60:.0f}"
        chunk = f" ({self.chunk})" if self.chunk else ""
        return f"{pupils} / {effort}{missing}{chunk}"


def run_ours(problem: VisitProblem, seconds: float, *, seed: int = 0) -> Outcome:
    """Return what our engine does with its default settings."""
    return _alone(Outcome(contender=OURS, seconds=seconds), problem, seed)


def run_peer(
    problem: VisitProblem, peer: str, seconds: float, chunks: Sequence[int], *, seed: int = 0
) -> Outcome:
    """Return what a peer does in the best of its encodings."""
    if not installed(peer):
        return Outcome(contender=peer, seconds=seconds, note="not installed")
    tries = [
        _alone(Outcome(contender=peer, chunk=chunk, seconds=seconds), problem, seed)
        for chunk in chunks
    ]
    return max(tries, key=lambda outcome: outcome.rank)


def verdict(ours: Outcome, peers: Iterable[Outcome]) -> str:
    """Return by how many pupils we lead the best peer."""
    against = [peer for peer in peers if peer.value is not None]
    if ours.value is None:
        return f"LOST: {ours.note}"
    if not against:
        return ""
    best = max(against, key=lambda outcome: outcome.rank)
    assert best.value is not None
    floors = (best.value.shortfall - ours.value.shortfall) // EXPECTED
    pupils = (ours.value.pupils - best.value.pupils) // EXPECTED
    words = (f"{floors:+d} to floors, " if floors else "") + f"{pupils:+d} pupils"
    return f"{'LOST: ' if (floors, pupils) < (0, 0) else ''}{words}"


def _alone(asked: Outcome, problem: VisitProblem, seed: int) -> Outcome:
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(there, asked, problem, seed))
    child.start()
    there.close()
    try:
        answered = here.poll(10 * asked.seconds + GRACE)
        return here.recv() if answered else attrs.evolve(asked, note="no answer in time")
    except EOFError:
        return attrs.evolve(asked, note="its process died")
    finally:
        child.kill()
        child.join()


def _child(answer: Connection, asked: Outcome, problem: VisitProblem, seed: int) -> None:
    answer.send(_checked(asked, problem, seed))


def _checked(asked: Outcome, problem: VisitProblem, seed: int) -> Outcome:
    begun = time.process_time()
    try:
        solution = _plan(asked, problem, seed)
    except MemoryError:
        return attrs.evolve(asked, note="too large")
    cpu = time.process_time() - begun
    faults = violations(problem, solution)
    if faults:
        return attrs.evolve(asked, cpu=cpu, note=f"breaks {len(faults)}: {faults[0].rule}")
    return attrs.evolve(asked, cpu=cpu, plan=solution, value=evaluate(problem, solution))


def _plan(asked: Outcome, problem: VisitProblem, seed: int) -> Solution:
    if asked.contender != OURS:
        return plan_of_peer(problem, asked.contender, asked.seconds, asked.chunk, seed=seed)
    stop = MaxSeconds(asked.seconds, clock=time.process_time)
    return solve(problem, stop=stop, seed=seed).solution
