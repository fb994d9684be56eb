"""The map: every school apart, a kilometre as long up as across, borders where they belong."""

from __future__ import annotations

import attrs

from school_ektp.report.charts import region_map as maps
from school_ektp.report.charts.borders import borders_of


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


def test_borders_come_from_the_package_only_where_the_schools_are(hand_plan, region):
    assert len(borders_of(hand_plan)) == 15
    moved = tuple(
        attrs.evolve(school, location=attrs.evolve(school.location, longitude=106.8))
        for school in region.schools
    )
    assert borders_of(attrs.evolve(hand_plan, schools=moved)) == ()


def test_without_places_there_is_no_map(make_empty_plan, region, hand_plan):
    schools = tuple(attrs.evolve(school, location=None) for school in region.schools[:2])
    parts = attrs.evolve(
        maps.map_parts(hand_plan, ()), spots={}, routes=(), schools={s.npsn: s for s in schools}
    )

    assert maps.whole(parts) is None
    assert maps.crowded(parts) is None
