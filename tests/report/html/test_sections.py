"""What the sections of the page say: every pupil in one place, every reason given."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
import pytest

from drawn_seasons import Season
from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.worth import Worth
from school_ektp.plan.remedy import Remedy, RemedyKind
from school_ektp.report.charts.region_map import map_parts
from school_ektp.report.disclosure import disclosure_of
from school_ektp.report.html.page import page_html
from school_ektp.report.html.sections import left_rows
from school_ektp.report.html.words import Words
from school_ektp.roster.check import check_roster


def test_every_pupil_of_the_demand_is_in_one_place(page, hand_plan):
    rows = sum(demand.pupils for demand in hand_plan.demand)

    assert f"{rows:,}" in page.texts
    assert "Pupils of the roster, in all" in page.texts


def test_a_checked_roster_adds_up_with_the_plan(hand_plan, region):
    checked = check_roster(region.roster, schools=region.schools, on=region.as_of)

    text = page_html(hand_plan, lang="en", roster=checked)

    assert "Difference" not in text
    assert "Rows read, in all" in text
    assert f"{region.roster.height:,}" in text


def test_another_roster_than_the_plans_is_refused(hand_plan, region):
    fewer = region.roster.filter(~pl.col("recorded") | (pl.int_range(pl.len()) > 100))

    fault = r"does not hold the pupils of the plan at .*checked\.with_register\(matched\)"
    with pytest.raises(InvalidFieldError, match=fault):
        page_html(hand_plan, roster=fewer)


def test_a_refused_row_is_reported_with_its_place(hand_plan, region):
    stray = region.roster.head(1).with_columns(
        npsn=pl.lit("99999999"), source_row=pl.lit(9_999, dtype=pl.Int64)
    )
    checked = check_roster(
        pl.concat([region.roster, stray]), schools=region.schools, on=region.as_of
    )

    text = page_html(hand_plan, lang="en", roster=checked)

    assert re.search(r'Refused, see the issues</t[hd]>\s*<td class="n">1</td>', text)
    assert checked.refused == 1
    assert re.search(r'<span class="kind">refused</span>.*\n?.*row 9999', text)


def test_coverage_by_sex_needs_the_roster_and_shares_out_every_pupil(hand_plan, region):
    bare = page_html(hand_plan, lang="en")
    text = page_html(hand_plan, lang="en", roster=region.roster)

    assert "the roster was not given" in bare
    table = text[text.index("By sex") : text.index('id="risk"')]
    recorded = re.findall(r'<td class="n">([\d,]+)</td><td class="n">[\d,]+</td></tr>', table)
    assert len(recorded) == 2
    assert sum(int(one.replace(",", "")) for one in recorded) == hand_plan.recorded


def test_unknown_sex_is_a_group_of_its_own(hand_plan, region):
    roster = region.roster.with_columns(sex=pl.lit(None, dtype=pl.String))

    assert ">unknown<svg" in page_html(hand_plan, lang="en", roster=roster)


def test_those_left_out_are_reported_with_reason_and_hint(page, hand_plan):
    text = " ".join(page.texts)

    assert "Every reason was found by trying" in text
    schools = {hand_plan.school_by_npsn[left.site].name for left in hand_plan.left_out_list}
    assert all(school in text for school in schools)


def test_a_plan_edited_against_its_rules_says_so_first(make_empty_plan, region):
    plan = make_empty_plan(
        Season(
            schools=region.schools[:2],
            demand=tuple(d for d in region.demand() if d.npsn == region.schools[0].npsn),
            teams=region.teams,
            calendar=region.calendar,
            rules=VisitRules(forbidden_pairs={("Tim 1", region.schools[0].npsn)}),
            worth=Worth(),
            risks=Risks(),
        )
    ).with_visit(team="Tim 1", day=dt.date(2024, 9, 9), site=region.schools[0].npsn)

    text = page_html(plan, lang="en")

    assert "breaks or does not keep what was asked, 1 violation:" in text
    assert text.index('class="alarm"') < text.index('class="figures"')


@pytest.mark.parametrize("fewest", [1, 5])
def test_a_reason_is_said_once_for_all_classes_of_a_school(hand_plan, fewest):
    words, shown = Words("en"), disclosure_of(hand_plan, fewest)

    rows = left_rows(hand_plan, (), words, shown)

    reasons = [[(why.why, why.hint) for why in row.whys] for row in rows]
    assert all(len(set(one)) == len(one) for one in reasons)
    classes = [why.pupils.count("(") for row in rows for why in row.whys]
    assert sum(classes) == len(hand_plan.left_out_list)
    assert max(classes) > 1


def test_verified_remedies_take_the_place_of_hints_where_the_number_is_shown(hand_plan):
    npsn = hand_plan.left_out_list[0].site
    remedy = Remedy(
        kind=RemedyKind.OVERTIME, size=20, team="Tim 1", day=dt.date(2024, 9, 9), site=npsn,
        recorded=7.6, complete=True, gained=8.2, value=6.19, team_days=0,
    )  # fmt: skip

    assert remedy.text("en") in page_html(hand_plan, lang="en", remedies=[remedy], fewest=1)
    assert remedy.text("en") not in page_html(hand_plan, lang="en", remedies=[remedy])


def test_the_map_says_why_a_circle_is_small_where_numbers_are_hidden(hand_plan):
    sentence = "Small empty circles: their number is not shown."

    assert sentence not in page_html(hand_plan, lang="en", fewest=1)
    hidden = map_parts(hand_plan, (), disclosure_of(hand_plan, 5)).hidden
    assert hidden
    assert sentence in page_html(hand_plan, lang="en")
