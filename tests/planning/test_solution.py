"""Plans compare as data, and by their rank as plans."""

from __future__ import annotations

import attrs

from school_ektp.planning.solution import Expected, SiteVisit, Solution, Value

VISIT = SiteVisit(day=1, team=0, start=60, site=2, arrive=60, end=90, room=5)
VALUE = Value(
    shortfall=0,
    recorded=(300, 50),
    worth=3_400_000,
    visits=2,
    team_days=1,
    driving=60,
    costs=900_000,
)


def test_visits_are_sorted_by_day_team_and_start():
    earlier, other, later = (
        attrs.evolve(VISIT, **change)
        for change in ({"day": 0, "start": 99}, {"team": 1}, {"day": 2})
    )

    assert Solution([later, other, VISIT, earlier]).visits == (earlier, VISIT, other, later)
    assert Solution((later, VISIT)) == Solution((VISIT, later))


def test_the_value_is_worth_less_costs():
    assert VALUE.total == 2_500_000


def test_what_is_missing_to_floors_and_dates_comes_first():
    short = attrs.evolve(VALUE, shortfall=1, worth=10**12)
    dear = attrs.evolve(VALUE, costs=900_001)

    assert sorted([VALUE, short, dear], key=lambda value: value.rank) == [short, dear, VALUE]


def test_the_pupils_of_a_visit_are_those_of_all_groups():
    one = Expected(waiting=(900, 400), recorded=(612, 47), if_held=700, worth=6_590_000)

    assert one.pupils == 659
