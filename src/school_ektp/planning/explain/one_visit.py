"""Whether one visit could have room for all who wait at a site."""

from __future__ import annotations

from school_ektp.planning.constraints import Forbidden
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.schedule import schedule_day


def has_room_for_all(problem: VisitProblem, site: int) -> bool:
    """
    Return whether some team, with a whole day for this site, has time for all who wait there.

    Only days from today on and teams that may go there are asked; what else the plan does, budgets
    and limits of a day are not.
    """
    place = problem.sites[site]
    shut = {rule.team for rule in problem.all_of(Forbidden) if rule.site == site}
    fewest: dict[object, tuple[int, int, int]] = {}  # of days that are alike: (waiting, team, day)
    for day in range(problem.today, problem.days):
        waiting = place.waiting(day)
        for number, team in enumerate(problem.teams):
            if waiting and place.sessions[day] and team.works(day) and number not in shut:
                alike = (
                    number, team.shifts[day], team.breaks[day], team.kits[day], place.sessions[day]
                )  # fmt: skip
                fewest[alike] = min(
                    fewest.get(alike, (waiting, number, day)), (waiting, number, day)
                )
    return any(
        schedule_day(problem, number, day, [(site, waiting)]).holds
        for waiting, number, day in fewest.values()
    )
