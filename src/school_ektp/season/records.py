"""What may be told to a season: records, sheets that hold them, and frames."""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError, RosterSchemaError
from school_ektp.model.clock import minute_of_day
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.language import Lang
from school_ektp.model.outcome import OfficeOutcome, Outcome, PupilOutcome, Result
from school_ektp.model.priorities import Priorities
from school_ektp.roster.eligibility import opens_on
from school_ektp.roster.frames import AnyTable, ArrowTable, frame_of
from school_ektp.roster.priorities import priority_rank
from school_ektp.roster.read.sources import PathLike
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.rosters import KnownPupil

#: Columns of a frame of outcomes. One row per visit or class with counts; or, with the column
#: ``student_id``, one per pupil with what came of it. A row without a team is of the office.
OUTCOMES = pl.Schema(
    {
        "date": pl.Date,
        "team": pl.String,  # null or "": recorded at the office
        "site": pl.String,  # NPSN
        "class_name": pl.String,  # null or "": the whole visit
        "recorded": pl.Int64,  # null: 0, as the other counts but `absent`
        "failed": pl.Int64,
        "absent": pl.Int64,  # null: nobody counted them
        "under_age": pl.Int64,
        "already_recorded": pl.Int64,
        "elsewhere": pl.Int64,
        "walk_ins": pl.Int64,
        "cancelled": pl.String,  # why the visit did not take place; null or "": it did
        "start": pl.String,  # "08:00"; null: not noted, as the next
        "end": pl.String,
        "student_id": pl.String,  # key of the pupil in the roster
        "result": pl.String,  # a value of `Result`
    }
)
_OWNER = "Season.record"
_NAME_MOST = 40  # characters of the name of a column that are quoted
_NEEDED = ("date", "site")
_COUNTS = ("recorded", "failed", "under_age", "already_recorded", "elsewhere", "walk_ins")

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
    """

    records: tuple[Record, ...]
    issues: str = ""


def given_records(given: Records, plan: object, sheets: Iterable[Any] = ()) -> Given:
    """
    Return the records in what was given.

    Args:
        given: Records, what holds outcomes, paths of files and folders, several of these, or a
            frame, see `OUTCOMES`.
        plan: Reads the files, if it is one that writes papers.
        sheets: The call sheets that were printed.

    Raises:
        InvalidFieldError: Something else, or paths for a plan that reads no files.
        RosterSchemaError: A frame lacks columns, or holds what cannot be read.
        ReadError: A path leads to nothing.
    """
    if isinstance(given, pl.DataFrame | pl.LazyFrame | ArrowTable):
        return _of_frame(given)
    is_one = isinstance(given, Outcome | OfficeOutcome | HoldsOutcomes | str | os.PathLike)
    several: object = [given] if is_one else given
    if not isinstance(several, Iterable) or isinstance(several, bytes):
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


# Frames -------------------------------------------------------------------------------------

_Place: TypeAlias = tuple[dt.date, str, str, str]


def _of_frame(given: AnyTable) -> Given:
    frame = frame_of(given, "outcomes", OUTCOMES, needed=_NEEDED).lazy()
    names = frame.collect_schema().names()
    unread = ", ".join(repr(name[:_NAME_MOST]) for name in names if name not in OUTCOMES)
    issues = f"outcomes: columns that are not known and not read: {unread}" if unread else ""
    return Given(tuple(_rows(frame)), issues)


def _rows(frame: pl.LazyFrame) -> Iterator[Record]:
    known = [name for name in frame.collect_schema().names() if name in OUTCOMES]
    try:
        rows = frame.select(pl.col(name).cast(OUTCOMES[name]) for name in known).collect()
        broken = _broken(frame, known)
    except pl.exceptions.PolarsError as fault:
        message = f"cannot be read as the types of OUTCOMES ({type(fault).__name__})"
        raise RosterSchemaError("outcomes", (), {"(all)": message}) from None
    if broken:
        raise RosterSchemaError("outcomes", (), dict.fromkeys(broken, "holds parts of pupils"))
    pupils: defaultdict[_Place, dict[str, str]] = defaultdict(dict)
    for row in rows.iter_rows(named=True):
        if row.get("student_id"):
            _put(pupils[_place(row)], row)
        else:
            yield _counted(row)
    for place, results in pupils.items():
        yield _by_pupil(place, results)


def _broken(frame: pl.LazyFrame, names: Iterable[str]) -> list[str]:
    """Return the columns of counts that hold a number that is not whole."""
    types = frame.collect_schema()
    counts = [name for name in names if OUTCOMES[name] == pl.Int64 and types[name].is_float()]
    parts = frame.select((pl.col(name) != pl.col(name).floor()).any() for name in counts)
    return [name for name, some in parts.collect().to_dicts()[0].items() if some] if counts else []


def _place(row: Mapping[str, Any]) -> _Place:
    return row["date"], row.get("team") or "", row["site"], row.get("class_name") or ""


def _put(results: dict[str, str], row: Mapping[str, Any]) -> None:
    result = row.get("result") or Result.RECORDED.value
    if results.setdefault(row["student_id"], result) != result:
        fault = "holds two results of one pupil at one visit"
        raise RosterSchemaError("outcomes", (), {"result": fault})


def _counted(row: Mapping[str, Any]) -> Record:
    day, team, site, class_name = _place(row)
    if not team:
        recorded = row.get("recorded") or 0
        return OfficeOutcome(day=day, site=site or "", class_name=class_name, recorded=recorded)
    counts: dict[str, Any] = {name: row.get(name) or 0 for name in _COUNTS}
    return Outcome(
        day=day,
        team=team,
        site=site,
        class_name=class_name,
        absent=row.get("absent"),
        cancelled=row.get("cancelled") or "",
        start=_minute(row.get("start")),
        end=_minute(row.get("end")),
        **counts,
    )


def _minute(text: str | None) -> int | None:
    return minute_of_day(text) if text else None


def _by_pupil(place: _Place, results: Mapping[str, str]) -> Record:
    day, team, site, class_name = place
    if team:
        pupils = [PupilOutcome(key, result) for key, result in results.items()]
        return Outcome.by_pupil(day=day, team=team, site=site, class_name=class_name, pupils=pupils)
    several = [PupilOutcome(key, result) for key, result in results.items()]
    keys = [one.key for one in several if one.result is Result.RECORDED]
    return OfficeOutcome(
        day=day, site=site or "", class_name=class_name, recorded=len(keys), pupils=tuple(keys)
    )


# Pupils known by key ------------------------------------------------------------------------


def known_pupils(
    records: Iterable[Record],
    roster: AnyTable | None,
    policy: EligibilityPolicy | None,
    priorities: Priorities | None,
) -> tuple[tuple[KnownPupil, ...], tuple[SeasonIssue, ...]]:
    """
    Return where the pupils of records waited, by key, and which keys the roster does not know.

    Args:
        records: What happened.
        roster: The roster that the keys are of; nobody is looked up when None.
        policy: Who may be recorded from which day; the default policy when None.
        priorities: Classes recorded first; all alike when None.
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
