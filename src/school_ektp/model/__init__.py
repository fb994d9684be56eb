"""Things: schools, pupils, teams, calendars; attrs and dateutil, no table, file or solver."""
