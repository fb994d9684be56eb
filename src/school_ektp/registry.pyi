# NIK
from school_ektp.model.nik import Nik as Nik
from school_ektp.model.nik import NikFinding as NikFinding
from school_ektp.model.nik import nik_finding as nik_finding
from school_ektp.model.nik import mask_nik as mask_nik
from school_ektp.roster.nik import with_nik_checks as with_nik_checks
from school_ektp.roster.nik import without_recorded as without_recorded

# Matching with the register
from school_ektp.roster.match import MatchedRoster as MatchedRoster
from school_ektp.roster.match import MatchClass as MatchClass

# Lists and counts of who comes next
from school_ektp.roster.forecast import opening_counts as opening_counts
from school_ektp.roster.forecast import opening_list as opening_list
from school_ektp.roster.forecast import print_list as print_list
from school_ektp.roster.forecast import polling_list as polling_list
from school_ektp.roster.forecast import july_cohorts as july_cohorts
