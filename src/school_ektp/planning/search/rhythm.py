"""On which days to visit a site whose visits must keep apart."""

from __future__ import annotations

from collections.abc import Mapping


def best_days(room: Mapping[int, float], waiting: Mapping[int, int], apart: int) -> tuple[int, ...]:
    """
    Return the days, ascending, on which few visits that keep apart record most pupils together.

    One visit decides which days are left for the next, so the days are chosen together before
    any visit is made: dynamic programming over the day of the last one.

    Args:
        room: For each day with time for a visit, the pupils there is time for.
        waiting: For each of these days, the pupils who have come by then; never fewer later.
        apart: Days that two visits keep apart; those of one day need not.
    """
    best: dict[int, tuple[float, int]] = {}  # pupils and, less than none, visits up to each day
    before: dict[int, int | None] = {}
    for day in sorted(room):
        choices: dict[int | None, tuple[float, int]] = {None: (min(waiting[day], room[day]), -1)}
        for last, (pupils, visits) in best.items():
            if day - last >= apart:
                choices[last] = min(waiting[day], pupils + room[day]), visits - 1
        before[day] = max(choices, key=choices.__getitem__)
        best[day] = choices[before[day]]
    chosen = list[int]()
    day_before = max(best, key=best.__getitem__, default=None)
    while day_before is not None:
        chosen.append(day_before)
        day_before = before[day_before]
    return tuple(reversed(chosen))
