"""What may be reported to a season: records, frames, files, and sheets that hold them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.language import Lang
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.model.priorities import Priorities
from school_ektp.roster.eligibility import opens_on
from school_ektp.roster.frames import AnyTable, ArrowTable, frame_of, takes_frames
from school_ektp.roster.priorities import priority_rank
from school_ektp.roster.read.sources import PathLike
from school_ektp.roster.schema import ROSTER
from school_ektp.season.frames import frame_records
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.rosters import KnownPupil

_OWNER = "Season.record"

Record: TypeAlias = Outcome | OfficeOutcome


@runtime_checkable
class HoldsOutcomes(Protocol):
    """A sheet that came back, or several: it has outcomes."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """What was filled in."""

    def issues_text(self, lang: Lang) -> str:
        """Return what could not be taken, a line each; empty when everything was."""


@runtime_checkable
class ReadsOutcomes(Protocol):
    """A plan that reads the files that its papers become; one that is data alone reads none."""

    def read_outcomes(
        self, source: Iterable[PathLike], *, sheets: Iterable[Any] = ()
    ) -> HoldsOutcomes:
        """Return what the files hold."""


Piece: TypeAlias = Record | HoldsOutcomes | PathLike
Records: TypeAlias = Piece | AnyTable | Iterable[Piece]


@attrs.frozen
class Given:
    """
    What a season was given to record.

    Attributes:
        records: The records; those of files come last.
        issues: What could not be taken from files and frames, in English, a line each.
        doubtful: What is doubtful in the records.
    """

    records: tuple[Record, ...]
    issues: str = ""
    doubtful: tuple[SeasonIssue, ...] = ()


def given_records(
    given: Records, plan: object, sheets: Iterable[Any] = (), roster: AnyTable | None = None
) -> Given:
    """
    Return the records in what was given.

    Args:
        given: Records, what holds outcomes, paths of files and folders, several of these, or a
            frame, see `frames.OUTCOMES`.
        plan: Reads the files, if it is one that writes papers.
        sheets: The call sheets that were printed.
        roster: The roster that names in a frame are matched to.

    Raises:
        InvalidFieldError: Something else, or paths for a plan that reads no files.
        RosterSchemaError: A frame lacks columns, or holds what cannot be read.
        ReadError: A path leads to nothing.
    """
    if isinstance(given, pl.DataFrame | pl.LazyFrame | ArrowTable):
        rows = frame_records(given, roster)
        issues = f"outcomes: columns that are not known and not read: {rows.unread}"
        return Given(rows.records, issues if rows.unread else "", rows.doubtful)
    is_one = isinstance(given, Outcome | OfficeOutcome | HoldsOutcomes | str | os.PathLike)
    several: object = [given] if is_one else given
    if not isinstance(several, Iterable) or isinstance(several, bytes | Mapping):
        raise _no_record(several)
    pieces = [*several]
    paths = [one for one in pieces if isinstance(one, str | os.PathLike)]
    rest: list[object] = [one for one in pieces if not isinstance(one, str | os.PathLike)]
    if paths:
        rest.append(_read(paths, plan, sheets))
    records = tuple(record for one in rest for record in _of_one(one))
    texts = [one.issues_text("en") for one in rest if isinstance(one, HoldsOutcomes)]
    return Given(records, "\n".join(filter(None, texts)))


def _read(paths: Sequence[PathLike], plan: object, sheets: Iterable[Any]) -> HoldsOutcomes:
    if not isinstance(plan, ReadsOutcomes):
        fault = (
            f"holds paths, which a {type(plan).__name__} does not read:"
            " begin the season with a Plan, or give read_outcomes(...)"
        )
        raise InvalidFieldError(_OWNER, "outcomes", fault)
    return plan.read_outcomes(paths, sheets=sheets)


def _no_record(given: object) -> InvalidFieldError:
    fault = (
        "must be Outcome or OfficeOutcome, one or several, a frame, or the path of a file or"
        f" folder, got a {type(given).__name__}"
    )
    return InvalidFieldError(_OWNER, "outcomes", fault)


def _of_one(one: object) -> Iterator[Record]:
    if isinstance(one, Outcome | OfficeOutcome):
        yield one
    elif isinstance(one, HoldsOutcomes):
        for record in one.outcomes:
            yield from _of_one(record)
    else:
        raise _no_record(one)


# Pupils known by key ------------------------------------------------------------------------


@takes_frames(roster=ROSTER)
def known_pupils(
    records: Iterable[Record],
    roster: AnyTable | None = None,
    policy: EligibilityPolicy | None = None,
    priorities: Priorities | None = None,
) -> tuple[tuple[KnownPupil, ...], tuple[SeasonIssue, ...]]:
    """
    Return where the pupils of records waited, by key, and which keys the roster does not know.

    Args:
        records: What happened.
        roster: The roster that the keys are of; nobody is looked up when None.
        policy: Who may be recorded from which day; the default policy when None.
        priorities: Classes recorded first; all alike when None.

    Raises:
        RosterSchemaError: It is no roster, or lacks columns.
    """
    keys = {record: _keys(record) for record in records if record.pupils}
    if roster is None or not keys:
        return (), ()
    wanted = sorted({key for some in keys.values() for key in some})
    frame = frame_of(roster, "roster", needed=("student_id", "npsn", "birth_date")).lazy()
    rows = (
        frame.filter(pl.col("student_id").is_in(wanted))
        .select(
            pl.col("student_id"),
            pl.col("npsn").cast(pl.String),
            pl.col("class_name").cast(pl.String).fill_null(""),
            pl.when(~pl.col("recorded") & opens_on(policy or EligibilityPolicy()).is_not_null())
            .then(priority_rank(priorities or Priorities()))
            .cast(pl.Int64),
        )
        .unique(subset="student_id", keep="first", maintain_order=True)
        .collect()
    )
    people = {row[0]: KnownPupil(*row) for row in rows.iter_rows()}
    return tuple(sorted(people.values(), key=lambda one: one.key)), tuple(_unknown(keys, people))


def _keys(record: Record) -> tuple[str, ...]:
    if isinstance(record, Outcome):
        return tuple(one.key for one in record.pupils)
    return record.pupils


def _unknown(
    keys: Mapping[Record, Sequence[str]], people: Mapping[str, KnownPupil]
) -> Iterator[SeasonIssue]:
    for record, some in keys.items():
        missing = sum(
            key not in people or record.site not in ("", people[key].site) for key in some
        )
        if missing:
            where = (record.day, record.team, record.site, record.class_name)
            yield SeasonIssue("unknown_pupil", *where, amount=missing)
