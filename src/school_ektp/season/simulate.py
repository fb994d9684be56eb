"""How sure a plan is: thousands of seasons with absence, slow days, broken kits and cut roads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from typing import Any

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.planning.feasibility import score
from school_ektp.planning.problem import Crew, VisitProblem, Window
from school_ektp.planning.rules import KitDayCap
from school_ektp.planning.solution import SiteVisit
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.planning.timetable import after_work
from school_ektp.season.dice import Dice
from school_ektp.season.planned import P, Planned, improved, rebuilt

SEASONS = 10_000
SLOWEST, FASTEST = 3.0, 0.5  # bounds of a day's pace, so that no draw stops a team for ever

#: One row per school with visits or pupils, by npsn; percentiles over the seasons.
BY_SCHOOL = pl.Schema(
    {
        "npsn": pl.String,
        "planned": pl.Int64,  # pupils the plan expects to record
        "p10": pl.Int64,  # as many or fewer in one season of ten
        "p50": pl.Int64,
        "p90": pl.Int64,  # as many or fewer in nine seasons of ten
        "mean": pl.Float64,
    }
)

#: One row per day of the season: pupils recorded up to and on it.
BY_DATE = pl.Schema(
    {
        "date": pl.Date,
        "planned": pl.Int64,
        "p10": pl.Int64,
        "p50": pl.Int64,
        "p90": pl.Int64,
        "mean": pl.Float64,
    }
)


def _chance(instance: object, attribute: attrs.Attribute[Any], value: float) -> None:
    if not 0 <= value <= 1:
        fault = f"must be from 0 to 1, got {value!r}"
        raise InvalidFieldError(type(instance).__name__, attribute.name, fault)


def _not_negative(instance: object, attribute: attrs.Attribute[Any], value: float) -> None:
    if not value >= 0:
        fault = f"must be at least 0, got {value!r}"
        raise InvalidFieldError(type(instance).__name__, attribute.name, fault)


@attrs.frozen(kw_only=True)
class Risks:
    """
    What may go wrong, and how often. The defaults are judgements; put in your own office's.

    Attributes:
        turnout_spread: Standard deviation of a visit's turn-out, beside the chance of each pupil.
        pace_spread: Standard deviation of a team's pace from day to day, as a share of it.
        kit_breaks: Chance that a kit breaks on a day.
        kit_days: Days a broken kit is away.
        day_lost: Chance that a team cannot go out on a day (vehicle, illness).
        system_down: Chance that nobody can record on a day (the central system fails).
        road_cut: Chance that the roads of a kecamatan are cut on a day.
        road_days: Days they stay cut.
        outage: Chance that a school is without power or signal on a day.
    """

    turnout_spread: float = attrs.field(default=0.08, validator=_not_negative)
    pace_spread: float = attrs.field(default=0.15, validator=_not_negative)
    kit_breaks: float = attrs.field(default=0.01, validator=_chance)
    kit_days: int = attrs.field(default=5, validator=_not_negative)
    day_lost: float = attrs.field(default=0.02, validator=_chance)
    system_down: float = attrs.field(default=0.01, validator=_chance)
    road_cut: float = attrs.field(default=0.005, validator=_chance)
    road_days: int = attrs.field(default=2, validator=_not_negative)
    outage: float = attrs.field(default=0.03, validator=_chance)

    @classmethod
    def none(cls) -> Risks:
        """Return risks under which everything goes as planned but for each pupil's own chance."""
        return cls(
            turnout_spread=0.0,
            pace_spread=0.0,
            kit_breaks=0.0,
            day_lost=0.0,
            system_down=0.0,
            road_cut=0.0,
            outage=0.0,
        )


