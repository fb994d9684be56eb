"""
What happened in a season, as a value: outcomes of visits and of the office, each reported once.

An outcome is known by day, team, site and class. The same one twice changes nothing; a later one
replaces an earlier one; two in one batch that disagree are reported, and neither is taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

import attrs

from school_ektp.model import arguments
from school_ektp.model.groups import grouped
from school_ektp.model.outcome import OfficeOutcome, Outcome, Result
from school_ektp.season.issues import SeasonIssue

VisitKey: TypeAlias = tuple[dt.date, str, str]
Record = TypeVar("Record", Outcome, OfficeOutcome)


def _outcomes(records: Iterable[Outcome]) -> tuple[Outcome, ...]:
    given = arguments.several("Ledger", "outcomes", records, Outcome, "Outcome")
    return tuple(sorted(given, key=lambda one: one.key))


def _office(records: Iterable[OfficeOutcome]) -> tuple[OfficeOutcome, ...]:
    given = arguments.several("Ledger", "office", records, OfficeOutcome, "OfficeOutcome")
    return tuple(sorted(given, key=lambda one: one.key))


@attrs.frozen
class Ledger:
    """
    What happened in a season so far.

    Attributes:
        outcomes: Of visits, one per day, team, site and class, in that order. A visit is reported
            either as a whole or by class.
        office: Pupils recorded without a visit, one per day, site and class, in that order.
    """

    outcomes: tuple[Outcome, ...] = attrs.field(default=(), converter=_outcomes)
    office: tuple[OfficeOutcome, ...] = attrs.field(default=(), converter=_office)

    @property
    def visits(self) -> dict[VisitKey, tuple[Outcome, ...]]:
        """Outcomes by visit, in order: one for the whole visit, or one per class."""
        by_visit = grouped(self.outcomes, lambda one: one.visit)
        return {visit: tuple(several) for visit, several in by_visit.items()}

    @property
    def team_days(self) -> frozenset[tuple[dt.date, str]]:
        """Days on which teams have been out: one of their visits took place."""
        return frozenset((one.day, one.team) for one in self.outcomes if one.held)

    @property
    def cancelled(self) -> frozenset[VisitKey]:
        """Visits that did not take place, none of their classes."""
        visits = self.visits.items()
        return frozenset(key for key, several in visits if not any(one.held for one in several))

    @arguments.checked
    def recorded(
        self, records: Iterable[Outcome | OfficeOutcome]
    ) -> tuple[Ledger, tuple[SeasonIssue, ...]]:
        """
        Return the ledger with a batch of records, and what there is to report of them.

        Args:
            records: Outcomes and what happened at the office, in any order.

        Returns:
            The ledger, and issues ``disagree`` (two of the batch; neither is taken, what was
            known stays) and ``corrected`` (it replaces what was known).
        """
        batch = tuple(dict.fromkeys(records))
        visits = [one for one in batch if isinstance(one, Outcome)]
        office = [one for one in batch if isinstance(one, OfficeOutcome)]
        visits, mixed = _without_sums(visits)
        issues = [*_disagreeing(visits), *_disagreeing(office), *mixed]
        doubtful = {(one.day, one.team, one.site) for one in issues}
        sure = [one for one in visits if one.visit not in doubtful]
        sure_office = [one for one in office if (one.day, "", one.site) not in doubtful]
        before = {one.key: one for one in self.outcomes}
        after = _replaced(before, sure)
        before_office = {one.key: one for one in self.office}
        after_office = before_office | {one.key: one for one in sure_office}
        corrected = [
            *_corrected(before.values(), after.values()),
            *_corrected(before_office.values(), after_office.values()),
        ]
        return Ledger(after.values(), after_office.values()), (*issues, *corrected)

    @arguments.checked
    def without(self, day: dt.date, team: str, site: str) -> Ledger:
        """Return the ledger without what was reported of a visit; of the office without a team."""
        visit = day, team, site
        return Ledger(
            [one for one in self.outcomes if one.visit != visit],
            [one for one in self.office if (one.day, one.team, one.site) != visit],
        )


def _replaced(
    before: dict[tuple[dt.date, str, str, str], Outcome], batch: Sequence[Outcome]
) -> dict[tuple[dt.date, str, str, str], Outcome]:
    """Return all outcomes; a whole visit replaces its classes, and a class its whole visit."""
    whole = {one.visit for one in batch if not one.class_name}
    by_class = {one.visit for one in batch if one.class_name}
    stay = {
        key: one
        for key, one in before.items()
        if one.visit not in (by_class if not one.class_name else whole)
    }
    return stay | {one.key: one for one in batch}


def _disagreeing(batch: Sequence[Record]) -> Iterator[SeasonIssue]:
    seen: dict[object, Record] = {}
    for one in batch:
        if one.key in seen:
            yield SeasonIssue("disagree", one.day, one.team, one.site, one.class_name)
        seen[one.key] = one


def _without_sums(batch: Sequence[Outcome]) -> tuple[list[Outcome], list[SeasonIssue]]:
    """Leave out wholes that are the sum of their classes; find those that are not."""
    kept: list[Outcome] = []
    issues: list[SeasonIssue] = []
    for (day, team, site), several in grouped(batch, lambda one: one.visit).items():
        classes = [one for one in several if one.class_name]
        whole = [one for one in several if not one.class_name]
        kept += classes or whole
        if classes and any(_counts([one]) != _counts(classes) for one in whole):
            issues.append(SeasonIssue("disagree", day, team, site))
    return kept, issues


def _counts(several: Sequence[Outcome]) -> tuple[object, ...]:
    counts = [sum(getattr(one, result.value.lower()) or 0 for one in several) for result in Result]
    return *counts, sum(one.walk_ins for one in several), all(one.held for one in several)


def _corrected(before: Iterable[Record], after: Iterable[Record]) -> Iterator[SeasonIssue]:
    now = set(after)
    for one in before:
        if one not in now:
            yield SeasonIssue("corrected", one.day, one.team, one.site, one.class_name)
