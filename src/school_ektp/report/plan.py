"""The plan a user holds: problem and solution with their names, dates and words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.files import read_bytes, write_bytes, write_text
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.priorities import Priorities
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.model.worth import Worth
from school_ektp.model.zones import Zone
from school_ektp.planning import edit
from school_ektp.planning.build import Names
from school_ektp.planning.checker import Violation, evaluate, expectations, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import Expected, SiteVisit, Solution, Value
from school_ektp.report import frames, ical, json_io
from school_ektp.report.call_lists import CallSheet, call_lists
from school_ektp.report.geojson import geojson_text
from school_ektp.report.grid import grid_text
from school_ektp.report.left import LeftOut, left_out, too_young
from school_ektp.report.letters import (
    Member,
    Office,
    Papers,
    assignment_papers,
    call_sheet_papers,
    notice_papers,
)
from school_ektp.report.notebook import plan_html
from school_ektp.report.outlook import Outlook, outlook
from school_ektp.report.page import page_html
from school_ektp.report.remedies import Helps
from school_ektp.report.shown import Shown, shown
from school_ektp.report.simulated import Simulated
from school_ektp.report.summary import summary_text
from school_ektp.report.unkept import unkept
from school_ektp.report.views import coverage_by_sex
from school_ektp.report.workbook.plan_sheets import workbook_bytes
from school_ektp.report.worth_text import value_line, worth_lines
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.frames import AnyTable


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Plan:
    """
    Which team goes to which school on which day, how good that is, and who is left out.

    Attributes:
        schools: All schools given, by NPSN.
        demand: Their pupils, counted, by NPSN.
        teams: The teams, by name.
        calendar: The season.
        rules: What was asked of the plan.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What is expected to go wrong.
        problem: The same in integers.
        names: What the integers stand for.
        solution: The visits in integers.
        bound: Millionths of a pupil that no plan's value exceeds.
    """

    schools: tuple[School, ...]
    demand: tuple[SchoolDemand, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    worth: Worth
    risks: Risks
    problem: VisitProblem
    names: Names
    solution: Solution
    bound: int

    def __repr__(self) -> str:
        return (
            f"<Plan {self.calendar.first_day} to {self.calendar.last_day}:"
            f" {self.recorded} of {self.waiting} pupils in {self.team_days} team-days,"
            f" gap {self.gap:.1%}>"
        )

    def _repr_html_(self) -> str:
        return plan_html(self)

    # What it reaches

    @cached_property
    def value(self) -> Value:
        """What the plan is worth, as the checker counts it."""
        return evaluate(self.problem, self.solution)

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """What each visit is expected to bring, in the order of `visit_list`."""
        return expectations(self.problem, self.solution)

    @cached_property
    def shown(self) -> Shown:
        """Whole pupils of each visit and group; everything that is shown is a sum of them."""
        return shown(self)

    @cached_property
    def outlook(self) -> Outlook:
        """What comes of the plan in a thousand seasons."""
        return outlook(self)

    @cached_property
    def recorded(self) -> int:
        """Pupils expected to be recorded: the sum over the visits."""
        return sum(map(sum, self.shown.recorded))

    @cached_property
    def recorded_by_class(self) -> tuple[int, ...]:
        """The same for each priority class, in the order of `Names.priorities`."""
        found = [0] * len(self.names.priorities)
        for visit, counts in zip(self.solution.visits, self.shown.recorded, strict=True):
            for group, pupils in zip(self.problem.sites[visit.site].groups, counts, strict=True):
                found[group.priority] += pupils
        return tuple(found)

    @cached_property
    def waiting(self) -> int:
        """Pupils who wait on some day of the season, at schools with and without a location."""
        return sum(demand.on(self.calendar.last_day) for demand in self.demand)

    @property
    def team_days(self) -> int:
        """Days on which a team goes out, counted for each team."""
        return self.value.team_days

    @property
    def gap(self) -> float:
        """Share by which another plan can at most be worth more; 0 when none can."""
        more, worth = self.bound - self.value.total, self.value.total
        if more <= 0:
            return 0.0
        return more / worth if worth > 0 else math.inf

    @cached_property
    def recorded_before(self) -> int:
        """Pupils of the roster recorded before the season."""
        return sum(demand.recorded for demand in self.demand)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """
        Everything the plan breaks or could not keep.

        Empty unless it was edited by hand, or a pin, a floor or a date could not be kept.
        """
        return (*violations(self.problem, self.solution), *unkept(self))

    @cached_property
    def left(self) -> tuple[LeftOut, ...]:
        """Pupils left, by school and priority class, each with a reason found by trying."""
        return left_out(self)

    def why(self, site: str | None = None) -> tuple[LeftOut, ...]:
        """
        Return why pupils are left out, for each school and priority class.

        Besides `left` it tells of those who come of age only after the season.

        Args:
            site: NPSN of one school; all schools when None.

        Raises:
            InvalidFieldError: The plan has no demand of that school.
        """
        if site is not None and site not in {demand.npsn for demand in self.demand}:
            raise InvalidFieldError("Plan", "site", f"is not in this plan: {site!r}")
        found = (*self.left, *too_young(self))
        return tuple(one for one in found if site in (None, one.site))

    @cached_property
    def school_by_npsn(self) -> dict[str, School]:
        """Schools by their number."""
        return {school.npsn: school for school in self.schools}

    @cached_property
    def team_by_name(self) -> dict[str, Team]:
        """Teams by their name."""
        return {team.name: team for team in self.teams}

    # In frames

    @cached_property
    def visits(self) -> pl.DataFrame:
        """One row per visit, see `report.frames.VISITS`."""
        return frames.visits_frame(self)

    @cached_property
    def schedule(self) -> pl.DataFrame:
        """One row per team-day, see `report.frames.SCHEDULE`."""
        return frames.schedule_frame(self)

    @cached_property
    def left_out(self) -> pl.DataFrame:
        """One row per school with pupils left, see `report.frames.LEFT_OUT`."""
        return frames.left_out_frame(self)

    @cached_property
    def by_site(self) -> pl.DataFrame:
        """One row per school, see `report.frames.SCHOOLS`."""
        return frames.by_site_frame(self)

    @cached_property
    def visit_list(self) -> tuple[Visit, ...]:
        """The visits as objects, by day, team and start."""
        counts = zip(self.shown.called, self.shown.recorded, strict=True)
        return tuple(
            Visit(
                day=self.names.date(visit.day),
                team=self.names.teams[visit.team],
                site=self.names.sites[visit.site],
                arrive=visit.arrive,
                start=visit.start,
                end=visit.end,
                room=visit.room,
                called=sum(called),
                recorded=sum(recorded),
            )
            for visit, (called, recorded) in zip(self.solution.visits, counts, strict=True)
        )

    # In words

    def summary(self, lang: Lang = "id") -> str:
        """
        Return the plan in words.

        Who waits; what is expected and what nine seasons of ten reach, with how many visits and
        team-days; who is left for the office, by reason; how much more another plan can be
        worth; and what a visit, a team-day, driving and waiting count.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        return summary_text(self, lang)

    def worth_text(self, lang: Lang = "id") -> str:
        """
        Return the value of the plan as the sum of its parts, and every number that counts.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        said = check_lang(lang)
        return "\n".join([value_line(self, said), *worth_lines(self, said)])

    def grid(self, lang: Lang = "id") -> str:
        """
        Return teams × days as text, one block per week, each cell the pupils of a team-day.

        Days on which no visit can be made are told apart from free ones.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        return grid_text(self, lang)

    def to_csv(self, folder: Path | str) -> tuple[Path, ...]:
        """
        Write visits, schedule, schools and left-out as CSV (UTF-8) and return the files.

        Times of day are texts, and texts that a spreadsheet would run as a formula get an
        apostrophe; `to_parquet` keeps everything as it is.

        Args:
            folder: Made when missing; files of the same names are replaced.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return tuple(
            frames.csv_file(frame, folder, f"{name}.csv") for name, frame in self._tables.items()
        )

    def to_parquet(self, folder: Path | str) -> tuple[Path, ...]:
        """
        Write visits, schedule, schools and left-out as Parquet and return the files.

        Args:
            folder: Made when missing; files of the same names are replaced.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return tuple(
            frames.parquet_file(frame, folder, f"{name}.parquet")
            for name, frame in self._tables.items()
        )

    @property
    def _tables(self) -> dict[str, pl.DataFrame]:
        return {
            "visits": self.visits,
            "schedule": self.schedule,
            "by_site": self.by_site,
            "left_out": self.left_out,
        }

    def to_excel(
        self,
        file: Path | str,
        *,
        lang: Lang = "id",
        issues: AnyTable | None = None,
        roster: CheckedRoster | AnyTable | None = None,
        policy: EligibilityPolicy | None = None,
        residents_of: str | Collection[str] | None = None,
        school_sheets: bool | None = None,
        created: dt.date | None = None,
    ) -> Path:
        """
        Write the plan as a workbook to read, print, edit and bring back, and return the file.

        Args:
            file: Replaced when there.
            lang: ``"id"`` or ``"en"``.
            issues: What the check of the roster found, told on a sheet of its own; those of a
                checked *roster* when None.
            roster: The roster that the demand was counted from, for coverage by sex. Only counts
                of it are written.
            policy: As for the demand; the default policy when None.
            residents_of: As for the demand.
            school_sheets: Whether each visited school has a sheet of its own; when None, up to
                100 schools have.
            created: Date of making in the properties; the first day of the season when None, so
                that equal plans give equal files.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: Another language, or the roster is not the one of the plan.
            MissingExtraError: The extra ``excel`` is not installed.
        """
        said = check_lang(lang)
        checked = roster if isinstance(roster, CheckedRoster) else None
        rows = roster.valid if isinstance(roster, CheckedRoster) else roster
        if issues is None and checked is not None:
            issues = checked.issues_in(said)
        data = workbook_bytes(
            self,
            lang=said,
            issues=issues,
            sexes=() if rows is None else coverage_by_sex(self, rows, policy, residents_of),
            school_sheets=school_sheets,
            created=created,
        )
        return write_bytes(file, data)

    def to_html(
        self,
        file: Path | str,
        *,
        lang: Lang = "id",
        roster: CheckedRoster | AnyTable | None = None,
        policy: EligibilityPolicy | None = None,
        residents_of: str | Collection[str] | None = None,
        remedies: Iterable[Helps] = (),
        risk: Simulated | None = None,
        borders: Path | str | None = None,
    ) -> Path:
        """
        Write the report as one HTML file that needs no network, and return the file.

        Args:
            file: Replaced when there.
            lang: ``"id"`` or ``"en"``.
            roster: The roster that the demand was counted from, for coverage by sex; a checked
                one also tells what was read and refused. Only counts of it are written.
            policy: As for the demand; the default policy when None.
            residents_of: As for the demand.
            remedies: Verified changes, see `season.remedies.remedies`; without them the page
                tells what usually helps.
            risk: A simulation of your own, see `season.simulate.simulate`; `outlook` when None.
            borders: GeoJSON with the outlines of kecamatan; those of the sample regency when
                None and most schools lie there.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: Another language, or the roster is not the one of the plan.
            ReadError: *borders* is not GeoJSON with polygons.
            MissingExtraError: The extra ``report`` is not installed.
        """
        page = page_html(
            self,
            lang=lang,
            roster=roster,
            policy=policy,
            residents_of=residents_of,
            remedies=remedies,
            risk=risk,
            borders=borders,
        )
        return write_text(file, page)

    def to_json(self, file: Path | str) -> Path:
        """
        Write the plan as a JSON document that `from_json` reads back, and return the file.

        Args:
            file: Replaced when there; see the reference page on plans as JSON.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return write_text(file, json_io.plan_text(self))

    @classmethod
    def from_json(cls, file: Path | str) -> Plan:
        """
        Read a plan written by `to_json`; it equals the plan that was written.

        Raises:
            ReadError: Not such a document, of a later edition, or its parts do not fit together.
        """
        return json_io.plan_from_text(read_bytes(file), cls, Path(file).name)

    def to_geojson(self, file: Path | str) -> Path:
        """
        Write schools, bases and the route of each team-day as GeoJSON and return the file.

        Args:
            file: Replaced when there.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return write_text(file, geojson_text(self))

    def to_ical(
        self,
        file: Path | str,
        *,
        team: str | None = None,
        lang: Lang = "id",
        previous: Path | str | None = None,
        created: dt.datetime | None = None,
        zone: Zone | str | None = None,
    ) -> Path:
        """
        Write the visits as a calendar (.ics) and return the file.

        Args:
            file: Replaced when there.
            team: Only this team's visits; all teams when None.
            lang: ``"id"`` or ``"en"``.
            previous: The earlier calendar of all teams; may be the same file. Its entries are
                moved or cancelled, so that calendars that hold them follow the new plan.
            created: Time stamp of new and changed entries; the first day of the season when None.
            zone: Time zone of the schools: ``"WIB"``, ``"WITA"`` or ``"WIT"``; where they lie
                tells it when None.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: The plan has no such team, or another language or zone.
            ReadError: *previous* is not a calendar of this library.
            MissingExtraError: The extra ``calendar`` is not installed.
        """
        earlier = read_bytes(previous) if previous else None
        data = ical.calendar_bytes(
            self, team=team, lang=lang, previous=earlier, created=created, zone=zone
        )
        return write_bytes(file, data)

    def to_icals(
        self,
        folder: Path | str,
        *,
        lang: Lang = "id",
        previous: Path | str | None = None,
        created: dt.datetime | None = None,
        zone: Zone | str | None = None,
    ) -> tuple[Path, ...]:
        """
        Write a calendar of all teams, ``semua-tim.ics``, and one for each team.

        Args:
            folder: Made when missing; files of the same names are replaced.
            lang: ``"id"`` or ``"en"``.
            previous: Folder of the earlier calendars; may be the same, and may be new or empty.
                A team that the plan no longer has keeps its calendar, its visits cancelled.
            created: As in `to_ical`.
            zone: As in `to_ical`.

        Raises:
            WriteError: A file cannot be written; each is whole, the old or the new one.
            Others: As in `to_ical`.
        """
        return ical.write_calendars(
            self, folder, lang=lang, previous=previous, created=created, zone=zone
        )

    # For schools and teams

    def call_sheets(
        self,
        roster: AnyTable,
        *,
        policy: EligibilityPolicy | None = None,
        priorities: Priorities | None = None,
        residents_of: str | Collection[str] | None = None,
        on: dt.date | None = None,
        mask: bool = True,
        rooms: Mapping[str, str] | None = None,
        roster_changed: bool = False,
    ) -> tuple[CallSheet, ...]:
        """
        Return the pupils called to each visit, by name: personal data, asked for by this call.

        Print them with `call_sheet_papers`.

        Args:
            roster: The roster whose pupils were counted for the plan.
            policy: As it was given to the demand.
            priorities: As it was given to the demand.
            residents_of: As it was given to the demand.
            on: As it was given to the demand: the day the roster is of.
            mask: Show four digits of a NIK only.
            rooms: Where in the school, by NPSN.
            roster_changed: The roster is newer than the plan, so do not warn when it differs.
        """
        return call_lists(
            self,
            roster,
            policy=policy,
            priorities=priorities,
            residents_of=residents_of,
            on=on,
            mask=mask,
            rooms=rooms,
            roster_changed=roster_changed,
        )

    def call_sheet_papers(
        self,
        sheets: Sequence[CallSheet],
        *,
        lang: Lang = "id",
        templates: Path | str | None = None,
    ) -> Papers:
        """
        Return call sheets ready to be printed, one page or more for each visit.

        Args:
            sheets: From `call_sheets`, all or some of them.
            lang: ``"id"`` or ``"en"``.
            templates: Folder with the office's own templates.

        Raises:
            MissingExtraError: The extra ``report`` is not installed.
        """
        created = self.calendar.first_day
        return call_sheet_papers(sheets, created=created, lang=lang, templates=templates)

    def notices(
        self,
        office: Office,
        *,
        on: dt.date,
        number: str = "",
        sheets: Iterable[CallSheet] = (),
        lang: Lang = "id",
        templates: Path | str | None = None,
    ) -> Papers:
        """
        Return a notice to each school that is visited (surat pemberitahuan), by NPSN.

        Args:
            office: Who writes.
            on: Date of the letters.
            number: Their number; left to be filled in when empty.
            sheets: Call sheets, to tell when each class comes; no pupil is named.
            lang: ``"id"`` or ``"en"``.
            templates: Folder with the office's own templates.

        Raises:
            MissingExtraError: The extra ``report`` is not installed.
        """
        return notice_papers(
            self, office, on=on, number=number, sheets=sheets, lang=lang, templates=templates
        )

    def assignments(
        self,
        office: Office,
        *,
        on: dt.date,
        number: str = "",
        members: Mapping[str, Iterable[Member]] | None = None,
        lang: Lang = "id",
        templates: Path | str | None = None,
    ) -> Papers:
        """
        Return a letter of assignment to each team that goes out (surat tugas).

        Args:
            office: Who writes.
            on: Date of the letters.
            number: Their number; left to be filled in when empty.
            members: Who is in each team; lines to be filled in by hand when None.
            lang: ``"id"`` or ``"en"``.
            templates: Folder with the office's own templates.

        Raises:
            InvalidFieldError: Members of a team that the plan does not have.
            MissingExtraError: The extra ``report`` is not installed.
        """
        return assignment_papers(
            self, office, on=on, number=number, members=members, lang=lang, templates=templates
        )

    # By hand

    def with_visit(self, *, team: str, day: dt.date, site: str, pupils: int | None = None) -> Plan:
        """
        Return the plan with one visit more, at the time of the day at which it has most room.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.
            pupils: Room for at most this many; for all who wait when None.

        Returns:
            A new plan; `violations` tells which rules it breaks.

        Raises:
            InvalidFieldError: An unknown team, school or day; nobody waits; there is no place.
        """
        who, number, place = self._numbers(team, day, site)
        changed = edit.with_visit(
            self.problem, self.solution, team=who, day=number, site=place, most=pupils
        )
        return self._changed(changed, f"{team} at {site} on {day}")

    def without_visit(self, *, team: str, day: dt.date, site: str) -> Plan:
        """
        Return the plan without a visit; its pupils wait again.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.

        Raises:
            InvalidFieldError: The plan holds no such visit.
        """
        visit = self._visit(team, day, site)
        return attrs.evolve(self, solution=edit.without_visit(self.problem, self.solution, visit))

    def moved(
        self,
        *,
        team: str,
        day: dt.date,
        site: str,
        to_day: dt.date | None = None,
        to_team: str | None = None,
    ) -> Plan:
        """
        Return the plan with a visit moved to another day, another team, or both.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.
            to_day: The new date; the same when None.
            to_team: The new team; the same when None.

        Raises:
            InvalidFieldError: No such visit, or it has no place on the new day.
        """
        visit = self._visit(team, day, site)
        who, number, _ = self._numbers(to_team or team, to_day or day, site)
        changed = edit.moved(self.problem, self.solution, visit, team=who, day=number)
        return self._changed(changed, f"{to_team or team} at {site} on {to_day or day}")

    def _changed(self, solution: Solution | None, what: str) -> Plan:
        if solution is None:
            fault = f"no place for {what}: no session and time in which a waiting pupil fits"
            raise InvalidFieldError("Plan", "visit", fault)
        return attrs.evolve(self, solution=solution)

    def _numbers(self, team: str, day: dt.date, site: str) -> tuple[int, int, int]:
        known = {"team": self.names.teams, "site": self.names.sites}
        for name, value in (("team", team), ("site", site)):
            if value not in known[name]:
                raise InvalidFieldError("Plan", name, f"is not in this plan: {value!r}")
        if day not in self.calendar.span:
            raise InvalidFieldError("Plan", "day", f"must lie in the season, got {day}")
        who, place = self.names.teams.index(team), self.names.sites.index(site)
        return who, self.calendar.day_number(day), place

    def _visit(self, team: str, day: dt.date, site: str) -> SiteVisit:
        numbers = self._numbers(team, day, site)
        for visit in self.solution.visits:
            if (visit.team, visit.day, visit.site) == numbers:
                return visit
        raise InvalidFieldError("Plan", "visit", f"is not planned: {team} at {site} on {day}")
