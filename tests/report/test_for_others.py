"""Tables for publication: small counts and what would give them away are nulls."""

from __future__ import annotations

import polars as pl

from school_ektp.model.small_cells import FEWEST
from school_ektp.report.disclosure import disclosure_of


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
