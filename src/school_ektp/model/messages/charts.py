"""The charts."""

from __future__ import annotations

from school_ektp.model.language import Lang

CHARTS: dict[str, dict[Lang, str]] = {
    "plot_pupils": {"id": "Siswa", "en": "Pupils"},
    "plot_day": {"id": "Tanggal", "en": "Date"},
    "plot_series": {"id": "Garis", "en": "Line"},
    "plot_waiting": {"id": "menunggu", "en": "waiting"},
    "plot_waiting_pupils": {"id": "Siswa yang menunggu", "en": "Pupils waiting"},
    "plot_recorded": {"id": "direkam", "en": "recorded"},
    "plot_bound": {"id": "batas atas", "en": "upper bound"},
    "plot_demand_title": {
        "id": "Direkam dan menunggu (bila tidak ada yang direkam)",
        "en": "Recorded, and waiting (if nobody were recorded)",
    },
    "plot_coverage_title": {
        "id": "Cakupan pada {day}",
        "en": "Coverage on {day}",
    },
    "plot_share": {
        "id": "Siswa yang boleh direkam",
        "en": "Pupils who may be recorded",
    },
    "plot_status": {"id": "Keadaan", "en": "Status"},
    "plot_grid_title": {
        "id": "Siswa per tim dan hari",
        "en": "Pupils per team and day",
    },
    "plot_team": {"id": "Tim", "en": "Team"},
    "plot_weekday": {"id": "Hari", "en": "Day of the week"},
    "plot_week": {"id": "Pekan mulai", "en": "Week of"},
    "plot_map_title": {
        "id": "Sekolah dan rute",
        "en": "Schools and routes",
    },
    "plot_east": {"id": "Bujur (derajat)", "en": "Longitude (degrees)"},
    "plot_north": {"id": "Lintang (derajat)", "en": "Latitude (degrees)"},
    "plot_school": {"id": "Sekolah", "en": "School"},
    "plot_fullness": {"id": "Kepenuhan (%)", "en": "Fullness (%)"},
    "plot_frontier_title": {
        "id": "Siswa yang direkam dan hari-tim yang dipakai",
        "en": "Pupils recorded and team-days used",
    },
    "plot_team_days": {"id": "Hari-tim", "en": "Team-days"},
    "plot_risk_title": {
        "id": "Direkam sampai tiap hari, P10 sampai P90",
        "en": "Recorded up to each day, P10 to P90",
    },
}
