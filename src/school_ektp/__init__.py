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
        WriteError,
    )
    from school_ektp.model.ages import LeapDay
    from school_ektp.model.calendar import Closure, VisitCalendar
    from school_ektp.model.clock import DaySpan, TimeWindow
    from school_ektp.model.coverage import Coverage, Denominator, StatedCoverage
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
    from school_ektp.model.nik import Nik, NikFinding, mask_nik, nik_finding
    from school_ektp.model.npsn import Npsn
    from school_ektp.model.outcome import OfficeOutcome, Outcome, PupilOutcome, Result
    from school_ektp.model.priorities import (
        DeadlineCohort,
        FinalGrade,
        Married,
        Priorities,
        SpecialNeeds,
    )
    from school_ektp.model.regions import Crosswalk, rejang_lebong_crosswalk
    from school_ektp.model.risks import Risks
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
    from school_ektp.model.visit import PinnedVisit, Visit
    from school_ektp.model.worth import Worth
    from school_ektp.plan.account import Account, account
    from school_ektp.plan.comparison import Comparison, compare
    from school_ektp.plan.frontier import Frontier
    from school_ektp.plan.left_out import LeftOut
    from school_ektp.plan.remedy import Remedy
    from school_ektp.plan.simulation import Simulation, simulate
    from school_ektp.planning.checker import violations
    from school_ektp.planning.relaxation.bound import Bound, upper_bound
    from school_ektp.planning.stop import (
        FirstOf,
        MaxIterations,
        MaxSeconds,
        NoImprovement,
        Progress,
        StopRule,
        Target,
    )
    from school_ektp.report import plot
    from school_ektp.report.json_io import read_problem_json, write_problem_json
    from school_ektp.report.letters import Member, Office
    from school_ektp.report.plan import Plan
    from school_ektp.report.workbook_back import read_outcomes_workbook, read_plan_workbook
    from school_ektp.roster.account import account_rows
    from school_ektp.roster.build import roster_from_students, to_students
    from school_ektp.roster.check import CheckedRoster, check_roster
    from school_ektp.roster.conventional import conventional_births
    from school_ektp.roster.correct import apply_corrections, to_workbook_for_correction
    from school_ektp.roster.coverage import coverage_counts, coverage_of
    from school_ektp.roster.demand import daily_demand, demand_of, school_demand, status_counts
    from school_ektp.roster.forecast import (
        july_cohorts,
        opening_counts,
        opening_list,
        polling_list,
        print_list,
    )
    from school_ektp.roster.match import MatchClass, MatchedRoster, match_register
    from school_ektp.roster.nik import with_nik_checks, without_recorded
    from school_ektp.roster.places import (
        Places,
        audit_places,
        places_from_frames,
        rejang_lebong_places,
    )
    from school_ektp.roster.priorities import Where
    from school_ektp.roster.read import (
        ReadLimits,
        ReadProgress,
        ReadRegister,
        ReadRoster,
        read_closures,
        read_holidays,
        read_register,
        read_roster,
        read_schools,
        read_travel,
    )
    from school_ektp.season.changes import Circumstances
    from school_ektp.season.executor import spawning_pool
    from school_ektp.season.frontier import frontier
    from school_ektp.season.remedies import remedies, remedy_plan
    from school_ektp.season.replan import Replanned, replan
    from school_ektp.season.what_if import team_days_to_reach_all, what_if
    from school_ektp.workflow import plan_visits

