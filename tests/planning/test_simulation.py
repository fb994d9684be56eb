"""Played seasons: what luck does to a plan, and that a plan promises no more than their mean."""

import random
import statistics

import attrs
import pytest

from school_ektp.datasets import rejang_lebong
from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from school_ektp.planning.build import build_problem
from school_ektp.planning.checker import expectations
from school_ektp.planning.problem import FieldTeam, Group, Luck, Site, VisitProblem
from school_ektp.planning.simulation import Spread, play
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations

DAYS = 30


def site(*groups, turnout=1_000, again=1_000, outage=None):
    return Site(
        groups=groups,
        sessions=(((420, 720),),) * DAYS,
        turnout=turnout,
        turnout_again=again,
        outage=outage,
    )


def season(*sites, luck=None):
    """Return a problem with two teams that work every day and record all at once."""
    count = len(sites)
    team = FieldTeam(
        start=count,
        end=count,
        shifts=((420, 900),) * DAYS,
        breaks=((),) * DAYS,
        kits=(1,) * DAYS,
        minutes_per_pupil=(0,) * count,
        setup=(0,) * count,
        packdown=(0,) * count,
    )
    matrix = ((0,) * (count + 1),) * (count + 1)
    return VisitProblem(
        days=DAYS, sites=sites, teams=(team, team), travel=(matrix,), luck=luck or Luck()
    )


def visits(*stays, place=0, team=0):
    """Return visits to a site from (day, room)."""
    return [
        SiteVisit(day=day, team=team, start=420 + place, site=place, arrive=420, end=720, room=room)
        for day, room in stays
    ]


def waiting(pupils, **more):
    return Group(arrivals=((0, pupils),), **more)


def test_without_luck_everybody_with_room_is_recorded_in_every_season():
    problem = season(site(waiting(8)))

    played = play(problem, Solution(tuple(visits((3, 5), (9, 5)))), seasons=20)

    assert played.recorded == (8,) * 20
    assert played.by_visit == (5, 3)
    assert [played.by_day[day].p50 for day in (2, 3, 8, 9, DAYS - 1)] == [0, 5, 5, 8, 8]
    assert played.by_site == (Spread(8, 8, 8, 8.0),)


@pytest.mark.parametrize("what", ["day_lost", "system_down", "outage"])
def test_a_visit_that_always_fails_records_nobody(what):
    problem = season(site(waiting(8)), luck=Luck(**{what: 1_000}))

    assert set(play(problem, Solution(tuple(visits((3, 9)))), seasons=20).recorded) == {0}


def test_luck_says_how_many_visits_take_place():
    assert Luck().held == 1_000
    assert Luck(day_lost=20, system_down=10, outage=30).held == 941
    region = rejang_lebong(seed=1)
    school, team = region.schools[0].npsn, region.teams[-1].name
    risks = Risks(outage_by_school={school: 0.2}, day_lost_by_team={team: 0.1})
    problem, names = build_problem(
        region.schools, region.demand(), region.teams, region.calendar, risks=risks
    )
    for npsn, held in zip(names.sites, problem.held, strict=True):
        shares = [round(1_000 * risks.held_at(npsn, name)) for name in names.teams]
        assert held == (*shares, max(shares))


def test_a_school_and_a_team_fail_as_often_as_their_own_rates_say():
    fine, dark = site(waiting(1)), site(waiting(1), outage=1_000)
    problem = season(fine, dark, luck=Luck(day_lost=500))
    teams = [attrs.evolve(problem.teams[0], day_lost=0), *problem.teams[1:]]
    problem = attrs.evolve(problem, teams=tuple(teams))
    plans = (visits((1, 1)), visits((1, 1), team=1), visits((1, 1), place=1))

    seen = [set(play(problem, Solution(tuple(one)), seasons=200).recorded) for one in plans]

    assert seen == [{1}, {0, 1}, {0}]


def test_a_lost_day_meets_the_team_and_an_outage_the_school():
    problem = season(site(waiting(1)), site(waiting(1)), luck=Luck(day_lost=500))
    same_team = Solution((*visits((1, 1)), *visits((1, 1), place=1)))
    two_teams = Solution((*visits((1, 1)), *visits((1, 1), place=1, team=1)))

    assert set(play(problem, same_team, seasons=200).recorded) == {0, 2}
    assert set(play(problem, two_teams, seasons=200).recorded) == {0, 1, 2}


