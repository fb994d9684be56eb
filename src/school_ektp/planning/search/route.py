"""The stays of one team-day in order, with their earliest and latest times."""

from __future__ import annotations

from itertools import pairwise

from school_ektp.planning.search.data import UNLIMITED, Hours


class Route:
    """
    The stays of one team-day, on its clock without breaks.

    Attributes:
        sites: Where it goes, in order.
        rooms: For how many pupils each stay has time.
        begins: Earliest minute each stay can begin.
        ends: Earliest minute each stay can end.
        latest: Latest minute each stay can begin with those after it in time.
        driving: Minutes driven.
        load: Room of all stays together.
        fits: Whether all stays are in time.
        longest_gap: Minutes without work or driving in which one more stay may fit: no place has
            more, unless a detour is quicker than the direct way.
        announced: For sites whose stay begins at an announced minute, that minute and when the
            stay must end.
    """

    __slots__ = (
        "announced", "begins", "driving", "ends", "fits", "hours", "latest", "load", "longest_gap",
        "rooms", "sites",
    )  # fmt: skip

    def __init__(self, hours: Hours) -> None:
        self.hours = hours
        self.sites: list[int] = []
        self.rooms: list[int] = []
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.latest: list[int] = []
        self.driving = self.load = 0
        self.fits = True
        self.longest_gap = hours.length
        self.announced: dict[int, tuple[int, int]] = {}

    def copy(self) -> Route:
        """Return a route that can be changed without changing this one."""
        other = Route(self.hours)
        other.sites, other.rooms = self.sites[:], self.rooms[:]
        other.begins, other.ends, other.latest = self.begins[:], self.ends[:], self.latest[:]
        other.driving, other.load, other.fits = self.driving, self.load, self.fits
        other.longest_gap = self.longest_gap
        other.announced = self.announced
        return other

    def best_place(self, site: int, want: int, driving_limit: int) -> tuple[int, int, int] | None:
        """
        Return (room, minutes more driven, place) of the best place for a stay, or None.

        The best place has room for as many of *want* pupils as possible, then the least driving.

        Args:
            site: Where to stay.
            want: Pupils for whom room is useful.
            driving_limit: Most minutes driven on the day.
        """
        hours = self.hours
        drive, home = hours.drive, hours.home
        from_site, to_home = drive[site], home[site]
        pace, kits, fixed = hours.pace[site], hours.kits, hours.fixed[site]
        want = min(want, hours.most_room - self.load)
        spare = driving_limit - self.driving
        windows = hours.windows[site]
        best: tuple[int, int, int] | None = None
        end, to_here = 0, hours.start
        last = len(self.sites)
        for place in range(last + 1):
            there = to_here[site]
            if place < last:
                follower = self.sites[place]
                onward, until = from_site[follower], self.latest[place]
                replaced = to_here[follower]
            else:
                onward, until = to_home, hours.length
                replaced = home[self.sites[-1]] if last else 0
            extra = there + onward - replaced
            if extra <= spare:
                arrive = end + there
                for opens, closes in windows:
                    begin = max(opens, arrive)
                    finish = until - onward
                    left = (min(closes, finish)) - begin - fixed
                    if left < 0:
                        continue
                    room = left // pace * kits if pace else UNLIMITED
                    room = min(room, want)
                    if room > 0 and (best is None or (room, -extra) > (best[0], -best[1])):
                        best = room, extra, place
            if place < last:
                end, to_here = self.ends[place], drive[follower]
        return best

    def insert(self, place: int, site: int, room: int) -> None:
        """Insert a stay; the caller has found that it fits."""
        self.sites.insert(place, site)
        self.rooms.insert(place, room)
        self.update()

    def remove(self, site: int) -> None:
        """Remove the stay at *site*."""
        place = self.sites.index(site)
        del self.sites[place], self.rooms[place]
        self.update()

    def update(self) -> None:
        """Compute the times, and whether all stays fit."""
        hours, sites = self.hours, self.sites
        drive, pace, fixed, kits = hours.drive, hours.pace, hours.fixed, hours.kits
        self.begins, self.ends = [], []
        clock, row = 0, hours.start
        self.driving = self.load = 0
        self.fits = True
        for site, room in zip(sites, self.rooms, strict=True):
            minutes = fixed[site] + pace[site] * -(-room // kits)
            arrive = clock + row[site]
            self.driving += row[site]
            self.load += room
            begin = arrive
            if site in self.announced:
                begin, _ = self.announced[site]
                self.fits &= arrive <= begin
            else:
                for opens, closes in hours.windows[site]:
                    begin = max(arrive, opens)
                    if begin + minutes <= closes:
                        break
            clock, row = begin + minutes, drive[site]
            self.begins.append(begin)
            self.ends.append(clock)
        self.latest = [0] * len(sites)
        self.longest_gap = hours.length
        if not sites:
            return
        self.driving += hours.home[sites[-1]]
        until = hours.length - hours.home[sites[-1]]
        for place in range(len(sites) - 1, -1, -1):
            latest = self._latest(place, until)
            self.fits &= self.begins[place] <= latest
            self.latest[place] = latest
            if place:
                until = latest - drive[sites[place - 1]][sites[place]]
        self.fits &= self.load <= hours.most_room
        self.longest_gap = self._longest_gap()

    def _longest_gap(self) -> int:
        """Return the most minutes between two stays that driving there directly leaves free."""
        hours, sites = self.hours, self.sites
        gaps = [
            self.latest[0] - max(hours.start[sites[0]], hours.opens),
            min(hours.length - hours.home[sites[-1]], hours.closes) - self.ends[-1],
        ]
        between = zip(pairwise(sites), self.ends, self.latest[1:], strict=False)
        gaps += [until - end - hours.drive[here][there] for (here, there), end, until in between]
        return max(gaps)

    def _latest(self, place: int, until: int) -> int:
        """Return the latest minute at which a stay that ends by *until* can begin, or -1."""
        site, begin = self.sites[place], self.begins[place]
        minutes = self.ends[place] - begin
        if site in self.announced:
            return begin if self.ends[place] <= min(until, self.announced[site][1]) else -1
        for opens, closes in reversed(self.hours.windows[site]):
            if min(until, closes) - minutes >= opens:
                return min(until, closes) - minutes
        return -1

    def leg(self, here: int | None, there: int | None) -> int:
        """Return driving minutes; None is where the team begins its day, or ends it."""
        if here is None:
            return 0 if there is None else self.hours.start[there]
        return self.hours.home[here] if there is None else self.hours.drive[here][there]

    def in_time(self, order: list[int]) -> bool:
        """Return whether the stays, none of them announced, are in time in another order."""
        hours, clock, here = self.hours, 0, None
        for place in order:
            site = self.sites[place]
            arrive = clock + self.leg(here, site)
            minutes = hours.fixed[site] + hours.pace[site] * -(-self.rooms[place] // hours.kits)
            for opens, closes in hours.windows[site]:
                clock = max(arrive, opens) + minutes
                if clock <= closes:
                    break
            else:
                return False
            here = site
        return clock + self.leg(here, None) <= hours.length

    def most_room(self, place: int) -> int:
        """Return for how many pupils the stay at *place* could have time where it stands."""
        site, hours, sites = self.sites[place], self.hours, self.sites
        left = hours.most_room - self.load + self.rooms[place]
        if not hours.pace[site]:
            return left
        until = hours.length - hours.home[site]
        if place + 1 < len(sites):
            until = self.latest[place + 1] - hours.drive[site][sites[place + 1]]
        arrive = (
            self.ends[place - 1] + hours.drive[sites[place - 1]][site]
            if place
            else hours.start[site]
        )
        windows = [self.announced[site]] if site in self.announced else hours.windows[site]
        spare = max(min(closes, until) - max(opens, arrive) for opens, closes in windows)
        return min((spare - hours.fixed[site]) // hours.pace[site] * hours.kits, left)
