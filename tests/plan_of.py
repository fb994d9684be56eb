"""A plan put together from its parts, without a search."""

from __future__ import annotations

import attrs

from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.worth import Worth
from school_ektp.planning.build import build_problem
from school_ektp.planning.problem import PUPIL
from school_ektp.planning.solution import Solution
from school_ektp.report.plan import Plan

PARTS = ("schools", "demand", "teams", "calendar", "rules", "worth", "risks")


def plan_of(schools, demand, teams, calendar, *, rules=None, worth=None, risks=None) -> Plan:
    """Return the plan of some parts without a visit; its bound holds."""
    more = {"rules": rules or VisitRules(), "worth": worth or Worth(), "risks": risks or Risks()}
    problem, names = build_problem(schools, demand, teams, calendar, **more)
    return Plan(
        schools=tuple(schools), demand=tuple(demand), teams=tuple(teams), calendar=calendar,
        problem=problem, names=names, solution=Solution(), bound=problem.pupils * PUPIL, **more,
    )  # fmt: skip


def for_other_parts(plan, **changes) -> Plan:
    """Return a plan of other parts with the same visits, whether they may stay or not."""
    parts = {name: getattr(plan, name) for name in PARTS} | changes
    return attrs.evolve(plan_of(**parts), solution=plan.solution, bound=plan.bound)
