"""The public calls that take a roster, each as a function of it; what they return compares."""

from __future__ import annotations

import datetime as dt

import school_ektp as ek
from school_ektp.roster.schema import REGISTER, ROSTER

ON, LAST = dt.date(2024, 9, 3), dt.date(2024, 10, 3)
SPAN = {"first_day": ON, "last_day": LAST}
NOBODY, NO_REGISTER = ROSTER.to_frame(), REGISTER.to_frame()


class Minimal:
    """A table of which nothing is known but that it speaks Arrow; read once, as a stream is."""

    def __init__(self, table):
        self._tables = [table]

    def __arrow_c_stream__(self, requested_schema=None):
        return self._tables.pop().__arrow_c_stream__(requested_schema)


DOORS = {
    "check_roster": lambda rows: ek.check_roster(rows, schools=None, on=ON).valid,
    "demand_of": lambda rows: ek.demand_of(rows, by_class=True, residents_of="17.02"),
    "waiting_by_day": lambda rows: ek.counts.waiting_by_day(rows, **SPAN),
    "waiting_on": lambda rows: ek.counts.waiting_on(rows, on=ON),
    "status_counts": lambda rows: ek.counts.status_counts(rows, on=ON),
    "coverage_counts": lambda rows: ek.counts.coverage_counts(rows, on=ON, by=["npsn"]),
    "coverage_of": lambda rows: ek.counts.coverage_of(rows, on=ON, denominator="RECORDABLE"),
    "opening_counts": lambda rows: ek.registry.opening_counts(rows, **SPAN),
    "opening_list": lambda rows: ek.registry.opening_list(rows, **SPAN, named=True),
    "print_list": lambda rows: ek.registry.print_list(rows, **SPAN, named=True),
    "polling_list": lambda rows: ek.registry.polling_list(rows, polling_day=LAST),
    "july_cohorts": lambda rows: ek.registry.july_cohorts(rows, first_year=2024),
    "birth_date_heaping": ek.intake.birth_date_heaping,
    "with_nik_checks": ek.registry.with_nik_checks,
    "without_recorded": lambda rows: ek.registry.without_recorded(rows, NOBODY),
    "recorded": lambda rows: ek.registry.without_recorded(NOBODY, rows),
    "match_register": lambda rows: ek.match_register(rows, NO_REGISTER).matches,
    "to_students": lambda rows: ek.intake.to_students(rows)[:3],
}
