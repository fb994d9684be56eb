"""The clock of a crew-day with its breaks cut out, so that the search meets no breaks."""

from __future__ import annotations

from school_ektp.planning.problem import Window


class Clock:
    """
    Minutes worked since the shift began, and back to minutes of the day.

    While a break lasts no time passes on this clock.
    A worked minute at a break's edge is two minutes of the day: what ends there ends
    before the break (`earliest`), what begins there begins after it (`latest`).

    Attributes:
        length: Minutes worked in the whole shift.
    """

    def __init__(self, shift: Window, breaks: tuple[Window, ...]) -> None:
        self.begin, self.end = shift
        self.breaks = _merged(breaks, shift)
        self.length = self.worked(self.end)

    def worked(self, minute: int) -> int:
        """Return the minutes worked before *minute* of the day; none before the shift."""
        inside = min(max(minute, self.begin), self.end)
        lost = sum(min(until, inside) - since for since, until in self.breaks if since < inside)
        return inside - self.begin - lost

    def earliest(self, worked: int) -> int:
        """Return the first minute of the day by which *worked* minutes are done."""
        minute = self.begin + worked
        for since, until in self.breaks:
            if since >= minute:
                break
            minute += until - since
        return minute

    def latest(self, worked: int) -> int:
        """Return the last minute of the day at which no more than *worked* minutes are done."""
        minute = self.begin + worked
        for since, until in self.breaks:
            if since > minute:
                break
            minute += until - since
        return minute

    def window(self, session: Window) -> Window | None:
        """Return *session* on this clock, or None where it misses the shift."""
        if session[1] < self.begin or session[0] > self.end or session[0] > session[1]:
            return None
        return self.worked(session[0]), self.worked(session[1])


def _merged(breaks: tuple[Window, ...], shift: Window) -> list[Window]:
    """Return *breaks* clipped to *shift*, ascending, overlapping ones joined."""
    merged: list[Window] = []
    for since, until in sorted(breaks):
        low, high = max(since, shift[0]), min(until, shift[1])
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged
