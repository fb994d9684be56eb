"""A user who presses Ctrl-C: a clock that does so, for whoever looks at it while planning."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from school_ektp.planning.stop import MaxSeconds


def interrupted_at(look: int) -> MaxSeconds:
    """Return a limit in seconds at whose *look*-th look at the clock the user presses Ctrl-C."""
    return MaxSeconds(1_000, clock=_clock(look))


def _clock(look: int) -> Callable[[], float]:
    looks = count(1)

    def clock() -> float:
        if next(looks) == look:
            raise KeyboardInterrupt
        return 0.0

    return clock
