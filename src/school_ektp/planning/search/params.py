"""How the search moves: every number that steers it, in one place."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class SearchParams:
    """
    The numbers that steer the search.

    Attributes:
        most_removed: Most visits removed in one round; whole team-days may exceed it.
        removal_weights: How often each kind of removal is drawn: visits near each other, whole
            team-days.
        days_looked_at: Most days, of those on which near sites are visited, that are evaluated
            for one more visit to a site.
        days_by_chance: Other days, drawn at random, that are evaluated too.
        also_tried: Most sites without a visit, near the first site of the visits removed, that
            compete with them.
        blink: Chance that an insertion place is overlooked, so that rounds differ.
        time_counts: Share of rounds in which insertions are ranked by what they bring less what
            their minutes of set-up, pack-down and driving could bring elsewhere.
        most_for_time: Highest price of such a minute, as a share of what a minute of a team-day
            brings on average; each round draws its own.
        days_open: Share of rounds in which the first visit of a team-day need not pay for all of
            the day.
        room_margin: Tenths of a standard deviation beyond the expected number of pupils for
            which a visit has room when there is time.
    """

    most_removed: int = 12
    removal_weights: tuple[int, int] = (2, 1)
    days_looked_at: int = 6
    days_by_chance: int = 2
    also_tried: int = 8
    blink: float = 0.05
    time_counts: float = 0.5
    most_for_time: float = 1.0
    days_open: float = 0.15
    room_margin: int = 40
