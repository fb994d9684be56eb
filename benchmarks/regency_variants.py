"""
The twelve problems that `regency.py` measures: the sample regency and eleven awkward variants.

Everyone who is called comes and all pupils rank alike, because that is all the peers can model.
Most variants have too few team-days for everyone.

    python benchmarks/regency_variants.py        lists the problems and their sizes
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import attrs

from school_ektp.datasets import Region, rejang_lebong
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.priorities import Priorities
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location
from school_ektp.model.team import KitOutage, Team
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.problem import VisitProblem

SEED = 1
FIRST_DAY = dt.date(2024, 9, 9)
LEMBAK = Location(-3.4478, 102.8217)  # Padang Ulak Tanding, in the far east
FAR = frozenset(
    {
        "Binduriang",
        "Kota Padang",
        "Padang Ulak Tanding",
        "Sindang Beliti Ilir",
        "Sindang Beliti Ulu",
        "Sindang Dataran",
        "Sindang Kelingi",
    }
)
ALL_COME = VisitRules(turnout=1.0)

Built = tuple[VisitProblem, Names]


def _region() -> Region:
    return rejang_lebong(seed=SEED)


def _demand(region: Region) -> tuple[SchoolDemand, ...]:
    return region.demand(priorities=Priorities())


def _build(
    region: Region,
    *,
    demand: Iterable[SchoolDemand] | None = None,
    teams: Iterable[Team] | None = None,
    last_day: dt.date | None = None,
    rules: VisitRules = ALL_COME,
    **calendar: object,
) -> Built:
    changed = attrs.evolve(region.calendar, last_day=last_day or region.deadline, **calendar)
    return build_problem(
        region.schools,
        _demand(region) if demand is None else demand,
        region.teams if teams is None else teams,
        changed,
        rules=rules,
    )


def _weeks(number: int) -> dt.date:
    """Return the Saturday of a week of the season, the first being 1."""
    return FIRST_DAY + dt.timedelta(days=7 * number - 2)


def _teams(region: Region, count: int, **changes: object) -> tuple[Team, ...]:
    """Return *count* teams like the first one."""
    first = region.teams[0]
    return tuple(
        attrs.evolve(first, name=f"Tim {number}", **changes) for number in range(1, count + 1)
    )


def sample() -> Built:
    """Three teams and eleven weeks, as shipped but for the turn-out."""
    return _build(_region())


def one_team() -> Built:
    """One team and six weeks."""
    region = _region()
    return _build(region, teams=region.teams[:1], last_day=_weeks(6))


def six_teams() -> Built:
    """Six teams of one kit, two of them based in the far east, and two and a half weeks."""
    region = _region()
    teams = list(_teams(region, 6, kits=1))
    teams[4:] = [attrs.evolve(team, base=LEMBAK, end=LEMBAK) for team in teams[4:]]
    return _build(region, teams=teams, last_day=FIRST_DAY + dt.timedelta(days=17))


def far_only() -> Built:
    """The schools of the hills and the far east; one team with one kit and six weeks."""
    region = _region()
    far = {school.npsn for school in region.schools if school.kecamatan in FAR}
    demand = [one for one in _demand(region) if one.npsn in far]
    return _build(region, demand=demand, teams=_teams(region, 1, kits=1), last_day=_weeks(6))


def broken_kit() -> Built:
    """Two teams; one loses one of its two kits after three days, the other both for a week."""
    region = _region()
    one, two = _teams(region, 2)
    one_left = KitOutage(DaySpan(FIRST_DAY + dt.timedelta(days=3), _weeks(4)))
    none_left = KitOutage(DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(2)), kits=2)
    teams = (attrs.evolve(one, outages=(one_left,)), attrs.evolve(two, outages=(none_left,)))
    return _build(region, teams=teams, last_day=_weeks(4))


def two_weeks() -> Built:
    """Three teams and two weeks."""
    return _build(_region(), last_day=_weeks(2))


def ramadan_hours() -> Built:
    """Four weeks of two teams, the last three in Ramadan, when schools end at 11:00."""
    region = _region()
    fasting = DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(4))
    return _build(
        region,
        teams=_teams(region, 2),
        last_day=_weeks(4),
        ramadan=fasting,
        ramadan_ends="11:00",
    )


def short_fridays() -> Built:
    """Two teams that go out from Wednesday to Friday, Fridays ending at 10:00; five weeks."""
    region = _region()
    teams = _teams(region, 2, works="FREQ=WEEKLY;BYDAY=WE,TH,FR")
    return _build(region, teams=teams, last_day=_weeks(5), friday_ends="10:00")


def spacing() -> Built:
    """Two weeks between visits to a school; teams of one kit and five weeks."""
    region = _region()
    rules = attrs.evolve(ALL_COME, days_between_visits=14)
    return _build(region, teams=_teams(region, 3, kits=1), last_day=_weeks(5), rules=rules)


def floors() -> Built:
    """Nine in ten of the far kecamatan come first; three teams and two weeks."""
    floors = {
        "Kota Padang": 0.9,
        "Sindang Beliti Ilir": 0.9,
        "Sindang Dataran": 0.9,
        "Bermani Ulu Raya": 0.8,
    }
    rules = attrs.evolve(ALL_COME, floors=floors)
    return _build(_region(), last_day=_weeks(2), rules=rules)


def pause() -> Built:
    """Two teams and five weeks, but nobody goes out in the second and third."""
    region = _region()
    stop = DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(3))
    return _build(region, teams=_teams(region, 2, away=(stop,)), last_day=_weeks(5))


def growth() -> Built:
    """
    Demand that pays to wait for: two thirds of those who wait come of age within the season.

    Two teams of one kit go out on Tuesdays and Thursdays for eight weeks.
    """
    region = _region()
    teams = _teams(region, 2, kits=1, works="FREQ=WEEKLY;BYDAY=TU,TH")
    demand = [_later(one) for one in _demand(region)]
    return _build(region, demand=demand, teams=teams, last_day=_weeks(8))


def _later(one: SchoolDemand) -> SchoolDemand:
    return attrs.evolve(one, groups=[_spread(group) for group in one.groups])


def _spread(group: WaitingGroup) -> WaitingGroup:
    """Leave one pupil in three where they are and let the others come over seven weeks."""
    steps: list[tuple[dt.date, int]] = []
    for day, pupils in group.steps:
        if day > FIRST_DAY:
            steps.append((day, pupils))
            continue
        later = 2 * pupils // 3
        steps.append((day, pupils - later))
        steps += [(FIRST_DAY + dt.timedelta(days=1 + 48 * i // later), 1) for i in range(later)]
    return attrs.evolve(group, steps=steps)


def as_shipped() -> Built:
    """The sample with its own turn-out and priority classes, which no peer can model."""
    region = _region()
    return build_problem(
        region.schools, region.demand(), region.teams, region.calendar, rules=region.rules
    )


PROBLEMS: Mapping[str, Callable[[], Built]] = {
    "sample": sample,
    "one team": one_team,
    "six teams": six_teams,
    "far schools only": far_only,
    "a broken kit": broken_kit,
    "two weeks": two_weeks,
    "Ramadan hours": ramadan_hours,
    "short Fridays": short_fridays,
    "spacing": spacing,
    "floors": floors,
    "a pause": pause,
    "growth": growth,
}

# Pupils that no plan exceeds, as far as `proof.py` and `proof.py --bound` have shown for SEED; how
# long each took: docs/explanation/proof.md. `upper_bound` knows less, without the extra `exact`.
PROVED: Mapping[str, int] = {
    "sample": 3567,
    "one team": 2992,
    "six teams": 3136,
    "far schools only": 794,
    "a broken kit": 2813,
    "two weeks": 2873,
    "Ramadan hours": 2724,
    "short Fridays": 2718,
    "spacing": 3254,
    "floors": 2831,
    "a pause": 3007,
    "growth": 2073,
}


def _main() -> None:
    print(f"{'problem':18} {'sites':>5} {'teams':>5} {'days':>4} {'team-days':>9} {'pupils':>6}")
    for name, build in PROBLEMS.items():
        problem, _ = build()
        out = sum(team.works(day) for team in problem.teams for day in range(problem.days))
        print(
            f"{name:18} {len(problem.sites):5} {len(problem.teams):5} {problem.days:4}"
            f" {out:9} {problem.pupils:6}"
        )


if __name__ == "__main__":
    _main()
