"""One visit of which the outcome is known, as it is played."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from school_ektp.model.outcome import Outcome, Result
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.season.board import Board
from school_ektp.season.calls import Call
from school_ektp.season.line import Queue
from school_ektp.season.pupil_places import LEAVING


@attrs.define
class _Part:
    """One class of a visit, or the whole of it: who was called, and what came of them."""

    outcome: Outcome
    queues: list[Queue]
    waiting: int
    fresh: int
    likely: float
    came: int = 0
    absent: int = 0
    first: list[bool] = attrs.field(factory=list)  # pupils known by key who came: never called
    away: list[bool] = attrs.field(factory=list)  # likewise those who did not come


class PlayedVisit:
    """One visit of which the outcome is known, as it is played."""

    def __init__(self, board: Board, outcomes: Sequence[Outcome], visit: Visit | None) -> None:
        self.board, self.outcomes, self.visit = board, outcomes, visit
        self.day, self.team, self.site = outcomes[0].visit
        self.parts = [self._part(one) for one in outcomes if one.held]

    def _part(self, outcome: Outcome) -> _Part:
        day, rates = self.day, self.board.line(self.site).rates
        queues = self.board.called(self.site, day, outcome.class_name)
        return _Part(
            outcome,
            queues,
            waiting=sum(queue.waiting(day) for queue in queues),
            fresh=sum(queue.fresh(day) for queue in queues),
            likely=sum(queue.likely(day, rates) for queue in queues),
        )

    def leave(self) -> None:
        """Let those leave who were recorded, or need not wait here."""
        for part in self.parts:
            self._leave(part)

    def _leave(self, part: _Part) -> None:
        board, day, site, one = self.board, self.day, self.site, part.outcome
        counts = {result: getattr(one, result.value.lower()) for result in LEAVING}
        twice = 0
        for pupil in one.pupils:
            if pupil.result is Result.ABSENT:
                continue
            if pupil.key in board.gone:
                twice += 1
                counts[pupil.result] = counts.get(pupil.result, 1) - 1
                continue
            part.first.append(not board.times[pupil.key])
            place = LEAVING.get(pupil.result)
            if place is not None and board.depart_known(site, place, day, pupil.key):
                counts[pupil.result] -= 1
            if place is not None:
                board.gone.add(pupil.key)
        if twice:
            board.note("recorded_twice", day, self.team, site, amount=twice)
        walked_in = min(one.walk_ins, counts[Result.RECORDED])
        counts[Result.RECORDED] -= walked_in
        board.places[site, "outside"] += walked_in
        board.places[site, "recorded"] += walked_in
        for result, place in LEAVING.items():
            over = board.depart(site, place, day, counts[result], part.queues)
            board.outside(site, place, day, over, team=self.team, class_name=one.class_name)
        part.came = max(one.came - one.walk_ins - twice, 0)
        board.stay(site, day, one.failed + one.under_age, part.queues)

    def stay_away(self) -> None:
        """Let those stay away once more who were called and did not come."""
        board, day, site = self.board, self.day, self.site
        for part in self.parts:
            away = [p.key for p in part.outcome.pupils if p.result is Result.ABSENT]
            away = [key for key in away if key not in board.gone]
            first = [not board.times[key] for key in away]
            known = [board.stay_away_known(site, day, key) for key in away]
            part.away = first
            more = self._absent(part) - sum(known)
            part.absent = sum(known) + board.stay_away(site, day, more, part.queues)

    def _absent(self, part: _Part) -> int:
        if part.outcome.absent is not None:
            return part.outcome.absent
        unseen = sum(self.board.unseen(self.day, part.queues))
        share = (1 - self.board.risks.never) * part.likely / max(part.waiting, 1)
        if not self.full or not share:
            return unseen
        return min(unseen, round(part.came * (1 - share) / share))

    @property
    def full(self) -> bool:
        """Whether its room may have ended the visit, and nobody counted the absent."""
        counted = all(part.outcome.absent is not None for part in self.parts)
        came = sum(part.came for part in self.parts)
        return not counted and self.visit is not None and came >= self.visit.room

    def call(self) -> Call | None:
        """Return the visit as evidence of rates; None for a team that the plan does not have."""
        board, team = self.board, self.board.teams.get(self.team)
        if team is None:
            return None
        school = board.schools[self.site]
        first = again = came = 0
        for part in self.parts:
            called = min(part.came + part.absent, part.waiting)
            mine = round(part.fresh * called / part.waiting) if part.waiting else 0
            first, again = first + mine, again + called - mine
            came += min(part.came, called)
        first_came, again_came = self._known()
        if first_came is not None and again_came is not None:
            first = first_came + sum(sum(part.away) for part in self.parts)
            again = again_came + sum(len(part.away) - sum(part.away) for part in self.parts)
            came = first_came + again_came
        return Call(
            day=self.day,
            team=self.team,
            site=self.site,
            level=school.level,
            planned=self.visit is not None,
            held=bool(self.parts),
            reason="" if self.parts else self.outcomes[0].cancelled,
            first=first,
            again=again,
            came=came,
            first_came=first_came,
            again_came=again_came,
            recorded=sum(one.recorded for one in self.outcomes),
            failed=sum(one.failed for one in self.outcomes),
            walk_ins=sum(one.walk_ins for one in self.outcomes),
            full=self.full,
            expected=self.visit.recorded if self.visit else None,
            minutes=self._minutes(team),
            kits=team.kits_on(self.day),
            pupil_minutes=team.pupil_minutes(school),
        )

    def _known(self) -> tuple[int | None, int | None]:
        """Return who came for the first time and again, if everybody is known by key."""
        for part in self.parts:
            one = part.outcome
            if one.absent is None or len(one.pupils) != one.came + one.absent or one.walk_ins:
                return None, None
        firsts = sum(sum(part.first) for part in self.parts)
        return firsts, sum(len(part.first) for part in self.parts) - firsts

    def _minutes(self, team: Team) -> int | None:
        """Return the minutes it took; None where nobody noted them, or the plan was copied."""
        starts = [part.outcome.start for part in self.parts if part.outcome.start is not None]
        ends = [part.outcome.end for part in self.parts if part.outcome.end is not None]
        if not self.parts or len(starts) < len(self.parts) or len(ends) < len(self.parts):
            return None
        start, end = min(starts), max(ends)
        if self.visit is not None and (start, end) == (self.visit.start, self.visit.end):
            return None
        pauses = [one.window for one in team.breaks if one.falls_on(self.day)]
        return end - start - sum(max(min(end, p.end) - max(start, p.start), 0) for p in pauses)
