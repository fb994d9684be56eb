"""The plan a user holds: problem and solution with their names, dates and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

import attrs
import polars as pl

from school_ektp.files import read_bytes, write_bytes, write_text
from school_ektp.model import arguments
from school_ektp.model.achieved import SeasonProgress
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.priorities import Priorities
from school_ektp.model.small_cells import FEWEST
from school_ektp.model.zones import Zone
from school_ektp.plan.comparison import Comparison
from school_ektp.plan.coverage import coverage_by_sex
from school_ektp.plan.data import PlanData
from school_ektp.plan.remedy import Remedy
from school_ektp.plan.simulation import Simulation
from school_ektp.report.excel.plan_sheets import workbook_bytes
from school_ektp.report.excel.read_folder import Returned, read_outcomes
from school_ektp.report.exchange import ical, plan_json
from school_ektp.report.exchange.geojson import geojson_text
from school_ektp.report.grid_text import grid_text
from school_ektp.report.html.notebook import plan_html
from school_ektp.report.html.page import page_html
from school_ektp.report.letters.call_sheets import CallSheet, call_lists
from school_ektp.report.letters.papers import (
    Member,
    Office,
    Papers,
    assignment_papers,
    call_sheet_papers,
    change_papers,
    notice_papers,
)
from school_ektp.report.plan_text import value_line, violation_text, worth_lines
from school_ektp.report.summary import summary_text
from school_ektp.report.tables import csv_file, parquet_file, tables_for_others
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.frames import AnyTable
from school_ektp.roster.read.sources import PathLike

_SHEETS = "CallSheet, as Plan.call_sheets(roster) gives them"


@attrs.frozen(kw_only=True, repr=False)
class Plan(PlanData):
    """
    Which team goes to which school on which day, how good that is, and who is left out.

    A `plan.data.PlanData` that says itself in words and writes files, letters and calendars.
    """

    def _repr_html_(self) -> str:
        return plan_html(self)

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
        language = check_lang(lang)
        return "\n".join([value_line(self, language), *worth_lines(self, language)])

    def violations_text(self, lang: Lang = "id") -> str:
        """
        Return `violations` in words, a line each; empty when nothing stands against the plan.

        Args:
            lang: ``"id"`` or ``"en"``.

        Raises:
            InvalidFieldError: Another language.
        """
        language = check_lang(lang)
        return "\n".join(violation_text(self, fault, language) for fault in self.violations)

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

    def to_csv(self, folder: Path | str, *, fewest: int = 1) -> tuple[Path, ...]:
        """
        Write visits, schedule, schools and left-out as CSV (UTF-8) and return the files.

        They are for the office itself, with all counts, unless *fewest* says otherwise. Times of
        day are texts, and texts that a spreadsheet would run as a formula get an apostrophe;
        `to_parquet` keeps everything as it is.

        Args:
            folder: Made when missing; files of the same names are replaced.
            fewest: For publication, say 5: counts from 1 to one less are left empty, and those
                that would give them away; so are columns that give a count in another way.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: *fewest* is no whole number from 1.
        """
        written = self._tables if fewest == 1 else tables_for_others(self, fewest)
        return tuple(csv_file(frame, folder, f"{name}.csv") for name, frame in written.items())

    def to_parquet(self, folder: Path | str) -> tuple[Path, ...]:
        """
        Write visits, schedule, schools and left-out as Parquet and return the files.

        Args:
            folder: Made when missing; files of the same names are replaced.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return tuple(
            parquet_file(frame, folder, f"{name}.parquet") for name, frame in self._tables.items()
        )

    @property
    def _tables(self) -> dict[str, pl.DataFrame]:
        return {
            "visits": self.visits,
            "schedule": self.schedule,
            "by_site": self.by_site,
            "left_out": self.left_out,
        }

    @arguments.checked
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
            issues: What the check of the roster found, listed on a sheet of its own; those of a
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
        language = check_lang(lang)
        checked = roster if isinstance(roster, CheckedRoster) else None
        rows = roster.valid if isinstance(roster, CheckedRoster) else roster
        if issues is None and checked is not None:
            issues = checked.issues_in(language)
        data = workbook_bytes(
            self,
            lang=language,
            issues=issues,
            sexes=() if rows is None else coverage_by_sex(self, rows, policy, residents_of),
            school_sheets=school_sheets,
            created=created,
        )
        return write_bytes(file, data)

    @arguments.checked
    def to_html(
        self,
        file: Path | str,
        *,
        lang: Lang = "id",
        roster: CheckedRoster | AnyTable | None = None,
        policy: EligibilityPolicy | None = None,
        residents_of: str | Collection[str] | None = None,
        remedies: Iterable[Remedy] = (),
        risk: Simulation | None = None,
        borders: Path | str | None = None,
        season: SeasonProgress | None = None,
        office: Office | None = None,
        fewest: int = FEWEST,
    ) -> Path:
        """
        Write the report as one HTML file that needs no network, and return the file.

        Args:
            file: Replaced when there.
            lang: ``"id"`` or ``"en"``.
            roster: The roster that the demand was counted from, for coverage by sex; a checked
                one also shows what was read and refused. Only counts of it are written.
            policy: As for the demand; the default policy when None.
            residents_of: As for the demand.
            remedies: Verified changes, see `season.remedies.remedies`; without them the page
                says what usually helps.
            risk: A simulation of your own, see `plan.simulation.simulate`; `outlook` when None.
            borders: GeoJSON with the outlines of kecamatan; those of the sample regency when
                None and most schools lie there.
            season: How far the season has come, see `season.season.Season.progress`: target
                against actual, the curve of what happened and is planned, with its band.
            office: Whose plan it is; nobody is named when None.
            fewest: Counts from 1 to one less are hidden, and those that would give them away; sums
                of the whole plan are shown. With 1 all is shown, and the page says that it is
                for the office itself.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: Another language, or the roster is not the one of the plan.
            ReadError: *borders* is not GeoJSON with polygons.
            MissingExtraError: The extra ``report`` is not installed.
        """
        hint = "Remedy, as remedies() gives them"
        page = page_html(
            self,
            lang=lang,
            roster=roster,
            policy=policy,
            residents_of=residents_of,
            remedies=arguments.several("Plan.to_html", "remedies", remedies, Remedy, hint),
            risk=risk,
            borders=borders,
            season=season,
            office=office,
            fewest=fewest,
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
        return write_text(file, plan_json.plan_text(self))

    @classmethod
    def from_json(cls, file: Path | str) -> Self:
        """
        Read a plan written by `to_json`; it equals the plan that was written.

        Raises:
            ReadError: Not such a document, of a later edition, or its parts do not fit together.
        """
        return plan_json.plan_from_text(read_bytes(file), cls, Path(file).name)

    def to_geojson(self, file: Path | str) -> Path:
        """
        Write schools, bases and the route of each team-day as GeoJSON and return the file.

        Args:
            file: Replaced when there.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return write_text(file, geojson_text(self))

    @arguments.checked
    def to_ical(
        self,
        file: Path | str,
        *,
        team: str | None = None,
        lang: Lang = "id",
        previous: Path | str | None = None,
        only_changes: bool = False,
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
                moved or cancelled, so that calendars that hold them follow the new plan. Entries
                of days that are past for the plan stay as they are.
            only_changes: Write only what is not as in *previous*: entries that are new, moved or
                cancelled, to be sent to those who have the earlier calendar.
            created: Time stamp of new and changed entries; the first day of the season when None.
            zone: Time zone of the schools: ``"WIB"``, ``"WITA"`` or ``"WIT"``; the one of
                their coordinates when None.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
            InvalidFieldError: The plan has no such team, or another language or zone.
            ReadError: *previous* is not a calendar of this library.
            MissingExtraError: The extra ``calendar`` is not installed.
        """
        earlier = read_bytes(previous) if previous else None
        data = ical.calendar_bytes(
            self,
            team=team,
            lang=lang,
            previous=earlier,
            only_changes=only_changes,
            created=created,
            zone=zone,
        )
        return write_bytes(file, data)

    @arguments.checked
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

    def read_outcomes(
        self, source: PathLike | Iterable[PathLike], *, sheets: Iterable[CallSheet] = ()
    ) -> Returned:
        """
        Return the outcomes in files that teams brought back; `Season.record` reads files with it.

        It is `school_ektp.read_outcomes`, at the plan whose papers came back.

        Args:
            source: A file, a folder, a pattern such as ``"hasil/*.xlsx"``, or several.
            sheets: The call sheets that were printed; without them ticks are not read.

        Raises:
            ReadError: Nothing is there.
            MissingExtraError: The extra ``excel`` is not installed.
        """
        return read_outcomes(source, sheets=sheets)

    # For schools and teams

    @arguments.checked
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

        Raises:
            RosterSchemaError: It is no roster.
            InvalidFieldError: Another argument is of another kind.
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

    @arguments.checked
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
            InvalidFieldError: *sheets* are no call sheets.
            MissingExtraError: The extra ``report`` is not installed.
        """
        created = self.calendar.first_day
        given = arguments.several("Plan.call_sheet_papers", "sheets", sheets, CallSheet, _SHEETS)
        return call_sheet_papers(given, created=created, lang=lang, templates=templates)

    @arguments.checked
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
            sheets: Call sheets, for the times of classes; no pupil is named.
            lang: ``"id"`` or ``"en"``.
            templates: Folder with the office's own templates.

        Raises:
            InvalidFieldError: An argument is of another kind.
            MissingExtraError: The extra ``report`` is not installed.
        """
        given = arguments.several("Plan.notices", "sheets", sheets, CallSheet, _SHEETS)
        return notice_papers(
            self, office, on=on, number=number, sheets=given, lang=lang, templates=templates
        )

    @arguments.checked
    def change_notices(
        self,
        changes: Comparison,
        office: Office,
        *,
        on: dt.date,
        number: str = "",
        lang: Lang = "id",
        templates: Path | str | None = None,
    ) -> Papers:
        """
        Return a notice to each school whose visits change, and to no other, by NPSN.

        Args:
            changes: From the visits announced before to those of this plan: `Season.changes`, or
                what `compare` and `replan` give.
            office: Who writes.
            on: Date of the letters.
            number: Their number; left to be filled in when empty.
            lang: ``"id"`` or ``"en"``.
            templates: Folder with the office's own templates.

        Raises:
            InvalidFieldError: An argument is of another kind.
            MissingExtraError: The extra ``report`` is not installed.
        """
        return change_papers(
            self, changes, office, on=on, number=number, lang=lang, templates=templates
        )

    @arguments.checked
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
            InvalidFieldError: Members of a team that the plan does not have, or an argument is of
                another kind.
            MissingExtraError: The extra ``report`` is not installed.
        """
        return assignment_papers(
            self, office, on=on, number=number, members=members, lang=lang, templates=templates
        )
