"""
Outcomes in a frame: a row for each visit or class with its counts, or one for each pupil.

Pupils are known by the key of the roster, or by name. A name is matched to those of its school,
however it is spelt; where several have it, the class decides. Who is not found is counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError, RosterSchemaError
from school_ektp.model.classes import class_words
from school_ektp.model.clock import minute_of_day
from school_ektp.model.outcome import OfficeOutcome, Outcome, PupilOutcome, Result
from school_ektp.roster.frames import AnyTable, frame_of
from school_ektp.roster.names import name_key, name_keys
from school_ektp.season.issues import SeasonIssue

#: Columns of a frame of outcomes. One row per visit or class with counts; or, with the columns
#: ``student_id`` or ``name``, and ``result``, one per pupil with what came of it. A row without a
#: team is of the office.
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
        "name": pl.String,  # of the pupil, where the key is not known; read beside ``result``
        "result": pl.String,  # a value of `Result`; null: recorded
    }
)
_NEEDED = ("date", "site")
_COUNTS = ("recorded", "failed", "under_age", "already_recorded", "elsewhere", "walk_ins")
_NAME_MOST = 40  # characters of the name of a column that are quoted

Record: TypeAlias = Outcome | OfficeOutcome
_Place: TypeAlias = tuple[dt.date, str, str, str]


@attrs.frozen
class FrameRecords:
    """
    What a frame holds.

    Attributes:
        records: The records, those with counts first.
        unread: Names of the columns that are not known, quoted; empty when all are.
        doubtful: Pupils whose name is not that of one pupil of the school.
    """

    records: tuple[Record, ...]
    unread: str
    doubtful: tuple[SeasonIssue, ...] = ()


def frame_records(given: AnyTable, roster: AnyTable | None = None) -> FrameRecords:
    """
    Return the records of a frame.

    Args:
        given: The frame, see `OUTCOMES`.
        roster: The roster that names are matched to.

    Raises:
        RosterSchemaError: It lacks columns, or holds what cannot be read.
        InvalidFieldError: It holds names, and there is no roster.
    """
    frame = frame_of(given, "outcomes", OUTCOMES, needed=_NEEDED).lazy()
    names = frame.collect_schema().names()
    known = [name for name in names if name in OUTCOMES]
    if "result" not in known and "name" in known:  # of a school, or of somebody else
        known.remove("name")
    unread = ", ".join(repr(name[:_NAME_MOST]) for name in names if name not in known)
    visits = _by_visit(_typed(frame, known), roster)
    return FrameRecords(
        records=tuple(record for one in visits for record in one.records()),
        unread=unread,
        doubtful=tuple(issue for one in visits for issue in one.doubtful()),
    )


def _typed(frame: pl.LazyFrame, known: Iterable[str]) -> pl.DataFrame:
    types = frame.collect_schema()
    try:
        rows = frame.select(_as_type(name, types[name]) for name in known).collect()
    except pl.exceptions.PolarsError as fault:
        raise RosterSchemaError("outcomes", (), _wrong(frame, known, fault)) from None
    if broken := _broken(frame, known):
        raise RosterSchemaError("outcomes", (), dict.fromkeys(broken, "holds parts of pupils"))
    return rows


def _as_type(name: str, given: pl.DataType) -> pl.Expr:
    """Return a column as its type in `OUTCOMES`; dates may be ISO texts, and times be times."""
    column, wanted = pl.col(name), OUTCOMES[name]
    if given == pl.String and wanted == pl.Date:
        return column.str.to_date("%Y-%m-%d")
    if given == pl.Time and wanted == pl.String:
        return column.dt.strftime("%H:%M")
    return column.cast(wanted)


def _wrong(
    frame: pl.LazyFrame, known: Iterable[str], fault: pl.exceptions.PolarsError
) -> dict[str, str]:
    """Return which columns cannot be read as their types, without what they hold."""
    types, wrong = frame.collect_schema(), {}
    for name in known:
        try:
            frame.select(_as_type(name, types[name])).collect()
        except pl.exceptions.PolarsError:
            wrong[name] = f"cannot be read as {OUTCOMES[name]}, got {types[name]}"
    return wrong or {"(all)": f"cannot be read ({type(fault).__name__})"}


def _broken(frame: pl.LazyFrame, names: Iterable[str]) -> list[str]:
    """Return the columns of counts that hold a number that is not whole."""
    types = frame.collect_schema()
    counts = [name for name in names if OUTCOMES[name] == pl.Int64 and types[name].is_float()]
    parts = frame.select((pl.col(name) != pl.col(name).floor()).any() for name in counts)
    return [name for name, some in parts.collect().to_dicts()[0].items() if some] if counts else []


def _place(row: Mapping[str, Any]) -> _Place:
    return row["date"], row.get("team") or "", row["site"], row.get("class_name") or ""


@attrs.define
class _Reported:
    """What the rows of one visit, or of one class of it, tell."""

    place: _Place
    counted: list[Record] = attrs.field(factory=list)
    results: dict[str, str] = attrs.field(factory=dict)  # by key
    nameless: Counter[str] = attrs.field(factory=Counter)  # results of those not found by name

    def put(self, key: str, result: str) -> None:
        if self.results.setdefault(key, result) != result:
            fault = "holds two results of one pupil at one visit"
            raise RosterSchemaError("outcomes", (), {"result": fault})

    def records(self) -> Iterator[Record]:
        yield from self.counted
        if self.results or self.nameless:
            yield self._by_pupil()

    def doubtful(self) -> Iterator[SeasonIssue]:
        if self.nameless:
            yield SeasonIssue("unknown_name", *self.place, amount=self.nameless.total())

    def _by_pupil(self) -> Record:
        day, team, site, class_name = self.place
        pupils = [PupilOutcome(key, result) for key, result in self.results.items()]
        more = Counter[Result]()
        for result, some in self.nameless.items():
            more[PupilOutcome("-", result).result] += some
        if team:
            outcome = Outcome.by_pupil(
                day=day, team=team, site=site, class_name=class_name, pupils=pupils
            )
            counts: dict[str, Any] = {
                result.value.lower(): (getattr(outcome, result.value.lower()) or 0) + some
                for result, some in more.items()
            }
            return attrs.evolve(outcome, **counts)
        keys = [one.key for one in pupils if one.result is Result.RECORDED]
        recorded = len(keys) + more[Result.RECORDED]
        return OfficeOutcome(
            day=day, site=site or "", class_name=class_name, recorded=recorded, pupils=tuple(keys)
        )


def _by_visit(rows: pl.DataFrame, roster: AnyTable | None) -> list[_Reported]:
    named = rows.height > 0 and "name" in rows.columns
    people = _People.of(rows, roster) if named else None
    found: dict[_Place, _Reported] = {}
    for row in rows.iter_rows(named=True):
        place = _place(row)
        record = found.setdefault(place, _Reported(place))
        result = row.get("result") or Result.RECORDED.value
        key = row.get("student_id")
        if people is not None and not key and row["name"]:
            key = people.key(row["name"], place)
            if key is None:
                record.nameless[result] += 1
                continue
        if key:
            record.put(key, result)
        else:
            record.counted.append(_counted(row))
    return [*found.values()]


@attrs.frozen
class _People:
    """Pupils of the schools that a frame speaks of, by school and name."""

    by_name: Mapping[tuple[str, str], list[tuple[str, tuple[str, ...]]]]

    @classmethod
    def of(cls, rows: pl.DataFrame, roster: AnyTable | None) -> _People | None:
        """Return them; None when no row needs them."""
        without = rows.filter(pl.col("name").is_not_null())
        if "student_id" in rows.columns:
            without = without.filter(pl.col("student_id").fill_null("") == "")
        if without.is_empty():
            return None
        if roster is None:
            fault = "must be given: names of the outcomes are matched to it"
            raise InvalidFieldError("Season.record", "roster", fault)
        needed = ("student_id", "npsn", "name", "class_name")
        there = frame_of(roster, "roster", needed=needed).lazy().select(needed)
        sites = without["site"].drop_nulls().unique().to_list()
        mine = there.with_columns(pl.col("npsn").cast(pl.String))
        some = mine.filter(pl.col("npsn").is_in(sites)).collect()
        keyed = some.with_columns(name_keys(some["name"].cast(pl.String)).alias("name"))
        by_name: defaultdict[tuple[str, str], list[tuple[str, tuple[str, ...]]]]
        by_name = defaultdict(list)
        for key, npsn, name, class_name in keyed.drop_nulls("name").iter_rows():
            by_name[npsn, name].append((key, class_words(class_name or "")))
        return cls(by_name)

    def key(self, name: str, place: _Place) -> str | None:
        """Return the key of the one pupil of that name; None without one, or with several."""
        found = self.by_name.get((place[2], name_key(name)), [])
        if len(found) > 1:
            found = [one for one in found if one[1] == class_words(place[3])]
        return found[0][0] if len(found) == 1 else None


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
