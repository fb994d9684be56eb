"""
Nothing personal in any output that was not asked for by name.

Every pupil gets a name, a NIK, an NISN and a key that can be found again; then every output is
made, unpacked and searched, byte by byte.
"""

from __future__ import annotations

import base64
import datetime as dt
import inspect
import io
import logging
import re
import zipfile
from pathlib import Path

import attrs
import polars as pl
import pytest

from drawn_seasons import Season
from school_ektp.errors import SchoolEktpWarning
from school_ektp.model.language import LANGS, date_text
from school_ektp.model.priorities import Priorities
from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth
from school_ektp.report.excel.read_plan import read_plan_workbook
from school_ektp.report.letters.papers import Member, Office
from school_ektp.report.plan import Plan
from school_ektp.roster.check import check_roster
from school_ektp.roster.demand import demand_of

OFFICE = Office(region="Kabupaten Rejang Lebong")
ON = dt.date(2024, 9, 3)
MARK = "Zqxmarkah"

#: What a method is called with, beside a file to write; the others get the file alone.
ARGUMENTS = {
    "to_csv": {},
    "to_ical": {"lang": "en"},
}


@pytest.fixture(scope="module")
def roster(region):
    number = pl.col("source_row").cast(pl.String).str.zfill(6)
    return region.roster.filter(
        pl.col("npsn").is_in([school.npsn for school in region.schools[:8]])
    ).with_columns(
        pl.format("{} {}", pl.lit(MARK), number).alias("name"),
        pl.format("1702094{}0000", (pl.col("source_row") % 100_000).cast(pl.String).str.zfill(5))
        .str.head(16)
        .alias("nik"),
        pl.format("0077{}", number).alias("nisn"),
        pl.format("kunci-{}", number).alias("student_id"),
    )


@pytest.fixture(scope="module")
def options(region):
    return {"priorities": Priorities.usual(region.deadline), "on": region.as_of}


@pytest.fixture(scope="module")
def plan(region, roster, options, make_empty_plan):
    plan = make_empty_plan(
        Season(
            schools=region.schools[:8],
            demand=demand_of(roster, by_class=True, **options),
            teams=region.teams,
            calendar=attrs.evolve(region.calendar, last_day=dt.date(2024, 9, 27)),
            rules=region.rules,
            worth=Worth(),
            risks=Risks(),
        )
    )
    for day, team, place in ((9, "Tim 1", 0), (10, "Tim 2", 1), (11, "Tim 1", 0), (13, "Tim 3", 3)):
        npsn = plan.names.sites[place]
        plan = plan.with_visit(team=team, day=dt.date(2024, 9, day), site=npsn)
    return plan


@pytest.fixture(scope="module")
def secrets(roster):
    """Give everything that tells who someone is, as it may be written."""
    return frozenset(
        {MARK, "kunci-", "1702094"}
        | {value for name in ("nik", "nisn", "student_id") for value in roster[name]}
    )


