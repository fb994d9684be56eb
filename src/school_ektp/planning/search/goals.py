"""What a plan is worth: one weight per pupil to steer by, one tuple to judge by."""

from __future__ import annotations

from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import Floor

# A pupil of one class steers the search like ten of the next.
# The plan that is kept is chosen by the goals in strict order (`Routes.goals`), not by weights.
STEP = 10


class Goals:
    """
    Weights and floors, compiled from the problem.

    Attributes:
        classes: Number of priority classes.
        class_of: For each site and group, its priority class.
        weight: For each site and group, the worth of one pupil.
        floors: For each district with a floor, the pupils asked for.
        floor_weight: Worth of one pupil below a floor, beside the class weight.
        district: For each site, its district.
        cohort: For each district, all its pupils; empty unless equity is asked.
    """

    def __init__(self, problem: VisitProblem) -> None:
        self.classes = problem.priorities
        self.class_of = [tuple(group.priority for group in site.groups) for site in problem.sites]
        worth: list[int] = [STEP ** (self.classes - 1 - rank) for rank in range(self.classes)]
        self.weight = [tuple(worth[rank] for rank in ranks) for ranks in self.class_of]
        self.floor_weight: int = STEP**self.classes
        self.district = [site.district for site in problem.sites]
        self.floors: dict[int, list[int]] = {}
        for rule in problem.rules:
            if isinstance(rule, Floor):
                self.floors.setdefault(rule.district, []).append(rule.pupils)
        self.cohort: dict[int, int] = {}
        if problem.equity:
            for site in problem.sites:
                pupils = sum(group.arrived(problem.days - 1) for group in site.groups)
                self.cohort[site.district] = self.cohort.get(site.district, 0) + pupils
            self.cohort = {district: all_ for district, all_ in self.cohort.items() if all_}
        self.by_district = bool(self.floors) or bool(self.cohort)

    def shortfall(self, recorded: dict[int, int]) -> int:
        """Return the pupils missing to all floors, given those recorded by district."""
        return sum(
            max(floor - recorded.get(district, 0), 0)
            for district, floors in self.floors.items()
            for floor in floors
        )

    def equity(self, recorded: dict[int, int]) -> int:
        """Return the least coverage of a district in thousandths; 0 unless equity is asked."""
        shares = (1000 * recorded.get(d, 0) // all_ for d, all_ in self.cohort.items())
        return min(shares, default=0)

    def bonus(self, site: int, pupils: int, recorded: dict[int, int]) -> int:
        """Return what *pupils* more at *site* are worth towards floors."""
        district = self.district[site]
        have = recorded.get(district, 0)
        floors = self.floors.get(district, ())
        return self.floor_weight * sum(min(max(f - have, 0), pupils) for f in floors)
