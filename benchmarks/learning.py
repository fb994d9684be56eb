"""
What learning wins: seasons whose first plan believes in the wrong turn-out, with it and without.

Each is played through `Season` alone: each Monday what came of the week is recorded, and the
coming seven days are planned again, either with the rates that were learnt or with those that the
season began with. Beside them a season that knows the true rates from the beginning, and the clerk
B, who knows them too and announces nothing.

    python benchmarks/learning.py [--only sample plain] [--truths 0.65 0.95] [--worlds 3]
                                  [--first-world 0] [--seconds 0.5] [--seed 1]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable, Sequence

from _clerk import CLERKS, play_by_hand
from _through_season import NAMED, Loop, parts_of
from _world import Played, Rates

from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth

BELIEVED = Rates()  # 0.85 at a first call, 0.6 at a repeated one
AGAIN = {0.65: 0.45, 0.95: 0.7}  # true turn-out at repeated calls
HEADS = ("recorded", "weeks waited", "team-days", "visits", "hours", "pupils a visit")


def truth(first: float) -> Rates:
    """Return the rates of a world."""
    return Rates(first=first, again=AGAIN.get(first, round(first * 0.7, 2)))


def row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def told(seasons: Sequence[Played]) -> list[str]:
    """Return the means over worlds."""

    def mean(name: str) -> float:
        return statistics.mean(getattr(one, name) for one in seasons)

    recorded, visits = mean("recorded"), mean("visits")
    return [
        f"{recorded:.0f}",
        f"{mean('weeks'):.2f}",
        f"{mean('team_days'):.1f}",
        f"{visits:.1f}",
        f"{mean('hours'):.0f}",
        f"{recorded / visits:.1f}",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--only", nargs="+", choices=list(NAMED), default=["sample", "plain"])
    parser.add_argument("--truths", nargs="+", type=float, default=[0.65, 0.95])
    parser.add_argument("--worlds", type=int, default=3)
    parser.add_argument("--first-world", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.5, help="of CPU, of one planning")
    parser.add_argument("--seed", type=int, default=1, help="of the pupils")
    args = parser.parse_args()
    worlds = range(args.first_world, args.first_world + args.worlds)
    heads = ("regency", "true turn-out", "season", *HEADS, "learnt at the end")
    print(row(heads))
    print(row(["---"] * len(heads)))
    for name in args.only:
        for first in args.truths:
            rates = truth(first)
            parts = parts_of(name, args.seed)
            problem = parts.problem(rates.risks)
            clerk = [play_by_hand(problem, rates, world, CLERKS["B"]) for world in worlds]
            print(row([name, f"{first:g}", "clerk B, knows", *told(clerk), ""]), flush=True)
            for label, believed, learn in (
                ("knows", rates.risks, False),
                ("believes 0.85, learns", BELIEVED.risks, True),
                ("believes 0.85", BELIEVED.risks, False),
            ):
                played, known = _play(args, name, rates, believed, worlds, learn=learn)
                cells = [name, f"{first:g}", label, *told(played), known if learn else ""]
                print(row(cells), flush=True)
    return 0


def _play(
    args: argparse.Namespace,
    name: str,
    rates: Rates,
    believed: Risks,
    worlds: Iterable[int],
    *,
    learn: bool,
) -> tuple[list[Played], str]:
    loop = Loop(
        regency=name,
        seed=args.seed,
        rates=rates,
        believed=believed,
        worth=Worth(),
        learn=learn,
        seconds=args.seconds,
    )
    found = [loop.play(world) for world in worlds]
    ends = [season.learnt for _, season in found]
    first, again = (
        statistics.mean(end.rate(rate).value for end in ends)
        for rate in ("turnout", "turnout_again")
    )
    return [played for played, _ in found], f"{first:.2f}, then {again:.2f}"


if __name__ == "__main__":
    sys.exit(main())
