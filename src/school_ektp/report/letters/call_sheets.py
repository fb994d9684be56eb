"""
Who is called to which visit: the plan joined with the roster again.

Planning counts and never sees a person, so names come in here, from a roster that the caller
hands over, and go nowhere else than into the call sheets that the caller asked for.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

import attrs
import polars as pl

from school_ektp.errors import SchoolEktpWarning
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.nik import mask_nik
from school_ektp.model.priorities import Priorities
from school_ektp.model.school import School
from school_ektp.model.visit import Visit
from school_ektp.plan.data import PlanData
from school_ektp.planning.problem import Group
from school_ektp.planning.schedule import after_work
from school_ektp.planning.solution import SiteVisit
from school_ektp.roster.demand import is_set_aside
from school_ektp.roster.eligibility import opens_on
from school_ektp.roster.frames import AnyTable, lazy, takes_frames
from school_ektp.roster.priorities import priority_rank
from school_ektp.roster.read.cells import grade_of_class
from school_ektp.roster.schema import ROSTER

#: Highest grade, class with its numbers counted, name, key.
Order: TypeAlias = tuple[int, tuple[tuple[int, str], ...], str, str]

SLOT = 5  # minutes; times given to classes are whole multiples
_LAST_GRADE = 99
_DIGITS = re.compile(r"(\d+)")


@attrs.frozen(kw_only=True)
class CalledPupil:
    """
    A pupil on a call sheet; who it is stays out of `repr`.

    Attributes:
        name: Full name; the NISN or the key of the roster where no name is given.
        sex: ``"L"``, ``"P"`` or empty.
        class_name: Class (rombel); empty when unknown.
        nik: Masked unless asked otherwise; empty when there is none.
        key: Key of the pupil in the roster.
    """

    name: str = attrs.field(repr=False)
    sex: str = attrs.field(repr=False)
    class_name: str
    nik: str = attrs.field(repr=False)
    key: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ClassSlot:
    """
    When a class comes.

    Attributes:
        class_name: Class (rombel); empty when unknown.
        pupils: How many of it are called.
        start: First minute, a multiple of five.
        end: When the next class comes, a multiple of five; the last is done by then.
    """

    class_name: str
    pupils: int
    start: int
    end: int


@attrs.frozen(kw_only=True)
class CallSheet:
    """
    The pupils called to one visit.

    Attributes:
        visit: The visit.
        school: The school.
        kits: Recording kits that come.
        pupils: Called for the first time, in class order: the highest grade first.
        slots: When each class comes.
        again: Called on an earlier day: those of them who are not recorded yet are called again.
        again_pupils: How many of them the plan counts on calling.
        breaks: Pauses of the team during the visit, from and to in minutes since midnight.
        room: Where in the school, empty when not known.
    """

    visit: Visit
    school: School
    kits: int
    pupils: tuple[CalledPupil, ...] = attrs.field(repr=lambda pupils: f"<{len(pupils)} pupils>")
    slots: tuple[ClassSlot, ...]
    again: tuple[CalledPupil, ...] = attrs.field(repr=lambda pupils: f"<{len(pupils)} pupils>")
    again_pupils: int
    breaks: tuple[tuple[int, int], ...] = ()
    room: str = ""


@attrs.frozen
class _Waiting:
    """A pupil who waits, with what decides when he or she is called."""

    pupil: CalledPupil
    day: int
    order: Order = attrs.field(repr=False)


@takes_frames(roster=ROSTER)
def call_lists(
    plan: PlanData,
    roster: AnyTable,
    *,
    policy: EligibilityPolicy | None = None,
    priorities: Priorities | None = None,
    residents_of: str | Collection[str] | None = None,
    on: dt.date | None = None,
    mask: bool = True,
    rooms: Mapping[str, str] | None = None,
    roster_changed: bool = False,
) -> tuple[CallSheet, ...]:
    """
    Return who is called to each visit, by date, team and start, see `Plan.call_sheets`.

    The plan says how many of each group are called: all who wait, as far as there is room.
    Within a group the highest grade comes first, then classes and names in their order. Nobody
    is called twice for the first time.

    Warns:
        SchoolEktpWarning: The roster does not hold the pupils that the plan counts.
    """
    aside = is_set_aside(residents_of=residents_of, on=on)
    rows = _waiting_rows(plan, lazy(roster).filter(~aside), policy, priorities)
    found = _waiting(plan, rows, mask=mask)
    if not roster_changed:
        _warn_of_others(plan, found)
    named = dict(zip(plan.solution.visits, plan.visit_list, strict=True))
    sheets: dict[SiteVisit, CallSheet] = {}
    for site in sorted({visit.site for visit in plan.solution.visits}):
        groups = found.get(plan.names.sites[site], {})
        for visit, sheet in _site_sheets(plan, site, groups, named):
            room = (rooms or {}).get(sheet.school.npsn, "")
            sheets[visit] = attrs.evolve(sheet, room=room)
    return tuple(sheets[visit] for visit in plan.solution.visits)


# Who waits ----------------------------------------------------------------------------------


def _waiting_rows(
    plan: PlanData,
    roster: pl.LazyFrame,
    policy: EligibilityPolicy | None,
    priorities: Priorities | None,
) -> pl.DataFrame:
    """Return the pupils of planned schools who wait by the last day, with what orders them."""
    return (
        roster.filter(~pl.col("recorded"))
        .filter(pl.col("npsn").cast(pl.String).is_in(list(plan.names.sites)))
        .select(
            pl.col("npsn").cast(pl.String),
            opens_on(policy or EligibilityPolicy()).alias("opens_on"),
            priority_rank(priorities or Priorities()).alias("priority"),
            pl.col("class_name").cast(pl.String).fill_null(""),
            pl.col("grade"),
            pl.coalesce("name", "nisn", "student_id").alias("name"),
            pl.col("sex").cast(pl.String).fill_null(""),
            pl.col("nik"),
            pl.col("student_id"),
        )
        .filter(pl.col("opens_on") <= plan.calendar.last_day)
        .sort("npsn", "priority", "student_id")
        .collect()
    )


def _waiting(
    plan: PlanData, rows: pl.DataFrame, *, mask: bool
) -> dict[str, dict[int, list[_Waiting]]]:
    """Return by school and group of the plan who waits, in the order of calls."""
    places = _Places(plan)
    found: defaultdict[str, defaultdict[int, list[_Waiting]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows.iter_rows(named=True):
        group = places.group(row["npsn"], row["priority"], row["class_name"])
        if group is not None:
            day = max(plan.calendar.day_number(row["opens_on"]), 0)
            pupil = _pupil(row, mask=mask)
            one = _Waiting(pupil, day, _class_order(pupil, row["grade"]))
            found[row["npsn"]][group].append(one)
    for groups in found.values():
        for some in groups.values():
            some.sort(key=lambda one: one.order)
    return {npsn: dict(groups) for npsn, groups in found.items()}


def _pupil(row: Mapping[str, str | None], *, mask: bool) -> CalledPupil:
    nik = row["nik"]
    return CalledPupil(
        name=row["name"] or "",
        sex=row["sex"] or "",
        class_name=row["class_name"] or "",
        nik=(mask_nik(nik) if mask else nik) or "",
        key=row["student_id"] or "",
    )


def _class_order(pupil: CalledPupil, grade: int | None) -> Order:
    """Return the place of a pupil: highest grade, class with numbers counted, name."""
    known = grade or grade_of_class(pupil.class_name) or -_LAST_GRADE
    parts = _DIGITS.split(pupil.class_name.casefold())
    natural = tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
    return -known, natural, pupil.name.casefold(), pupil.key


class _Places:
    """Finds the group of the plan to which a pupil was counted."""

    def __init__(self, plan: PlanData) -> None:
        self._plan = plan
        self._known: dict[tuple[str, int, str], int | None] = {}

    def group(self, npsn: str, priority: int, class_name: str) -> int | None:
        """Return the number of the group; None when the plan has none of that class."""
        key = npsn, priority, class_name
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, npsn: str, priority: int, class_name: str) -> int | None:
        plan = self._plan
        groups = plan.problem.sites[plan.names.sites.index(npsn)].groups
        alike = [number for number, group in enumerate(groups) if group.priority == priority]
        away = self._away(npsn, class_name) if any(groups[n].away for n in alike) else frozenset()
        exact = [number for number in alike if groups[number].away == away]
        present = [number for number in alike if not groups[number].away]
        return next(iter([*exact, *present, *alike]), None)

    def _away(self, npsn: str, class_name: str) -> frozenset[int]:
        calendar, school = self._plan.calendar, self._plan.school_by_npsn[npsn]
        days = enumerate(calendar.days)
        return frozenset(n for n, day in days if calendar.class_away(school, class_name, day))


def _warn_of_others(plan: PlanData, found: Mapping[str, Mapping[int, Sequence[_Waiting]]]) -> None:
    visited = sorted({visit.site for visit in plan.solution.visits})
    counts = [
        (_counted(groups), {n: len(some) for n, some in found.get(npsn, {}).items() if some})
        for site in visited
        for npsn in [plan.names.sites[site]]
        for groups in [plan.problem.sites[site].groups]
    ]
    others = sum(planned != listed for planned, listed in counts)
    if others:
        message = (
            f"at {others} of {len(visited)} schools the roster does not hold the pupils that the"
            " plan counts; pass policy, priorities, residents_of and on as for the demand, or"
            " roster_changed=True when the roster is newer than the plan"
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=6)


def _counted(groups: Iterable[Group]) -> dict[int, int]:
    totals = {n: sum(pupils for _, pupils in group.arrivals) for n, group in enumerate(groups)}
    return {n: total for n, total in totals.items() if total}


# Who is called ------------------------------------------------------------------------------


def _site_sheets(
    plan: PlanData,
    site: int,
    groups: Mapping[int, Sequence[_Waiting]],
    named: Mapping[SiteVisit, Visit],
) -> Iterator[tuple[SiteVisit, CallSheet]]:
    """Yield the call sheets of a school in the order of its visits."""
    queues = {number: _Queue(some) for number, some in groups.items()}
    for place, visit in enumerate(plan.solution.visits):
        if visit.site != site:
            continue
        fresh: list[_Waiting] = []
        again: list[_Waiting] = []
        again_pupils = 0
        for group, wanted in enumerate(plan.shown.called[place]):
            ready, before = queues.get(group, _Queue(())).called(visit.day, wanted)
            fresh += ready
            again += before
            again_pupils += min(wanted - len(ready), len(before))
        pupils = _in_order(fresh)
        sheet = CallSheet(
            visit=named[visit],
            school=plan.school_by_npsn[plan.names.sites[site]],
            kits=plan.problem.teams[visit.team].kits[visit.day],
            pupils=pupils,
            slots=tuple(_slots(plan, visit, pupils, len(pupils) + again_pupils)),
            again=_in_order(again),
            again_pupils=again_pupils,
            breaks=tuple(
                (begin, end)
                for begin, end in plan.problem.teams[visit.team].breaks[visit.day]
                if begin < visit.end and visit.start < end
            ),
        )
        yield visit, sheet


class _Queue:
    """The pupils of a group at a school, in the order of calls."""

    def __init__(self, pupils: Iterable[_Waiting]) -> None:
        self._left = list(pupils)
        self._called: list[tuple[int, _Waiting]] = []  # with the day

    def called(self, day: int, wanted: int) -> tuple[list[_Waiting], list[_Waiting]]:
        """Return whom a visit calls, and whom again: all called before, if more are wanted."""
        ready = [one for one in self._left if one.day <= day][:wanted]
        taken = {one.pupil.key for one in ready}
        self._left = [one for one in self._left if one.pupil.key not in taken]
        is_short = wanted > len(ready)
        before = [one for then, one in self._called if then < day] if is_short else []
        self._called += [(day, one) for one in ready]
        return ready, before


def _in_order(some: Iterable[_Waiting]) -> tuple[CalledPupil, ...]:
    ordered = sorted(some, key=lambda one: one.order)
    return tuple(one.pupil for one in ordered)


def _slots(
    plan: PlanData, visit: SiteVisit, pupils: Sequence[CalledPupil], called: int
) -> Iterator[ClassSlot]:
    """
    Yield when each class comes, from the planned minutes; none when nobody is called.

    Where more are called than there is room for, each takes a share of a place.
    """
    team = plan.problem.teams[visit.team]
    kits, breaks = max(team.kits[visit.day], 1), team.breaks[visit.day]
    if not pupils:
        return
    opens = after_work(visit.start, team.setup[visit.site], breaks)
    places = min(visit.room, called)

    def moment(number: int, rounds: int) -> int:
        done = number * places // max(called, 1) // kits + rounds
        return after_work(opens, done * team.minutes_per_pupil[visit.site], breaks)

    classes = [
        (name, len(list(members)))
        for name, members in groupby(pupils, key=lambda pupil: pupil.class_name)
    ]
    firsts = [sum(count for _, count in classes[:place]) for place in range(len(classes))]
    starts = [moment(first, 0) // SLOT * SLOT for first in firsts]
    ends = [*starts[1:], -(-moment(len(pupils) - 1, 1) // SLOT) * SLOT]
    for (name, count), start, end in zip(classes, starts, ends, strict=True):
        yield ClassSlot(class_name=name, pupils=count, start=start, end=max(end, start + SLOT))
