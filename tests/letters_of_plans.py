"""An invented office and its papers."""

from __future__ import annotations

import datetime as dt

from school_ektp.report.letters.papers import Office

OFFICE = Office(
    region="Kabupaten Rejang Lebong",
    address="Jalan Contoh 1",
    place="Curup",
    signer="Kepala Contoh",
)


ON = dt.date(2024, 9, 3)


def all_papers(plan, sheets, **options):
    return (
        plan.call_sheet_papers(sheets, **options),
        plan.notices(OFFICE, on=ON, sheets=sheets, **options),
        plan.assignments(OFFICE, on=ON, **options),
    )
