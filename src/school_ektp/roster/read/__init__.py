"""Files to rows: layouts as data, cells as pure functions of their text."""

from __future__ import annotations

from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.result import ReadRoster
from school_ektp.roster.read.roster_files import ReadProgress, read_roster

__all__ = ["ReadLimits", "ReadProgress", "ReadRoster", "read_roster"]