@attrs.frozen(kw_only=True, eq=False)
class Simulation:
    """
    Pupils recorded in each of many seasons.

    Attributes:
        planned: Pupils the plan expects.
        recorded: Pupils recorded, one value per season; the same place is the same luck in
            every simulation of the same seed, so differences of two plans can be taken by place.
        by_school: Percentiles per school, see `BY_SCHOOL`.
        by_date: Percentiles of the running total, see `BY_DATE`.
        reserve_days: Days each team kept to make up for lost ones.
    """

    planned: int
    recorded: pl.Series = attrs.field(repr=lambda column: f"<{len(column)} seasons>")
    by_school: pl.DataFrame = attrs.field(repr=False)
    by_date: pl.DataFrame = attrs.field(repr=False)
    reserve_days: int

    @property
    def p10(self) -> int:
        """Pupils that nine seasons of ten reach or exceed."""
        return percentile(self.recorded, 10)

    @property
    def p50(self) -> int:
        """Pupils that half of the seasons reach or exceed."""
        return percentile(self.recorded, 50)

    @property
    def p90(self) -> int:
        """Pupils that only one season of ten reaches or exceeds."""
        return percentile(self.recorded, 90)

    def certainty(self, pupils: int) -> float:
        """Return the share of seasons in which *pupils* or more are recorded."""
        return int((self.recorded >= pupils).sum()) / len(self.recorded)