__all__ = [  # noqa: RUF022 - the order that sorted() gives
    "ARTICLE_TOTALS",
    "Account",
    "AnyOf",
    "BornBy",
    "Bound",
    "Break",
    "CheckedRoster",
    "Circumstances",
    "Closure",
    "Comparison",
    "Coverage",
    "CoverageError",
    "Crosswalk",
    "DaySpan",
    "DeadlineCohort",
    "Denominator",
    "EligibilityPolicy",
    "EverMarried",
    "FOLLOW_UP_TOTALS",
    "FinalGrade",
    "FirstOf",
    "Frontier",
    "InvalidFieldError",
    "KitOutage",
    "LeapDay",
    "LeftOut",
    "Location",
    "LocationMethod",
    "Married",
    "MatchClass",
    "MatchedRoster",
    "MaxIterations",
    "MaxSeconds",
    "Member",
    "MissingExtraError",
    "Nik",
    "NikFinding",
    "NoImprovement",
    "Npsn",
    "Office",
    "OfficeOutcome",
    "Outcome",
    "PercentRelation",
    "PinnedVisit",
    "Places",
    "Plan",
    "Priorities",
    "ProblemError",
    "Progress",
    "PupilOutcome",
    "PupilStatus",
    "ReadError",
    "ReadLimits",
    "ReadProgress",
    "ReadRegister",
    "ReadRoster",
    "Remedy",
    "Replanned",
    "Result",
    "Risks",
    "RoadEstimate",
    "RosterSchemaError",
    "School",
    "SchoolDemand",
    "SchoolEktpError",
    "SchoolEktpWarning",
    "SchoolLevel",
    "Sex",
    "Simulation",
    "SpecialNeeds",
    "StatedCoverage",
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
    "Where",
    "WholeMonths",
    "WholeYears",
    "Worth",
    "WriteError",
    "account",
    "account_rows",
    "apply_corrections",
    "audit_places",
    "base_of",
    "check_roster",
    "check_totals",
    "compare",
    "conventional_births",
    "coverage_counts",
    "coverage_of",
    "coverage_relations",
    "daily_demand",
    "datasets",
    "demand_of",
    "end_of",
    "frontier",
    "july_cohorts",
    "mask_nik",
    "match_register",
    "nik_finding",
    "opening_counts",
    "opening_list",
    "places_from_frames",
    "plan_visits",
    "plot",
    "polling_list",
    "print_list",
    "read_closures",
    "read_holidays",
    "read_outcomes_workbook",
    "read_plan_workbook",
    "read_problem_json",
    "read_register",
    "read_roster",
    "read_schools",
    "read_travel",
    "rejang_lebong_crosswalk",
    "rejang_lebong_places",
    "remedies",
    "remedy_plan",
    "replan",
    "roster_from_students",
    "school_demand",
    "simulate",
    "spawning_pool",
    "status_counts",
    "team_days_to_reach_all",
    "to_students",
    "to_workbook_for_correction",
    "upper_bound",
    "violations",
    "what_if",
    "with_nik_checks",
    "without_recorded",
    "write_problem_json",
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
        "SchoolEktpWarning "
        "WriteError"
    ),
    "model.ages": "LeapDay",
    "model.calendar": "Closure VisitCalendar",
    "model.clock": "DaySpan TimeWindow",
    "model.coverage": "Coverage Denominator StatedCoverage",
    "model.demand": "SchoolDemand WaitingGroup",
    "model.eligibility": (
        "AnyOf BornBy EligibilityPolicy EverMarried PupilStatus TurnsBy WholeMonths WholeYears"
    ),
    "model.nik": "Nik NikFinding mask_nik nik_finding",
    "model.npsn": "Npsn",
    "model.outcome": "OfficeOutcome Outcome PupilOutcome Result",
    "model.priorities": "DeadlineCohort FinalGrade Married Priorities SpecialNeeds",
    "model.regions": "Crosswalk rejang_lebong_crosswalk",
    "model.risks": "Risks",
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
    "model.visit": "PinnedVisit Visit",
    "model.worth": "Worth",
    "plan.account": "Account account",
    "plan.comparison": "Comparison compare",
    "plan.frontier": "Frontier",
    "plan.left_out": "LeftOut",
    "plan.remedy": "Remedy",
    "plan.simulation": "Simulation simulate",
    "planning.checker": "violations",
    "planning.relaxation.bound": "Bound upper_bound",
    "planning.stop": "FirstOf MaxIterations MaxSeconds NoImprovement Progress StopRule Target",
    "report.json_io": "read_problem_json write_problem_json",
    "report.letters": "Member Office",
    "report.plan": "Plan",
    "report.workbook_back": "read_outcomes_workbook read_plan_workbook",
    "roster.account": "account_rows",
    "roster.build": "roster_from_students to_students",
    "roster.check": "CheckedRoster check_roster",
    "roster.conventional": "conventional_births",
    "roster.correct": "apply_corrections to_workbook_for_correction",
    "roster.coverage": "coverage_counts coverage_of",
    "roster.demand": "daily_demand demand_of school_demand status_counts",
    "roster.forecast": "july_cohorts opening_counts opening_list polling_list print_list",
    "roster.match": "MatchClass MatchedRoster match_register",
    "roster.nik": "with_nik_checks without_recorded",
    "roster.places": "Places audit_places places_from_frames rejang_lebong_places",
    "roster.priorities": "Where",
    "roster.read": (
        "ReadLimits "
        "ReadProgress "
        "ReadRegister "
        "ReadRoster "
        "read_closures "
        "read_holidays "
        "read_register "
        "read_roster "
        "read_schools "
        "read_travel"
    ),
    "season.changes": "Circumstances",
    "season.executor": "spawning_pool",
    "season.frontier": "frontier",
    "season.remedies": "remedies remedy_plan",
    "season.replan": "Replanned replan",
    "season.what_if": "team_days_to_reach_all what_if",
    "workflow": "plan_visits",
}
_MODULES = {"datasets": "datasets", "plot": "report.plot"}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import a public name from its home, once."""
    if name in _MODULES:
        return importlib.import_module(f"school_ektp.{_MODULES[name]}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'school_ektp' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"school_ektp.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
