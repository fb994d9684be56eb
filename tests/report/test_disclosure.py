"""What the report hides from others: small counts, and each that would give one away."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.small_cells import FEWEST, MARK
from school_ektp.plan.coverage import coverage_by
from school_ektp.report.disclosure import MEASURES, disclosure_of, value_of


def laws(plan):
    """Yield the sums that the page shows: the counts of their parts by key."""
    visits = list(enumerate(plan.visit_list))
    left = list(enumerate(plan.left_out_list))
    kecamatan = {school.npsn: school.kecamatan for school in plan.schools}
    for of, key_of in (
        (visits, lambda one: ("team_day", one.day, one.team)),
        (visits, lambda one: ("school", one.site)),
    ):
        groups = defaultdict(dict)
        for number, one in of:
            groups[key_of(one)]["visit", number] = one.recorded
        yield from groups.items()
    days, places = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
    for _, one in visits:
        days["day", one.day]["team_day", one.day, one.team] += one.recorded
        places["kecamatan", "recorded", kecamatan[one.site]]["school", one.site] += one.recorded
    yield from (*days.items(), *places.items())
    reasons, sites = defaultdict(dict), defaultdict(dict)
    for number, one in left:
        reasons["reason", one.codes]["why", number] = one.pupils
        sites["left", one.site]["why", number] = one.pupils
    yield from (*reasons.items(), *sites.items())


@given(st.data())
def test_no_sum_gives_a_hidden_count_away(drawn_plans, data):
    plan = data.draw(drawn_plans)

    hidden = disclosure_of(plan).hidden

    for total, parts in laws(plan):
        counts = {**parts, total: sum(parts.values())}
        assert {key for key, count in counts.items() if 0 < count < FEWEST} <= hidden
        assert len(hidden & counts.keys()) != 1


@given(st.data())
def test_small_counts_of_levels_and_kecamatan_are_hidden(drawn_plans, data):
    plan = data.draw(drawn_plans)

    hidden = disclosure_of(plan).hidden

    for by in ("kecamatan", "level"):
        for share in coverage_by(plan, by):
            for measure in MEASURES:
                if 0 < value_of(share, measure) < FEWEST:
                    assert (by, measure, share.name) in hidden


@given(st.data())
def test_for_the_office_itself_all_is_reported(drawn_plans, data):
    assert disclosure_of(data.draw(drawn_plans), fewest=1).hidden == frozenset()


def text_of(plan, path, **options) -> str:
    page = plan.to_html(path, **options).read_text(encoding="utf-8")
    return unescape(
        re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<script.*?</script>", "", page))
    )


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_report_shows_no_small_count_of_a_school(lang, small_plan, tmp_path):
    page = text_of(small_plan, tmp_path / "p.html", lang=lang)
    few = [one for one in small_plan.left_out_list if 0 < one.pupils < FEWEST]
    assert few

    table = page[page.index('id="left_out"') : page.index('id="curve"')]
    for one in few:
        name = small_plan.school_by_npsn[one.site].name
        row = table[table.index(name) :].split("</tr>")[0]
        assert MARK in row
        assert f"<b>{one.pupils}</b>" not in row
    words = {"id": "kurang dari 5 siswa", "en": "fewer than 5 pupils"}
    assert words[lang] in page
    known = f"{small_plan.recorded:,}".replace(",", {"id": ".", "en": ","}[lang])
    assert known in page


@pytest.mark.parametrize(
    ("lang", "warning"), [("id", "Untuk kantor sendiri"), ("en", "For the office itself")]
)
def test_the_report_of_the_office_shows_all_and_says_so(lang, warning, small_plan, tmp_path):
    page = text_of(small_plan, tmp_path / "p.html", lang=lang, fewest=1)

    assert warning in page
    assert f">{MARK}<" not in page


def test_a_hidden_school_is_drawn_without_its_size(small_plan, tmp_path):
    hidden = [key[1] for key in disclosure_of(small_plan).hidden if key[0] in {"school", "left"}]
    assert hidden
    page = text_of(small_plan, tmp_path / "p.html", lang="en")

    name = small_plan.school_by_npsn[hidden[0]].name
    tips = re.findall(rf"<title>{re.escape(name)}[^<]*</title> <?circle?", page) or re.findall(
        rf"<title>{re.escape(name)}[^<]*</title>", page
    )
    assert tips
    assert all(MARK in tip for tip in tips)
