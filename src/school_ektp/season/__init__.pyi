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

# A season as it goes on
from school_ektp.season.season import begin as begin
from school_ektp.season.season import Season as Season
from school_ektp.workflow import read_season as read_season
from school_ektp.season.issues import SeasonIssue as SeasonIssue
from school_ektp.season.account import SeasonAccount as SeasonAccount
from school_ektp.season.account import VisitAccount as VisitAccount
from school_ektp.season.calls import Call as Call
from school_ektp.season.learnt import Learnt as Learnt
from school_ektp.season.ledger import Ledger as Ledger
from school_ektp.season.rosters import CountedRoster as CountedRoster
from school_ektp.season.rosters import KnownPupil as KnownPupil
from school_ektp.season.standing import Standing as Standing
from school_ektp.season.rates import Rate as Rate
from school_ektp.season.rates import RateName as RateName
from school_ektp.season.rates import Trust as Trust
from school_ektp.season.rates import Beta as Beta
from school_ektp.season.rates import Gamma as Gamma
from school_ektp.season.rates import Normal as Normal

# Target against actual
from school_ektp.model.achieved import SeasonProgress as SeasonProgress
from school_ektp.model.achieved import SiteProgress as SiteProgress
from school_ektp.model.achieved import ClassProgress as ClassProgress
from school_ektp.model.achieved import TeamProgress as TeamProgress
from school_ektp.model.achieved import Achieved as Achieved
from school_ektp.model.achieved import AtDate as AtDate
from school_ektp.season.progress import progress_tables as progress_tables
from school_ektp.season.progress import ProgressTables as ProgressTables