def percentile(column: pl.Series, percent: int) -> int:
    """Return the value below which *percent* of a hundred lie, one of the values themselves."""
    ordered = column.sort()
    place = min(max(len(ordered) * percent // 100, 0), len(ordered) - 1)
    return int(ordered[place])


def simulate(
    plan: Planned,
    *,
    seasons: int = SEASONS,
    seed: int = 0,
    risks: Risks | None = None,
    reserve_days: int | None = None,
) -> Simulation:
    """
    Return what comes of the plan in many seasons.

    In each season every pupil called comes or not, teams are faster or slower, and visits fail
    as `Risks` says. Those whom a visit missed are called again by the next one to their school,
    beside those it calls by plan, and are recorded if there is time. A team that loses a day
    repeats its visits on its reserve days, the last of its working days that the plan leaves
    free, as soon as one is left on which it can go out and the school is open.

    Args:
        plan: The plan.
        seasons: How many; 10,000 give percentiles within a few pupils.
        seed: Equal seeds give equal seasons, whatever the plan: compare plans with one seed.
        risks: What may go wrong; the defaults of `Risks` when None.
        reserve_days: Days that each team keeps to make up; those of the plan's rules when None.

    Raises:
        InvalidFieldError: No season, or a negative number of reserve days.
    """
    if seasons < 1:
        raise InvalidFieldError("simulate", "seasons", f"must be at least 1, got {seasons}")
    spare = plan.rules.reserve_days if reserve_days is None else reserve_days
    if spare < 0:
        raise InvalidFieldError("simulate", "reserve_days", f"must be at least 0, got {spare}")
    run = _Run(plan, Dice(seasons, seed), risks or Risks(), spare)
    run.play()
    return Simulation(
        planned=score(plan.problem, plan.solution).pupils,
        recorded=run.total,
        by_school=_by_school(plan, run),
        by_date=_by_date(plan, run),
        reserve_days=spare,
    )


# One run over all seasons -------------------------------------------------------------------


@attrs.define(slots=False)
class _Run:
    """All seasons side by side; a column holds one value per season."""

    plan: Planned
    dice: Dice
    risks: Risks
    reserve_days: int
    done: dict[tuple[int, int], pl.Series] = attrs.field(factory=dict)  # by site and group
    planned: dict[tuple[int, int], int] = attrs.field(factory=dict)  # of visits played
    by_day: dict[int, pl.Series] = attrs.field(factory=dict)
    crew_day: dict[tuple[int, int], pl.Series] = attrs.field(factory=dict)  # pupils so far
    _cut: dict[tuple[str, int], pl.Series] = attrs.field(factory=dict)
    _short: dict[tuple[int, int], list[pl.Series]] = attrs.field(factory=dict)

    def play(self) -> None:
        visits = sorted(self.plan.solution.visits, key=lambda v: (v.day, v.start, v.crew))
        failed = []
        for visit in visits:
            lost = self._lost(visit)
            self._record(visit, visit.day, ~lost, "visit")
            for group, pupils in enumerate(visit.recorded):
                self.planned[visit.site, group] = self.planned.get((visit.site, group), 0) + pupils
            failed.append((visit, lost))
        if self.reserve_days:
            self._make_up(failed)

    @cached_property
    def zero(self) -> pl.Series:
        return pl.zeros(self.dice.seasons, dtype=pl.Int64, eager=True)

    @cached_property
    def total(self) -> pl.Series:
        return reduce(lambda a, b: a + b, self.by_day.values(), self.zero)

    # What goes wrong

    def _lost(self, visit: SiteVisit) -> pl.Series:
        """Return for each season whether a visit cannot take place at all."""
        problem, names, date = self.plan.problem, self.plan.names, self.date(visit.day)
        district = names.districts[problem.sites[visit.site].district]
        risks, dice = self.risks, self.dice
        return (
            dice.happens(risks.day_lost, "day", names.crews[visit.crew], date)
            | dice.happens(risks.system_down, "system", date)
            | dice.happens(risks.outage, "outage", names.sites[visit.site], date)
            | self._road_cut(district, visit.day)
        )

    def _road_cut(self, district: str, day: int) -> pl.Series:
        if (district, day) not in self._cut:
            self._cut[district, day] = self._lately(
                self.risks.road_cut, self.risks.road_days, day, "road", district
            )
        return self._cut[district, day]

    def _lately(self, chance: float, length: int, day: int, *name: object) -> pl.Series:
        """Return whether something that lasts *length* days began on *day* or shortly before."""
        days = (self.date(day - back) for back in range(length))
        begun = (self.dice.happens(chance, *name, date) for date in days)
        return reduce(lambda a, b: a | b, begun, self.zero > 0)

    def _broken(self, crew: int, day: int) -> list[pl.Series]:
        """Return for each kit of a crew-day whether it is away for repair."""
        if (crew, day) not in self._short:
            kits, name = self.plan.problem.crews[crew].kits[day], self.plan.names.crews[crew]
            self._short[crew, day] = [
                self._lately(self.risks.kit_breaks, self.risks.kit_days, day, "kit", name, kit)
                for kit in range(kits)
            ]
        return self._short[crew, day]

    # What is recorded

    def _record(self, visit: SiteVisit, day: int, takes_place: pl.Series, what: str) -> None:
        came = self._came(visit, what)
        room = self._room(visit, what)
        room = pl.select(pl.when(takes_place).then(room).otherwise(0)).to_series()
        for group, some in enumerate(came):
            pupils = pl.select(pl.min_horizontal(some, room)).to_series()
            room = room - pupils
            key = (visit.site, group)
            self.done[key] = self.done.get(key, self.zero) + pupils
            self.by_day[day] = self.by_day.get(day, self.zero) + pupils
            mine = (visit.crew, visit.day) if what == "visit" else (visit.crew, -1 - day)
            self.crew_day[mine] = self.crew_day.get(mine, self.zero) + pupils

    def _came(self, visit: SiteVisit, what: str) -> Iterator[pl.Series]:
        """Yield for each group those who come: the visit's turn-out, then each pupil's chance."""
        site = self.plan.problem.sites[visit.site]
        name = (what, self.plan.names.sites[visit.site], self.date(visit.day))
        spread = self.dice.normal("turn-out", *name) * self.risks.turnout_spread
        share = (spread + site.turnout / 100).clip(0.0, 1.0)
        for number, group in enumerate(site.groups):
            waiting = group.arrived(visit.day) - self.done.get((visit.site, number), self.zero)
            missed = self._missed(visit.site, number)
            planned = visit.called[number] if what == "visit" else 0
            called = pl.select(pl.min_horizontal(waiting.clip(0), missed + planned)).to_series()
            mean = called * share
            chance = self.dice.normal("pupils", *name, number) * (mean * (1 - share)).sqrt()
            came = (mean + chance).round().cast(pl.Int64)
            yield pl.select(pl.min_horizontal(came.clip(0), called)).to_series()

    def _missed(self, site: int, group: int) -> pl.Series:
        """Return how many fewer than planned the visits so far have recorded of a group."""
        due = self.planned.get((site, group), 0)
        return (due - self.done.get((site, group), self.zero)).clip(0)

    def _room(self, visit: SiteVisit, what: str) -> pl.Series:
        """Return how many there are time and kits for."""
        problem = self.plan.problem
        crew = problem.crews[visit.crew]
        each = crew.minutes_per_pupil[visit.site]
        kits = reduce(
            lambda number, broken: number - broken.cast(pl.Int64),
            self._broken(visit.crew, visit.day),
            self.zero + crew.kits[visit.day],
        )
        if not each:
            return pl.select(pl.when(kits > 0).then(sum(visit.called)).otherwise(0)).to_series()
        name = (what, self.plan.names.crews[visit.crew], self.date(visit.day))
        pace = (1 + self.dice.normal("pace", *name) * self.risks.pace_spread).clip(FASTEST, SLOWEST)
        rounds = (
            _recording_time(problem, self.plan.solution.visits, visit) / (pace * each)
        ).floor()
        return self._capped(visit, rounds.cast(pl.Int64) * kits, kits)

    def _capped(self, visit: SiteVisit, room: pl.Series, kits: pl.Series) -> pl.Series:
        caps = [rule.pupils for rule in self.plan.problem.rules if isinstance(rule, KitDayCap)]
        if not caps:
            return room
        so_far = self.crew_day.get((visit.crew, visit.day), self.zero)
        return pl.select(pl.min_horizontal(room, (kits * min(caps) - so_far).clip(0))).to_series()

    # Reserve days

    def _make_up(self, failed: Sequence[tuple[SiteVisit, pl.Series]]) -> None:
        """Repeat the visits of lost crew-days on reserve days, the first lost first."""
        by_crew: dict[int, dict[int, list[tuple[SiteVisit, pl.Series]]]] = {}
        for visit, lost in failed:
            by_crew.setdefault(visit.crew, {}).setdefault(visit.day, []).append((visit, lost))
        for crew, days in sorted(by_crew.items()):
            spare = dict.fromkeys(self.spare_days(crew), self.zero > 0)  # whether it is taken
            for _, visits in sorted(days.items()):
                self._repeat(visits, spare)

    def _repeat(
        self, visits: Sequence[tuple[SiteVisit, pl.Series]], spare: dict[int, pl.Series]
    ) -> None:
        """Repeat the visits of one crew-day on the first days to spare on which it can be done."""
        pending = dict(visits)
        for day, taken in spare.items():
            sites = self.plan.problem.sites
            here = [visit for visit in pending if sites[visit.site].sessions[day]]
            if here:
                goes = ~taken & reduce(lambda a, b: a | b, (pending[visit] for visit in here))
                spare[day] = taken | goes
            for visit in here:
                again = goes & pending[visit] & ~self._lost_again(visit, day)
                self._record(visit, day, again, "again")
                pending[visit] = pending[visit] & ~again

    def _lost_again(self, visit: SiteVisit, day: int) -> pl.Series:
        return self._lost(attrs.evolve(visit, day=day))

    def spare_days(self, crew: int) -> list[int]:
        """Return the free working days of a crew at the end of the season, ascending."""
        problem = self.plan.problem
        used = {visit.day for visit in self.plan.solution.visits if visit.crew == crew}
        free = [
            day for day in range(problem.days) if problem.crews[crew].works(day) and day not in used
        ]
        return free[-self.reserve_days :] if self.reserve_days else []

    def date(self, day: int) -> dt.date:
        return self.plan.names.date(day)


def _recording_time(problem: VisitProblem, visits: Sequence[SiteVisit], visit: SiteVisit) -> int:
    """Return the minutes of recording until the team must pack, the rest of its day as planned."""
    crew = problem.crews[visit.crew]
    breaks = crew.breaks[visit.day]
    later = [v for v in visits if (v.crew, v.day) == (visit.crew, visit.day) and v > visit]
    following = min(later, default=None)
    drive = problem.travel[crew.travel][visit.site]
    shift = crew.shifts[visit.day] or (0, 0)
    due, onward = (
        (following.start, drive[following.site]) if following else (shift[1], drive[crew.end])
    )
    closes = max(
        (b for a, b in problem.sites[visit.site].sessions[visit.day] if a <= visit.start),
        default=visit.end,
    )
    leave = max(visit.end, closes)
    while leave > visit.end and after_work(leave, onward, breaks) > due:
        leave -= 1
    fixed = crew.setup[visit.site] + crew.packdown[visit.site]
    return _worked(visit.start, leave, breaks) - fixed


def _worked(start: int, end: int, breaks: Sequence[Window]) -> int:
    return end - start - sum(max(min(b, end) - max(a, start), 0) for a, b in breaks)


# The tables ---------------------------------------------------------------------------------


def _by_school(plan: Planned, run: _Run) -> pl.DataFrame:
    planned: defaultdict[int, int] = defaultdict(int)
    for visit in plan.solution.visits:
        planned[visit.site] += visit.pupils
    rows = []
    for site, npsn in enumerate(plan.names.sites):
        groups = range(len(plan.problem.sites[site].groups))
        column = reduce(
            lambda a, b: a + b, (run.done.get((site, g), run.zero) for g in groups), run.zero
        )
        rows.append((npsn, planned[site], *_spread(column)))
    return pl.DataFrame(rows, schema=BY_SCHOOL, orient="row")


def _by_date(plan: Planned, run: _Run) -> pl.DataFrame:
    rows, planned, so_far = [], 0, run.zero
    spread = _spread(so_far)
    for day in range(plan.problem.days):
        planned += sum(visit.pupils for visit in plan.solution.visits if visit.day == day)
        if day in run.by_day:
            so_far = so_far + run.by_day[day]
            spread = _spread(so_far)
        rows.append((plan.names.date(day), planned, *spread))
    return pl.DataFrame(rows, schema=BY_DATE, orient="row")


def _spread(column: pl.Series) -> tuple[int, int, int, float]:
    ordered = column.sort()
    low, middle, high = (percentile(ordered, percent) for percent in (10, 50, 90))
    return low, middle, high, sum(column.to_list()) / len(column)


# Reserve days -------------------------------------------------------------------------------

#: One row per number of reserve days tried.
RESERVES = pl.Schema(
    {
        "reserve_days": pl.Int64,  # of each team
        "planned": pl.Int64,  # pupils the plan with so many days in reserve expects
        "sure": pl.Int64,  # pupils reached with the certainty asked for
        "certainty": pl.Float64,  # share of seasons that reach the target
    }
)


@attrs.frozen(kw_only=True, eq=False)
class ReserveAnswer:
    """
    How many days to keep in reserve.

    Attributes:
        days: Fewest reserve days of each team that reach the target, None when none do.
        table: What each number of days brings, see `RESERVES`.
    """

    days: int | None
    table: pl.DataFrame


def reserve_days_needed(
    plan: P,
    target: int,
    *,
    certainty: float = 0.9,
    most: int = 10,
    seasons: int = SEASONS,
    seed: int = 0,
    risks: Risks | None = None,
    stop: Stop | None = None,
) -> ReserveAnswer:
    """
    Return how many reserve days bring *target* pupils about with *certainty*.

    Where a team has not so many free days, the season is planned again with them kept free.

    Args:
        plan: The plan.
        target: Pupils to be recorded.
        certainty: Share of seasons that must reach it.
        most: Reserve days tried at most.
        seasons: Seasons for each number of days; the same luck for all.
        seed: Seed of the seasons and of planning again.
        risks: What may go wrong; the defaults of `Risks` when None.
        stop: Stop rule of planning again; ``MaxIterations(300)`` when None.
    """
    rows = []
    for days in range(most + 1):
        kept = _with_reserve(plan, days, stop or MaxIterations(300), seed)
        run = simulate(kept, seasons=seasons, seed=seed, risks=risks, reserve_days=days)
        reached = run.certainty(target)
        sure = percentile(run.recorded, round(100 * (1 - certainty)))
        rows.append((days, run.planned, sure, reached))
        if reached >= certainty or run.planned < target:
            break  # so many days are enough, or leave too few for the target even with good luck
    table = pl.DataFrame(rows, schema=RESERVES, orient="row")
    return ReserveAnswer(days=rows[-1][0] if rows[-1][3] >= certainty else None, table=table)


def _with_reserve(plan: P, days: int, stop: Stop, seed: int) -> P:
    """Return the plan if each team in use has so many free days, else one planned with them."""
    if all(_free(plan, number, crew) >= days for number, crew in enumerate(plan.problem.crews)):
        return plan
    rules = attrs.evolve(plan.rules, reserve_days=days)
    return improved(rebuilt(plan, rules=rules), stop=stop, seed=seed)


def _free(plan: Planned, number: int, crew: Crew) -> int:
    used = {visit.day for visit in plan.solution.visits if visit.crew == number}
    return sum(crew.works(day) for day in range(plan.problem.days)) - len(used)
