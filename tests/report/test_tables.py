"""Frames as files: Parquet keeps everything, CSV is safe to open in a spreadsheet."""

from __future__ import annotations

import attrs
import polars as pl
from polars.testing import assert_frame_equal

TABLES = ("visits", "schedule", "by_site", "left_out")


def test_every_frame_is_in_parquet_as_it_is(hand_plan, tmp_path):
    files = hand_plan.to_parquet(tmp_path / "new")

    assert [file.stem for file in files] == list(TABLES)
    for file in files:
        assert_frame_equal(pl.read_parquet(file), getattr(hand_plan, file.stem))


def test_equal_plans_give_equal_files(hand_plan, tmp_path):
    for write in ("to_parquet", "to_csv"):
        one = getattr(hand_plan, write)(tmp_path / "a")
        other = getattr(attrs.evolve(hand_plan), write)(tmp_path / "b")

        assert [f.read_bytes() for f in one] == [f.read_bytes() for f in other]


def test_a_school_named_as_a_formula_is_text_in_csv(hand_plan, tmp_path):
    named = tuple(attrs.evolve(school, name="=1+1") for school in hand_plan.schools)
    plan = attrs.evolve(hand_plan, schools=named)

    visits, _, by_site, _ = plan.to_csv(tmp_path)

    for file in (visits, by_site):
        assert set(pl.read_csv(file)["site_name"]) == {"'=1+1"}
