"""
What each visit of a played season brought, beside what was promised of it, and what all are worth.

Seasons through `Season` alone, planned again each Monday, in a world whose turn-out the first plan
does not know. First, visits by the pupils that were promised of them in the week in which they
were made: the visits at the margin must bring what was promised, or the promise is off. Then what
each season is worth in the office's own numbers, those of the balanced setting, for our settings
and for the clerks, who know the turn-out.

    python benchmarks/yields.py [--only sample growth] [--truth 0.65] [--worlds 2] [--seed 8101]
                                [--first-world 200000] [--seconds 0.5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs
from _clerk import CLERKS, Clerk
from _through_season import NAMED, Loop, Parts, parts_of, rates_of
from _world import Rates
from _world import Season as World

from school_ektp.model.worth import Worth
from school_ektp.planning.problem import ALL

SETTINGS = {"balanced": Worth.balanced, "thrifty": Worth.thrifty}
SIZES = (0, 2.5, 5, 10, 20, 1_000)  # promised pupils
MARGIN = 0.2  # share of the visits that were promised least


@attrs.frozen(kw_only=True)
class Yield:
    """A day at a school: what was promised of it and what it brought, and the visits before it."""

    promised: float
    recorded: int
    before: int


def recorded_on(world: World, site: int, day: int) -> int:
    """Return the pupils of a school recorded on a day."""
    return sum(pupil.recorded_on == day for pupil in world.pupils[site])


def worth_of(world: World, worth: Worth) -> float:
    """Return what a season that was played is worth, in pupils, as a plan is valued."""
    rate = round(ALL * worth.waiting_week / 7) / ALL
    pupils = sum(
        max(1 - rate * (one.recorded_on - one.arrived), 0)
        for some in world.pupils
        for one in some
        if one.recorded_on >= 0
    )
    visits, team_days = sum(map(len, world.tried)), sum(map(len, world.out))
    driving = worth.driving_hour * world.driven / 60
    return pupils - worth.visit * visits - worth.team_day * team_days - driving


def season(loop: Loop, number: int) -> tuple[World, list[Yield]]:
    """Return a season as it was played, and what its visits brought."""
    found: list[Yield] = []
    for world, now_known, visits in loop.steps(number):
        names, promised = now_known.begun.names, dict[tuple[int, int], float]()
        for visit in visits:
            key = names.sites.index(visit.site), (visit.day - names.first_day).days
            promised[key] = promised.get(key, 0) + visit.recorded
        for (site, day), pupils in promised.items():
            before = sum(one < day for one in world.held[site])
            found.append(
                Yield(promised=pupils, recorded=recorded_on(world, site, day), before=before)
            )
    return world, found


def of_clerk(name: str, parts: Parts, rates: Rates, number: int) -> World:
    """Return a season as a clerk plays it."""
    problem = parts.problem(rates.risks)
    world = World(problem, rates, number)
    Clerk(world, CLERKS[name], problem.sites[0].turnout / 1_000).play()
    return world


def row(cells: Iterable[str]) -> str:
    """Return a line of a table."""
    return "| " + " | ".join(cells) + " |"


def by_size(label: str, found: Sequence[Yield]) -> Iterator[str]:
    """Yield a line for visits of each promised size, then for those at the margin."""
    for low, high in pairwise(SIZES):
        some = [one for one in found if low <= one.promised < high]
        if some:
            yield row([label, f"{low:g} to {high:g}", *_means(some)])
    least = sorted(found, key=lambda one: one.promised)[: round(MARGIN * len(found))]
    yield row([label, "the least fifth", *_means(least)])
    for times in range(4):
        some = [one for one in found if min(one.before, 3) == times]
        if some:
            yield row([label, f"after {times}{' or more' * (times == 3)} visits", *_means(some)])


def _means(some: Sequence[Yield]) -> list[str]:
    return [
        str(len(some)),
        f"{statistics.mean(one.promised for one in some):.1f}",
        f"{statistics.mean(one.recorded for one in some):.1f}",
    ]


def main() -> int:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    names = ["sample", "growth", "far schools"]
    parser.add_argument("--only", nargs="+", choices=list(NAMED), default=names)
    parser.add_argument("--truth", type=float, default=0.65)
    parser.add_argument("--worlds", type=int, default=2)
    parser.add_argument("--first-world", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=0.5, help="of CPU, of one planning")
    parser.add_argument("--seed", type=int, default=8101, help="of the pupils")
    args = parser.parse_args()
    worlds = range(args.first_world, args.first_world + args.worlds)
    lines: list[str] = []
    found: dict[str, list[Yield]] = {name: [] for name in SETTINGS}
    for name in args.only:
        rates, parts = rates_of(name, args.truth), parts_of(name, args.seed)
        played = {
            f"clerk {one}": [of_clerk(one, parts, rates, number) for number in worlds]
            for one in CLERKS
        }
        for label, worth in SETTINGS.items():
            loop = Loop(
                regency=name,
                seed=args.seed,
                rates=rates,
                believed=rates_of(name).risks,
                worth=worth(),
                learn=True,
                seconds=args.seconds,
            )
            pairs = [season(loop, number) for number in worlds]
            played[label] = [world for world, _ in pairs]
            found[label] += [one for _, visits in pairs for one in visits]
        lines += [_line(name, label, some) for label, some in played.items()]
        print(*lines[-len(played) :], sep="\n", flush=True)
    print(row(["setting", "promised", "visits", "promised, mean", "recorded, mean"]))
    for label, visits in found.items():
        print(*by_size(label, visits), sep="\n")
    return 0


def _line(name: str, label: str, worlds: Sequence[World]) -> str:
    played = [world.played() for world in worlds]
    means = [
        statistics.mean(getattr(one, what) for one in played)
        for what in ("recorded", "weeks", "team_days", "visits", "hours")
    ]
    shown = [f"{mean:.{digits}f}" for mean, digits in zip(means, (0, 2, 1, 1, 0), strict=True)]
    worths = [
        f"{statistics.mean(worth_of(world, worth()) for world in worlds):.0f}"
        for worth in SETTINGS.values()
    ]
    return row([name, label, *shown, *worths])


if __name__ == "__main__":
    sys.exit(main())
