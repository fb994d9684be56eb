"""
One stop rule for several searches in a row.

`Turns` is for searches that go on from each other: what the rule counts, it counts over all of
them. `Shares` is for searches beside each other: a limit in seconds holds for all together, and
what else the rule counts, it counts for each.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.planning.stop import (
    Progress,
    Stop,
    Watch,
    begin,
    fraction_done,
    seconds_over,
)

_LATE = 1.1  # of the seconds given, above which it is said that they were not enough

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
        self.last: Progress | None = None  # that was reported

    def next(self, *, last: bool = False) -> Watch:
        """Return the watch of the next search; it has all that is left if it is the *last*."""
        return _Turn(self, self.iterations, self.share, 1.0 if last else (1 + self.share) / 2)

    def reporting(self, on_progress: OnProgress | None) -> OnProgress | None:
        """Return what is called with the progress of one search, to report that of all."""
        if on_progress is None:
            return None
        given: object = on_progress
        if not callable(given):
            owner, kind = "search", type(given).__name__
            fault = f"must be a function of a Progress, got a {kind}"
            raise InvalidFieldError(owner, "on_progress", fault)
        done = self.iterations

        def tell(progress: Progress) -> None:
            self.last = attrs.evolve(
                progress,
                iterations=done + progress.iterations,
                improved=done + progress.improved,
                done=self.share,
            )
            on_progress(self.last)

        return tell

    def end(self, on_progress: OnProgress | None) -> None:
        """Report that all is done, where the searches ended before the rule."""
        if on_progress is not None and self.last is not None and self.last.done < 1:
            on_progress(attrs.evolve(self.last, done=1.0))


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


@attrs.frozen
class Shares:
    """
    A limit in seconds that several searches share, each with an equal part of what is left.

    Whatever else the rule counts, such as iterations, it counts for each search from its
    beginning; a function instead of a rule serves them all.

    Attributes:
        rule: The stop rule, begun.
        until: Share of its seconds that may be over.
    """

    rule: Watch
    until: float = 1.0

    @classmethod
    def of(cls, stop: Stop) -> Shares:
        """Return the whole of a stop rule, whose seconds begin now."""
        return cls(begin(stop))

    @property
    def over(self) -> bool:
        """Whether the seconds are over."""
        return seconds_over(self.rule) >= self.until

    def keeping(self, times: float) -> Shares:
        """Return the shares that keep for the end *times* the seconds that are over now."""
        return Shares(self.rule, self.until - times * seconds_over(self.rule))

    def warn_if_late(self, owner: str) -> None:
        """
        Say so if the call took longer than its seconds, and a tenth more.

        Args:
            owner: The call.

        Warns:
            SchoolEktpWarning: It did.
        """
        if seconds_over(self.rule) > _LATE:
            message = (
                f"{owner} took {seconds_over(self.rule):.1f} times its limit: to build the plans"
                " that it compares takes so long; ask for fewer, or give more seconds"
            )
            warnings.warn(message, SchoolEktpWarning, stacklevel=3)

    def part(self, left: int) -> Shares:
        """Return the part of one of *left* tasks that are still to come, this one included."""
        spent = seconds_over(self.rule)
        return Shares(self.rule, spent + max(self.until - spent, 0.0) / max(left, 1))

    def watch(self, left: int = 1) -> Watch:
        """Return the watch of one of *left* searches that are still to come, this one included."""
        return _Share(self.part(left), seconds_over(self.rule))


@attrs.define
class _Share:
    """Ends one search by the rule, or when its part of the seconds is over."""

    mine: Shares
    since: float
    fraction: Callable[[Progress], float] | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.fraction = self._fraction if hasattr(self.mine.rule, "fraction") else None

    def __call__(self, progress: Progress) -> bool:
        return self.mine.over or self.mine.rule(progress)

    def _fraction(self, progress: Progress) -> float:
        """Return the share of the search that is over, by seconds or by what else is counted."""
        spent = seconds_over(self.mine.rule)
        length = self.mine.until - self.since
        by_clock = (spent - self.since) / length if spent and length > 0 else float(self.mine.over)
        by_count = fraction_done(self.mine.rule, progress) or 0.0
        return max(by_clock, by_count if by_count > spent else 0.0)
