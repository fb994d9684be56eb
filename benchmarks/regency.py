"""
The sample regency and eleven awkward variants: ours against routing engines, and against bounds.

Two tables:

- *pure*: pupils / team-days / hours driven, when only pupils count and nothing goes wrong, beside
  the peers. Every contender has one thread and the same CPU time; peers are shown in the best of
  their encodings, whose chunk size stands in brackets. Target: never fewer pupils than any peer.
- *gaps*: the value of a plan under the default `Worth` and `Risks`, and how far it is at most from
  the best, by the bound: as it is, and with at most two and at most three visits a school, a
  fortnight apart.
  Targets: mean 1.5 %, worst 3 %; with limits mean 3 %, worst 5 %.

    python benchmarks/regency.py [--tables pure gaps] [--seconds 1 5 10] [--only "two weeks"]
                                 [--peers PyVRP VROOM] [--chunks 80 40 30 20 10 1] [--seed 0]
                                 [--drawn 1] [--effort 4]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence

from _peers import PEERS
from _race import CHUNKS, run_ours, run_peer, verdict
from regency_variants import PROBLEMS, How

from school_ektp.planning.problem import PUPIL
from school_ektp.planning.relaxation.bound import upper_bound

SECONDS = (1.0, 10.0)
APART = 14
LIMITS = (None, 2, 3)  # most visits to a school
TARGETS = {None: (1.5, 3.0), 2: (3.0, 5.0), 3: (3.0, 5.0)}  # mean and worst gap in percent


def row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def heading(names: Sequence[str]) -> str:
    return f"{row(names)}\n|{'---|' * len(names)}"


def pure(args: argparse.Namespace) -> bool:
    """Print pupils beside the peers; return whether no peer has more."""
    print("pupils / team-days / hours driven (chunk size)\n")
    print(heading(("problem", "s", "pupils", "ours", *args.peers, "against the best peer")))
    met = True
    for name in args.only:
        problem, _ = PROBLEMS[name](How(seed=args.drawn))
        for seconds in args.seconds:
            ours = run_ours(problem, seconds, seed=args.seed)
            peers = [
                run_peer(problem, one, seconds, args.chunks, seed=args.seed) for one in args.peers
            ]
            told = verdict(ours, peers)
            met &= "LOST" not in told
            cells = (name, f"{seconds:g}", str(problem.pupils), ours.told())
            print(row([*cells, *(peer.told() for peer in peers), told]), flush=True)
    return met


def gaps(args: argparse.Namespace) -> bool:
    """Print values and gaps; return whether the targets are met."""
    seconds, met = max(args.seconds), True
    print(f"\nvalue of a plan of {seconds:g} s, and percent that the best is worth more at most\n")
    print(heading(("problem", "visits a school", "value", "pupils", "gap")))
    for most in args.limits:
        found = []
        for name in args.only:
            how = How(
                seed=args.drawn, pure=False, visits=most, apart=None if most is None else APART
            )
            problem, _ = PROBLEMS[name](how)
            ours = run_ours(problem, seconds, seed=args.seed)
            assert ours.value is not None, ours.note
            total = ours.value.total
            found.append(gap(upper_bound(problem, effort=args.effort).value, total))
            cells = (f"{total / PUPIL:.1f}", f"{ours.value.pupils / 100:.0f}", f"{found[-1]:.2f} %")
            print(row([name, str(most or "any"), *cells]), flush=True)
        mean, worst = statistics.mean(found), max(found)
        met &= mean <= TARGETS[most][0] and worst <= TARGETS[most][1]
        print(row(["mean, worst", str(most or "any"), "", "", f"{mean:.2f} %, {worst:.2f} %"]))
    return met


def gap(bound: int, value: int) -> float:
    """Return by how many percent of the value the bound is above it."""
    assert bound >= value, "the bound is too low"
    return 100 * (bound - value) / max(value, 1)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--tables", nargs="+", choices=("pure", "gaps"), default=["pure", "gaps"])
    parser.add_argument("--seconds", type=float, nargs="+", default=list(SECONDS))
    parser.add_argument("--only", nargs="+", choices=list(PROBLEMS), default=list(PROBLEMS))
    parser.add_argument("--limits", nargs="+", type=_limit, default=list(LIMITS))
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--chunks", type=int, nargs="+", default=list(CHUNKS))
    parser.add_argument("--seed", type=int, default=0, help="of the searches")
    parser.add_argument("--drawn", type=int, default=1, help="seed of the pupils")
    parser.add_argument("--effort", type=int, default=4, help="of the bound of the core package")
    return parser.parse_args()


def _limit(text: str) -> int | None:
    return None if text == "any" else int(text)


def main() -> int:
    args = parse()
    tables = {"pure": pure, "gaps": gaps}
    return 0 if min(tables[name](args) for name in args.tables) else 1


if __name__ == "__main__":
    sys.exit(main())
