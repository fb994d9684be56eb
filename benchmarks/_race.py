"""
A race between `school_ektp` and the peers on one problem, each alone in a fresh process.

What a contender claims counts for nothing: its plan is put to `planning.checker`, and a plan
that breaks anything is out. A peer that is not installed says so and the race goes on.
"""

from __future__ import annotations

import importlib
import importlib.util
import multiprocessing as mp
import time
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection

import attrs
from peers.chunks import cut
from peers.decode import decode

from school_ektp.planning.bound import upper_bound
from school_ektp.planning.checker import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import Score, Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxSeconds

OURS = "school_ektp"
PEERS = {"PyVRP": "pyvrp", "OR-Tools": "ortools", "VROOM": "vroom"}  # name: module
BOUND_EFFORT = 20.0  # of `upper_bound`: some seconds, not counted in the race
CHUNKS = (80, 40, 30, 20, 10)
GRACE = 60.0  # wall seconds beyond ten times the limit after which a contender is given up


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What a contender achieved, counted by our judge.

    Attributes:
        contender: Name.
        chunk: Chunk size of the encoding; 0 for a contender that needs none.
        seconds: CPU seconds allowed.
        cpu: CPU seconds used, encoding included.
        score: Goals reached; None without a plan that holds.
        note: Why there is no score.
    """

    contender: str
    chunk: int = 0
    seconds: float
    cpu: float = 0.0
    score: Score | None = None
    note: str = ""

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Greater is better: floors, pupils, team-days, driving."""
        if self.score is None:
            return -1_000_000, 0, 0, 0
        return (
            self.score.floors,
            self.score.pupils,
            self.score.team_days,
            self.score.driving,
        )

    def told(self) -> str:
        """Return pupils, team-days and minutes driven."""
        if self.score is None:
            return self.note
        floors = f" floor{self.score.floors}" if self.score.floors else ""
        figures = f"{self.score.pupils} / {-self.score.team_days} / {-self.score.driving}{floors}"
        return f"{figures} ({self.chunk})" if self.chunk else figures


def installed(peer: str) -> bool:
    """Return whether a peer can be imported."""
    return importlib.util.find_spec(PEERS[peer]) is not None


def bound_of(problem: VisitProblem) -> int:
    """Return pupils that no plan exceeds, as near as the core package can tell."""
    return upper_bound(problem, effort=BOUND_EFFORT).pupils


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
    """Return by how many pupils we lead the best peer, or team-days at equal pupils."""
    against = [peer for peer in peers if peer.score is not None]
    if ours.score is None:
        return f"LOST: {ours.note}"
    if not against:
        return ""
    best = max(against, key=lambda outcome: outcome.rank)
    assert best.score is not None
    floors = ours.score.floors - best.score.floors
    pupils = ours.score.pupils - best.score.pupils
    days = best.score.team_days - ours.score.team_days
    lost = (floors, pupils, -days) < (0, 0, 0)
    floor_words = f"{floors:+d} to floors, " if floors else ""
    words = f"{floor_words}{pupils:+d} pupils" + (f", {days:+d} team-days" if not pupils else "")
    return f"{'LOST: ' if lost else ''}{words}"


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
    answer.send(_judged(asked, problem, seed))


def _judged(asked: Outcome, problem: VisitProblem, seed: int) -> Outcome:
    answer = _solve_ours if asked.contender == OURS else _solve_peer
    begun = time.process_time()
    try:
        solution = answer(asked, problem, seed)
    except MemoryError:
        return attrs.evolve(asked, note="too large")
    cpu = time.process_time() - begun
    faults = violations(problem, solution)
    if faults:
        return attrs.evolve(asked, cpu=cpu, note=f"breaks {len(faults)}: {faults[0].rule}")
    return attrs.evolve(asked, cpu=cpu, score=score(problem, solution))


def _solve_ours(asked: Outcome, problem: VisitProblem, seed: int) -> Solution:
    stop = MaxSeconds(asked.seconds, clock=time.process_time)
    return solve(problem, stop=stop, seed=seed).solution


def _solve_peer(asked: Outcome, problem: VisitProblem, seed: int) -> Solution:
    module = importlib.import_module(f"peers.{PEERS[asked.contender]}_peer")
    # Kits record in rounds: only a peer that counts seconds can take pupils one by one.
    round_of = max(kits for team in problem.teams for kits in team.kits)
    least = 1 if asked.contender == "VROOM" else round_of
    chunks = cut(problem, max(asked.chunk, least))
    return decode(problem, module.run(problem, chunks, asked.seconds, seed))
