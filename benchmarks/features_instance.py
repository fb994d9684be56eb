"""
The instance on which routing engines were first compared, drawn anew with several seeds.

40 schools of the regency, 3,000 pupils waiting, 4 teams, 20 days, 80 pupils per team-day, sessions
from 8 to 14, teams back by 15:30; nobody comes of age meanwhile. The 80 are read in two ways: as a
*cap* on what the kits take in a day, and as the *hours* of a session that one visit fills.
Target: all that any peer records, in no more team-days than any, and with the cap, where 38 is the
least, in at most 40, within 10 s.

    python benchmarks/features_instance.py [--seconds 10] [--seeds 1 2 3] [--peers PyVRP VROOM]
                                           [--chunks 80 40 30 20 10 1] [--readings cap hours]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys

import attrs
from _race import CHUNKS, PEERS, bound_of, run_ours, run_peer, verdict
from regency import gap, row

from school_ektp.datasets import rejang_lebong
from school_ektp.datasets.region import CURUP
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.rules import VisitRules
from school_ektp.model.team import Team
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.problem import VisitProblem

SCHOOLS = 40
PUPILS = 3_000
TEAMS = 4
DAYS = 20
KITS = 2
TEAM_DAY_PUPILS = 80
MOST_TEAM_DAYS = 40
SECONDS = 10.0
SEEDS = (1, 2, 3)
READINGS = ("cap", "hours")
FIRST_DAY = dt.date(2024, 9, 2)  # a Monday


def instance(seed: int, reading: str = "cap") -> tuple[VisitProblem, Names]:
    """Return the problem of a seed: which schools, and how many wait at each."""
    draw = random.Random(seed)
    places = sorted(draw.sample(rejang_lebong().schools, SCHOOLS), key=lambda school: school.npsn)
    schools = [attrs.evolve(one, session="08:00-14:00", week_days=5) for one in places]
    demand = [
        SchoolDemand(npsn=school.npsn, groups=[WaitingGroup(steps=[(FIRST_DAY, pupils)])])
        for school, pupils in zip(schools, sizes(draw), strict=True)
    ]
    team = Team(name="Tim", base=CURUP, kits=KITS, shift="07:00-15:30", minutes_by_level={})
    if reading == "hours":  # 40 minutes and 40 rounds of 8 are a session
        team = attrs.evolve(team, minutes_per_pupil=8, packdown_minutes=10)
    teams = [attrs.evolve(team, name=f"Tim {number}") for number in range(1, TEAMS + 1)]
    weeks = DAYS // 5
    calendar = VisitCalendar(
        first_day=FIRST_DAY,
        last_day=FIRST_DAY + dt.timedelta(days=7 * weeks - 3),
        friday_ends="14:00",
    )
    rules = VisitRules(turnout=1.0, pupils_per_kit_day=TEAM_DAY_PUPILS // KITS)
    return build_problem(schools, demand, teams, calendar, rules=rules)


def sizes(draw: random.Random) -> list[int]:
    """Return how many wait at each school: log-normal, `PUPILS` in all, none empty."""
    weights = [draw.lognormvariate(0, 0.8) for _ in range(SCHOOLS)]
    pupils = [max(int(PUPILS * weight / sum(weights)), 5) for weight in weights]
    pupils[pupils.index(max(pupils))] += PUPILS - sum(pupils)
    return pupils


def race(seed: int, reading: str, seconds: float, args: argparse.Namespace) -> tuple[bool, str]:
    """Return whether the target is met, and the row of the table."""
    problem, _ = instance(seed, reading)
    assert problem.pupils == PUPILS
    ours = run_ours(problem, seconds)
    peers = [run_peer(problem, peer, seconds, args.chunks) for peer in args.peers]
    told = verdict(ours, peers)
    days = -ours.score.team_days if ours.score else TEAMS * DAYS
    few = reading == "hours" or seconds < SECONDS or days <= MOST_TEAM_DAYS
    good = few and "LOST" not in told
    cells = (reading, str(seed), f"{seconds:g}", ours.told(), gap(ours, bound_of(problem)))
    peers_told = (peer.told() for peer in peers)
    return good, row((*cells, *peers_told, told, "" if good else "TARGET MISSED"))


def main() -> int:
    args = _parse()
    met = True
    names = ("80 as", "seed", "s", "ours", "gap to bound", *args.peers, "against the best peer", "")
    print("pupils / team-days / minutes driven (chunk size)\n")
    print(row(names) + "\n|" + "---|" * len(names), flush=True)
    for reading in args.readings:
        for seed in args.seeds:
            for seconds in args.seconds:
                good, told = race(seed, reading, seconds, args)
                met &= good
                print(told, flush=True)
    return 0 if met else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--seconds", type=float, nargs="+", default=[SECONDS])
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--readings", nargs="+", choices=READINGS, default=list(READINGS))
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--chunks", type=int, nargs="+", default=list(CHUNKS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
