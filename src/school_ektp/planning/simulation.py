"""
Played seasons of a plan that is followed to its end: what it records when luck has its way.

Every pupil of every season is told apart. A visit calls all who wait and are at school; each
comes by a chance of their own and of the visit, those who stayed away before less often, a few
never. Those who come are recorded in the order of their priority, then of their waiting, while
there is room. Whoever finds no room, and everybody when the visit fails, waits on as before.

All seasons are played at once: what may be so for a pupil is one whole number that holds a bit
for each season, and counts and chances are lists of such numbers, one for each binary digit
(bit slicing; Biham 1997, "A fast new DES implementation in software"). Luck is drawn by site,
day and pupil, so that two plans of one problem meet the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from random import Random
from statistics import NormalDist
from typing import TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.planning.problem import ALL, Group, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution

SEASONS = 1_000
MOST_SEASONS = 100_000  # more say nothing more, and fill the memory

Mask: TypeAlias = int  # one bit for each season
Digits: TypeAlias = list[Mask]  # a number for each season, in binary digits, the least first

_DIGITS = 12  # of a chance
_CERTAIN = 1 << _DIGITS
#: Standard normal deviates in thousandths, equally likely, one for each value of a byte.
_DEVIATES = tuple(round(ALL * NormalDist().inv_cdf((byte + 0.5) / 256)) for byte in range(256))


@attrs.frozen
class Spread:
    """
    How a number is spread over the seasons.

    Attributes:
        p10: Nine seasons of ten reach it or exceed it.
        p50: Half of the seasons reach it or exceed it.
        p90: Only one season of ten reaches it or exceeds it.
        mean: Its mean.
    """

    p10: int
    p50: int
    p90: int
    mean: float

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Spread:
        """Return the spread of *numbers*, one for each season; each percentile is one of them."""
        ordered = sorted(numbers)
        low, middle, high = (ordered[len(ordered) * percent // 100] for percent in (10, 50, 90))
        return cls(low, middle, high, sum(ordered) / len(ordered))


@attrs.frozen(kw_only=True)
class Seasons:
    """
    What a plan recorded in many seasons, in pupils.

    Attributes:
        recorded: Pupils recorded in each season; the same place is the same luck for every plan
            of one problem and seed.
        by_day: Pupils recorded up to and on each day of the horizon.
        by_site: Pupils recorded at each site.
        by_visit: Mean of the pupils recorded by each visit, in the order of the plan.
    """

    recorded: tuple[int, ...] = attrs.field(repr=lambda column: f"<{len(column)} seasons>")
    by_day: tuple[Spread, ...] = attrs.field(repr=False)
    by_site: tuple[Spread, ...] = attrs.field(repr=False)
    by_visit: tuple[float, ...] = attrs.field(repr=False)

    @property
    def spread(self) -> Spread:
        """How the pupils recorded in all are spread."""
        return Spread.of(self.recorded)

    def certainty(self, pupils: int) -> float:
        """Return the share of seasons in which *pupils* or more are recorded."""
        return sum(number >= pupils for number in self.recorded) / len(self.recorded)


def play(
    problem: VisitProblem, solution: Solution, *, seasons: int = SEASONS, seed: int = 0
) -> Seasons:
    """
    Return what comes of a plan that is followed without planning again.

    Args:
        problem: What is planned, with the rates of luck.
        solution: The plan; it breaks no constraint.
        seasons: How many seasons are played.
        seed: Equal seeds give equal luck, on every machine.

    Raises:
        InvalidFieldError: No season is asked for.
    """
    if seasons < 1:
        raise InvalidFieldError("play", "seasons", f"must be at least 1, got {seasons}")
    luck = _Luck(problem, seasons, seed)
    by_day: defaultdict[int, Digits] = defaultdict(list)
    by_visit: dict[SiteVisit, int] = {}
    sites: dict[int, list[SiteVisit]] = {number: [] for number in range(len(problem.sites))}
    for visit in solution.visits:
        sites[visit.site].append(visit)
    by_site = []
    for number, visits in sites.items():
        pupils = [*_pupils(luck, number, problem.sites[number])] if visits else []
        total: Digits = []
        for day, on_day in groupby(visits, key=lambda visit: visit.day):
            for visit, recorded in _one_day(luck, day, pupils, [*on_day]):
                by_visit[visit] = by_visit.get(visit, 0) + recorded.bit_count()
                _add(by_day[day], recorded)
                _add(total, recorded)
        by_site.append(Spread.of(_numbers(total, seasons)))
    so_far, spread = [0] * seasons, Spread(0, 0, 0, 0.0)
    days = []
    for day in range(problem.days):
        if day in by_day:
            more = _numbers(by_day[day], seasons)
            so_far = [before + now for before, now in zip(so_far, more, strict=True)]
            spread = Spread.of(so_far)
        days.append(spread)
    return Seasons(
        recorded=tuple(so_far),
        by_day=tuple(days),
        by_site=tuple(by_site),
        by_visit=tuple(by_visit.get(visit, 0) / seasons for visit in solution.visits),
    )


# Pupils -------------------------------------------------------------------------------------


@attrs.define
class _Pupil:
    """
    One pupil of a site.

    Attributes:
        group: The pupil's group.
        since: First day of waiting.
        waits: Seasons in which the pupil may come and is not recorded yet.
        fresh: Seasons in which the pupil never stayed away from a call.
    """

    group: Group
    since: int
    waits: Mask
    fresh: Mask


def _pupils(luck: _Luck, number: int, site: Site) -> Iterator[_Pupil]:
    """Yield the pupils of a site in the order in which they are recorded."""
    draws = luck.draws("pupils", number)
    for group in site.groups:
        stayed_away = [
            times
            for times in range(len(group.stayed_away), 0, -1)
            for _ in range(group.stayed_away[times - 1])
        ]
        since = [day for day, pupils in group.arrivals for _ in range(pupils)]
        for place, day in enumerate(since):
            times = stayed_away[place] if place < len(stayed_away) else 0
            may_come = luck.happens(draws, _may_come(luck.problem, site, times))
            yield _Pupil(group, day, may_come, 0 if times else luck.all)


def _may_come(problem: VisitProblem, site: Site, times: int) -> float:
    """Return the chance that a pupil who stayed away so often is not one who never comes."""
    never = problem.luck.never / ALL
    if not times:
        return 1 - never
    absent = (1 - never) * (1 - site.turnout / ALL) * (1 - site.turnout_again / ALL) ** (times - 1)
    return absent / (absent + never) if absent + never else 1.0


def _one_day(
    luck: _Luck, day: int, pupils: Sequence[_Pupil], visits: Sequence[SiteVisit]
) -> Iterator[tuple[SiteVisit, Mask]]:
    """Yield each pupil recorded on a day, as the visit and the seasons in which it does so."""
    number = visits[0].site
    site = luck.problem.sites[number]
    draws = luck.draws("visit", number, day)
    factor = luck.factors(draws, luck.problem.luck.turnout_spread)
    first = luck.chances([site.turnout / ALL * some for some in factor])
    again = luck.chances([site.turnout_again / ALL * some for some in factor])
    held = [luck.held(visit) for visit in visits]
    rooms = [luck.room(visit) for visit in visits]
    called = 0
    for some in held:
        called |= some
    for pupil in pupils:
        if pupil.since > day or day in pupil.group.away:
            continue
        drawn = luck.uniform(draws)
        comes = (pupil.fresh & _below(drawn, first)) | (~pupil.fresh & _below(drawn, again))
        here = comes & called & pupil.waits
        for visit, some, room in zip(visits, held, rooms, strict=True):
            recorded = here & some & _any(room)
            if recorded:
                _subtract(room, recorded)
                here ^= recorded
                pupil.waits ^= recorded
                yield visit, recorded
        pupil.fresh &= comes | ~called


# Luck ---------------------------------------------------------------------------------------


class _Luck:
    """Draws by name, for all seasons at once: the order of drawing does not matter."""

    def __init__(self, problem: VisitProblem, seasons: int, seed: int) -> None:
        self.problem = problem
        self.seasons = seasons
        self.seed = seed
        self.all: Mask = (1 << seasons) - 1
        self._lost = cache(self._draw_lost)
        self._pace = cache(self._draw_pace)

    def draws(self, *name: object) -> Random:
        """Return the generator of what has this name."""
        return Random("|".join(map(str, (self.seed, *name))))

    def uniform(self, draws: Random) -> Digits:
        """Return a uniform number below `_CERTAIN` for each season."""
        return [draws.getrandbits(self.seasons) for _ in range(_DIGITS)]

    def chances(self, chances: Sequence[float]) -> Digits:
        """Return a chance for each season as digits of `_CERTAIN`."""
        return _digits([round(_CERTAIN * min(max(some, 0.0), 1.0)) for some in chances])

    def happens(self, draws: Random, chance: float) -> Mask:
        """Return the seasons in which something of this chance happens."""
        whole = round(_CERTAIN * chance)
        fixed = [self.all if whole >> place & 1 else 0 for place in range(_DIGITS + 1)]
        return _below(self.uniform(draws), fixed)

    def factors(self, draws: Random, spread: int) -> list[float]:
        """Return a factor about one for each season; *spread* is in thousandths."""
        numbers = draws.randbytes(self.seasons)
        return [1 + spread * _DEVIATES[byte] / (ALL * ALL) for byte in numbers]

    def held(self, visit: SiteVisit) -> Mask:
        """Return the seasons in which a visit takes place."""
        problem, site, team = self.problem, visit.site, visit.team
        lost = self._lost("team", problem.day_lost(team), team, visit.day)
        lost |= self._lost("system", problem.luck.system_down, visit.day)
        lost |= self._lost("site", problem.outage(site), site, visit.day)
        return self.all & ~lost

    def _draw_lost(self, what: str, chance: int, *where: int) -> Mask:
        return self.happens(self.draws(what, *where), chance / ALL)

    def room(self, visit: SiteVisit) -> Digits:
        """Return for how many pupils a visit has time."""
        pace = self._pace(visit.team, visit.day)
        return _digits([max(round(visit.room * some), 0) for some in pace])

    def _draw_pace(self, team: int, day: int) -> list[float]:
        return self.factors(self.draws("pace", team, day), self.problem.luck.room_spread)


# Digits of many numbers at once -------------------------------------------------------------


def _digits(numbers: Sequence[int]) -> Digits:
    """Return the binary digits of *numbers*, one for each season, the last in the lowest bit."""
    width = max(numbers).bit_length()
    written = {number: format(number, f"0{width}b") for number in set(numbers)}
    text = "".join([written[number] for number in numbers])
    return [int(text[place::width], 2) for place in range(width - 1, -1, -1)]


def _numbers(digits: Digits, seasons: int) -> list[int]:
    """Return the number of each season: the inverse of `_digits`."""
    if not digits:
        return [0] * seasons
    rows = [format(digit, f"0{seasons}b") for digit in reversed(digits)]
    return [int("".join(written), 2) for written in zip(*rows, strict=True)]


def _below(numbers: Digits, limits: Digits) -> Mask:
    """Return where *numbers* are below *limits*, of which missing digits are 0."""
    below, width = 0, max(len(numbers), len(limits))
    for place in range(width):
        digit = numbers[place] if place < len(numbers) else 0
        limit = limits[place] if place < len(limits) else 0
        below ^= (limit ^ digit) & (limit ^ below)
    return below


def _any(digits: Digits) -> Mask:
    """Return where a number is not 0."""
    found = 0
    for digit in digits:
        found |= digit
    return found


def _add(digits: Digits, one: Mask) -> None:
    """Add 1 where a bit of *one* is set."""
    for place, digit in enumerate(digits):
        digits[place] = digit ^ one
        one &= digit
        if not one:
            return
    if one:
        digits.append(one)


def _subtract(digits: Digits, one: Mask) -> None:
    """Take 1 away where a bit of *one* is set; no number there is 0."""
    for place, digit in enumerate(digits):
        digits[place] = digit ^ one
        one &= digits[place]
        if not one:
            return
