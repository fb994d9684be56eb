# Tables
from school_ektp.roster.frames import AnyTable as AnyTable
from school_ektp.roster.frames import ArrowTable as ArrowTable

# Reading
from school_ektp.roster.read import ReadLimits as ReadLimits
from school_ektp.roster.read import ReadProgress as ReadProgress
from school_ektp.roster.read import ReadRoster as ReadRoster
from school_ektp.roster.read import ReadRegister as ReadRegister
from school_ektp.roster.read import ReadSchools as ReadSchools

# Checking and correcting
from school_ektp.roster.check import CheckedRoster as CheckedRoster
from school_ektp.roster.heaping import birth_date_heaping as birth_date_heaping
from school_ektp.roster.correct import to_workbook_for_correction as to_workbook_for_correction
from school_ektp.roster.correct import apply_corrections as apply_corrections

# Pupils as objects
from school_ektp.model.student import Student as Student
from school_ektp.model.student import Sex as Sex
from school_ektp.roster.build import roster_from_students as roster_from_students
from school_ektp.roster.build import to_students as to_students
