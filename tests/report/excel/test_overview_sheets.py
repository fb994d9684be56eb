"""Sheets over the whole plan: days and teams, and coverage."""

from __future__ import annotations

import re

import pytest

from school_ektp.errors import InvalidFieldError
from workbook_files import sheets, table


def test_the_calendar_tells_closed_days_from_free_ones(hand_plan, book):
    """Each day and team once: pupils, or what the day is; the 16th is a holiday."""
    rows = table(sheets(book)["Kalender"], 4)
    days = {row[0][:10]: row[1:] for row in rows if row[0][:2] == "20"}

    assert list(days) == [day.isoformat() for day in hand_plan.calendar.days]
    assert set(days["2024-09-16"]) == {"libur: Maulid Nabi Muhammad SAW"}
    assert days["2024-09-15"] == ("tidak bertugas",) * 3
    assert days["2024-09-18"] == ("kosong",) * 3
    counts = [int(cell) for cells in days.values() for cell in cells if cell.isdigit()]
    assert sum(counts) == hand_plan.recorded
    total = next(row for row in rows if row[0] == "Jumlah")
    assert sum(map(int, total[1:])) == hand_plan.recorded


def coverage_rows(data):
    return {row[0]: row for row in sheets(data)["Cakupan"] if row[7] and row[7][0].isdigit()}


def test_coverage_is_rounded_half_up(book):
    rows = coverage_rows(book)

    assert len(rows) == 15 + 4 + 1  # kecamatan, levels, all
    for row in rows.values():
        before, first, last, planned, left = (int(row[place]) for place in range(2, 7))
        assert planned + left == last
        for shown, part, whole in ((row[7], before, first), (row[8], before + planned, last)):
            people = before + whole
            assert part < people
            assert float(shown) == min((2_000 * part + people) // (2 * people), 999) / 1_000


def test_coverage_is_that_of_the_sentence(hand_plan, book):
    """The workbook and the summary must not name two shares for one thing."""
    everyone = coverage_rows(book)["Semua"]

    shares = re.search(r"Cakupan: (\S+) % pada .*, perkiraan (\S+) % pada", hand_plan.summary())
    stated = [float(share.replace(",", ".")) for share in shares.groups()]
    assert [round(float(everyone[place]) * 100, 1) for place in (7, 8)] == stated


def test_coverage_by_sex_adds_up_to_all(hand_plan, region, book, tmp_path):
    data = hand_plan.to_excel(tmp_path / "p.xlsx", roster=region.roster).read_bytes()
    rows = coverage_rows(data)
    everyone, sexes = rows["Semua"], [rows["perempuan"], rows["laki-laki"]]

    for place in range(2, 7):
        assert sum(int(row[place]) for row in sexes) == int(everyone[place])
    assert min(int(row[5]) for row in sexes) > 0
    assert any("sebanding" in (row[0] or "") for row in sheets(data)["Cakupan"])
    assert any("tidak dihitung" in (row[0] or "") for row in sheets(book)["Cakupan"])


def test_another_roster_than_that_of_the_plan_is_refused(hand_plan, region, tmp_path):
    with pytest.raises(InvalidFieldError, match="does not hold the pupils of the plan at"):
        hand_plan.to_excel(tmp_path / "p.xlsx", roster=region.roster.head(5000))
