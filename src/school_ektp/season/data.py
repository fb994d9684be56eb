"""All that is known of a season, as data: what was planned, what happened, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Generic

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.files import write_text
from school_ektp.model import arguments
from school_ektp.model.achieved import SeasonProgress
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.outcome import Result
from school_ektp.model.risks import Risks
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.plan.comparison import Comparison, compare_visits
from school_ektp.plan.data import P
from school_ektp.roster.frames import AnyTable, frame_of
from school_ektp.season.account import SeasonAccount, season_account
from school_ektp.season.calls import Call
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.learnt import Learnt
from school_ektp.season.learnt import learn as learn_rates
from school_ektp.season.ledger import Ledger
from school_ektp.season.past import Past
from school_ektp.season.progress import FORTNIGHT, season_progress
from school_ektp.season.progress import before as happened_before
from school_ektp.season.rates import RateName
from school_ektp.season.resumed import resumed
from school_ektp.season.saved import REST, SeasonRest, season_document
from school_ektp.season.standing import Standing, standing


@attrs.frozen
class _Known:
    """What a season is played with."""

    schools: tuple[School, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    risks: Risks


@attrs.frozen(kw_only=True, repr=False)
class SeasonData(SeasonRest, Generic[P]):
    """
    All that is known of a season: what was planned, what happened, and what follows from both.

    Attributes:
        begun: The plan it began with.
        plan: What is planned now, from `today` on.
        rosters: The first roster, counted, and those that came later, by day.
        ledger: What happened, as far as it was reported.
        people: Where pupils known by key waited, by key.
        past: Visits as they stood when their day came.
        before: Visits that the plan before the last planning had from `today` on.
        schools: All schools, as they are known now; the next planning takes them, and the
            `teams`, `calendar`, `rules`, `worth` and `risks` below.
        teams: The teams, with the minutes that are believed before anything is learnt.
        calendar: The season's days.
        rules: What is asked.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What is believed to go wrong before anything is learnt.
        trust: How many calls, visits and days what is believed weighs against what is learnt.
        overruled: Rates that somebody set, against what is learnt.
        told: About the records themselves: corrected, in doubt, not taken.
        unkept: Pinned visits of the rules that the plan could not keep.
        pauses: Days on which no team goes out, whichever teams there are.
        former_schools: Schools that are in no roster any more, beside those it began with.
        former_teams: Teams that left, beside those it began with.
    """

    begun: P
    plan: P

    def __repr__(self) -> str:
        return (
            f"<Season on {self.today}: visits reported {len(self.ledger.visits)},"
            f" planned {len(self.plan.visit_list)}>"
        )

    @property
    def today(self) -> dt.date:
        """The first day that can still be planned, as of the last planning."""
        return self.plan.names.date(self.plan.problem.today)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Planned visits of the whole season: the past ones, then those planned now."""
        return (*self.past, *self.plan.visit_list)

    @cached_property
    def standing(self) -> Standing:
        """Where the season stands, with everything that was reported."""
        return self._standing(self.today, self.visits)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Visits with known outcomes, as evidence for rates."""
        return self.standing.calls

    @property
    def issues(self) -> tuple[SeasonIssue, ...]:
        """What there is to report of the records, and of the days gone by."""
        return self._named((*self.told, *self.standing.issues))

    def _named(self, issues: Iterable[SeasonIssue]) -> tuple[SeasonIssue, ...]:
        """Return issues with the names of their schools."""
        names = {one.npsn: one.name for one in self._known.schools}
        return tuple(attrs.evolve(one, school=names.get(one.site, "")) for one in issues)

    @cached_property
    def account(self) -> SeasonAccount:
        """Where every pupil is, and what became of every visit."""
        history = compare_visits(self.begun.visit_list, self.visits)
        return season_account(self.standing, history, self.ledger)

    @cached_property
    def changes(self) -> Comparison:
        """What the last planning moved, added and dropped, by school."""
        return compare_visits(self.before, self.plan.visit_list)

    @cached_property
    def learnt(self) -> Learnt:
        """Rates as the outcomes teach them, beginning from those believed."""
        return self._learnt(self.standing)

    def _learnt(self, where: Standing) -> Learnt:
        return learn_rates(
            where.calls,
            risks=self.risks,
            teams=self.teams,
            trust=self.trust,
            overruled=self.overruled,
        )

    @arguments.checked
    def progress(
        self, *, on: dt.date | None = None, since: dt.date | None = None
    ) -> SeasonProgress:
        """
        Return target against actual: by date, school, class, team and kecamatan.

        `progress_tables` makes frames of it, `Plan.to_html` and `fortnight_page` pages.

        Args:
            on: The morning of the day; what happened before it counts. When None, `today`, or the
                day after the last outcome if that is later.
            since: First day of those that are reported; when None, a fortnight before *on*, but
                not before the season.

        Raises:
            InvalidFieldError: *on* is before `today`, or *since* after *on*.
        """
        days = [one.day for one in self.ledger.outcomes] + [one.day for one in self.ledger.office]
        day = on or max([self.today, *(one + dt.timedelta(days=1) for one in days)])
        if day < self.today:
            owner = "Season.progress"
            fault = f"must not be before {self.today}, the day planned from last, got {day}"
            raise InvalidFieldError(owner, "on", fault)
        first = since or max(day - dt.timedelta(days=FORTNIGHT), self.calendar.first_day)
        past, _ = self._split(day)
        ledger, earlier = (happened_before(self.ledger, one) for one in (day, first))
        where = self._standing(day, past, ledger)
        known = [one for one in self.rosters[1:] if one.on <= day]
        return season_progress(
            self.begun,
            self.plan if day == self.today else resumed(self.plan, where),
            where=where,
            ledger=ledger,
            since=first,
            earlier=self._standing(first, past, earlier),
            roster=[self.rosters[0], *known][-1].demand,
            walk_ins=self._walk_ins(where),
        )

    def _walk_ins(self, where: Standing) -> float:
        """Return who walks in at a visit, at the rate learnt; nobody before anything is seen."""
        if not any(call.held for call in where.calls) and not self.overruled:
            return 0.0
        return self._learnt(where).rate(RateName.WALK_INS).value if self.teams else 0.0

    def marked(self, roster: AnyTable) -> pl.DataFrame:
        """
        Return the roster with the pupils known by key who were recorded meanwhile marked so.

        Call sheets of the plan of now are made from it, with ``roster_changed=True``. Those that
        were only counted cannot be marked.

        Args:
            roster: The roster whose keys were reported.

        Returns:
            The same rows; ``recorded`` is true and ``recorded_on`` the day, where it is known.
        """
        days = {
            pupil.key: one.day
            for one in reversed(self.ledger.outcomes)
            for pupil in one.pupils
            if pupil.result in (Result.RECORDED, Result.ALREADY_RECORDED)
        } | {key: one.day for one in reversed(self.ledger.office) for key in one.pupils}
        recorded_on = pl.col("student_id").replace_strict(
            list(days), list(days.values()), default=None, return_dtype=pl.Date
        )
        frame = frame_of(roster, "roster", needed=("student_id", "recorded")).lazy()
        marks = [(pl.col("recorded") | recorded_on.is_not_null()).alias("recorded")]
        if "recorded_on" in frame.collect_schema():
            marks.append(pl.coalesce("recorded_on", recorded_on).alias("recorded_on"))
        return frame.with_columns(marks).collect()

    @property
    def text(self) -> str:
        """The season as a JSON document without names; equal seasons give equal texts."""
        rest = SeasonRest(**{name: getattr(self, name) for name in REST})
        return season_document(type(self.plan)).text(self.begun, self.plan, rest)

    def save(self, file: Path | str) -> Path:
        """
        Write the season as a JSON document that `read_season` reads back, and return the file.

        It holds no names. Pupils known by key are in it by their key, which is NISN or NIK in most
        rosters: keep it as you keep the roster.

        Args:
            file: Replaced when there, whole or not at all.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return write_text(file, self.text)

    def _split(self, on: dt.date) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
        """
        Return the visits that are past on the morning of *on*, and those to come.

        Past is what was reported, too, and the rest of a day on which the team has been out. A
        visit of a day to come whose report was withdrawn is to come again.
        """
        reported, out = self.ledger.visits, self.ledger.team_days
        coming = [
            visit
            for visit in self.visits
            if visit.day >= on
            and (visit.day, visit.team, visit.site) not in reported
            and (visit.day, visit.team) not in out
        ]
        to_come = {*coming}
        return tuple(visit for visit in self.visits if visit not in to_come), tuple(coming)

    def _standing(
        self, on: dt.date, visits: Iterable[Visit], ledger: Ledger | None = None
    ) -> Standing:
        return standing(
            self._known,
            self.rosters,
            self.ledger if ledger is None else ledger,
            visits,
            on=on,
            people=self.people,
            past=Past.of(self.begun.problem, self.begun.names),
        )

    @property
    def _known(self) -> _Known:
        """The schools and teams of now, and those that were there before."""
        every = (*self.begun.schools, *self.former_schools, *self.schools)
        schools = {one.npsn: one for one in every}
        teams = {one.name: one for one in (*self.begun.teams, *self.former_teams, *self.teams)}
        return _Known(tuple(schools.values()), tuple(teams.values()), self.calendar, self.risks)
