"""The HTML report: one escaped file that asks for nothing, usable by all."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import re
import xml.etree.ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_seasons import Season
from read_pages import Page, contrast
from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.language import LANGS
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.worth import Worth
from school_ektp.plan.simulation import simulate
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.report.html import page as page_module
from school_ektp.report.html.page import LEVELS, SECTIONS, page_html
from school_ektp.report.letters.papers import Office
from school_ektp.report.plan import Plan

DAY = dt.timedelta(days=1)


HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def hostile_plan(hand_plan):
    """Give the plan with names that would be markup, were they not escaped."""
    schools = tuple(
        attrs.evolve(school, name=HOSTILE, kecamatan=HOSTILE) for school in hand_plan.schools
    )
    teams = tuple(attrs.evolve(team, name=f"{HOSTILE}{team.name}") for team in hand_plan.teams)
    names = attrs.evolve(hand_plan.names, teams=tuple(team.name for team in teams))
    return attrs.evolve(hand_plan, schools=schools, teams=teams, names=names)


def test_the_sections_stand_in_their_order(page):
    assert [one["id"] for one in page.all("section")] == ["summary", *SECTIONS]
    assert page.all("section")[0]["id"] == "summary"


def test_the_page_begins_with_the_sentence(text, hand_plan):
    sentence = hand_plan.summary("en").splitlines()[0]

    assert text.index(sentence) < text.index('<section id="read"')


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_plan_gives_the_same_bytes(lang, hand_plan, region, tmp_path):
    files = [
        hand_plan.to_html(tmp_path / f"{n}.html", lang=lang, roster=region.roster) for n in "ab"
    ]

    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) < 1_000_000


def test_the_page_names_the_office_it_is_given(hand_plan, tmp_path):
    office = Office(region="Kabupaten <Contoh>", name="Dinas")

    named = hand_plan.to_html(tmp_path / "a.html", office=office).read_text(encoding="utf-8")

    assert '<p class="span">Dinas, Kabupaten &lt;Contoh&gt;</p>' in named
    assert "Dinas" not in page_html(hand_plan)
    with pytest.raises(InvalidFieldError, match="office must be a Office"):
        hand_plan.to_html(tmp_path / "a.html", office="Dinas")


def test_teams_that_stay_in_are_not_counted(hand_plan):
    idle = attrs.evolve(hand_plan.teams[0], name="Tim Z")
    more = attrs.evolve(hand_plan, teams=(*hand_plan.teams, idle))
    out = {visit.team for visit in hand_plan.visit_list}

    assert f"by {len(out)} teams" in page_html(more, lang="en")


def large_season() -> Season:
    """Return a season of 150 schools, six teams and twelve weeks."""
    first = dt.date(2024, 9, 9)
    rng = random.Random(1)
    schools = [
        School(
            npsn=str(20_000_000 + number),
            name=f"SMA NEGERI {number} KABUPATEN CONTOH",
            level="SMA",
            state=True,
            kecamatan=f"Kecamatan {number % 30 + 1}",
            location=Location(-3.5 + rng.uniform(-0.4, 0.4), 102.5 + rng.uniform(-0.4, 0.4)),
        )
        for number in range(150)
    ]
    demand = [
        SchoolDemand(
            npsn=school.npsn,
            recorded=40,
            groups=[WaitingGroup(steps=[(first, 120), (first + DAY, 9)])],
        )
        for school in schools
    ]
    base = Location(-3.5, 102.5)
    return Season(
        schools=schools,
        demand=demand,
        teams=[Team(name=f"Tim {number}", base=base, kits=2) for number in range(1, 7)],
        calendar=VisitCalendar(first_day=first, last_day=first + 83 * DAY),
        rules=VisitRules(),
        worth=Worth(),
        risks=Risks(),
    )


def visited_daily(plan: Plan) -> Plan:
    """Return the plan with a visit of each team on each of its sixty working days."""
    days = [day for day in range(84) if plan.problem.teams[0].works(day)]
    assert len(days) == 60
    visits = [
        SiteVisit(
            day=day,
            team=team,
            site=(6 * place + team) % 150,
            arrive=500,
            start=500,
            end=560,
            room=20,
        )
        for place, day in enumerate(days)
        for team in range(6)
    ]
    return attrs.evolve(plan, solution=Solution(tuple(visits)))


def test_a_large_region_is_still_within_a_megabyte(make_empty_plan):
    plan = visited_daily(make_empty_plan(large_season()))

    page = page_html(plan)

    assert plan.team_days == 360
    assert page.count('class="narrow"') >= 2
    assert 300_000 < len(page.encode()) < 1_000_000


def map_section(page: str) -> str:
    return page[page.index('<section id="map"') : page.index('<section id="shares"')]


def test_a_page_beyond_the_limit_draws_its_map_once(hand_plan, monkeypatch):
    both = page_html(hand_plan)
    monkeypatch.setattr(page_module, "LARGEST", len(both.encode()) - 1)

    once = page_html(hand_plan)

    drawn, twice = map_section(once), map_section(both)
    assert 'class="both"' in drawn
    assert 'class="narrow"' not in drawn
    assert 2 * drawn.count('role="img"') == twice.count('role="img"') == 4
    assert len(once) < len(both)


def test_a_page_asks_for_nothing_outside_itself(page, text):
    """No address but those inside the page, and a policy under which the browser sees to it."""
    for _, attributes in page.found:
        for name in ("src", "href", "action", "srcset", "poster"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"@import|url\(", text)
    assert "http://" not in text
    assert "https://" not in text


def test_a_hostile_name_is_text(hostile_plan):
    page = Page(page_html(hostile_plan))

    assert page.all("img") == []
    assert len(page.all("script")) == 2
    assert any(HOSTILE in text for text in page.texts)
    assert all("onerror" not in attributes for _, attributes in page.found)


def test_the_data_of_the_script_is_json_that_cannot_end_it(hostile_plan):
    text = page_html(hostile_plan)

    [data] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert "<" not in data
    assert HOSTILE in next(iter(json.loads(data)["days"].values()))


@settings(max_examples=settings.default.max_examples // 3)  # a page takes a tenth of a second
@given(st.data(), st.sampled_from(LANGS))
def test_any_plan_makes_a_well_formed_page(drawn_plans, data, lang):
    page = Page(page_html(data.draw(drawn_plans), lang=lang))

    ids = [one["id"] for _, one in page.found if "id" in one]
    assert len(ids) == len(set(ids))
    links = [one["href"][1:] for one in page.all("a")]
    assert set(links) <= set(ids)


def test_a_simulation_is_drawn_and_said(hand_plan):
    simulated = simulate(hand_plan, seasons=50)

    text = page_html(hand_plan, lang="en", risk=simulated)

    assert f"Of 50 seasons played in simulation, 9 in 10 record {simulated.p10:,} pupils or" in text
    assert f"9 in 10 record {hand_plan.outlook.p10:,} pupils or" in page_html(hand_plan, lang="en")
    assert 'aria-labelledby="risk-wide-t risk-wide-d"' in text
    assert 'aria-labelledby="risk-wide-t' not in page_html(hand_plan, lang="en")


def test_headings_follow_each_other(page):
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_heads_and_pictures_have_words(page):
    assert page.all("html", lang="en")
    for head in page.all("th"):
        assert head["scope"] in {"col", "row", "rowgroup"}
    ids = {one["id"] for _, one in page.found if "id" in one}
    for picture in page.all("svg"):
        words = picture.get("aria-label") or picture.get("aria-labelledby")
        assert picture.get("aria-hidden") == "true" or words
        if picture.get("aria-labelledby"):
            assert set(words.split()) <= ids


def test_text_stands_out_from_its_ground(text):
    """WCAG asks 4.5 for text and 3 for lines."""
    pairs = [*LEVELS, ("#ffffff", "#1b2426"), ("#ffffff", "#4b5a5d"), ("#ffffff", "#0b5d66")]
    pairs += [("#f5f3ee", "#57544b"), ("#ffffff", "#5c696b"), ("#c9cdce", "#1b2426")]
    for ground, ink in pairs:
        assert contrast(ground, ink) >= 4.5, (ground, ink)
        assert ink in text or ink == "#ffffff"
    for line in re.findall(r"\.team\d \{ stroke: (#[0-9a-f]{6})", text):
        assert contrast("#f5f3ee", line) >= 3, line
    assert contrast("#ffffff", "#8a5a00") >= 3


def test_drawings_are_well_formed_and_lie_inside_their_frame(text):
    drawings = re.findall(r"<svg .*?</svg>", text, flags=re.DOTALL)

    assert len(drawings) > 8
    for drawing in drawings:
        tree = ET.fromstring(drawing)  # noqa: S314 - our own text
        _, _, width, height = map(float, tree.attrib["viewBox"].split())
        for one in tree.iter():
            for name, value in one.attrib.items():
                if name in {"x", "cx"}:
                    assert 0 <= float(value) <= width
                if name in {"y", "cy"}:
                    assert 0 <= float(value) <= height
                if name == "d":
                    assert re.fullmatch(r"[-\d. MLHVZv]+", value)


def test_another_language_is_refused(hand_plan, tmp_path):
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        hand_plan.to_html(tmp_path / "x.html", lang="fr")


def test_without_the_extra_the_error_names_the_remedy(hand_plan, monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[report\]'"):
        hand_plan.to_html(tmp_path / "x.html")
