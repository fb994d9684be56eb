"""
Call sheets, notices to schools and letters of assignment, from templates an office can replace.

A template makes the body of one page. The same body becomes print-ready HTML and a sheet of a
workbook, so that an office changes its wording in one place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.files import write_bytes, write_text
from school_ektp.model import fields
from school_ektp.model.clock import clock_text
from school_ektp.model.extras import extra
from school_ektp.model.groups import grouped
from school_ektp.model.language import Lang, check_lang, date_text, number, weekday
from school_ektp.model.messages import TEXTS, say
from school_ektp.model.school import School
from school_ektp.plan.comparison import Comparison
from school_ektp.plan.data import PlanData
from school_ektp.report.letters.call_sheets import CallSheet
from school_ektp.report.letters.workbook import workbook_of_pages

if TYPE_CHECKING:
    from jinja2 import Environment


TEMPLATES = Path(__file__).parent / "templates"
MEMBER_LINES = 3  # to be filled in by hand when no member is named


@attrs.frozen(kw_only=True)
class Office:
    """
    Who sends letters; what is empty is left to be filled in by hand.

    Attributes:
        region: Regency or city, such as ``"Kabupaten Rejang Lebong"``.
        name: The office.
        address: Street and town.
        phone: Telephone number.
        place: Where letters are signed, such as ``"Curup"``.
        signer: Who signs.
        signer_title: In which capacity.
        signer_number: Staff number (NIP).
    """

    region: str = attrs.field(validator=fields.text)
    name: str = attrs.field(
        default="Dinas Kependudukan dan Pencatatan Sipil", validator=fields.line
    )
    address: str = attrs.field(default="", validator=fields.line)
    phone: str = attrs.field(default="", validator=fields.line)
    place: str = attrs.field(default="", validator=fields.line)
    signer: str = attrs.field(default="", validator=fields.line)
    signer_title: str = attrs.field(
        default="Kepala Dinas Kependudukan dan Pencatatan Sipil", validator=fields.line
    )
    signer_number: str = attrs.field(default="", validator=fields.line)


@attrs.frozen(kw_only=True)
class Member:
    """
    A member of a team, for its letter of assignment.

    Attributes:
        name: Full name.
        role: Staff number or position.
    """

    name: str = attrs.field(validator=fields.line, repr=False)
    role: str = attrs.field(default="", validator=fields.line, repr=False)


@attrs.frozen(kw_only=True)
class Page:
    """
    One letter or sheet.

    Attributes:
        name: What the page is called among the others: a school, a team.
        body: Its HTML, without the shell around it.
    """

    name: str
    body: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True, repr=False)
class Papers:
    """
    Pages ready to be printed.

    Attributes:
        title: Of the file.
        lang: Of the words.
        pages: In the order of printing.
        created: Date of making in the properties of the workbook.
    """

    title: str
    lang: Lang
    pages: tuple[Page, ...]
    created: dt.date
    environment: Environment = attrs.field(eq=False)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title!r}: {len(self.pages)} pages>"

    def html(self) -> str:
        """Return one page after the other as a document that prints on A4."""
        from markupsafe import Markup  # comes with jinja2

        shell = self.environment.get_template("papers.html.j2")
        css = self.environment.get_template("papers.css").render()
        pages = [{"name": page.name, "body": Markup(page.body)} for page in self.pages]  # noqa: S704 - rendered with autoescape
        text: str = shell.render(
            title=self.title,
            lang=self.lang,
            pages=pages,
            css=Markup(css),  # noqa: S704 - from the template
        )
        return text + "\n"

    def to_html(self, file: Path | str) -> Path:
        """Write `html` to a file and return it; open it and print."""
        return write_text(file, self.html())

    def to_excel(self, file: Path | str) -> Path:
        """
        Write a workbook with a sheet per page, for A4, and return the file.

        Raises:
            MissingExtraError: The extra ``excel`` is not installed.
        """
        pages = [(page.name, page.body) for page in self.pages]
        return write_bytes(file, workbook_of_pages(pages, self.title, self.lang, self.created))


def call_sheet_papers(
    sheets: Sequence[CallSheet],
    *,
    created: dt.date,
    lang: str = "id",
    templates: Path | str | None = None,
) -> Papers:
    """Return call sheets as pages: personal data, for the school and the team only."""
    pages = [
        (f"{sheet.visit.day:%d-%m} {sheet.school.name}", attrs.asdict(sheet, recurse=False))
        for sheet in sheets
    ]
    return _papers("call_sheet", pages, created, lang, templates)


def notice_papers(
    plan: PlanData,
    office: Office,
    *,
    on: dt.date,
    number: str = "",
    sheets: Iterable[CallSheet] = (),
    lang: str = "id",
    templates: Path | str | None = None,
) -> Papers:
    """
    Return a notice (surat pemberitahuan) to each school that is visited, by NPSN.

    Call sheets give the order of classes; no pupil is named.
    """
    slots = [(sheet.school.npsn, _counts_only(sheet)) for sheet in sheets]
    pages = [
        (
            school.name,
            {
                "school": school,
                "visits": visits,
                "sheets": [counts for npsn, counts in slots if npsn == site],
            },
        )
        for site, visits in sorted(_by(plan, lambda visit: visit.school.npsn).items())
        for school in [plan.school_by_npsn[site]]
    ]
    return _papers("notice", pages, on, lang, templates, office=office, number=number)


def change_papers(
    plan: PlanData,
    changes: Comparison,
    office: Office,
    *,
    on: dt.date,
    number: str = "",
    lang: str = "id",
    templates: Path | str | None = None,
) -> Papers:
    """Return a notice to each school whose visits change, and to no other, by NPSN."""
    visits = _by(plan, lambda visit: visit.school.npsn)
    pages = [
        (
            school.name,
            {"school": school, "visits": visits.get(site, []), "changes": changes.at(site)},
        )
        for site in changes.sites
        for school in [plan.school_by_npsn[site]]
    ]
    return _papers("change", pages, on, lang, templates, office=office, number=number)


def assignment_papers(
    plan: PlanData,
    office: Office,
    *,
    on: dt.date,
    number: str = "",
    members: Mapping[str, Iterable[Member]] | None = None,
    lang: str = "id",
    templates: Path | str | None = None,
) -> Papers:
    """
    Return a letter of assignment (surat tugas) for each team that goes out.

    Raises:
        InvalidFieldError: Members of a team that the plan does not have.
    """
    named = {team: list(people) for team, people in (members or {}).items()}
    if strange := sorted(named.keys() - set(plan.names.teams)):
        fault = f"has teams that are not in this plan: {', '.join(strange)}"
        raise InvalidFieldError("Plan.assignments", "members", fault)
    nobody = [Member(name="")] * MEMBER_LINES
    pages = [
        (
            team,
            {
                "team": plan.team_by_name[team],
                "visits": visits,
                "members": named.get(team) or nobody,
            },
        )
        for team, visits in sorted(_by(plan, lambda visit: visit.team).items())
    ]
    return _papers("assignment", pages, on, lang, templates, office=office, number=number)


@attrs.frozen(kw_only=True)
class LetterVisit:
    """
    A visit as templates see it.

    Attributes:
        day: The date.
        team: Name of the team.
        school: The school.
        kits: Recording kits that come.
        start: Minute set-up begins.
        end: Minute pack-down is done.
        called: Pupils asked to come.
        recorded: Pupils expected to be recorded.
    """

    day: dt.date
    team: str
    school: School
    kits: int
    start: int
    end: int
    called: int
    recorded: int


def _by(plan: PlanData, key: Callable[[LetterVisit], str]) -> dict[str, list[LetterVisit]]:
    """Return the visits of each school or team in the order of the plan."""
    visits = (
        LetterVisit(
            day=visit.day,
            team=visit.team,
            school=plan.school_by_npsn[visit.site],
            kits=plan.team_by_name[visit.team].kits_on(visit.day),
            start=visit.start,
            end=visit.end,
            called=visit.called,
            recorded=visit.recorded,
        )
        for visit in plan.visit_list
    )
    return grouped(visits, key)


def _counts_only(sheet: CallSheet) -> dict[str, object]:
    """Return what a letter may say of a call sheet: times of classes, counts, and no pupil."""
    return {"visit": sheet.visit, "slots": sheet.slots, "again_pupils": sheet.again_pupils}


def environment_for(lang: Lang, templates: Path | str | None = None) -> Environment:
    """
    Return what renders templates: escaped, in a sandbox, an unknown name is an error.

    A file of the office's folder takes the place of the library's file of the same name:
    ``notice.id.html.j2``, ``change.id.html.j2``, ``assignment.id.html.j2``,
    ``call_sheet.id.html.j2``, the parts ``letterhead.html.j2`` and ``signature.html.j2``,
    ``papers.html.j2`` and ``papers.css``. The filters ``date``, ``weekday``, ``clock``,
    ``number``, ``pupils``, ``kits`` and ``visits`` speak the language.

    Raises:
        InvalidFieldError: There is no such folder.
        MissingExtraError: The extra ``report`` is not installed.
    """
    with extra("report", "writing letters"):
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    folders = [TEMPLATES]
    if templates is not None:
        if not Path(templates).is_dir():
            raise InvalidFieldError("letters", "templates", f"is no folder: {str(templates)!r}")
        folders.insert(0, Path(templates))
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined
    )
    environment.filters |= {
        "date": lambda day: date_text(day, lang),
        "weekday": lambda day: weekday(day, lang),
        "clock": clock_text,
        "number": lambda value: number(value, lang),
        **{
            noun: partial(_counted, TEXTS[f"papers_n_{noun}"], lang)
            for noun in ("pupils", "kits", "visits")
        },
    }
    return environment


def _counted(text: Mapping[Lang, str], lang: Lang, value: int) -> str:
    return say(text, lang, n=value)


def _papers(
    kind: str,
    pages: Iterable[tuple[str, Mapping[str, object]]],
    created: dt.date,
    lang: str,
    templates: Path | str | None,
    **letter: object,
) -> Papers:
    """Return papers of a kind: the name of each page and what its template is given."""
    language = check_lang(lang)
    environment = environment_for(language, templates)
    template = environment.get_template(f"{kind}.{language}.html.j2")
    every = {"lang": language, "on": created} | letter
    return Papers(
        title=TEXTS[f"papers_{kind}"][language],
        lang=language,
        pages=tuple(Page(name=name, body=template.render(every | dict(of))) for name, of in pages),
        created=created,
        environment=environment,
    )
