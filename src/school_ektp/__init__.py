"""
Plan school visits that record first-time holders of the Indonesian electronic ID card.

Read `school_ektp.workflow` for the chain from schools and demand to a plan.
Public names are imported from their homes when they are first used, so that a program waits
only for what it calls.
"""

from __future__ import annotations

import importlib
import typing

if typing.TYPE_CHECKING:
    from school_ektp import datasets
    from school_ektp.errors import (
        CoverageError,
        InvalidFieldError,
        MissingExtraError,
        ProblemError,
        ReadError,
        RosterSchemaError,
        SchoolEktpError,
        SchoolEktpWarning,
    )
    from school_ektp.model.ages import LeapDay
    from school_ektp.model.calendar import Closure, VisitCalendar
    from school_ektp.model.clock import DaySpan, TimeWindow
    from school_ektp.model.demand import SchoolDemand, WaitingGroup
    from school_ektp.model.eligibility import (
        AnyOf,
        BornBy,
        EligibilityPolicy,
        EverMarried,
        PupilStatus,
        TurnsBy,
        WholeMonths,
        WholeYears,
    )
    from school_ektp.model.nik import Nik, mask_nik
    from school_ektp.model.npsn import Npsn
    from school_ektp.model.priorities import (
        DeadlineCohort,
        FinalGrade,
        Married,
        Priorities,
        SpecialNeeds,
    )
    from school_ektp.model.rules import VisitRules
    from school_ektp.model.school import Location, LocationMethod, School, SchoolLevel
    from school_ektp.model.student import Sex, Student
    from school_ektp.model.team import Break, KitOutage, Team
    from school_ektp.model.totals import (
        ARTICLE_TOTALS,
        FOLLOW_UP_TOTALS,
        PercentRelation,
        StatedTotals,
        SumRelation,
        check_totals,
        coverage_relations,
    )
    from school_ektp.model.travel import RoadEstimate, TravelTable, base_of, end_of
    from school_ektp.model.visit import Outcome, PinnedVisit, Visit
    from school_ektp.planning.bound import Bound, upper_bound
    from school_ektp.planning.feasibility import violations
    from school_ektp.planning.stop import (
        FirstOf,
        GapClosed,
        MaxIterations,
        MaxSeconds,
        NoImprovement,
        Progress,
        StopRule,
        Target,
    )
    from school_ektp.report.account import Account, account
    from school_ektp.report.left import LeftOut
    from school_ektp.report.plan import Plan
    from school_ektp.roster.build import roster_from_students, to_students
    from school_ektp.roster.check import CheckedRoster, check_roster
    from school_ektp.roster.demand import demand_of
    from school_ektp.roster.read import read_roster
    from school_ektp.workflow import plan_visits

__all__ = [  # noqa: RUF022 - the order that sorted() gives
    "ARTICLE_TOTALS",
    "Account",
    "AnyOf",
    "BornBy",
    "Bound",
    "Break",
    "CheckedRoster",
    "Closure",
    "CoverageError",
    "DaySpan",
    "DeadlineCohort",
    "EligibilityPolicy",
    "EverMarried",
    "FOLLOW_UP_TOTALS",
    "FinalGrade",
    "FirstOf",
    "GapClosed",
    "InvalidFieldError",
    "KitOutage",
    "LeapDay",
    "LeftOut",
    "Location",
    "LocationMethod",
    "Married",
    "MaxIterations",
    "MaxSeconds",
    "MissingExtraError",
    "Nik",
    "NoImprovement",
    "Npsn",
    "Outcome",
    "PercentRelation",
    "PinnedVisit",
    "Plan",
    "Priorities",
    "ProblemError",
    "Progress",
    "PupilStatus",
    "ReadError",
    "RoadEstimate",
    "RosterSchemaError",
    "School",
    "SchoolDemand",
    "SchoolEktpError",
    "SchoolEktpWarning",
    "SchoolLevel",
    "Sex",
    "SpecialNeeds",
    "StatedTotals",
    "StopRule",
    "Student",
    "SumRelation",
    "Target",
    "Team",
    "TimeWindow",
    "TravelTable",
    "TurnsBy",
    "Visit",
    "VisitCalendar",
    "VisitRules",
    "WaitingGroup",
    "WholeMonths",
    "WholeYears",
    "account",
    "base_of",
    "check_roster",
    "check_totals",
    "coverage_relations",
    "datasets",
    "demand_of",
    "end_of",
    "mask_nik",
    "plan_visits",
    "read_roster",
    "roster_from_students",
    "to_students",
    "upper_bound",
    "violations",
]

#: The module that each public name lives in, as the imports above say for type checkers.
_HOMES = {
    "errors": (
        "CoverageError "
        "InvalidFieldError "
        "MissingExtraError "
        "ProblemError "
        "ReadError "
        "RosterSchemaError "
        "SchoolEktpError "
        "SchoolEktpWarning"
    ),
    "model.ages": "LeapDay",
    "model.calendar": "Closure VisitCalendar",
    "model.clock": "DaySpan TimeWindow",
    "model.demand": "SchoolDemand WaitingGroup",
    "model.eligibility": (
        "AnyOf BornBy EligibilityPolicy EverMarried PupilStatus TurnsBy WholeMonths WholeYears"
    ),
    "model.nik": "Nik mask_nik",
    "model.npsn": "Npsn",
    "model.priorities": "DeadlineCohort FinalGrade Married Priorities SpecialNeeds",
    "model.rules": "VisitRules",
    "model.school": "Location LocationMethod School SchoolLevel",
    "model.student": "Sex Student",
    "model.team": "Break KitOutage Team",
    "model.totals": (
        "ARTICLE_TOTALS "
        "FOLLOW_UP_TOTALS "
        "PercentRelation "
        "StatedTotals "
        "SumRelation "
        "check_totals "
        "coverage_relations"
    ),
    "model.travel": "RoadEstimate TravelTable base_of end_of",
    "model.visit": "Outcome PinnedVisit Visit",
    "planning.bound": "Bound upper_bound",
    "planning.feasibility": "violations",
    "planning.stop": (
        "FirstOf GapClosed MaxIterations MaxSeconds NoImprovement Progress StopRule Target"
    ),
    "report.account": "Account account",
    "report.left": "LeftOut",
    "report.plan": "Plan",
    "roster.build": "roster_from_students to_students",
    "roster.check": "CheckedRoster check_roster",
    "roster.demand": "demand_of",
    "roster.read": "read_roster",
    "workflow": "plan_visits",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import a public name from its home, once."""
    if name == "datasets":
        return importlib.import_module("school_ektp.datasets")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'school_ektp' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"school_ektp.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
