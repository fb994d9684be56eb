"""Two plans side by side: visits kept, moved, added and dropped; pupils gained and lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.clock import clock_text
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import COMPARED, say
from school_ektp.model.visit import Visit
from school_ektp.plan.planned import Planned

#: One row per visit that is not the same in both plans, by school, then by date.
CHANGES = pl.Schema(
    {
        "change": pl.String,  # "moved", "retimed", "added" or "dropped"
        "site": pl.String,
        "from_date": pl.Date,  # null for an added visit, as the next two
        "from_team": pl.String,
        "from_start": pl.String,  # "08:00"
        "to_date": pl.Date,  # null for a dropped visit, as the next two
        "to_team": pl.String,
        "to_start": pl.String,
        "recorded_before": pl.Int64,  # pupils expected from the visit; null when it is new
        "recorded_after": pl.Int64,  # null when it is dropped
    }
)

#: One row per school that any of the plans records pupils at, by site.
BY_SITE = pl.Schema(
    {
        "site": pl.String,
        "recorded_before": pl.Int64,
        "recorded_after": pl.Int64,
        "gained": pl.Int64,  # negative when pupils are lost
    }
)


@attrs.frozen
class Change:
    """A visit before and after; None where one plan does not have it."""

    before: Visit | None
    after: Visit | None

    @property
    def kind(self) -> str:
        """``kept``, ``retimed`` (same team and day), ``moved``, ``added`` or ``dropped``."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "dropped"
        if (self.before.day, self.before.team) != (self.after.day, self.after.team):
            return "moved"
        return "kept" if self.before.start == self.after.start else "retimed"


@attrs.frozen(eq=False)
class Comparison:
    """
    What changes from one plan to another.

    Attributes:
        visits: Every visit of both plans, paired where they are the same visit in another place.
    """

    visits: tuple[Change, ...] = attrs.field(repr=lambda visits: f"<{len(visits)} visits>")

    @arguments.checked
    def count(self, kind: str) -> int:
        """Return how many visits were ``kept``, ``retimed``, ``moved``, ``added``, ``dropped``."""
        return sum(change.kind == kind for change in self.visits)

    @property
    def visits_before(self) -> int:
        """Visits of the first plan."""
        return sum(change.before is not None for change in self.visits)

    @property
    def gained(self) -> int:
        """Pupils recorded more in the second plan; negative when fewer."""
        return sum(_pupils(change.after) - _pupils(change.before) for change in self.visits)

    @property
    def sites(self) -> tuple[str, ...]:
        """NPSNs of the schools of which a visit was moved, retimed, added or dropped, in order."""
        changed = (change for change in self.visits if change.kind != "kept")
        return tuple(sorted({one.site for change in changed for one in _both(change)}))

    @arguments.checked
    def at(self, site: str) -> tuple[Change, ...]:
        """Return what changes at one school, in the order of the dates."""
        here = (
            c for c in self.visits if c.kind != "kept" and any(v.site == site for v in _both(c))
        )
        return tuple(sorted(here, key=lambda change: min(one.day for one in _both(change))))

    @cached_property
    def changes(self) -> pl.DataFrame:
        """One row per visit that differs, see `CHANGES`."""
        rows = [_row(change) for change in self.visits if change.kind != "kept"]
        return pl.DataFrame(rows, schema=CHANGES, orient="row")

    @cached_property
    def by_site(self) -> pl.DataFrame:
        """One row per school, see `BY_SITE`."""
        schools = sorted({one.site for change in self.visits for one in _both(change)})
        rows = []
        for site in schools:
            here = [c for c in self.visits if any(one.site == site for one in _both(c))]
            before = sum(_pupils(change.before) for change in here)
            after = sum(_pupils(change.after) for change in here)
            rows.append((site, before, after, after - before))
        return pl.DataFrame(rows, schema=BY_SITE, orient="row")

    def text(self, lang: Lang = "id") -> str:
        """Return the sentence: visits moved, added and dropped, pupils expected and before."""
        language = check_lang(lang)
        return say(
            COMPARED["changes"],
            language,
            moved=self.count("moved"),
            visits=self.visits_before,
            added=self.count("added"),
            dropped=self.count("dropped"),
            before=sum(_pupils(change.before) for change in self.visits),
            after=sum(_pupils(change.after) for change in self.visits),
        )


def compare(plan: Planned, other: Planned) -> Comparison:
    """
    Return what changes from *plan* to *other*.

    Visits of one school are paired: first those of the same team on the same day, then those of
    the same team, then the nearest dates. What is left over is added or dropped.

    Args:
        plan: The plan before.
        other: The plan after; of the same or of another season.

    Raises:
        InvalidFieldError: One of them is no plan.
    """
    arguments.one("compare", "plan", plan, Planned, "Plan")
    arguments.one("compare", "other", other, Planned, "Plan")
    return compare_visits(plan.visit_list, other.visit_list)


def compare_visits(before: Sequence[Visit], after: Sequence[Visit]) -> Comparison:
    """Return what changes from some visits to others, paired as `compare` does."""
    schools = sorted({visit.site for visit in (*before, *after)})
    pairs = [
        change
        for site in schools
        for change in _paired(
            [visit for visit in before if visit.site == site],
            [visit for visit in after if visit.site == site],
        )
    ]
    return Comparison(tuple(pairs))


def _paired(before: list[Visit], after: list[Visit]) -> list[Change]:
    couples = sorted(
        (_distance(old, new), number, place)
        for number, old in enumerate(before)
        for place, new in enumerate(after)
    )
    taken: dict[int, int] = {}
    for _, number, place in couples:
        if number not in taken and place not in taken.values():
            taken[number] = place
    pairs = [
        Change(old, after[taken[number]] if number in taken else None)
        for number, old in enumerate(before)
    ]
    new = (one for place, one in enumerate(after) if place not in taken.values())
    return [*pairs, *(Change(None, one) for one in new)]


def _distance(old: Visit, new: Visit) -> tuple[bool, bool, int, int]:
    """Order pairs: the same team-day, then the same team, then the nearest day and start."""
    days = abs((old.day - new.day).days)
    return (
        (old.team, old.day) != (new.team, new.day),
        old.team != new.team,
        days,
        abs(old.start - new.start),
    )


def _both(change: Change) -> Sequence[Visit]:
    return [one for one in (change.before, change.after) if one is not None]


def _pupils(visit: Visit | None) -> int:
    return visit.recorded if visit else 0


def _row(change: Change) -> tuple[object, ...]:
    (site,) = {one.site for one in _both(change)}
    return (
        change.kind,
        site,
        *_where(change.before),
        *_where(change.after),
        change.before.recorded if change.before else None,
        change.after.recorded if change.after else None,
    )


def _where(visit: Visit | None) -> Iterable[object]:
    return (visit.day, visit.team, clock_text(visit.start)) if visit else (None, None, None)
