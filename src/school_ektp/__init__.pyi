# Read files
from school_ektp.roster.read import read_schools as read_schools
from school_ektp.roster.read import read_roster as read_roster
from school_ektp.roster.read import read_register as read_register
from school_ektp.roster.read import read_travel as read_travel
from school_ektp.roster.read import read_holidays as read_holidays
from school_ektp.roster.read import read_closures as read_closures

# Check rosters and count who waits
from school_ektp.roster.check import check_roster as check_roster
from school_ektp.roster.match import match_register as match_register
from school_ektp.roster.demand import demand_of as demand_of
from school_ektp.model.eligibility import EligibilityPolicy as EligibilityPolicy
from school_ektp.model.priorities import Priorities as Priorities

# Say what there is
from school_ektp.model.school import School as School
from school_ektp.model.school import Location as Location
from school_ektp.model.team import Team as Team
from school_ektp.model.team import Break as Break
from school_ektp.model.team import KitOutage as KitOutage
from school_ektp.model.calendar import VisitCalendar as VisitCalendar
from school_ektp.model.calendar import Closure as Closure
from school_ektp.model.clock import DaySpan as DaySpan
from school_ektp.model.travel import TravelTable as TravelTable
from school_ektp.model.demand import SchoolDemand as SchoolDemand
from school_ektp.model.demand import WaitingGroup as WaitingGroup

# Say what is wanted
from school_ektp.model.rules import VisitRules as VisitRules
from school_ektp.model.visit import PinnedVisit as PinnedVisit
from school_ektp.model.worth import Worth as Worth
from school_ektp.model.risks import Risks as Risks

# Plan
from school_ektp.workflow import plan_visits as plan_visits
from school_ektp.report.plan import Plan as Plan
from school_ektp.planning.stop import MaxIterations as MaxIterations
from school_ektp.planning.stop import MaxSeconds as MaxSeconds

# Take papers away, and bring them back
from school_ektp.report.letters.papers import Office as Office
from school_ektp.report.excel.read_plan import read_plan_workbook as read_plan_workbook
from school_ektp.report.excel.read_folder import read_outcomes as read_outcomes

# Live with what happens
from school_ektp.model.outcome import Outcome as Outcome
from school_ektp.plan.simulation import simulate as simulate
from school_ektp.season.what_if import what_if as what_if
from school_ektp.season.frontier import frontier as frontier
from school_ektp.season.remedies import remedies as remedies
from school_ektp.season.replan import replan as replan
from school_ektp.plan.comparison import compare as compare

# Namespaces
from school_ektp import calendar as calendar
from school_ektp import counts as counts
from school_ektp import datasets as datasets
from school_ektp import eligibility as eligibility
from school_ektp import errors as errors
from school_ektp import intake as intake
from school_ektp import places as places
from school_ektp import problem as problem
from school_ektp import registry as registry
from school_ektp import results as results
from school_ektp import season as season
from school_ektp import stop as stop
from school_ektp import totals as totals
from school_ektp.report import plot as plot
