"""The charts."""

from __future__ import annotations

from school_ektp.model.language import Lang

CHARTS: dict[str, dict[Lang, str]] = {
    "plot_pupils": {"id": "Siswa", "en": "Pupils"},
    "plot_day": {"id": "Tanggal", "en": "Date"},
    "plot_waiting": {"id": "menunggu", "en": "waiting"},
    "plot_waiting_pupils": {"id": "Siswa yang menunggu", "en": "Pupils waiting"},
    "plot_base": {"id": "tempat berangkat", "en": "where teams start"},
    "plot_recorded": {"id": "diperkirakan terekam", "en": "expected to be recorded"},
    "plot_demand_title": {
        "id": "Perkiraan terekam (pita: P10 sampai P90) dan menunggu (bila tidak ada yang direkam)",
        "en": "Expected to be recorded (band: P10 to P90), and waiting (if nobody were recorded)",
    },
    "plot_coverage_title": {
        "id": "Perkiraan cakupan pada {day}",
        "en": "Coverage expected on {day}",
    },
    "plot_share": {
        "id": "Siswa yang boleh direkam",
        "en": "Pupils who may be recorded",
    },
    "plot_grid_title": {
        "id": "Siswa per tim dan hari (kelabu: tidak dapat berkunjung)",
        "en": "Pupils per team and day (grey: no visit can be made)",
    },
    "plot_map_title": {
        "id": "Sekolah dan rute",
        "en": "Schools and routes",
    },
    "plot_fullness": {"id": "Kepenuhan (%)", "en": "Fullness (%)"},
    "plot_frontier_title": {
        "id": "Perkiraan siswa terekam dan hari-tim yang dipakai",
        "en": "Pupils expected to be recorded, and team-days used",
    },
    "plot_team_days": {"id": "Hari-tim", "en": "Team-days"},
    "plot_risk_title": {
        "id": "Direkam sampai tiap hari, P10 sampai P90",
        "en": "Recorded up to each day, P10 to P90",
    },
}
