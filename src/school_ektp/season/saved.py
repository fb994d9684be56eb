"""
A season kept as one JSON document, without names.

Pupils known by key are in it by their key; names are joined from the roster when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from school_ektp.errors import ReadError
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.visit import PinnedVisit, Visit
from school_ektp.model.worth import Worth
from school_ektp.plan.codec import Hint
from school_ektp.plan.data import P, PlanData
from school_ektp.plan.document import DocumentKind
from school_ektp.plan.misfits import in_short, misfits
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.ledger import Ledger
from school_ektp.season.rates import RateKey, Trust
from school_ektp.season.rosters import CountedRoster, KnownPupil

#: Edition of the documents written. A member with a default does not raise it; whoever renames or
#: removes one keeps a reader for the edition before.
VERSION = 1
SEASON_FORMAT = "school_ektp season"


@attrs.frozen(kw_only=True)
class SeasonRest:
    """All that a `Season` holds beside its two plans, in fields of the same names."""

    rosters: tuple[CountedRoster, ...]
    ledger: Ledger = attrs.field(factory=Ledger)
    people: tuple[KnownPupil, ...] = ()
    past: tuple[Visit, ...] = ()
    before: tuple[Visit, ...] = ()
    schools: tuple[School, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    worth: Worth
    risks: Risks
    trust: Trust = attrs.field(factory=Trust)
    overruled: tuple[tuple[RateKey, float], ...] = ()
    told: tuple[SeasonIssue, ...] = ()
    unkept: tuple[PinnedVisit, ...] = ()
    pauses: tuple[DaySpan, ...] = ()
    former_schools: tuple[School, ...] = ()
    former_teams: tuple[Team, ...] = ()


#: Names of its fields.
REST = tuple(field.name for field in attrs.fields(SeasonRest))


def season_document(kind: Hint) -> DocumentKind:
    """Return the kind of document of seasons whose plans are of a class."""
    members = {"begun": kind, "plan": kind, "season": SeasonRest}
    return DocumentKind(SEASON_FORMAT, VERSION, members, otherwise="save the season again")


def season_parts(
    text: str | bytes, kind: type[P], source: str = "the text"
) -> tuple[P, P, SeasonRest]:
    """
    Return the two plans of a season that `SeasonData.text` wrote, and the rest of it.

    Args:
        text: The document.
        kind: The class of its plans.
        source: What messages call it, such as the name of the file.

    Raises:
        ReadError: Not such a document, of another edition, damaged, or its parts do not fit
            together.
    """
    begun, plan, rest = season_document(kind).values(text, source)
    if faults := [*_misfits(begun, plan, rest)]:
        raise ReadError(source, in_short(faults))
    return begun, plan, rest


def _misfits(begun: PlanData, plan: PlanData, rest: SeasonRest) -> Iterator[str]:
    unsound = False
    for name, one in (("begun", begun), ("plan", plan)):
        for fault in misfits(one):
            unsound = True
            yield f"{name}: {fault}"
    if not rest.rosters:
        yield "rosters: there is none"
    if any(one.on >= other.on for one, other in pairwise(rest.rosters)):
        yield "rosters: not in the order of their days"
    if unsound:
        return
    known = {school.npsn for school in (*begun.schools, *rest.former_schools, *rest.schools)}
    reported = {one.site for one in rest.ledger.outcomes} | {one.site for one in rest.ledger.office}
    visited = {visit.site for visit in (*rest.past, *plan.visit_list)}
    counted = {one.npsn for roster in rest.rosters for one in roster.demand}
    for what, sites in (("ledger", reported - {""}), ("visits", visited), ("rosters", counted)):
        if missing := len(sites - known):
            yield f"{what}: {missing} schools have no entry"
