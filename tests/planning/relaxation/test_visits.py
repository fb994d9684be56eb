"""What visits to one site are worth at most: no more than any visits can be, at any prices."""

from __future__ import annotations

import random
from itertools import pairwise

import attrs
import pytest

from school_ektp.planning.availability import SiteForecast
from school_ektp.planning.constraints import Spacing, VisitsPerSite
from school_ektp.planning.problem import ALL, PUPIL, Group, Luck, Price, VisitProblem
from school_ektp.planning.relaxation.demand import SiteDemand
from school_ektp.planning.relaxation.visits import most_worth
from towns import town


def test_who_comes_later_is_met_by_a_later_visit():
    group = Group(arrivals=((0, 4), (2, 6)))
    once = SiteDemand(town(group, days=3, constraints=[VisitsPerSite(1)]), 0, [0, 1, 2])
    often = SiteDemand(town(group, days=3), 0, [0, 1, 2])

    assert most_worth(often, [0.0] * 3, [0.0] * 3, 100.0) == pytest.approx(10.0, abs=0.01)
    assert most_worth(once, [0.0] * 3, [0.0] * 3, 100.0) == pytest.approx(10.0, abs=0.01)
    assert most_worth(once, [0.0, 0.0, 9.0], [0.0] * 3, 100.0) == pytest.approx(4.0, abs=0.01)


def test_no_visit_records_more_than_it_has_room_for():
    demand = SiteDemand(town(10, days=2, constraints=[VisitsPerSite(1)]), 0, [0, 1])

    assert most_worth(demand, [1.0] * 2, [0.0] * 2, 3.0) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("price", "worth"),
    [(0.0, 36.0), (1.0, 24.0), (4.0, 0.0), (-1.0, 48.0)],
)
def test_twelve_small_visits_are_worth_more_than_nine(price, worth):
    """The chances of nine visits and more are one, their room is not."""
    demand = SiteDemand(town(40, days=12), 0, range(12))

    assert most_worth(demand, [price] * 12, [0.0] * 12, 3.0) == pytest.approx(worth)


