"""The sheet of days and teams: each day and team once."""

from __future__ import annotations

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
