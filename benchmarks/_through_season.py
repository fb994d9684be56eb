"""
The world of the closed loop played through `school_ektp.season` alone: record, plan again.

Each Monday the coming seven days are planned, or each evening the next day; what came of each
visit is told as an office counts it, by school, without names. The world draws for itself
(`_world`). The regencies have the shapes of `_regencies`, with names and dates.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

import attrs
from _regencies import FRIDAY_SESSION, MINUTES_PER_KM, PACKDOWN, SESSION, SETUP, Shape
from _world import Outing, Played, Rates
from _world import Season as World

from school_ektp.datasets import rejang_lebong
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import Outcome
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.model.worth import Worth
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.stop import MaxSeconds
from school_ektp.report.plan import Plan
from school_ektp.season.season import Season, begin
from school_ektp.workflow import plan_visits

MONDAY = dt.date(2024, 1, 8)
BASE = Location(-3.4726, 102.5202)
KM_PER_DEGREE = 111.2
FIRST_PLAN = 3.0  # seconds of CPU
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@attrs.frozen(kw_only=True, eq=False)
class Parts:
    """What a season is planned from, by names and dates."""

    schools: tuple[School, ...]
    demand: tuple[SchoolDemand, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules = attrs.field(factory=VisitRules)

    def problem(self, risks: Risks) -> VisitProblem:
        """Return the same in integers: what the world is made of."""
        given = self.schools, self.demand, self.teams, self.calendar
        return build_problem(*given, rules=self.rules, risks=risks)[0]

    def plan(self, risks: Risks, worth: Worth, seconds: float, seed: int) -> Plan:
        """Return the plan that a season begins with."""
        return plan_visits(
            self.schools,
            self.demand,
            self.teams,
            self.calendar,
            rules=self.rules,
            worth=worth,
            risks=risks,
            stop=MaxSeconds(seconds, clock=time.process_time),
            seed=seed,
        )


def sample(seed: int) -> Parts:
    """Return Rejang Lebong with the pupils of a seed."""
    region = rejang_lebong(seed=seed)
    return Parts(
        schools=region.schools,
        demand=region.demand(),
        teams=region.teams,
        calendar=region.calendar,
        rules=region.rules,
    )


def invented(shape: Shape, seed: int) -> Parts:
    """Return an invented regency of a shape, as `_regencies.invented`, with names."""
    draw = random.Random(f"named {seed}")
    schools = tuple(_school(draw, shape, number) for number in range(shape.schools))
    return Parts(
        schools=schools,
        demand=tuple(_demand(draw, shape, school.npsn) for school in schools),
        teams=tuple(
            Team(
                name=f"Tim {number}",
                base=BASE,
                kits=kits,
                works="FREQ=WEEKLY;BYDAY=" + ",".join(WEEKDAYS[day] for day in shape.week),
                setup_minutes=SETUP,
                packdown_minutes=PACKDOWN,
                speed_kmh=60 * 1.35 / MINUTES_PER_KM,
            )
            for number, kits in enumerate(shape.kits, start=1)
        ),
        calendar=VisitCalendar(
            first_day=MONDAY,
            last_day=MONDAY + dt.timedelta(days=shape.days - 1),
            friday_ends=FRIDAY_SESSION[1],
        ),
    )


def _school(draw: random.Random, shape: Shape, number: int) -> School:
    km, angle = shape.radius * math.sqrt(draw.random()), 2 * math.pi * draw.random()
    latitude = BASE.latitude + km * math.sin(angle) / KM_PER_DEGREE
    width = KM_PER_DEGREE * math.cos(math.radians(latitude))
    return School(
        npsn=f"{90000000 + number}",
        name=f"Sekolah {number + 1}",
        level="SMA",
        kecamatan="Satu",
        location=Location(latitude, BASE.longitude + km * math.cos(angle) / width),
        week_days=5,
        session=SESSION,
    )


def _demand(draw: random.Random, shape: Shape, npsn: str) -> SchoolDemand:
    sigma = 0.6
    size = max(round(shape.pupils * draw.lognormvariate(-sigma * sigma / 2, sigma)), 4)
    days = [0] * shape.days
    for _ in range(size):
        turns = draw.random() < shape.turning
        days[draw.randrange(1, shape.days) if turns else 0] += 1
    steps = [(MONDAY + dt.timedelta(days=day), some) for day, some in enumerate(days) if some]
    return SchoolDemand(npsn=npsn, groups=[WaitingGroup(steps=steps)])


SHAPES: Mapping[str, Shape] = {
    "plain": Shape(),
    "scarce teams": Shape(kits=(2,), week=(1, 3)),
    "far schools": Shape(radius=60.0),
    "small schools": Shape(schools=80, pupils=24),
    "growth": Shape(turning=0.5),
    "low turn-out": Shape(),
}
NAMED: Mapping[str, Callable[[int], Parts]] = {"sample": sample} | {
    name: partial(invented, shape) for name, shape in SHAPES.items()
}
LOW = Rates(first=0.65, again=0.45)


def rates_of(name: str, truth: float | None = None) -> Rates:
    """Return how the world of a regency draws, with another turn-out if one is given."""
    usual = LOW if name == "low turn-out" else Rates()
    if truth is None:
        return usual
    return attrs.evolve(usual, first=truth, again=round(truth * usual.again / usual.first, 2))


def believing(rates: Rates, first: float) -> Risks:
    """Return the risks of rates with another turn-out."""
    again = min(round(first * rates.again / rates.first, 3), 1.0)
    return attrs.evolve(rates.risks, turnout=first, turnout_again=again)


@cache
def parts_of(name: str, seed: int) -> Parts:
    """Return a regency, made once."""
    return NAMED[name](seed)


@cache
def _first_plan(regency: str, seed: int, believed: Risks, worth: Worth) -> Plan:
    """Return the plan that the seasons of all worlds begin with, made once."""
    return parts_of(regency, seed).plan(believed, worth, FIRST_PLAN, seed)


@attrs.frozen(kw_only=True)
class Loop:
    """
    One season after another of a regency, played through `Season`.

    Attributes:
        regency: A name of `NAMED`.
        seed: Of its pupils.
        rates: How the world draws.
        believed: What the first plan expects.
        worth: What counts how much.
        learn: Whether plans use the rates that were learnt.
        seconds: Of CPU, of one planning: of all that `Season.replan` does.
        weekly: Planned again each Monday, else each evening before a working day.
    """

    regency: str
    seed: int
    rates: Rates
    believed: Risks
    worth: Worth
    learn: bool
    seconds: float
    weekly: bool = True

    def play(self, seed: int) -> tuple[Played, Season[Plan]]:
        """Return what the season of a world comes to, and the season as the office knows it."""
        *_, (world, season, _) = self.steps(seed)
        return world.played(), season

    def steps(self, seed: int) -> Iterator[tuple[World, Season[Plan], list[Visit]]]:
        """Yield the world, the season and the visits just made, after each planning."""
        parts = parts_of(self.regency, self.seed)
        world = World(parts.problem(self.rates.risks), self.rates, seed)
        season = begin(_first_plan(self.regency, self.seed, self.believed, self.worth))
        first = season.today
        days = [*self._planning_days(parts)]
        for on, until in zip(days, [*days[1:], None], strict=True):
            if on > first:
                season = season.replan(
                    on=on,
                    notice_days=0,
                    pupils_per_move=0,
                    learn=self.learn,
                    bound=False,
                    stop=MaxSeconds(self.seconds, clock=time.process_time),
                    seed=seed,
                )
            now = [one for one in season.plan.visit_list if until is None or one.day < until]
            season = season.record([*_played(world, season.begun.names, now)])
            yield world, season, now

    def _planning_days(self, parts: Parts) -> Iterator[dt.date]:
        """Yield the first day, then each Monday, or each day on which a team works."""
        works = {day for team in parts.teams for day in team.working_days(parts.calendar.span)}
        for day in parts.calendar.days:
            on_it = day.weekday() == 0 if self.weekly else day in works
            if day == parts.calendar.first_day or on_it:
                yield day


def _played(world: World, names: Names, visits: list[Visit]) -> Iterator[Outcome]:
    """
    Let teams make visits as they are planned, and tell what they counted.

    Args:
        world: Where they are made.
        names: Of the first plan, whose numbers are those of the world.
        visits: As they are planned.
    """
    days: dict[tuple[dt.date, str], list[Visit]] = {}
    for visit in sorted(visits, key=lambda one: (one.day, one.team, one.start)):
        days.setdefault((visit.day, visit.team), []).append(visit)
    for (date, name), stays in days.items():
        day, team = (date - names.first_day).days, names.teams.index(name)
        if world.lost(team, day):
            for visit in stays:
                yield Outcome(day=date, team=name, site=visit.site, cancelled="batal")
            continue
        outing = Outing(world, team, day)
        for visit in stays:
            yield _stay(world, outing, names, visit)
        outing.home()


def _stay(world: World, outing: Outing, names: Names, visit: Visit) -> Outcome:
    site = names.sites.index(visit.site)
    told = {"day": visit.day, "team": visit.team, "site": visit.site}
    lit = outing.reach(site, visit.arrive)
    before, missed = sum(world.recorded[site]), _missed(world, site, outing.day)
    outing.stay(visit.start, visit.end)
    if not lit:
        return Outcome(**told, cancelled="listrik padam")
    return Outcome(
        **told,
        recorded=sum(world.recorded[site]) - before,
        absent=_missed(world, site, outing.day) - missed,
    )


def _missed(world: World, site: int, day: int) -> int:
    return sum(pupil.called_on == day for pupil in world.pupils[site])
