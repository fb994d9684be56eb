"""Planning again from the state of a played season."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning.checker import evaluate, expectations, violations
from school_ektp.planning.constraints import (
    Floor,
    OneVisit,
    Pinned,
    Spacing,
    TeamDayBudget,
    VisitsPerSite,
)
from school_ektp.planning.problem import FieldTeam, Group, Luck, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.state import SeasonState, StillWaiting, resume

DAYS = 6


def team(**changes):
    plain = FieldTeam(
        start=2,
        end=2,
        shifts=((420, 930),) * DAYS,
        breaks=((),) * DAYS,
        kits=(2,) * DAYS,
        minutes_per_pupil=(5, 5),
        setup=(30, 30),
        packdown=(15, 15),
    )
    return attrs.evolve(plain, **changes)


def site(*arrivals, **changes):
    groups = (Group(arrivals=arrivals),)
    return attrs.evolve(Site(groups=groups, sessions=(((480, 840),),) * DAYS), **changes)


def problem(*constraints, **changes):
    plain = VisitProblem(
        days=DAYS,
        sites=(site((0, 20), (4, 3), turnout=850, turnout_again=600), site((1, 8))),
        teams=(team(), team()),
        travel=(((0, 20, 30), (20, 0, 25), (30, 25, 0)),),
        constraints=constraints,
        luck=Luck(outage=50, never=20),
    )
    return attrs.evolve(plain, **changes)


def state(*, today=3, left=((0, 5),), stayed_away=(3, 1), **changes):
    plain = SeasonState(
        today=today,
        waiting=(
            (StillWaiting(arrivals=left, stayed_away=stayed_away),),
            (StillWaiting(arrivals=((1, 8),)),),
        ),
        held=((1,), ()),
        out=(frozenset({1}), frozenset()),
    )
    return attrs.evolve(plain, **changes)


def begin(problem):
    """Return the state of a season of which nothing has been played."""
    return SeasonState(
        today=problem.today,
        waiting=tuple(
            tuple(
                StillWaiting(
                    arrivals=tuple(step for step in group.arrivals if step[0] < problem.today),
                    stayed_away=group.stayed_away,
                )
                for group in site.groups
            )
            for site in problem.sites
        ),
        held=tuple(site.held for site in problem.sites),
        out=tuple(team.out for team in problem.teams),
    )


def visit(day, site, *, team=0, room=20):
    """Return a visit from nine o'clock with time for *room* pupils by two kits."""
    end = 540 + 45 + 5 * -(-room // 2)
    return SiteVisit(day=day, team=team, start=540, site=site, arrive=540, end=end, room=room)


# Nothing played -------------------------------------------------------------------------------


def test_a_season_without_outcomes_leaves_the_problem_unchanged():
    rules = Floor(0, 4), Pinned(0, 2, 1), Spacing(2)

    assert resume(problem(*rules), begin(problem(*rules))) == problem(*rules)


def test_resuming_twice_without_outcomes_changes_nothing():
    left = resume(problem(Floor(0, 30)), state())

    assert resume(left, begin(left)) == left


# Conservation ---------------------------------------------------------------------------------

steps = st.dictionaries(st.integers(0, DAYS - 1), st.integers(1, 30), max_size=4)


@given(steps, st.integers(0, DAYS), st.data())
def test_pupils_are_recorded_or_wait_or_are_to_come(arrivals, today, data):
    """All pupils of the season = recorded + those whom the resumed problem knows."""
    whole = problem(sites=(site(*sorted(arrivals.items())), site((1, 8))))
    past = [(day, pupils) for day, pupils in sorted(arrivals.items()) if day < today]
    recorded = [data.draw(st.integers(0, pupils)) for _, pupils in past]
    left = [(day, pupils - r) for (day, pupils), r in zip(past, recorded, strict=True)]
    here = state(today=today, left=tuple(step for step in left if step[1]), stayed_away=())
    other = StillWaiting(arrivals=((1, 8),) if today > 1 else ())
    here = attrs.evolve(here, waiting=(here.waiting[0], (other,)))

    after = resume(whole, here)

    assert after.pupils == whole.pupils - sum(recorded)
    for day in range(today, DAYS):
        assert after.sites[0].waiting(day) == whole.sites[0].waiting(day) - sum(recorded)


def test_those_who_stayed_away_are_called_again():
    after = resume(problem(), state())
    (group,) = after.sites[0].groups

    assert group.arrivals == ((0, 5), (4, 3))
    assert group.stayed_away == (3, 1)


def test_pupils_who_stayed_away_are_expected_less_often():
    plan = Solution([visit(3, 0)])
    fresh = resume(problem(), state(stayed_away=()))
    again = resume(problem(), state(stayed_away=(5,)))

    assert expectations(again, plan)[0].pupils < expectations(fresh, plan)[0].pupils


# What the past leaves to the constraints ------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "violation"),
    [
        (VisitsPerSite(1), "visits_per_site"),
        (Spacing(3), "spacing"),
        (OneVisit(0), "one_visit"),
        (TeamDayBudget(1, 0, DAYS - 1), "team_day_budget"),
    ],
)
def test_held_visits_and_days_out_count(rule, violation):
    plan = Solution([visit(3, 0)])

    assert violations(problem(rule), plan) == ()
    assert violation in {one.rule for one in violations(resume(problem(rule), state()), plan)}


def test_past_days_cannot_be_planned():
    (fault,) = violations(resume(problem(), state()), Solution([visit(2, 1)]))

    assert fault.rule == "past"


def test_floors_ask_for_those_not_recorded_yet():
    whole = problem(Floor(0, 25))
    after = resume(whole, state())  # 15 of 20 are recorded

    assert after.constraints == (Floor(0, 10),)
    assert evaluate(after, Solution()).shortfall == 100 * 10


def test_a_floor_that_is_reached_is_gone():
    assert resume(problem(Floor(0, 15)), state()).constraints == ()


def test_pins_of_past_days_are_gone():
    early, late = Pinned(0, 2, 1), Pinned(0, 3, 1)

    assert resume(problem(early, late), state()).constraints == (late,)


# What is no state of the problem --------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"today": DAYS + 1}, "state is of day 7"),
        ({"left": ((3, 1),), "stayed_away": ()}, "arrive today or later"),
        ({"stayed_away": (4, 2)}, "more pupils stayed away than wait"),
        ({"out": ()}, "0 teams, the problem 2"),
        ({"held": ((),)}, "1 sites with held days, the problem 2"),
        ({"waiting": ((), ())}, "0 groups at site 0, not 1"),
    ],
)
def test_a_state_of_another_problem_is_refused(changes, fault):
    with pytest.raises(ProblemError, match=fault):
        resume(problem(), state(**changes))