def laid_open(data: bytes, name: str) -> bytes:
    """Return the bytes with archives unpacked, columns read and embedded data decoded."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(part) for part in archive.namelist()]
        return data + b"\n".join(parts)
    if name.endswith(".parquet"):
        return data + pl.read_parquet(io.BytesIO(data)).write_csv().encode()
    embedded = re.findall(rb"base64,([A-Za-z0-9+/=]{40,})", data)
    return data + b"".join(base64.b64decode(part + b"==") for part in embedded)


def found_in(data: bytes, name: str, secrets: frozenset[str]) -> list[str]:
    text = laid_open(data, name).decode("utf-8", errors="replace")
    unfolded = text.replace("\r\n ", "")  # lines of calendars are folded
    return sorted(secret for secret in secrets if secret in text or secret in unfolded)


def writers() -> list[str]:
    return sorted(
        name
        for name, member in inspect.getmembers(Plan, inspect.isfunction)
        if name.startswith("to_")
    )


@pytest.mark.parametrize("name", writers())
def test_no_file_of_a_plan_holds_a_person(name, plan, secrets, tmp_path):
    """A new way to write a plan is searched without being entered anywhere."""
    written = getattr(plan, name)(tmp_path / f"out.{name}", **ARGUMENTS.get(name, {}))
    files = written if isinstance(written, tuple) else (written,)

    assert files
    for file in files:
        data = Path(file).read_bytes()
        assert len(data) > 100
        assert found_in(data, Path(file).name, secrets) == []


@pytest.mark.parametrize("name", ["to_excel", "to_html"])
def test_a_file_that_is_given_the_roster_holds_counts_of_it_only(
    name, plan, roster, secrets, tmp_path
):
    """Findings name places in files; none may quote what stands there."""
    doubtful = roster.with_columns(class_name=pl.lit(None, pl.String))
    checked = check_roster(doubtful, schools=plan.schools, on=ON)
    assert checked.issues.height > 100

    file = getattr(plan, name)(tmp_path / f"out.{name}", roster=checked)

    assert found_in(file.read_bytes(), file.name, secrets) == []


def test_no_other_way_to_look_at_a_plan_shows_a_person(plan, secrets):
    shown = [repr(plan), plan._repr_html_(), plan.grid(), *map(plan.summary, ("id", "en"))]
    shown += [left.text(lang) for left in plan.why() for lang in ("id", "en")]
    for name, member in inspect.getmembers(Plan):
        if not name.startswith("_") and not callable(member):
            value = getattr(plan, name)
            shown.append(value.write_csv() if isinstance(value, pl.DataFrame) else repr(value))
    shown += [repr(getattr(plan, field.name)) for field in attrs.fields(Plan)]

    for text in shown:
        assert found_in(text.encode(), "", secrets) == []


def test_letters_name_no_pupil_even_when_they_tell_the_order_of_classes(
    plan, roster, options, secrets, tmp_path
):
    sheets = plan.call_sheets(roster, **options)
    letters = (
        plan.notices(OFFICE, on=ON, sheets=sheets),
        plan.assignments(OFFICE, on=ON, members={"Tim 1": [Member(name="Anggota")]}),
    )

    for papers in letters:
        assert found_in(papers.html().encode(), "", secrets) == []
        data = papers.to_excel(tmp_path / "x.xlsx").read_bytes()
        assert found_in(data, "x.xlsx", secrets) == []


def test_the_template_of_a_notice_is_not_even_handed_the_pupils(plan, roster, options, tmp_path):
    (tmp_path / "notice.id.html.j2").write_text("{{ sheets }}", encoding="utf-8")
    sheets = plan.call_sheets(roster, **options)

    papers = plan.notices(OFFICE, on=ON, sheets=sheets, templates=tmp_path)

    assert MARK not in papers.html()


def test_a_call_sheet_holds_names_and_nothing_else_of_a_person(
    plan, roster, options, secrets, tmp_path
):
    """It was asked for by name; even so the NIK is masked, key, NISN and birth date stay out."""
    papers = plan.call_sheet_papers(plan.call_sheets(roster, **options))
    born = {f"{day:%d-%m-%Y}" for day in roster["birth_date"]} | {
        f"{day:%Y-%m-%d}" for day in roster["birth_date"]
    }

    data = papers.to_excel(tmp_path / "x.xlsx").read_bytes()
    for content in (papers.html().encode(), data):
        assert found_in(content, "x.xlsx", secrets | born) == [MARK]
    assert MARK not in repr(papers)
    assert MARK not in repr(papers.pages)


def test_a_whole_nik_is_there_only_when_it_is_asked_for(plan, roster, options):
    sheets = plan.call_sheets(roster, **options, mask=False)

    page = plan.call_sheet_papers(sheets).html()

    assert sheets[0].pupils[0].nik in page
    assert sheets[0].pupils[0].nik not in repr(sheets)


def test_warnings_and_logs_show_no_person(plan, roster, options, secrets, caplog):
    with caplog.at_level(logging.DEBUG), pytest.warns(SchoolEktpWarning) as caught:
        plan.call_sheets(roster.head(50), **options)

    text = "\n".join([caplog.text, *(str(warning.message) for warning in caught)])
    assert found_in(text.encode(), "", secrets) == []


def test_a_name_that_strays_into_the_workbook_is_not_quoted_back(plan, secrets, tmp_path):
    """Someone may type a name where a date or a number belongs."""
    file = plan.to_excel(tmp_path / "p.xlsx")
    rows = ["Tanggal,Tim,NPSN,Tempat untuk", *(f"{MARK} 000001,{MARK},{MARK},{MARK}",) * 2]
    stray = file.with_suffix(".csv")
    stray.write_text("\n".join(rows), encoding="utf-8")

    back = read_plan_workbook(stray, plan)

    assert len(back.issues) == 8
    assert found_in((back.summary() + repr(back)).encode(), "", secrets) == []


@pytest.fixture(scope="module")
def opening_days(plan, region):
    """Give the days after the season on which one pupil or a few of a school come of age."""
    last = plan.calendar.last_day + dt.timedelta(days=7)  # the grid shows all days of its weeks
    days = {day for one in plan.demand for group in one.groups for day, _ in group.steps}
    found = {day for day in days if day > last} - {region.deadline}
    assert len(found) > 20
    return frozenset(
        text
        for day in found
        for text in (f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", *(date_text(day, one) for one in LANGS))
    )


@pytest.mark.parametrize("name", [name for name in writers() if name != "to_json"])
def test_no_file_of_a_plan_tells_when_somebody_comes_of_age(name, plan, opening_days, tmp_path):
    """Such a day is a birthday. The JSON of a plan is for planning again and holds them."""
    written = getattr(plan, name)(tmp_path / f"out.{name}", **ARGUMENTS.get(name, {}))

    for file in written if isinstance(written, tuple) else (written,):
        assert found_in(Path(file).read_bytes(), Path(file).name, opening_days) == []


def test_no_other_way_to_look_at_a_plan_tells_when_somebody_comes_of_age(plan, opening_days):
    shown = [repr(plan), repr(plan.demand), repr(plan.problem), plan._repr_html_(), plan.grid()]
    shown += [plan.summary(lang) for lang in LANGS]
    shown += [left.text(lang) for left in plan.why() for lang in LANGS]
    shown += [frame.write_csv() for frame in (plan.visits, plan.left_out, plan.by_site)]

    for text in shown:
        assert found_in(text.encode(), "", opening_days) == []


def test_the_search_of_this_file_can_fail(secrets, roster, tmp_path):
    """Planted in an archive, a column, an image and a folded line, a person is found."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/part.xml", f"<c>{MARK}</c>")
    table = io.BytesIO()
    roster.select("nik").write_parquet(table)
    image = b'src="data:image/svg+xml;base64,' + base64.b64encode(
        f"{'<svg></svg>' * 5}{MARK}".encode()
    )
    folded = f"SUMMARY:{MARK[:4]}\r\n {MARK[4:]}".encode()

    for data, name in ((packed.getvalue(), "x.xlsx"), (image, "x.html"), (folded, "x.ics")):
        assert found_in(data, name, secrets) == [MARK]
    assert found_in(table.getvalue(), "x.parquet", secrets)
