"""
Real programmes planned again: our plan beside what newspapers reported of the field.

Sizes, dates, kits and rules are the reported ones where they were; school sizes, places and what
else is marked so below is invented from a seed. Each programme is planned once and followed to its
end, under the default rates: as we would (*ours*), by the thrifty setting, and with at most one
visit a school (*one visit*). Reported figures are what happened; ours are expectations, with
P10-P90 of a thousand played seasons.

    python benchmarks/replays.py [--only malang] [--seeds 1 2 3] [--rounds 500]
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

import attrs

from school_ektp.datasets import rejang_lebong
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.clock import TimeWindow
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School, SchoolLevel
from school_ektp.model.team import Team
from school_ektp.model.worth import Worth
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.workflow import plan_visits

KM_PER_DEGREE = 111.2
SIGMA = 0.7  # of the log-normal law of school sizes; a judgement


@attrs.frozen(kw_only=True)
class Programme:
    """
    What was reported of a programme, and what is invented for it.

    Attributes:
        name: Of the regency or city.
        first_day: First day of visits.
        until: Day of the report.
        last_day: Last day that the programme was to go on.
        schools: Schools it was to reach.
        pupils: Pupils it was to record.
        reported: What was reported, as it stands in the table, by measure.
        kits: Kits of each team; invented unless reported.
        base: Of the teams.
        radius: Kilometres around the base within which the schools lie; invented.
        speed: Kilometres an hour; the default of town and country.
        rules: What was reported of how they worked.
        holidays: Within the season.
    """

    name: str
    first_day: dt.date
    until: dt.date
    last_day: dt.date
    schools: int
    pupils: int
    reported: Mapping[str, str]
    kits: tuple[int, ...]
    base: Location
    radius: float
    speed: float
    rules: VisitRules = attrs.field(factory=VisitRules)
    holidays: tuple[tuple[dt.date, str], ...] = ()

    def plan(self, seed: int, rounds: int, worth: Worth, rules: VisitRules) -> Plan:
        """Return our plan of the programme as a seed draws it."""
        draw = random.Random(f"replay {self.name} {seed}")
        schools = [self._school(draw, number) for number in range(self.schools)]
        waits = self.first_day - dt.timedelta(days=1)
        demand = [
            SchoolDemand(npsn=school.npsn, groups=[WaitingGroup(steps=[(waits, size)])])
            for school, size in zip(schools, self._sizes(draw), strict=True)
        ]
        return plan_visits(
            schools,
            demand,
            [self._team(number, kits) for number, kits in enumerate(self.kits, start=1)],
            VisitCalendar(first_day=self.first_day, last_day=self.last_day, holidays=self.holidays),
            rules=rules,
            worth=worth,
            stop=MaxIterations(rounds),
            seed=seed,
        )

    def _school(self, draw: random.Random, number: int) -> School:
        km, angle = self.radius * math.sqrt(draw.random()), 2 * math.pi * draw.random()
        north, east = km * math.sin(angle), km * math.cos(angle)
        latitude = self.base.latitude + north / KM_PER_DEGREE
        width = KM_PER_DEGREE * math.cos(math.radians(latitude))
        return School(
            npsn=f"{90000000 + number}",
            name=f"Sekolah {number + 1}",
            level=SchoolLevel.SMA,
            kecamatan=f"Kecamatan {number % 6 + 1}",
            location=Location(latitude, self.base.longitude + east / width),
            week_days=5,
            session=TimeWindow("07:30", "13:30"),
        )

    def _sizes(self, draw: random.Random) -> list[int]:
        """Return the pupils of each school, log-normal, that sum up to those reported."""
        wild = [draw.lognormvariate(0, SIGMA) for _ in range(self.schools)]
        ends = [round(self.pupils * part / sum(wild)) for part in accumulate(wild)]
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]

    def _team(self, number: int, kits: int) -> Team:
        return Team(name=f"Tim {number}", base=self.base, kits=kits, speed_kmh=self.speed)


NORTH_JAKARTA = Programme(
    name="North Jakarta 2019",
    first_day=dt.date(2019, 1, 8),
    until=dt.date(2019, 3, 29),
    last_day=dt.date(2019, 3, 29),
    schools=60,
    pupils=3_000,
    reported={
        "schools visited": "48 of 60",
        "recorded": "1,816 of 3,000",
        "pupils a visit": "about 38",
        "visits a school": "about 1",
        "visits a team-day": "1 to 2",
        "team-days": "24 to 48",
        "days": "within 57 working days",
    },
    kits=(2,),
    base=Location(-6.1214, 106.8820),
    radius=7.0,
    speed=20.0,
    rules=VisitRules(visits_per_team_day=2),
    holidays=((dt.date(2019, 2, 5), "Imlek"), (dt.date(2019, 3, 7), "Nyepi")),
)
MALANG = Programme(
    name="Malang 2024",
    first_day=dt.date(2024, 9, 19),
    until=dt.date(2024, 11, 26),
    last_day=dt.date(2024, 11, 26),
    schools=51,
    pupils=4_586,
    reported={
        "schools visited": "51 planned",
        "recorded": "4,586 planned",
        "pupils a visit": "at most 90",
        "visits a school": "1, or 2 where many",
        "visits a team-day": "1, to 3 when adjacent",
        "team-days": "not told",
        "days": "nearly every day",
    },
    kits=(3, 2, 2),
    base=Location(-7.9797, 112.6304),
    radius=6.0,
    speed=20.0,
    rules=VisitRules(visits_per_team_day=3),
)
MUKOMUKO = Programme(
    name="Mukomuko 2023",
    first_day=dt.date(2023, 8, 14),
    until=dt.date(2023, 9, 15),
    last_day=dt.date(2023, 10, 31),
    schools=15,
    pupils=4_000,
    reported={
        "schools visited": "4 of 15",
        "recorded": "1,000 of 4,000",
        "pupils a visit": "250 a school",
        "visits a school": "not told",
        "visits a team-day": "not told",
        "team-days": "not told",
        "days": "a month",
    },
    kits=(2,),
    base=Location(-2.5790, 101.1170),
    radius=45.0,
    speed=40.0,
    holidays=((dt.date(2023, 8, 17), "Kemerdekaan"), (dt.date(2023, 9, 28), "Maulid")),
)

THREE_WEEKS = dt.date(2024, 9, 27)
REPORTED_THERE = {
    "schools visited": "not told",
    "recorded": "994 in 20 days",
    "pupils a visit": "30 to 50, 100 at one",
    "visits a school": "not told",
    "visits a team-day": "not told",
    "team-days": "about 20 to 33 visits",
    "days": "within 14 school days",
}


def sample(seed: int, rounds: int, worth: Worth, rules: VisitRules) -> Plan:
    """Return our plan of the sample regency, which is the one of the reports."""
    region = rejang_lebong(seed=seed)
    return plan_visits(
        region.schools,
        region.demand(),
        region.teams,
        region.calendar,
        rules=rules,
        worth=worth,
        stop=MaxIterations(rounds),
        seed=seed,
    )


@attrs.frozen(kw_only=True)
class Measured:
    """What a plan comes to up to a day; pupils are expectations."""

    schools: float
    recorded: float
    low: float
    high: float
    visits: float
    team_days: float
    days: float
    most: float

    @classmethod
    def of(cls, plan: Plan, until: dt.date) -> Measured:
        """Return the figures of a plan up to and on a day."""
        visits = [visit for visit in plan.visit_list if visit.day <= until]
        at_school = Counter(visit.site for visit in visits)
        by_date = plan.outlook.by_date.row(plan.calendar.day_number(until), named=True)
        return cls(
            schools=len(at_school),
            recorded=sum(visit.recorded for visit in visits),
            low=by_date["p10"],
            high=by_date["p90"],
            visits=len(visits),
            team_days=len({(visit.day, visit.team) for visit in visits}),
            days=len({visit.day for visit in visits}),
            most=max(at_school.values(), default=0),
        )

    @classmethod
    def mean(cls, several: Sequence[Measured]) -> Measured:
        """Return the means of some plans."""
        names = [field.name for field in attrs.fields(cls)]
        return cls(**{one: statistics.mean(getattr(m, one) for m in several) for one in names})

    def told(self, schools: int, pupils: int) -> dict[str, str]:
        """Return the cells of the table."""
        return {
            "schools visited": f"{self.schools:.0f} of {schools}",
            "recorded": f"{self.recorded:.0f} of {pupils} ({self.low:.0f}-{self.high:.0f})",
            "pupils a visit": f"{self.recorded / max(self.visits, 1):.0f}",
            "visits a school": f"{self.visits / max(self.schools, 1):.1f}, at most {self.most:.1f}",
            "visits a team-day": f"{self.visits / max(self.team_days, 1):.1f}",
            "team-days": f"{self.team_days:.0f} ({self.visits:.0f} visits)",
            "days": f"{self.days:.0f}",
        }


def manners(rules: VisitRules) -> dict[str, tuple[Worth, VisitRules]]:
    """Return the settings that are shown beside the report."""
    return {
        "ours": (Worth.balanced(), rules),
        "thrifty": (Worth.thrifty(), rules),
        "one visit": (Worth.balanced(), attrs.evolve(rules, visits_per_school=1)),
    }


@attrs.frozen(kw_only=True)
class Case:
    """A programme to be planned again, and what was reported of it up to a day."""

    name: str
    make: Callable[[int, int, Worth, VisitRules], Plan]
    rules: VisitRules
    until: dt.date
    reported: Mapping[str, str]

    @classmethod
    def of(cls, one: Programme) -> Case:
        """Return an invented programme as a case."""
        return cls(
            name=one.name, make=one.plan, rules=one.rules, until=one.until, reported=one.reported
        )


CASES = {
    "jakarta": Case.of(NORTH_JAKARTA),
    "malang": Case.of(MALANG),
    "mukomuko": Case.of(MUKOMUKO),
    "rejang-lebong": Case(
        name="Rejang Lebong 2024",
        make=sample,
        rules=VisitRules(),
        until=THREE_WEEKS,
        reported=REPORTED_THERE,
    ),
}


def table(case: Case, seeds: Sequence[int], rounds: int) -> None:
    """Print one programme."""
    columns = {"reported": dict(case.reported)}
    for manner, (worth, asked) in manners(case.rules).items():
        plans = [case.make(seed, rounds, worth, asked) for seed in seeds]
        measured = Measured.mean([Measured.of(plan, case.until) for plan in plans])
        schools = len(plans[0].demand)
        columns[manner] = measured.told(schools, round(statistics.mean(p.waiting for p in plans)))
    print(f"\n## {case.name}, up to {case.until}\n")
    print(row(["", *columns]))
    print(row(["---"] * (len(columns) + 1)))
    for measure in case.reported:
        print(row([measure, *(column[measure] for column in columns.values())]), flush=True)


def row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--only", nargs="+", choices=list(CASES), default=list(CASES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--rounds", type=int, default=500)
    args = parser.parse_args()
    for key in args.only:
        table(CASES[key], args.seeds, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
