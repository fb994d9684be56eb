"""The report of the sample plan, in English."""

from __future__ import annotations

import pytest

from read_pages import Page
from school_ektp.report.html.page import page_html


@pytest.fixture(scope="module")
def text(hand_plan):
    return page_html(hand_plan, lang="en")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)
