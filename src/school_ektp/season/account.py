"""Where every pupil is and what became of every visit, from first roster to last outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.plan.comparison import Comparison
from school_ektp.season.ledger import Ledger, VisitKey
from school_ektp.season.pupil_places import MOVES, PLACES
from school_ektp.season.standing import Standing

#: One row per school, by site; the last one, with an empty site, is of no known school.
ACCOUNT = pl.Schema(
    {"site": pl.String, "first": pl.Int64}
    | {name: pl.Int64() for name in MOVES}
    | {name: pl.Int64() for name in PLACES}
)


@attrs.frozen(kw_only=True)
class VisitAccount:
    """
    What became of the visits; each is in one place.

    Attributes:
        begun: Visits of the plan that the season began with.
        new: Visits made or planned since, beside those.
        kept: Of both, those on the team and day of the first plan.
        moved: Those now on another day or with another team.
        added: New ones that were made or still will be.
        dropped: Those that a later plan left out.
        cancelled: Those that did not take place on their day.
    """

    begun: int
    new: int
    kept: int
    moved: int
    added: int
    dropped: int
    cancelled: int

    @property
    def difference(self) -> int:
        """Visits minus those in a place; always 0."""
        placed = self.kept + self.moved + self.added + self.dropped + self.cancelled
        return self.begun + self.new - placed


@attrs.frozen(kw_only=True, eq=False)
class SeasonAccount:
    """
    Pupils by the place they are in; the places exclude each other.

    Attributes:
        by_site: One row per school, see `ACCOUNT`. ``first`` are the pupils of the first roster;
            ``joined`` and ``left`` came and went with later ones, ``outside`` were recorded and
            are on none. The other columns are the places: ``recorded_before`` the season,
            ``set_aside``, ``recorded`` at visits, ``at_office``, ``presumed`` (recorded at visits
            without an outcome, as expected), ``already_recorded`` and ``elsewhere`` (reported at
            visits), ``stayed_away`` and ``waiting`` (both wait), ``too_young``.
        visits: What became of the visits.
    """

    by_site: pl.DataFrame = attrs.field(repr=False)
    visits: VisitAccount

    def pupils(self, place: str) -> int:
        """
        Return the pupils of all schools in a column of `by_site`.

        Raises:
            InvalidFieldError: There is no such column.
        """
        if place not in (known := ("first", *MOVES, *PLACES)):
            fault = f"must be one of {', '.join(known)}"
            raise InvalidFieldError("SeasonAccount", "place", fault)
        return int(self.by_site.get_column(place).sum())

    @property
    def difference(self) -> int:
        """Pupils who ever were in a roster or recorded, minus pupils in a place; always 0."""
        came = self.pupils("first") + self.pupils("joined") + self.pupils("outside")
        return came - self.pupils("left") - sum(map(self.pupils, PLACES))

    def to_frame(self) -> pl.DataFrame:
        """Return columns place and pupils, one row per place."""
        rows = [(place, self.pupils(place)) for place in PLACES]
        return pl.DataFrame(rows, schema={"place": pl.String, "pupils": pl.Int64}, orient="row")


def season_account(where: Standing, history: Comparison, ledger: Ledger) -> SeasonAccount:
    """
    Return the account of a season.

    Args:
        where: Where the season stands.
        history: From the visits it began with to those made and still planned.
        ledger: What happened.
    """
    sites = sorted({*where.first, *(site for site, _ in where.places)})
    rows = [
        (
            site,
            where.first.get(site, 0),
            *(where.places.get((site, name), 0) for name in (*MOVES, *PLACES)),
        )
        for site in sites
    ]
    return SeasonAccount(
        by_site=pl.DataFrame(rows, schema=ACCOUNT, orient="row"),
        visits=_visits(history, ledger),
    )


def _visits(history: Comparison, ledger: Ledger) -> VisitAccount:
    reported = ledger.visits
    cancelled = ledger.cancelled
    found = Counter(_became(history, cancelled))
    known = {
        (one.after.day, one.after.team, one.after.site)
        for one in history.visits
        if one.after is not None
    }
    for visit in reported.keys() - known:
        found["cancelled" if visit in cancelled else "added"] += 1
    new = sum(one.before is None for one in history.visits) + len(reported.keys() - known)
    return VisitAccount(
        begun=history.visits_before,
        new=new,
        kept=found["kept"] + found["retimed"],
        moved=found["moved"],
        added=found["added"],
        dropped=found["dropped"],
        cancelled=found["cancelled"],
    )


def _became(history: Comparison, cancelled: Collection[VisitKey]) -> Iterable[str]:
    for one in history.visits:
        after = one.after
        gone = after is not None and (after.day, after.team, after.site) in cancelled
        yield "cancelled" if gone else one.kind
