"""
The sample regency and eleven awkward variants: pupils recorded, ours against routing engines.

Every contender has one thread and the same CPU time; peers are shown in the best of their
encodings, whose chunk size stands in brackets. Gaps are to the core's bound and to that of the
proof (`PROVED`). Targets: never fewer pupils than any peer at equal time, never more team-days at
equal pupils; at 10 s a gap to the lower of the two of at most 0.5 %, and none on the sample.

    python benchmarks/regency.py [--seconds 1 5 10 30] [--only "two weeks"] [--peers PyVRP VROOM]
                                 [--chunks 80 40 30 20 10 1] [--seed 0]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from _race import CHUNKS, PEERS, Outcome, bound_of, run_ours, run_peer, verdict
from regency_variants import PROBLEMS, PROVED, as_shipped

from school_ektp.planning.problem import VisitProblem

SECONDS = (1.0, 10.0)
MOST_GAP = 0.005
JUDGED_AT = 10.0  # seconds at which the gap counts


def gap(outcome: Outcome, bound: int) -> str:
    if outcome.score is None:
        return ""
    missing = bound - outcome.score.pupils
    return f"{missing} ({100 * missing / max(bound, 1):.2f} %)"


def within_target(name: str, outcome: Outcome, bound: int) -> bool:
    if outcome.seconds < JUDGED_AT or outcome.score is None:
        return outcome.score is not None
    missing = bound - outcome.score.pupils
    return 0 <= missing <= (0 if name == "sample" else MOST_GAP * bound)


def race(
    name: str, problem: VisitProblem, bound: int, seconds: float, args: argparse.Namespace
) -> tuple[bool, str]:
    """Return whether the targets are met, and the row of the table."""
    ours = run_ours(problem, seconds, seed=args.seed)
    peers = [run_peer(problem, one, seconds, args.chunks, seed=args.seed) for one in args.peers]
    told = verdict(ours, peers)
    least = min(bound, PROVED[name])
    good = within_target(name, ours, least) and "LOST" not in told
    cells = (
        name,
        f"{seconds:g}",
        str(problem.pupils),
        ours.told(),
        gap(ours, bound),
        gap(ours, least),
        *(peer.told() for peer in peers),
        told,
        "" if good else "TARGET MISSED",
    )
    return good, row(cells)


def row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(peers: Sequence[str]) -> list[str]:
    gaps = "gap to bound", "to the proof"
    names = ("problem", "s", "pupils", "ours", *gaps, *peers, "against the best peer", "")
    return [row(names), "|" + "---|" * len(names)]


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--seconds", type=float, nargs="+", default=list(SECONDS))
    parser.add_argument("--only", nargs="+", choices=list(PROBLEMS), default=list(PROBLEMS))
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--chunks", type=int, nargs="+", default=list(CHUNKS))
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(arguments)


def main() -> int:
    args = parse()
    print("pupils / team-days / minutes driven (chunk size)\n")
    print("\n".join(heading(args.peers)), flush=True)
    met = True
    for name in args.only:
        problem, _ = PROBLEMS[name]()
        bound = bound_of(problem)
        for seconds in args.seconds:
            good, told = race(name, problem, bound, seconds, args)
            met &= good
            print(told, flush=True)
    problem, _ = as_shipped()
    shipped = run_ours(problem, max(args.seconds), seed=args.seed)
    print(
        f"\nThe sample as shipped (85 % turn up, five priority classes), {shipped.seconds:g} s: "
        f"{shipped.told()} of {problem.pupils}, gap to the bound {gap(shipped, bound_of(problem))}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
