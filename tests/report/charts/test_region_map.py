"""The map: every school apart, a kilometre as long up as across, borders where they belong."""

from __future__ import annotations

import attrs

from school_ektp.report.charts import region_map as maps
from school_ektp.report.charts.borders import borders_of
from school_ektp.report.html.page import page_html


def test_schools_at_one_point_stand_apart(hand_plan):
    parts = maps.map_parts(hand_plan, borders_of(hand_plan))

    assert len(set(parts.spots.values())) == len(parts.spots)


def test_a_kilometre_is_as_long_up_as_across(hand_plan):
    parts = maps.map_parts(hand_plan, borders_of(hand_plan))
    for box in (maps.whole(parts), maps.crowded(parts)):
        view = maps.View(box, 720)
        low, high = maps.SHAPES
        assert low - 0.01 <= box.shape <= high + 0.01
        assert abs((view.height - 2 * maps.MARGIN) / (720 - 2 * maps.MARGIN) - box.shape) < 0.01


def test_without_places_there_is_no_map(make_empty_plan, region, hand_plan):
    schools = tuple(attrs.evolve(school, location=None) for school in region.schools[:2])
    parts = attrs.evolve(
        maps.map_parts(hand_plan, ()), spots={}, routes=(), schools={s.npsn: s for s in schools}
    )

    assert maps.whole(parts) is None
    assert maps.crowded(parts) is None


def test_every_school_with_a_place_is_on_the_map_once(hand_plan):
    text = page_html(hand_plan, lang="en")
    drawn = text[text.index('id="map-wide-t"') : text.index('id="map-narrow-t"')]

    waiting = [d.npsn for d in hand_plan.demand if hand_plan.school_by_npsn[d.npsn].location]
    assert drawn.count('class="waiting"') == len(waiting)
    assert drawn.count("data-day=") == hand_plan.team_days
