"""
The twelve problems that `regency.py` measures: the sample regency and eleven awkward variants.

Each is drawn in two ways: *pure*, in which everyone called comes, all pupils rank alike and only
pupils count, because that is all the peers can model; and as an office plans, with the usual risks
and priorities and the default `Worth`. Most variants have too few team-days for everyone.

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
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location
from school_ektp.model.team import KitOutage, Team
from school_ektp.model.worth import Worth
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

Built = tuple[VisitProblem, Names]


@attrs.frozen(kw_only=True)
class How:
    """
    How the problems are drawn.

    Attributes:
        seed: Of the pupils.
        pure: Only pupils count and nothing goes wrong, as routing engines see it.
        visits: Most visits to a school.
        apart: Least days between them.
    """

    seed: int = SEED
    pure: bool = True
    visits: int | None = None
    apart: int | None = None

    def rules(self, rules: VisitRules) -> VisitRules:
        """Return the rules of a variant with those that are asked for beside them."""
        return attrs.evolve(
            rules,
            visits_per_school=self.visits,
            days_between_visits=rules.days_between_visits or self.apart,
        )


PURE = How()
NO_RULES = VisitRules()


def _region(how: How) -> Region:
    return rejang_lebong(seed=how.seed)


def _demand(region: Region) -> tuple[SchoolDemand, ...]:
    return region.demand(priorities=Priorities())


def _build(
    how: How,
    region: Region,
    *,
    demand: Iterable[SchoolDemand] | None = None,
    teams: Iterable[Team] | None = None,
    last_day: dt.date | None = None,
    rules: VisitRules = NO_RULES,
    **calendar: object,
) -> Built:
    changed = attrs.evolve(region.calendar, last_day=last_day or region.deadline, **calendar)
    return build_problem(
        region.schools,
        _demand(region) if demand is None else demand,
        region.teams if teams is None else teams,
        changed,
        rules=how.rules(rules),
        worth=Worth.pupils() if how.pure else Worth(),
        risks=Risks.none() if how.pure else Risks(),
    )


def _weeks(number: int) -> dt.date:
    """Return the Saturday of a week of the season, the first being 1."""
    return FIRST_DAY + dt.timedelta(days=7 * number - 2)


def _alike(region: Region, count: int, **changes: object) -> tuple[Team, ...]:
    """Return *count* teams like the first one."""
    first = region.teams[0]
    return tuple(
        attrs.evolve(first, name=f"Tim {number}", **changes) for number in range(1, count + 1)
    )


def sample(how: How = PURE) -> Built:
    """Three teams and eleven weeks, as shipped but for the turn-out."""
    return _build(how, _region(how))


def one_team(how: How = PURE) -> Built:
    """One team and six weeks."""
    region = _region(how)
    return _build(how, region, teams=region.teams[:1], last_day=_weeks(6))


def six_teams(how: How = PURE) -> Built:
    """Six teams of one kit, two of them based in the far east, and two and a half weeks."""
    region = _region(how)
    teams = list(_alike(region, 6, kits=1))
    teams[4:] = [attrs.evolve(team, base=LEMBAK, end=LEMBAK) for team in teams[4:]]
    return _build(how, region, teams=teams, last_day=FIRST_DAY + dt.timedelta(days=17))


def far_only(how: How = PURE) -> Built:
    """The schools of the hills and the far east; one team with one kit and six weeks."""
    region = _region(how)
    far = {school.npsn for school in region.schools if school.kecamatan in FAR}
    demand = [one for one in _demand(region) if one.npsn in far]
    return _build(how, region, demand=demand, teams=_alike(region, 1, kits=1), last_day=_weeks(6))


def broken_kit(how: How = PURE) -> Built:
    """Two teams; one loses one of its two kits after three days, the other both for a week."""
    region = _region(how)
    one, two = _alike(region, 2)
    one_left = KitOutage(DaySpan(FIRST_DAY + dt.timedelta(days=3), _weeks(4)))
    none_left = KitOutage(DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(2)), kits=2)
    teams = (attrs.evolve(one, outages=(one_left,)), attrs.evolve(two, outages=(none_left,)))
    return _build(how, region, teams=teams, last_day=_weeks(4))


def two_weeks(how: How = PURE) -> Built:
    """Three teams and two weeks."""
    return _build(how, _region(how), last_day=_weeks(2))


def ramadan_hours(how: How = PURE) -> Built:
    """Four weeks of two teams, the last three in Ramadan, when schools end at 11:00."""
    region = _region(how)
    fasting = DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(4))
    return _build(
        how,
        region,
        teams=_alike(region, 2),
        last_day=_weeks(4),
        ramadan=fasting,
        ramadan_ends="11:00",
    )


def short_fridays(how: How = PURE) -> Built:
    """Two teams that go out from Wednesday to Friday, Fridays ending at 10:00; five weeks."""
    region = _region(how)
    teams = _alike(region, 2, works="FREQ=WEEKLY;BYDAY=WE,TH,FR")
    return _build(how, region, teams=teams, last_day=_weeks(5), friday_ends="10:00")


def spacing(how: How = PURE) -> Built:
    """Two weeks between visits to a school; teams of one kit and five weeks."""
    region = _region(how)
    rules = VisitRules(days_between_visits=14)
    return _build(how, region, teams=_alike(region, 3, kits=1), last_day=_weeks(5), rules=rules)


def floors(how: How = PURE) -> Built:
    """Nine in ten of the far kecamatan come first; three teams and two weeks."""
    floors = {
        "Kota Padang": 0.9,
        "Sindang Beliti Ilir": 0.9,
        "Sindang Dataran": 0.9,
        "Bermani Ulu Raya": 0.8,
    }
    rules = VisitRules(floors=floors)
    return _build(how, _region(how), last_day=_weeks(2), rules=rules)


def pause(how: How = PURE) -> Built:
    """Two teams and five weeks, but nobody goes out in the second and third."""
    region = _region(how)
    stop = DaySpan(FIRST_DAY + dt.timedelta(days=7), _weeks(3))
    return _build(how, region, teams=_alike(region, 2, away=(stop,)), last_day=_weeks(5))


def growth(how: How = PURE) -> Built:
    """
    Demand that pays to wait for: two thirds of those who wait come of age within the season.

    Two teams of one kit go out on Tuesdays and Thursdays for eight weeks.
    """
    region = _region(how)
    teams = _alike(region, 2, kits=1, works="FREQ=WEEKLY;BYDAY=TU,TH")
    demand = [_later(one) for one in _demand(region)]
    return _build(how, region, demand=demand, teams=teams, last_day=_weeks(8))


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


PROBLEMS: Mapping[str, Callable[[How], Built]] = {
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


def _main() -> None:
    print(f"{'problem':18} {'sites':>5} {'teams':>5} {'days':>4} {'team-days':>9} {'pupils':>6}")
    for name, build in PROBLEMS.items():
        problem, _ = build(PURE)
        out = sum(team.works(day) for team in problem.teams for day in range(problem.days))
        print(
            f"{name:18} {len(problem.sites):5} {len(problem.teams):5} {problem.days:4}"
            f" {out:9} {problem.pupils:6}"
        )


if __name__ == "__main__":
    _main()
