"""Files for other programs: calendars, maps, and documents that are read back."""
