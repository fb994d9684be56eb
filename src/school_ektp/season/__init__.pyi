# Outcomes
from school_ektp.model.outcome import PupilOutcome as PupilOutcome
from school_ektp.model.outcome import Result as Result
from school_ektp.model.outcome import OfficeOutcome as OfficeOutcome

# What if, and how sure
from school_ektp.season.changes import Circumstances as Circumstances
from school_ektp.season.what_if import TeamDaysToAll as TeamDaysToAll
from school_ektp.season.what_if import team_days_to_reach_all as team_days_to_reach_all
from school_ektp.plan.simulation import Simulation as Simulation
from school_ektp.plan.frontier import Frontier as Frontier
from school_ektp.plan.comparison import Comparison as Comparison
from school_ektp.plan.comparison import Change as Change
from school_ektp.season.executor import spawning_pool as spawning_pool

# Remedies and re-planning
from school_ektp.plan.remedy import Remedy as Remedy
from school_ektp.plan.remedy import RemedyKind as RemedyKind
from school_ektp.season.remedies import remedy_plan as remedy_plan
from school_ektp.season.replan import Replanned as Replanned
