"""Visits as evidence of rates: one by hand, one that failed, and drawn ones."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import strategies as st

from school_ektp.model.risks import Risks
from school_ektp.model.school import Location, SchoolLevel
from school_ektp.model.team import Team
from school_ektp.season.calls import Call
from school_ektp.season.learnt import learn

MONDAY = dt.date(2024, 9, 9)
SCHOOLS = tuple(f"1070000{number}" for number in range(1, 10))
RISKS = Risks()
TEAMS = tuple(Team(name=name, base=Location(-3.47, 102.52)) for name in ("Tim 1", "Tim 2"))


def call(number: int = 0, **changes: object) -> Call:
    """Return a visit of 40 first calls, of whom 34 came, on a day of its own."""
    usual: dict[str, object] = {
        "day": MONDAY + dt.timedelta(days=number),
        "team": "Tim 1",
        "site": SCHOOLS[number % len(SCHOOLS)],
        "level": SchoolLevel.SMA,
        "planned": True,
        "held": True,
        "first": 40,
        "came": 34,
        "recorded": 34,
        "kits": 2,
    }
    return Call(**(usual | changes))  # type: ignore[arg-type]


def failed(number: int = 0, reason: str = "", **changes: object) -> Call:
    return call(number, held=False, reason=reason, first=0, came=0, recorded=0, **changes)


def learnt(calls: list[Call], **changes: object):
    given_too = {"risks": RISKS, "teams": TEAMS} | changes
    return learn(calls, **given_too)  # type: ignore[arg-type]


@st.composite
def some_calls(draw: st.DrawFn) -> Call:
    """Draw a visit, held or not, with a few pupils and perhaps its minutes."""
    held = draw(st.booleans())
    first, again = draw(st.integers(0, 60)), draw(st.integers(0, 20))
    came = draw(st.integers(0, first + again))
    level = draw(st.sampled_from([SchoolLevel.SMA, SchoolLevel.SLB]))
    where = {
        "team": draw(st.sampled_from(["Tim 1", "Tim 2"])),
        "site": draw(st.sampled_from(SCHOOLS)),
        "level": level,
        "planned": draw(st.booleans()),
    }
    number = draw(st.integers(0, 20))
    if not held:
        reason = draw(st.sampled_from(["", "mobil rusak", "listrik padam", "sistem pusat mati"]))
        return failed(number, reason, **where)
    later = min(draw(st.integers(0, again)), came)
    by_call = came - later <= first and draw(st.booleans())
    return call(
        number,
        **where,
        first=first,
        again=again,
        came=came,
        recorded=came,
        first_came=came - later if by_call else None,
        again_came=later if by_call else None,
        walk_ins=0,
        full=draw(st.booleans()),
        minutes=draw(st.none() | st.integers(30, 300)),
        pupil_minutes=25 if level is SchoolLevel.SLB else 5,
    )


seasons = st.lists(some_calls(), max_size=12)


def timed(rng: random.Random, count: int, *, pace: float, fixed: float, **changes: object):
    """Draw visits of two kits with minutes of their own for each pupil."""
    calls = []
    for number in range(count):
        came = rng.randint(6, 60)
        minutes = fixed + pace * came / 2 + rng.gauss(0, 4)
        made = {"first": 60, "came": came, "recorded": came, "minutes": round(minutes)}
        calls.append(call(number, **(made | changes)))
    return calls
