"""The places in which a pupil of a season can be."""

from __future__ import annotations

from school_ektp.model.outcome import Result

#: Places in which a pupil can be, each pupil in one.
PLACES = (
    "recorded_before",  # before the season
    "set_aside",  # nobody waits for them here: registered elsewhere, birth date unknown
    "recorded",  # at visits
    "at_office",  # recorded without a visit
    "presumed",  # at visits whose outcome nobody has reported yet, as many as were expected
    "already_recorded",  # reported at a visit: recorded before or elsewhere
    "elsewhere",  # reported at a visit: registered in another regency
    "stayed_away",  # waiting; were called and did not come
    "waiting",  # waiting; never called
    "too_young",  # not of age yet
)
#: How pupils come in and go out, beside those of the first roster.
MOVES = ("joined", "outside", "left")
#: Where pupils go of whom a visit tells this.
LEAVING = {
    Result.RECORDED: "recorded",
    Result.ALREADY_RECORDED: "already_recorded",
    Result.ELSEWHERE: "elsewhere",
}
#: Places of pupils who are recorded, since the season began.
RECORDED = frozenset({"recorded", "at_office", "presumed", "already_recorded"})
#: Places that only a season knows.
IN_SEASON = (*LEAVING.values(), "at_office", "presumed")