def test_whoever_finds_no_room_is_called_for_the_first_time_again():
    problem = season(site(waiting(5), again=0))

    assert set(play(problem, Solution(tuple(visits((1, 2), (2, 9)))), seasons=9).recorded) == {5}


def test_those_of_a_failed_visit_are_called_for_the_first_time_again():
    problem = season(site(waiting(40), turnout=500, again=0), luck=Luck(outage=500))

    first, second = play(problem, Solution(tuple(visits((1, 99), (2, 99))))).by_visit

    assert first == pytest.approx(10, rel=0.1)
    assert second == pytest.approx(5, rel=0.1)  # only where the first one failed


def test_those_who_stayed_away_come_by_the_second_rate():
    problem = season(site(waiting(5), turnout=0, again=1_000))

    assert play(problem, Solution(tuple(visits((1, 9), (2, 9)))), seasons=9).by_visit == (0, 5)


def test_the_earlier_class_is_recorded_first():
    first, second = waiting(5), waiting(5, priority=1, away=frozenset({2}))

    played = play(season(site(first, second)), Solution(tuple(visits((1, 5), (2, 9)))), seasons=9)

    assert played.by_visit == (5, 0)


def test_pupils_are_called_from_the_day_they_wait_and_are_at_school():
    group = Group(arrivals=((0, 2), (5, 3)), away=frozenset({6}))

    played = play(season(site(group)), Solution(tuple(visits((4, 9), (6, 9), (7, 9)))), seasons=9)

    assert played.by_visit == (2, 0, 3)


def test_two_teams_at_a_school_on_one_day_share_those_who_come():
    problem = season(site(waiting(9), turnout=500, again=1_000))
    both = Solution((*visits((1, 2)), *visits((1, 99), team=1)))

    played = play(problem, both)

    assert max(played.recorded) <= 9
    assert statistics.mean(played.recorded) == pytest.approx(4.5, rel=0.05)
    assert played.by_visit[0] < 2


def test_the_more_often_pupils_stayed_away_the_fewer_may_come():
    def mean(stayed_away):
        group = waiting(30, stayed_away=stayed_away)
        problem = season(site(group, turnout=500, again=500), luck=Luck(never=500))
        return play(problem, Solution(tuple(visits((1, 99)))), seasons=4_000).by_visit[0]

    assert mean(()) == pytest.approx(30 / 2 / 2, rel=0.03)
    assert mean((30,)) == pytest.approx(30 / 3 / 2, rel=0.03)  # by Bayes
    assert mean((0, 30)) == pytest.approx(30 / 5 / 2, rel=0.03)


def test_a_slow_day_has_less_room_and_a_quick_one_more():
    problem = season(site(waiting(60)), luck=Luck(room_spread=100))

    played = play(problem, Solution(tuple(visits((1, 30)))))

    assert statistics.mean(played.recorded) == pytest.approx(30, rel=0.01)
    assert statistics.stdev(played.recorded) == pytest.approx(3, rel=0.1)


def test_seasons_agree_with_seasons_played_pupil_by_pupil():
    """A thousand seasons held in bits have the mean and spread of seasons played pupil by pupil."""
    luck = Luck(
        never=50, turnout_spread=150, room_spread=100, day_lost=100, system_down=20, outage=80
    )
    group = Group(arrivals=((0, 14), (6, 9)))
    problem = season(site(group, turnout=800, again=500), luck=luck)
    plan = Solution(tuple(visits((1, 9), (5, 4), (8, 12), (20, 6))))
    rng = random.Random(3)

    played = play(problem, plan, seasons=8_000)
    one_by_one = [_played_pupil_by_pupil(problem, plan, rng) for _ in range(8_000)]

    assert statistics.mean(played.recorded) == pytest.approx(statistics.mean(one_by_one), abs=0.15)
    assert statistics.stdev(played.recorded) == pytest.approx(
        statistics.stdev(one_by_one), rel=0.04
    )
    spread = Spread.of(one_by_one)
    assert abs(played.spread.p10 - spread.p10) <= 1
    assert abs(played.spread.p90 - spread.p90) <= 1


