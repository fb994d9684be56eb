"""A plan as frames: documented columns, every pupil in one of them."""

from __future__ import annotations

import datetime as dt

from school_ektp.plan import frames
from two_schools import FAR, MONDAY, NEAR, a_plan, at_near


def test_visits_are_a_frame_of_names_dates_and_times():
    assert at_near(a_plan()).visits.rows(named=True) == [
        {
            "date": MONDAY, "team": "Tim 1", "site": NEAR, "site_name": "SMA Dekat",
            "kecamatan": "Curup", "arrive": dt.time(7, 30), "start": dt.time(7, 30),
            "end": dt.time(9, 30), "minutes": 120, "room": 30, "called": 30, "recorded": 30,
            "recorded_first": 20,
        }
    ]  # fmt: skip


def test_the_schedule_has_a_row_for_each_team_day():
    plan = at_near(at_near(a_plan(), site=FAR), site=NEAR, pupils=6)

    assert plan.schedule.select("site_names", "visits", "recorded").rows() == [
        ("SMA Dekat > SMA Jauh", 2, 11)
    ]
    assert plan.schedule["driving_minutes"].item() > 200


def test_frames_have_their_documented_columns_even_when_empty():
    plan = a_plan(demand=())
    for frame, schema in (
        (plan.visits, frames.VISITS), (plan.schedule, frames.SCHEDULE),
        (plan.left_out, frames.LEFT_OUT), (plan.by_site, frames.BY_SITE),
    ):  # fmt: skip
        assert frame.schema == schema


def test_each_row_of_those_left_is_told_apart_and_says_what_a_visit_brings(hand_plan):
    rows = hand_plan.left_out
    by_key = {(one.site, one.priority, one.codes): one for one in hand_plan.left_out_list}

    keys = list(rows.select("site", "priority", "reason").rows())
    assert len(set(keys)) == len(keys) == len(by_key)
    figures = {
        key: None if brings is None else (round(100 * brings), round(100 * price))
        for key, brings, price in zip(keys, rows["brings"], rows["price"], strict=True)
    }
    assert figures == {
        key: (one.brings, one.price) if one.price else None for key, one in by_key.items()
    }
    assert {value is None for value in figures.values()} == {False, True}


def test_every_pupil_of_a_school_is_in_one_column():
    by_site = at_near(a_plan()).by_site

    assert by_site.row(0, named=True) == {
        "site": NEAR, "site_name": "SMA Dekat", "level": "SMA", "kecamatan": "Curup",
        "location_method": "SOURCE", "recorded_before": 30, "waiting": 30, "recorded": 30,
        "left_out": 0, "too_young": 4, "set_aside": 1, "visits": 1,
    }  # fmt: skip
    assert by_site["location_method"].to_list()[2] is None
