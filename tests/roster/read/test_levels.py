"""Levels as lists write them; those of other ages are none of ours."""

from __future__ import annotations

import pytest

from school_ektp.model.school import SchoolLevel
from school_ektp.roster.read.levels import school_level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(("Sekolah Menengah Atas (SMA)", "SMA"), ("MADRASAH ALIYAH", "MA"), ("SPK SMA", "SMA")),
        *(("Madrasah Aliyah Kejuruan (MAK)", "MA"), ("Sekolah Luar Biasa", "SLB"), ("SMTK", "SMA")),
        *(("Sekolah Menengah Kejuruan", "SMK"), ("SMALB", "SLB"), ("SMA LB", "SLB")),
        *(("Sekolah Menengah Agama Katolik", "SMA"), ("Utama Widya Pasraman", "SMA")),
        *(("Pusat Kegiatan Belajar Masyarakat", "PKBM"), ("SKB", "PKBM"), ("Paket C", "PKBM")),
        *(("PDF Ulya", "MA"), ("sma", "SMA"), ("SMAN", "SMA"), ("SMKS", "SMK"), ("MAS", "MA")),
        *(("Sekolah Menengah Pertama (SMP)", None), ("Madrasah Tsanawiyah", None), ("SMP", None)),
        *(("SPM Wustha", None), ("MTs", None), ("SD", None), ("Paket B", None), ("", None)),
    ],
)
def test_levels_short_and_written_out(text, level):
    assert school_level(text) == (SchoolLevel(level) if level else None)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        *(("SMAN 1 Curup", "SMA"), ("Sekolah Menengah Kejuruan Negeri 2", "SMK")),
        *(("MAS Muhammadiyah", "MA"), ("SMAIT Khoiru Ummah", "SMA")),
        *(("SMP MA ARIF", None), ("Yayasan SMA", None), ("Sekolah Dasar 3", None)),
    ],
)
def test_of_a_name_only_the_beginning_tells_the_level(name, level):
    assert school_level(name, is_name=True) == (SchoolLevel(level) if level else None)
