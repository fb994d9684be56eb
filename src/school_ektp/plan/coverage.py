"""Coverage before and after a plan: by kecamatan, level, sex, and in all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model.apportion import apportioned
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.groups import summed
from school_ektp.plan.planned import Planned
from school_ektp.roster.demand import demand_of
from school_ektp.roster.frames import AnyTable, lazy, takes_frames
from school_ektp.roster.schema import ROSTER


@attrs.frozen
class Share:
    """
    Pupils of one group by what has become of them on the last day.

    Attributes:
        name: The group, such as a kecamatan.
        before: Recorded before the first day that is still planned.
        waiting_first: Waiting on that day.
        recorded: Expected to be recorded by the plan.
        left_out: Waiting after the last day.
    """

    name: str
    before: int
    waiting_first: int
    recorded: int
    left_out: int

    @property
    def at_first(self) -> int:
        """Pupils who may be recorded on that first day, or were: the denominator before."""
        return self.before + self.waiting_first

    @property
    def people(self) -> int:
        """Pupils who may be recorded on the last day, or were: the denominator after."""
        return self.before + self.recorded + self.left_out


def coverage_by(plan: Planned, by: str) -> tuple[Share, ...]:
    """
    Return the coverage of groups of schools, sorted by name: *by* ``"kecamatan"`` or ``"level"``.

    Raises:
        InvalidFieldError: Another grouping.
    """
    if by not in ("kecamatan", "level"):
        owner, fault = "coverage", f"must be 'kecamatan' or 'level', got {by!r}"
        raise InvalidFieldError(owner, "by", fault)
    schools = plan.school_by_npsn
    return _shares(plan, lambda demand: str(getattr(schools[demand.npsn], by)))


def coverage_in_all(plan: Planned) -> Share:
    """Return the coverage of all schools together."""
    [share] = _shares(plan, lambda _: "") or (Share("", 0, 0, 0, 0),)
    return share


def _shares(plan: Planned, name_of: Callable[[SchoolDemand], str]) -> tuple[Share, ...]:
    served = recorded_by_school(plan)
    calendar = plan.calendar
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for demand in plan.demand:
        recorded = served[demand.npsn]
        at_last = demand.on(calendar.last_day) - recorded
        row = (demand.recorded, demand.on(plan.today), recorded, at_last)
        name = name_of(demand)
        counts[name] = [a + b for a, b in zip(counts[name], row, strict=True)]
    return tuple(Share(name, *numbers) for name, numbers in sorted(counts.items()))


def recorded_by_school(plan: Planned) -> Counter[str]:
    """Return the pupils expected to be recorded at each school that is visited."""
    return summed((visit.site, visit.recorded) for visit in plan.visit_list)


def coverage_by_part(
    plan: Planned, parts: Mapping[str, Iterable[SchoolDemand]]
) -> tuple[Share, ...]:
    """
    Return the coverage of parts of the pupils, such as girls and boys, each with its demand.

    A plan counts pupils and does not choose them: what it records at a school is shared out over
    the parts as they wait there, to whole pupils by largest remainder.

    Raises:
        InvalidFieldError: The parts do not add up to the demand of the plan.
    """
    first, last = plan.today, plan.calendar.last_day
    by_part = {name: {one.npsn: one for one in demand} for name, demand in parts.items()}
    served = recorded_by_school(plan)
    counts = {name: [0, 0, 0, 0] for name in by_part}
    for whole in plan.demand:
        here = {
            name: schools[whole.npsn] for name, schools in by_part.items() if whole.npsn in schools
        }
        _check_whole(plan, whole, here)
        waiting = [one.on(last) for one in here.values()]
        shared = apportioned(served.get(whole.npsn, 0), waiting)
        for (name, one), recorded, waits in zip(here.items(), shared, waiting, strict=True):
            row = (one.recorded, one.on(first), recorded, waits - recorded)
            counts[name] = [a + b for a, b in zip(counts[name], row, strict=True)]
    return tuple(Share(name, *numbers) for name, numbers in counts.items())


@takes_frames(roster=ROSTER)
def coverage_by_sex(
    plan: Planned,
    roster: AnyTable,
    policy: EligibilityPolicy | None = None,
    residents_of: str | Collection[str] | None = None,
) -> tuple[Share, ...]:
    """
    Return the coverage of girls (``"P"``), boys (``"L"``) and, if any, ``"unknown"``.

    Roster, policy and residents are those of the demand.

    Raises:
        InvalidFieldError: The roster is not the one of the plan.
    """
    sex = pl.col("sex")
    sexes = {
        "P": sex.eq_missing("P"),
        "L": sex.eq_missing("L"),
        "unknown": ~sex.is_in(["L", "P"]).fill_null(value=False),
    }
    parts = {
        name: demand_of(lazy(roster).filter(of), policy, residents_of=residents_of)
        for name, of in sexes.items()
    }
    return tuple(share for share in coverage_by_part(plan, parts) if share.people)


def _check_whole(plan: Planned, whole: SchoolDemand, parts: Mapping[str, SchoolDemand]) -> None:
    last = plan.calendar.last_day
    waiting = sum(one.on(last) for one in parts.values())
    recorded = sum(one.recorded for one in parts.values())
    if (waiting, recorded) != (whole.on(last), whole.recorded):
        fault = (
            f"does not hold the pupils of the plan at {whole.npsn}: {waiting} waiting and"
            f" {recorded} recorded instead of {whole.on(last)} and {whole.recorded};"
            " give the roster and the policy the demand was counted from, which after"
            " match_register() are in checked.with_register(matched)"
        )
        raise InvalidFieldError("Plan", "roster", fault)
