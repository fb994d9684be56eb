"""Frames as files, and the tables of a plan for publication, without small counts."""

from __future__ import annotations

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from school_ektp.model.small_cells import FEWEST
from school_ektp.report.disclosure import disclosure_of
from school_ektp.report.tables import for_csv, parquet_file
from two_schools import (
    a_plan,
    at_near,
)

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


def test_csv_files_read_back(tmp_path):
    plan = at_near(a_plan())
    files = plan.to_csv(tmp_path / "out")

    assert [file.name for file in files] == [
        "visits.csv", "schedule.csv", "by_site.csv", "left_out.csv",
    ]  # fmt: skip
    read = pl.read_csv(files[2], schema=plan.by_site.schema)
    assert_frame_equal(read, plan.by_site)
    assert "07:30" in files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "begin",
    [
        *("=", "+", "-", "@", "\t=", "\r", "\n=", " =", "\u200b="),
        *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(begin):
    frame = pl.DataFrame({"school": [f"{begin}1+1", "SMA = 1", "", None]})

    assert for_csv(frame)["school"].to_list() == [f"'{begin}1+1", "SMA = 1", "", None]


def test_parquet_says_that_it_is_internal(tmp_path):
    frame = pl.DataFrame({"waiting": [3]})

    file = parquet_file(frame, tmp_path, "a.parquet")

    assert pl.read_parquet(file).equals(frame)
    assert pl.read_parquet_metadata(file)["audience"] == "internal"
    assert "not for publication" in pl.read_parquet_metadata(file)["audience_note"]


def test_tables_for_publication_hide_what_the_report_hides(small_plan, tmp_path):
    files = small_plan.to_csv(tmp_path, fewest=FEWEST)

    hidden = disclosure_of(small_plan).hidden
    left = pl.read_csv(tmp_path / "left_out.csv", schema_overrides={"site": pl.String})
    visits = pl.read_csv(tmp_path / "visits.csv", schema_overrides={"site": pl.String})
    assert [file.stem for file in files] == ["visits", "schedule", "by_site", "left_out"]
    assert left["pupils"].null_count() == sum(key[0] == "why" for key in hidden) > 0
    assert visits["recorded"].null_count() == sum(key[0] == "visit" for key in hidden)
    for file in files:
        frame = pl.read_csv(file)
        for name in {"called", "recorded", "left_out", "pupils"} & {*frame.columns}:
            assert not frame[name].is_between(1, FEWEST - 1).any()
        assert not {"room", "minutes", "end", "amount", "limit", "waiting"} & {*frame.columns}


def test_tables_for_the_office_are_whole(small_plan, tmp_path):
    small_plan.to_csv(tmp_path)

    assert pl.read_csv(tmp_path / "left_out.csv")["pupils"].sum() == sum(
        one.pupils for one in small_plan.left_out_list
    )