def drawn_site(rng: random.Random) -> VisitProblem:
    """Return one site with any pupils, luck and rules, and its teams."""
    days, teams = rng.choice([1, 2, 3, 5, 8, 12, 20, 40]), rng.choice([1, 1, 2, 3])
    luck = Luck(
        never=rng.choice([0, 20, 100]),
        turnout_spread=rng.choice([0, 80, 200]),
        room_spread=rng.choice([0, 50]),
        day_lost=rng.choice([0, 20, 100]),
        outage=rng.choice([0, 30, 300]),
    )
    rules = [VisitsPerSite(rng.randint(1, 4)), Spacing(rng.randint(2, 7))]
    drawn = town(
        *range(1),
        constraints=[rule for rule in rules if rng.random() < 0.3],
        days=days,
        teams=teams,
        turnout=rng.choice([300, 500, 850, 1000]),
        again=rng.choice([200, 600, 900, 1000]),
        luck=luck if rng.random() < 0.8 else Luck(),
        price=Price(waiting=rng.choice([0, 4, 20, 60]), weights=rng.choice([(), (30, 10)])),
        today=rng.choice([0, 0, days // 3]),
    )
    groups = sorted((drawn_group(rng, days) for _ in range(rng.randint(1, 3))), key=_class)
    site = attrs.evolve(drawn.sites[0], groups=tuple(groups))
    return attrs.evolve(drawn, sites=(site,))


def _class(group: Group) -> int:
    return group.priority


def drawn_group(rng: random.Random, days: int) -> Group:
    waiting = rng.choice([0, 3, 10, 40, 120, 300])
    coming = sorted(rng.sample(range(1, days), min(days - 1, rng.choice([0, 0, 1, 4]))))
    share = rng.choice([0, 0, 0.3])
    return Group(
        priority=rng.randint(0, 2),
        arrivals=((0, waiting), *((day, rng.randint(1, 30)) for day in coming)),
        away=frozenset(day for day in range(days) if rng.random() < share),
        stayed_away=(waiting // 4, waiting // 9) if rng.random() < 0.3 else (),
    )


class Climb:
    """Visits to a site at prices, changed a little as long as that makes them worth more."""

    def __init__(self, problem: VisitProblem, rng: random.Random) -> None:
        self.problem, self.rng, self.forecast = problem, rng, SiteForecast(problem, 0)
        self.days = [d for d in range(problem.today, problem.days) if rng.random() < 0.8]
        base, fall = rng.choice([0, 0, 0.02, 0.1, 0.3, 0.6]), rng.choice([0, 0.01, 0.05])
        self.place = {day: max(base - fall * day, 0) for day in self.days}
        each = rng.choice([0, 0.5, 2.5, 6])
        self.visit = {day: each + rng.choice([-0.3, 0, 0, 0, 1, 3]) for day in self.days}
        self.room = rng.choice([3, 10, 30, 75, 150, 400])

    def bound(self) -> float:
        held = self.problem.luck.held / ALL
        demand = SiteDemand(self.problem, 0, self.days)
        pupil = [self.place[day] / held for day in self.days]
        return most_worth(demand, [*self.visit.values()], pupil, self.room * held)

    def worth(self, calls: tuple[tuple[int, int], ...]) -> float:
        costs = sum(self.visit[day] + self.place[day] * room for day, room in calls)
        return self.forecast(calls).worth / PUPIL - costs

    def allowed(self, calls: list[tuple[int, int]]) -> bool:
        days, spacing = [day for day, _ in calls], self.problem.limit(Spacing) or 0
        gaps = (after - day for day, after in pairwise(days))
        return (
            len(days) <= (self.problem.limit(VisitsPerSite) or len(days))
            and all(days.count(day) <= len(self.problem.teams) for day in days)
            and all(not gap or gap >= spacing for gap in gaps)
        )

    def changed(self, calls: list[tuple[int, int]]) -> list[tuple[int, int]]:
        rng, day = self.rng, self.rng.choice(self.days)
        kind = rng.choice(["add", "add", "drop", "room", "room", "day"]) if calls else "add"
        if kind == "add":
            return [*calls, (day, rng.choice([self.room, rng.randint(1, self.room)]))]
        old, room = calls.pop(rng.randrange(len(calls)))
        more = min(max(room + rng.choice([-10, -3, -1, 1, 3, 10]), 1), self.room)
        return calls + {"drop": [], "room": [(old, more)], "day": [(day, room)]}[kind]

    def best(self, patience: int = 60) -> float:
        calls: list[tuple[int, int]] = []
        worth, stale = 0.0, 0
        while stale < patience:
            tried = sorted(self.changed([*calls]))
            stale += 1
            if self.allowed(tried) and self.worth(tuple(tried)) > worth:
                calls, worth, stale = tried, self.worth(tuple(tried)), 0
        return worth


def check_climbs(seeds: range) -> None:
    for seed in seeds:
        rng = random.Random(seed)
        climb = Climb(drawn_site(rng), rng)
        if climb.days:
            assert max(climb.best() for _ in range(3)) <= climb.bound() + 1e-6, seed


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_no_visits_are_worth_more_at_any_prices(first):
    check_climbs(range(first, first + 50))


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(300, 5_000, 50))
def test_no_visits_to_any_site_are_worth_more(first):
    check_climbs(range(first, first + 50))


def test_a_small_first_visit_leaves_the_others_to_the_next():
    """Where waiting costs little, those without room fill the later ones, if none fails, too."""
    check_climbs(range(3083, 3084))


def test_who_finds_no_room_may_not_come_again():
    """Of 36 who come there is room for 14, and for 14 of those who come to the second visit."""
    luck, rules = Luck(day_lost=71), [VisitsPerSite(2)]
    problem = town(89, days=8, turnout=421, again=224, luck=luck, constraints=rules)
    calls = ((5, 14), (6, 14))

    best = most_worth(SiteDemand(problem, 0, range(8)), [0.0] * 8, [0.0] * 8, 14 * luck.held / ALL)

    assert SiteForecast(problem, 0)(calls).worth / PUPIL <= best <= 28 * luck.held / ALL + 0.01


def test_visits_keep_apart_from_one_another_and_from_those_held():
    twice = town(10, days=4, constraints=[Spacing(3)], turnout=500, again=500)
    once = town(10, days=3, constraints=[Spacing(3)], turnout=500, again=500)
    held = attrs.evolve(twice, sites=(attrs.evolve(twice.sites[0], held=(-2,)),))
    free, late = [0.0] * 4, [0.0, 9.0, 9.0, 9.0]

    def most(problem, visit):
        days = range(problem.days)
        return most_worth(SiteDemand(problem, 0, days), visit, free[: len(visit)], 99)

    assert most(twice, free) == pytest.approx(7.5, abs=0.01)
    assert most(once, free[:3]) == pytest.approx(5, abs=0.01)
    assert most(held, [0.0, 0.0, 9.0, 9.0]) == pytest.approx(5, abs=0.01)
    assert most(held, late) == 0.0


def test_the_longest_waiting_are_recorded_first():
    """Half of twelve come: six who wait from the first day on, none of the six of day 4."""
    group = Group(arrivals=((0, 6), (4, 6)))
    problem = town(group, days=5, turnout=500, again=0, price=Price(waiting=100))

    best = most_worth(SiteDemand(problem, 0, [4]), [0.0], [0.0], 99.0)

    assert best == pytest.approx(6 * 0.6, abs=0.01)


def test_room_for_an_uncertain_number_costs_more_than_room_for_the_mean():
    problem = town(100, turnout=500, again=0)

    best = most_worth(SiteDemand(problem, 0, [0]), [0.0], [0.5], 99.0)

    assert 25 - 3 < best < 25 - 1.5


def test_a_failed_first_visit_needs_much_room_in_the_second():
    """Or else those whom it left are not recorded: either way the second one brings less."""
    problem = town(100, days=2, turnout=800, again=500, luck=Luck(day_lost=100))
    sure = most_worth(SiteDemand(problem, 0, range(2)), [1.0, 1.0], [0.0] * 2, 99.0)
    paid = most_worth(SiteDemand(problem, 0, range(2)), [1.0, 1.0], [0.3] * 2, 99.0)

    assert sure - paid > 0.3 * sure + 2
