# Demand as tables
from school_ektp.roster.demand import daily_demand as daily_demand
from school_ektp.roster.demand import school_demand as school_demand
from school_ektp.roster.demand import status_counts as status_counts

# Coverage
from school_ektp.model.coverage import Coverage as Coverage
from school_ektp.model.coverage import Denominator as Denominator
from school_ektp.model.coverage import StatedCoverage as StatedCoverage
from school_ektp.roster.coverage import coverage_counts as coverage_counts
from school_ektp.roster.coverage import coverage_of as coverage_of

# The account
from school_ektp.plan.account import Account as Account
from school_ektp.plan.account import account as account
from school_ektp.roster.account import account_rows as account_rows
