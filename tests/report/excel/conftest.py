"""Workbooks of the sample plan, and its call sheets as they were printed."""

from __future__ import annotations

import pytest

from school_ektp.model.priorities import Priorities
from workbook_files import bytes_of


@pytest.fixture(scope="session")
def book(hand_plan) -> bytes:
    return bytes_of(hand_plan)


@pytest.fixture
def file(hand_plan, tmp_path):
    return hand_plan.to_excel(tmp_path / "rencana.xlsx")


@pytest.fixture(scope="session")
def sheets(hand_plan, region):
    options = {"priorities": Priorities.usual(region.deadline), "on": region.as_of}
    return hand_plan.call_sheets(region.roster, **options)


@pytest.fixture(scope="session", params=["id", "en"])
def printed(request, hand_plan, sheets, tmp_path_factory):
    papers = hand_plan.call_sheet_papers(sheets[:3], lang=request.param)
    return papers.to_excel(tmp_path_factory.mktemp("p") / "panggilan.xlsx")
