# ruff: noqa: D102, ARG002 - one doc of each question suffices; not every rule needs all it is told
"""
How the search keeps the rules: one guard per rule.

A guard answers questions before a visit is made, so that every state of the search is a
plan that breaks no rule.
The judge's reading of the same rules is in `feasibility`; the two share no code.
To add a rule: write its class in `rules`, a guard here, and its check in `feasibility`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from school_ektp.planning import rules
from school_ektp.planning.problem import Window

if TYPE_CHECKING:
    from school_ektp.planning.search.routes import Routes

MANY = 1 << 60  # more pupils or minutes than any problem holds


class Guard:
    """
    A rule as the search reads it; the base class asks nothing.

    A guard overrides the questions its rule has an answer to.
    Only overridden questions are asked, so the others cost nothing.

    Attributes:
        fewest: Fewest pupils a visit may record.
        most_driving: Most minutes a crew may drive on one day.
        apart: Days that visits to a site keep apart, unless they are on one day.
        shut: Pairs (crew, site) that never meet.
    """

    fewest: int = 1
    most_driving: int = MANY
    apart: int = 0
    shut: tuple[tuple[int, int], ...] = ()

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        """Return the most pupils a new visit to *site* on *route* may record; 0 forbids it."""
        return MANY

    def free_windows(self, routes: Routes, route: int, site: int, window: Window) -> list[Window]:
        """Return the parts of *window* in which a new visit to *site* on *route* may lie."""
        return [window]

    def most_growth(self, routes: Routes, route: int) -> int:
        """Return by how many pupils the visits of *route* may grow."""
        return MANY


class VisitsPerDay(Guard):
    """A crew makes few enough visits on one day."""

    def __init__(self, rule: rules.VisitsPerDay) -> None:
        self.most = rule.most

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        return MANY if routes.count[route] < self.most else 0


class VisitsPerSite(Guard):
    """A site receives few enough visits."""

    def __init__(self, rule: rules.VisitsPerSite) -> None:
        self.most = rule.most

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        return MANY if len(routes.visits_of[site]) < self.most else 0


class Spacing(Guard):
    """Visits to a site keep their distance in days."""

    def __init__(self, rule: rules.Spacing) -> None:
        self.apart = rule.days

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        day = routes.tables.day
        for visit in routes.visits_of[site]:
            if 0 < abs(day[routes.route[visit]] - day[route]) < self.apart:
                return 0
        return MANY


class CrewsAtOnce(Guard):
    """
    Few enough crews stay at a site at once.

    A crew may be there any time in the window its visit was given, so visits share a window
    only as far as the rule allows; `Insertion` gives narrow windows now and then.
    """

    def __init__(self, rule: rules.CrewsAtOnce) -> None:
        self.most = rule.most

    def free_windows(self, routes: Routes, route: int, site: int, window: Window) -> list[Window]:
        day, clock = routes.tables.day, routes.tables.clock[route]
        there = [
            visit
            for visit in routes.visits_of[site]
            if day[routes.route[visit]] == day[route] and routes.route[visit] != route
        ]
        if len(there) < self.most:
            return [window]
        taken = [routes.minutes_of(visit) for visit in there]
        since, until = clock.earliest(window[0]), clock.latest(window[1])
        edges = sorted({since, until, *(edge for pair in taken for edge in pair)})
        edges = [edge for edge in edges if since <= edge <= until]
        free = _joined(
            (a, b)
            for a, b in pairwise(edges)
            if sum(begin < b and a < end for begin, end in taken) < self.most
        )
        on_clock = [(clock.worked(a), clock.worked(b)) for a, b in free]
        return [(max(a, window[0]), min(b, window[1])) for a, b in on_clock]


def _joined(spans: Iterable[Window]) -> list[Window]:
    """Return ascending *spans*, neighbours that touch joined."""
    joined: list[Window] = []
    for begin, end in spans:
        if joined and joined[-1][1] == begin:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((begin, end))
    return joined


class FewestPupils(Guard):
    """A visit is worth the way."""

    def __init__(self, rule: rules.FewestPupils) -> None:
        self.fewest = max(rule.pupils, 1)


class DrivingLimit(Guard):
    """A crew does not drive too long on one day."""

    def __init__(self, rule: rules.DrivingLimit) -> None:
        self.most_driving = rule.minutes


class KitDayCap(Guard):
    """A kit records no more than it can on one day."""

    def __init__(self, rule: rules.KitDayCap) -> None:
        self.pupils = rule.pupils

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        return self.most_growth(routes, route)

    def most_growth(self, routes: Routes, route: int) -> int:
        return self.pupils * routes.tables.kits[route] - routes.load[route]


class ReserveDays(Guard):
    """Each crew keeps days free."""

    def __init__(self, rule: rules.ReserveDays) -> None:
        self.days = rule.days

    def most_in_visit(self, routes: Routes, route: int, site: int) -> int:
        if routes.count[route]:
            return MANY  # the day is in use already
        crew = routes.tables.crew[route]
        return MANY if routes.days_used[crew] < routes.tables.days_worked[crew] - self.days else 0


class Forbidden(Guard):
    """A crew and a site that never meet."""

    def __init__(self, rule: rules.Forbidden) -> None:
        self.shut = ((rule.crew, rule.site),)


GUARDS: dict[type[Any], Callable[[Any], Guard]] = {
    rules.VisitsPerDay: VisitsPerDay,
    rules.VisitsPerSite: VisitsPerSite,
    rules.Spacing: Spacing,
    rules.CrewsAtOnce: CrewsAtOnce,
    rules.FewestPupils: FewestPupils,
    rules.DrivingLimit: DrivingLimit,
    rules.KitDayCap: KitDayCap,
    rules.ReserveDays: ReserveDays,
    rules.Forbidden: Forbidden,
}
"""Rules that forbid. Pins are placed before the search (`start`); floors are goals (`goals`)."""


def guards_for(asked: tuple[rules.Rule, ...]) -> tuple[Guard, ...]:
    """Return the guards of the rules in *asked* that forbid something."""
    return tuple(GUARDS[type(rule)](rule) for rule in asked if type(rule) in GUARDS)


def asked_of(guards: tuple[Guard, ...], question: str) -> list[Any]:
    """Return the bound methods named *question* of the guards that override it."""
    return [
        getattr(guard, question)
        for guard in guards
        if getattr(type(guard), question) is not getattr(Guard, question)
    ]
