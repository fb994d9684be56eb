"""Files to rows: layouts as data, cells as pure functions of their text."""

from __future__ import annotations

from school_ektp.model.holidays import Holidays
from school_ektp.roster.read.calendar_files import read_closures, read_holidays
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.register_files import ReadRegister, read_register
from school_ektp.roster.read.result import ReadProgress, ReadRoster
from school_ektp.roster.read.roster_files import read_roster
from school_ektp.roster.read.school_files import ReadSchools, read_schools
from school_ektp.roster.read.travel_files import read_travel

__all__ = [
    "Holidays",
    "ReadLimits",
    "ReadProgress",
    "ReadRegister",
    "ReadRoster",
    "ReadSchools",
    "read_closures",
    "read_holidays",
    "read_register",
    "read_roster",
    "read_schools",
    "read_travel",
]
