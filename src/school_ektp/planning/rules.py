"""
The optional rules of a plan, each one object: what it asks, in integers.

A rule has two readings and they share no code: `feasibility` reads it to judge a finished
plan, `guards` reads it to keep the search inside it.
"""

from __future__ import annotations

from typing import TypeAlias

import attrs


@attrs.frozen
class VisitsPerDay:
    """A crew makes at most *most* visits on one day."""

    most: int


@attrs.frozen
class VisitsPerSite:
    """A site receives at most *most* visits in the horizon."""

    most: int


@attrs.frozen
class Spacing:
    """Two visits to a site are on one day, or at least *days* days apart."""

    days: int


@attrs.frozen
class CrewsAtOnce:
    """At most *most* crews stay at a site in the same minute."""

    most: int


@attrs.frozen
class FewestPupils:
    """A visit records at least *pupils*."""

    pupils: int


@attrs.frozen
class DrivingLimit:
    """A crew drives at most *minutes* on one day, from leaving its base to coming home."""

    minutes: int


@attrs.frozen
class KitDayCap:
    """A crew records at most *pupils* per kit on one day."""

    pupils: int


@attrs.frozen
class ReserveDays:
    """Each crew keeps at least *days* of its working days free of visits."""

    days: int


@attrs.frozen
class Forbidden:
    """*crew* never visits *site*: lacks what the site needs, or is not wanted there."""

    crew: int
    site: int


@attrs.frozen
class Pinned:
    """
    The plan holds this visit.

    Attributes:
        start: Minute at which the stay begins, or None to let the plan choose.
        pupils: Fewest pupils the pinned visit records.
    """

    crew: int
    day: int
    site: int
    start: int | None = None
    pupils: int = 0


@attrs.frozen
class Floor:
    """
    At least *pupils* are recorded in *district*; comes before every other goal.

    A floor that cannot be met is no breach: the plan comes as near as it can and says so.
    """

    district: int
    pupils: int


Rule: TypeAlias = (
    VisitsPerDay
    | VisitsPerSite
    | Spacing
    | CrewsAtOnce
    | FewestPupils
    | DrivingLimit
    | KitDayCap
    | ReserveDays
    | Forbidden
    | Pinned
    | Floor
)
