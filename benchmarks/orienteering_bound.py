"""
What no plan of a Team Orienteering instance can score, where its routes are short.

All sets of sites that one team can visit are listed (shortest way over subsets, Held and Karp
1962), and a linear program chooses as many of them as there are teams, no site twice. Its value,
rounded down to what scores add up to, is a bound. It tells whether a best-known value can be right
that the search does not reach. Lengths are floats, with the tolerance of the other benchmarks.
Needs the extra `exact`.

    python benchmarks/orienteering_bound.py [path/to/top/p6.4.l.txt]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from _instances import TOLERANCE, Instance, read_best_known, read_instance

from school_ektp.planning.exact.highs import Model

DEFAULT = Path(__file__).parent / "instances" / "p6.4.k.txt"
OFFERED = 200  # sets added to the program at once
CLOSE = 1e-6


def visitable(instance: Instance) -> set[int]:
    """Return the sets of sites that one team can visit, as bits."""
    places, start, end = range(instance.sites + 2), instance.sites, instance.sites + 1
    way = [[instance.distance(a, b) for b in places] for a in places]
    sites = [site for site in range(instance.sites) if instance.points[site].score]
    limit = instance.limit + TOLERANCE
    lengths, found = {(0, start): 0.0}, set[int]()
    while lengths:
        longer: dict[tuple[int, int], float] = {}
        for (chosen, last), length in lengths.items():
            for site in sites:
                there = length + way[last][site]
                key = chosen | 1 << site, site
                if not chosen >> site & 1 and there + way[site][end] <= limit:
                    longer[key] = min(there, longer.get(key, math.inf))
        found |= {chosen for chosen, _ in longer}
        lengths = longer
    return found


def bound(instance: Instance, sets: Iterable[int]) -> float:
    """Return the value of the program over all sets of sites."""
    scores = np.array([point.score for point in instance.points[: instance.sites]])
    rows = np.array([[chosen >> n & 1 for n in range(instance.sites)] for chosen in sorted(sets)])
    worth, offered = rows @ scores, set[int]()
    model = Model()
    for most in (*(1.0,) * instance.sites, float(instance.teams)):
        model.row({}, most=most)
    value, prices = 0.0, np.zeros(instance.sites + 1)
    while True:
        gain = worth - rows @ prices[:-1] - prices[-1]
        best = [n for n in np.argsort(-gain, kind="stable")[:OFFERED].tolist() if gain[n] > CLOSE]
        if not set(best) - offered:
            return value
        for number in best:
            offered.add(number)
            visited = dict.fromkeys([*np.flatnonzero(rows[number]).tolist(), instance.sites], 1.0)
            model.variable(gain=float(worth[number]), rows=visited)
        solved = model.solve()
        value, prices = solved.value or 0.0, np.array(solved.duals)


def main() -> None:
    path = Path(sys.argv[1]) if sys.argv[1:] else DEFAULT
    instance = read_instance(path)
    sets = visitable(instance)
    unit = math.gcd(*(point.score for point in instance.points))
    most = math.floor((bound(instance, sets) + CLOSE) / unit) * unit
    best = read_best_known(path.parent)[path.stem, instance.teams]
    print(f"{path.stem}: {len(sets)} sets of sites, no plan scores more than {most}")
    print(f"best-known value in the table: {best}")


if __name__ == "__main__":
    main()
