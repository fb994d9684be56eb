# Demand as tables
from school_ektp.roster.demand import waiting_by_day as waiting_by_day
from school_ektp.roster.demand import waiting_on as waiting_on
from school_ektp.roster.demand import status_counts as status_counts

# Rosters of a nation
from school_ektp.roster.demand import compact as compact
from school_ektp.roster.demand import coded as coded

# Coverage
from school_ektp.model.coverage import Coverage as Coverage
from school_ektp.model.coverage import Denominator as Denominator
from school_ektp.model.coverage import StatedCoverage as StatedCoverage
from school_ektp.roster.coverage import coverage_counts as coverage_counts
from school_ektp.roster.coverage import coverage_of as coverage_of

# The account
from school_ektp.plan.account import Account as Account
from school_ektp.plan.account import pupil_account as pupil_account
from school_ektp.roster.sheet_account import sheet_account as sheet_account
