"""One stop rule for several searches in a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from school_ektp.planning.stop import Progress, Stop, Watch, begin, fraction_done

OnProgress: TypeAlias = Callable[[Progress], None]


class Turns:
    """
    A stop rule that several searches share, each with half of what is left.

    The rule begins when this is made, and counts the iterations of all searches.
    """

    def __init__(self, stop: Stop) -> None:
        self.watch: Watch = begin(stop)
        self.iterations = 0
        self.share = 0.0  # of the whole that is over, as far as the rule can tell
        self.over = False

    def next(self, *, last: bool = False) -> Watch:
        """Return the watch of the next search; it has all that is left if it is the *last*."""
        return _Turn(self, self.iterations, self.share, 1.0 if last else (1 + self.share) / 2)

    def told(self, on_progress: OnProgress | None) -> OnProgress | None:
        """Return what is called with the progress of one search, to report that of all."""
        if on_progress is None:
            return None
        done = self.iterations

        def tell(progress: Progress) -> None:
            on_progress(
                attrs.evolve(
                    progress,
                    iterations=done + progress.iterations,
                    improved=done + progress.improved,
                    done=self.share,
                )
            )

        return tell


@attrs.define
class _Turn:
    turns: Turns
    done: int  # iterations of the searches before
    since: float
    until: float
    fraction: Callable[[Progress], float] | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        paced = hasattr(self.turns.watch, "fraction")
        self.fraction = self._fraction if paced else None

    def __call__(self, progress: Progress) -> bool:
        now = self._of_all(progress)
        self.turns.iterations = now.iterations
        self.turns.over = self.turns.watch(now)
        share = fraction_done(self.turns.watch, now)
        if share is None:
            return self.turns.over
        self.turns.share = min(share, 1.0)
        return self.turns.over or share >= self.until

    def _fraction(self, progress: Progress) -> float:
        share = fraction_done(self.turns.watch, self._of_all(progress)) or 0.0
        length = self.until - self.since
        return (share - self.since) / length if length > 0 else 1.0

    def _of_all(self, progress: Progress) -> Progress:
        return attrs.evolve(
            progress,
            iterations=self.done + progress.iterations,
            improved=self.done + progress.improved,
        )