def _played_pupil_by_pupil(problem, plan, rng):
    """Play one season of one school in the plainest way."""
    luck, place = problem.luck, problem.sites[0]
    since = [day for day, pupils in place.groups[0].arrivals for _ in range(pupils)]
    never = [rng.random() < luck.never / 1_000 for _ in since]
    absent, done = [False] * len(since), [False] * len(since)
    for visit in plan.visits:
        if any(rng.random() < c / 1_000 for c in (luck.day_lost, luck.system_down, luck.outage)):
            continue
        factor = rng.gauss(1, luck.turnout_spread / 1_000)
        room = round(visit.room * rng.gauss(1, luck.room_spread / 1_000))
        for pupil, day in enumerate(since):
            if done[pupil] or day > visit.day:
                continue
            rate = place.turnout_again if absent[pupil] else place.turnout
            if never[pupil] or rng.random() >= factor * rate / 1_000:
                absent[pupil] = True
            elif room > 0:
                done[pupil] = True
                room -= 1
    return sum(done)


def _chain(rng):
    """Return a school with a chain of visits, and its luck."""
    groups = tuple(
        Group(
            priority=rank,
            arrivals=tuple((day, rng.randint(1, 60)) for day in sorted(rng.sample(range(DAYS), 2))),
            away=frozenset(rng.sample(range(DAYS), 4)),
        )
        for rank in range(rng.randint(1, 3))
    )
    luck = Luck(never=20, turnout_spread=80, room_spread=50, day_lost=20, system_down=10, outage=30)
    problem = season(
        site(*groups, turnout=rng.randint(500, 950), again=rng.randint(300, 900)), luck=luck
    )
    days = sorted(rng.sample(range(DAYS), rng.randint(1, 8)))
    return problem, Solution(tuple(visits(*((day, rng.randint(2, 50)) for day in days))))


def test_plans_promise_the_mean_of_their_seasons_on_random_chains_of_visits():
    """Chains are where branches of luck that are not told apart would promise too much."""
    promised = reached = 0.0
    for number in range(60):
        problem, plan = _chain(random.Random(number))
        promise = sum(one.pupils for one in expectations(problem, plan)) / 100
        mean = play(problem, plan, seasons=1_000).spread.mean
        assert promise == pytest.approx(mean, rel=0.04, abs=1)
        promised, reached = promised + promise, reached + mean
    assert promised == pytest.approx(reached, rel=0.005)


@pytest.fixture(scope="module")
def sample():
    """The sample regency and a plan for it."""
    region = rejang_lebong(seed=1)
    problem, _ = build_problem(region.schools, region.demand(), region.teams, region.calendar)
    return problem, solve(problem, stop=MaxIterations(1), seed=0).solution


def test_the_promise_of_the_sample_is_within_a_hundredth_of_its_seasons(sample):
    problem, plan = sample
    promised = sum(one.pupils for one in expectations(problem, plan)) / 100

    played = play(problem, plan)

    assert promised == pytest.approx(played.spread.mean, rel=0.01)
    assert sum(played.by_visit) == pytest.approx(played.spread.mean)
    assert sum(one.mean for one in played.by_site) == pytest.approx(played.spread.mean)
    assert played.by_day[-1] == played.spread
    assert [day.p50 for day in played.by_day] == sorted(day.p50 for day in played.by_day)
    assert played.certainty(played.spread.p10) >= 0.9
    assert played.certainty(played.spread.p90 + 1) <= 0.1


def test_two_plans_meet_the_same_luck(sample):
    problem, plan = sample
    gone = plan.visits[0].site
    fewer = Solution(tuple(visit for visit in plan.visits if visit.site != gone))

    whole, part = play(problem, plan, seasons=50), play(problem, fewer, seasons=50)

    for number in range(len(problem.sites)):
        assert number == gone or whole.by_site[number] == part.by_site[number]
    assert all(more >= less for more, less in zip(whole.recorded, part.recorded, strict=True))


def test_the_same_seed_gives_the_same_seasons_on_every_python():
    luck = Luck(never=20, turnout_spread=80, room_spread=50, day_lost=20, system_down=10, outage=30)
    group = Group(arrivals=((0, 20), (9, 15)), stayed_away=(3, 1))
    problem = season(site(group, turnout=850, again=600), luck=luck)
    plan = Solution(tuple(visits((2, 12), (12, 12), (25, 9))))

    once, again, other = (play(problem, plan, seasons=8, seed=seed) for seed in (5, 5, 6))

    assert once.recorded == again.recorded == (23, 32, 29, 30, 32, 32, 34, 30)
    assert other.recorded != once.recorded


def test_a_season_at_least_is_asked_for():
    problem = season(site(waiting(1)))

    with pytest.raises(InvalidFieldError, match="must be at least 1, got 0"):
        play(problem, Solution(), seasons=0)
