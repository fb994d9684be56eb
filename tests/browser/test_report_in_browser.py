"""The report in a real browser, without a network: nothing to complain of, everything drawn."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path

import attrs
import polars as pl
import pytest

from school_ektp.datasets import rejang_lebong
from school_ektp.plan.simulation import simulate
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.roster.demand import demand_of
from school_ektp.workflow import plan_visits

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1200
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="session")
def plan() -> Plan:
    region = rejang_lebong()
    first = attrs.evolve(region.schools[0], name=HOSTILE)
    calendar = attrs.evolve(region.calendar, last_day=dt.date(2024, 10, 18))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # classes that are away after this short season
        return plan_visits(
            (first, *region.schools[1:12]),
            region.demand()[:12],
            region.teams,
            calendar,
            stop=MaxIterations(20),
        )


@pytest.fixture(scope="session")
def report(plan, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("report") / "rencana.html"
    return plan.to_html(file, risk=simulate(plan, seasons=50))


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def opened(request, browser, report):
    browser.open(report, width=request.param)
    return browser


def test_the_report_logs_no_error_and_fetches_nothing(opened, report):
    assert opened.complaints == []
    fetched = [one for one in opened.requests if not one.startswith("data:")]
    assert fetched == [report.absolute().as_uri()]


def test_the_report_has_no_horizontal_overflow(opened):
    assert opened.run("document.documentElement.scrollWidth") <= opened.width


def test_every_chart_is_drawn_once_at_this_width(opened):
    """Curve, map, enlarged part and risk each show one of their two sizes, with ink in it."""
    seen = opened.run(
        """[...document.querySelectorAll("svg.chart")]
             .filter(svg => svg.getBoundingClientRect().width > 0)
             .map(svg => [svg.closest("section").id, svg.getBoundingClientRect().width,
                          svg.querySelectorAll("path, circle").length])"""
    )

    assert {section for section, _, _ in seen} == {"curve", "map", "risk"}
    assert all(width > 250 and ink >= 4 for _, width, ink in seen)
    sizes = opened.run(
        """[...document.querySelectorAll("svg.chart text")]
             .filter(text => text.getBoundingClientRect().width > 0)
             .map(text => text.getBoundingClientRect().height)"""
    )
    assert min(sizes) > 9  # pixels: the text of a drawing keeps its size on a phone


def test_the_cells_of_the_grid_are_the_plan(opened, plan):
    shown = opened.run(
        """[...document.querySelectorAll(".grid td a")].map(link =>
             [link.getAttribute("href").slice(2), link.textContent])"""
    )

    served = {}
    for visit, counts in zip(plan.solution.visits, plan.shown.recorded, strict=True):
        key = f"{plan.names.date(visit.day):%Y%m%d}-{visit.team}"
        served[key] = served.get(key, 0) + sum(counts)
    assert {key: int(text) for key, text in shown} == served
    assert sum(served.values()) == plan.recorded


def test_a_hostile_name_is_shown_as_it_is(opened):
    assert opened.run("document.images.length") == 0
    assert HOSTILE in opened.run("document.body.innerText")


def test_a_click_shows_the_visits_of_the_day_and_escape_closes(opened, plan):
    opened.click(".grid td a")

    assert not opened.run("document.getElementById('panel').hidden")
    first = opened.run("document.querySelector('.grid td a').textContent")
    pupils = opened.run(
        """[...document.querySelectorAll("#panel-visits tr")]
             .map(row => +row.lastElementChild.textContent)"""
    )
    assert sum(pupils) == int(first)
    assert opened.run("document.activeElement.id") == "panel"
    opened.press("Escape")
    assert opened.run("document.getElementById('panel').hidden")
    assert opened.run("document.activeElement === document.querySelector('.grid td a')")


def test_the_map_can_be_narrowed_down_to_a_team_and_a_day(opened, plan):
    day = plan.names.date(plan.solution.visits[0].day).isoformat()
    wanted = sum(1 for one in plan.schedule["date"] if one.isoformat() == day)

    opened.run(
        f"""document.getElementById("pick-day").value = "{day}";
            document.getElementById("pick-day").dispatchEvent(new Event("change"))"""
    )

    shown = opened.run(
        """[...document.querySelectorAll("#map figure:first-of-type .way")]
             .filter(way => getComputedStyle(way).display !== "none").length"""
    )
    assert shown == 2 * wanted  # in both sizes, one of which is in sight


def test_tab_reaches_the_content_the_cells_and_the_choices(opened):
    reached = set()
    for _ in range(200):
        opened.press("Tab")
        reached.add(opened.run("document.activeElement.id || document.activeElement.tagName"))
        if "pick-day" in reached:
            break

    assert {"A", "pick-team", "pick-day"} <= reached


def test_the_report_prints_on_a4_with_all_sections_open(browser, report):
    browser.open(report, width=DESK)

    printed = browser.pdf()

    assert b"/MediaBox [0 0 595" in printed or b"/MediaBox [0 0 594.9" in printed
    pages = printed.count(b"/Type /Page\n") or printed.count(b"/Type /Page ")
    assert 3 <= pages <= 20
    assert browser.run("[...document.querySelectorAll('details')].every(one => one.open)")


def test_the_browser_would_see_a_fault(browser, tmp_path):
    """What these tests look for can be found: an error, a fetch, something too wide."""
    file = tmp_path / "bad.html"
    file.write_text(
        "<img src='http://example.invalid/x.png'><div style='width:3000px'>x</div>"
        "<script>console.error('oh'); undefined_name()</script>",
        encoding="utf-8",
    )

    browser.open(file, width=PHONE)

    assert len(browser.complaints) >= 3
    assert len(browser.requests) > 1
    assert not browser.run("document.documentElement.scrollWidth <= 360")


def test_a_call_sheet_stays_on_its_page_however_long_names_and_classes_are(browser, tmp_path):
    region = rejang_lebong(names=True)
    known = {school.npsn for school in region.schools[:2]}
    long_ones = region.roster.filter(pl.col("npsn").cast(pl.String).is_in(known)).with_columns(
        pl.col("class_name") + " TEKNIK JARINGAN KOMPUTER DAN TELEKOMUNIKASI",
        pl.col("name") + " BINTI ABDURRAHMANSYARIFUDDINKUSUMANINGRAT",
        nik=pl.lit("1702094503080000"),
    )
    calendar = attrs.evolve(region.calendar, closures=())
    made = plan_visits(
        region.schools[:2],
        demand_of(long_ones, on=region.as_of),
        region.teams[:1],
        calendar,
        stop=MaxIterations(5),
    )
    file = tmp_path / "panggilan.html"
    sheets = made.call_sheets(long_ones, on=region.as_of)
    made.call_sheet_papers(sheets).to_html(file)

    browser.open(file, width=794)  # A4 at 96 dots an inch

    assert browser.run("document.querySelectorAll('td.class').length") > 0
    assert browser.run(
        """[...document.querySelectorAll("table")].every(
             table => table.getBoundingClientRect().right
                      <= table.parentElement.getBoundingClientRect().right + 1)"""
    )
