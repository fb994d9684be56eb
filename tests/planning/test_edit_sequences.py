"""Visits added, moved, cancelled and pinned by hand, in any order: no edit breaks a rule."""

from __future__ import annotations

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import Pinned
from school_ektp.planning.edit import moved, with_visit, without_visit
from school_ektp.planning.solution import Solution
from school_ektp.testing import random_problem


class Edits(RuleBasedStateMachine):
    """Add, move, cancel and pin visits; what the edits allow passes the checker."""

    @initialize(seed=st.integers(0, 200))
    def begin(self, seed):
        # Edits do not look at constraints; pins are kept by this machine itself.
        self.problem = attrs.evolve(random_problem(seed), constraints=(), today=0)
        self.solution = Solution()

    @rule(
        team=st.integers(0, 99),
        day=st.integers(0, 99),
        site=st.integers(0, 99),
        most=st.none() | st.integers(1, 40),
    )
    def add(self, team, day, site, most):
        team, day, site = self.place(team, day, site)
        if not self.stands(team, day, site):
            plan = with_visit(self.problem, self.solution, team=team, day=day, site=site, most=most)
            if plan is not None:
                assert len(plan.visits) == len(self.solution.visits) + 1
                self.take(plan)

    @precondition(lambda self: self.solution.visits)
    @rule(number=st.integers(0, 99))
    def cancel(self, number):
        self.take(without_visit(self.problem, self.solution, self.visit(number)))

    @precondition(lambda self: self.solution.visits)
    @rule(number=st.integers(0, 99), team=st.integers(0, 99), day=st.integers(0, 99))
    def move(self, number, team, day):
        visit = self.visit(number)
        team, day, site = self.place(team, day, visit.site)
        if not self.stands(team, day, site):
            plan = moved(self.problem, self.solution, visit, team=team, day=day)
            if plan is not None:
                self.take(plan)

    @precondition(lambda self: self.solution.visits)
    @rule(number=st.integers(0, 99))
    def pin(self, number):
        visit = self.visit(number)
        pin = Pinned(team=visit.team, day=visit.day, site=visit.site)
        pins = (*self.problem.constraints, pin)
        self.problem = attrs.evolve(self.problem, constraints=pins)

    @rule()
    def unpin(self):
        self.problem = attrs.evolve(self.problem, constraints=self.problem.constraints[:-1])

    @invariant()
    def the_checker_is_content(self):
        if hasattr(self, "problem"):
            assert violations(self.problem, self.solution) == ()

    def take(self, plan):
        """Accept an edit unless it breaks a pin, as an editor would."""
        faults = {fault.rule for fault in violations(self.problem, plan)}
        assert faults <= {"pinned"}
        if not faults:
            self.solution = plan

    def place(self, team, day, site):
        problem = self.problem
        return team % len(problem.teams), day % problem.days, site % len(problem.sites)

    def stands(self, team, day, site):
        return any((v.team, v.day, v.site) == (team, day, site) for v in self.solution.visits)

    def visit(self, number):
        return self.solution.visits[number % len(self.solution.visits)]


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=max(settings().max_examples // 2, 10), stateful_step_count=25, deadline=None
)
