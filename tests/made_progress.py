"""How far seasons have come: one by hand, and drawn ones."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from school_ektp.model.achieved import Achieved, AtDate, SeasonProgress, SiteProgress, TeamProgress

MONDAY = dt.date(2024, 9, 9)


def progress(sites: dict[tuple[str, str], Achieved], **changes: object) -> SeasonProgress:
    """Return progress of schools by kecamatan and name, three weeks into a season of five."""
    usual: dict[str, object] = {
        "on": MONDAY + dt.timedelta(days=21),
        "since": MONDAY + dt.timedelta(days=7),
        "last_day": MONDAY + dt.timedelta(days=34),
        "dates": tuple(
            AtDate(
                day=MONDAY + dt.timedelta(days=n),
                due=500,
                planned=10 * n,
                recorded=9 * n if n < 21 else None,
                expected=9 * n,
                low=9 * n - (n > 20),
                high=9 * n + (n > 20),
            )
            for n in range(35)
        ),
        "sites": tuple(
            SiteProgress(site=f"1070{n:04}", name=name, kecamatan=kecamatan, achieved=one)
            for n, ((kecamatan, name), one) in enumerate(sites.items())
        ),
        "classes": (),
        "teams": (
            TeamProgress(
                team="Tim 1", visits=7, failed=1, team_days=5, called=200, came=170,
                recorded=168, expected=175,
            ),
        ),
        "low": 300,
        "high": 380,
    }  # fmt: skip
    return SeasonProgress(**(usual | changes))  # type: ignore[arg-type]


USUAL = {
    ("Curup", "SMAN 1"): Achieved(before=60, recorded=30, waiting=12, later=8, planned=80),
    ("Curup", "SMAN 2"): Achieved(before=40, recorded=20, stayed_away=10, to_come=8),
    ("Sindang", "SMAN 3"): Achieved(before=50, recorded=35, waiting=15),
}


counts = st.integers(0, 12) | st.integers(13, 80)


achieved = st.builds(
    Achieved,
    before=counts,
    recorded=counts,
    presumed=st.just(0) | counts,
    waiting=counts,
    later=counts,
    outside=st.integers(0, 6),
)


seasons = st.dictionaries(
    st.tuples(st.sampled_from(["Curup", "Sindang", ""]), st.sampled_from(["A", "B", "C"])),
    achieved,
    min_size=1,
    max_size=6,
)
