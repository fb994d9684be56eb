"""What several sheets need: clocks, spans, what a school lacks, shares."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.report.excel.shared import clock, lacks_text, span_text, thousandths


@given(st.integers(0, 24 * 60 - 1))
def test_a_minute_of_the_day_is_a_time(minute):
    time = clock(minute)

    assert 60 * time.hour + time.minute == minute


def test_midnight_at_the_end_of_a_day_is_written_as_a_spreadsheet_can():
    assert clock(24 * 60) == clock(0)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_nothing_short_of_everyone_reads_as_all(part, rest):
    whole = part + rest
    share = thousandths(part, whole)

    if not whole:
        assert share is None
    else:
        assert abs(share - part / whole) <= 0.001
        assert (share == 1) == (rest == 0)


@pytest.mark.parametrize(
    ("power", "signal", "text"),
    [(True, True, ""), (False, True, "listrik"), (False, False, "listrik, sinyal")],
)
def test_what_a_school_lacks_is_listed(power, signal, text, region):
    school = attrs.evolve(region.schools[0], power=power, signal=signal)

    assert lacks_text(school, "id") == text


def test_a_season_is_named_by_its_first_and_last_day(small_plan):
    assert span_text(small_plan, "en") == "9 September 2024 – 20 September 2024"
