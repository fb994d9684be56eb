"""
The files of the tutorial *Your own regency*, from a seed: `make tutorial-files`.

Kabupaten Contoh does not exist. Its schools, points, numbers and pupils are invented: names are
plants and birds, NPSN begin with 9990, region codes with 17.99, and NISN with 000.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path

import attrs
import polars as pl

from school_ektp.model.school import Location, School
from school_ektp.model.student import Student
from school_ektp.roster.build import roster_from_students
from school_ektp.testing.workbooks import (
    Quirk,
    dapodik_workbook,
    emis_workbook,
    register_workbook,
)

FOLDER = Path(__file__).parents[1] / "docs" / "tutorial" / "files"
SEED = 17
DOWNLOADED = dt.date(2026, 7, 27)
REGION = "17.99"
KECAMATAN = {
    "Hulu Contoh": (-4.10, 102.95),
    "Kota Contoh": (-4.20, 103.05),
    "Hilir Contoh": (-4.30, 103.15),
    "Bukit Contoh": (-4.05, 103.20),
}
FIRST = (
    *("MELATI", "MAWAR", "KENANGA", "DAHLIA", "SERUNI", "TERATAI", "CEMPAKA", "FLAMBOYAN"),
    *("MERPATI", "RAJAWALI", "KUTILANG", "CENDRAWASIH", "CAMAR", "JALAK", "MURAI", "GELATIK"),
)
LAST = (
    *("CEMARA", "MERANTI", "TREMBESI", "MAHONI", "KETAPANG", "BERINGIN", "CENDANA", "RASAMALA"),
    *("BAMBU", "ROTAN", "AREN", "KEMIRI", "DURIAN", "MANGGIS", "RAMBUTAN", "KEMUNING"),
)
CLASSES = {
    "SMA": ("X 1", "X 2", "XI IPA", "XI IPS", "XII IPA", "XII IPS"),
    "SMK": ("X TKJ", "X AKL", "XI TKJ", "XI AKL", "XII TKJ", "XII AKL"),
    "MA": ("X A", "XI A", "XII A"),
    "SLB": ("X C",),
    "PKBM": ("X", "XI", "XII"),
}
GRADES = {"X": 10, "XI": 11, "XII": 12}
RECORDED = 0.35  # of those old enough


@attrs.frozen
class Sent:
    """A school, how many pupils each of its classes has, and what happened to its file."""

    npsn: str
    name: str
    level: str
    kecamatan: str
    class_size: int
    quirks: tuple[Quirk, ...] = ()


SCHOOLS = (
    Sent("99900001", "SMA NEGERI 1 CONTOH", "SMA", "Kota Contoh", 24),
    Sent("99900002", "SMA NEGERI 2 CONTOH", "SMA", "Hulu Contoh", 17, (Quirk.DATES_SLASHED,)),
    Sent("99900003", "SMK NEGERI 1 CONTOH", "SMK", "Kota Contoh", 22, (Quirk.FOOTER,)),
    Sent("99900004", "SMK HARAPAN CONTOH", "SMK", "Hilir Contoh", 12, (Quirk.DATES_NAMED,)),
    Sent("99900005", "SMA NEGERI 3 CONTOH", "SMA", "Bukit Contoh", 10, (Quirk.COLUMNS_MOVED,)),
    Sent("99900006", "MA AL CONTOH", "MA", "Hilir Contoh", 15),
    Sent("99900007", "SLB NEGERI CONTOH", "SLB", "Kota Contoh", 9),
    Sent("P9990008", "PKBM CONTOH MANDIRI", "PKBM", "Bukit Contoh", 11),
)


def pupils_of(sent: Sent, rng: random.Random, numbers: list[int]) -> list[Student]:
    """Return invented pupils, class by class; *numbers* counts through the regency."""
    found = []
    for name in CLASSES[sent.level]:
        grade = GRADES[name.split()[0]]
        for _ in range(sent.class_size):
            numbers[0] += 1
            born = dt.date(2020 - grade, 7, 1) + dt.timedelta(days=rng.randrange(-60, 400))
            sex = rng.choice("LP")
            day = born.day + (40 if sex == "P" else 0)
            due = born.replace(year=born.year + 16, day=min(born.day, 28))
            is_recorded = due < dt.date(2026, 6, 1) and rng.random() < RECORDED
            found.append(
                Student(
                    student_id=f"000{numbers[0]:07}",
                    nisn=f"000{numbers[0]:07}",
                    nik=f"179901{day:02}{born:%m%y}{numbers[0]:04}",
                    school=sent.npsn,
                    name=f"{rng.choice(FIRST)} {rng.choice(LAST)}",
                    birth_date=born,
                    sex=sex,
                    grade=grade,
                    class_name=name,
                    special_needs=sent.level == "SLB",
                    recorded=is_recorded,
                    recorded_on=dt.date(2026, 6, 2) if is_recorded else None,
                )
            )
    return found


def point_of(sent: Sent, rng: random.Random) -> tuple[float, float]:
    north, east = KECAMATAN[sent.kecamatan]
    return round(north + rng.uniform(-0.03, 0.03), 4), round(east + rng.uniform(-0.03, 0.03), 4)


def school_table(points: dict[str, tuple[float, float]]) -> str:
    """Return the list of schools, with the slips such lists have: one point swapped, one empty."""
    lines = ["npsn;nama sekolah;bentuk;status;kecamatan;lintang;bujur"]
    for sent in SCHOOLS:
        status = "Negeri" if "NEGERI" in sent.name else "Swasta"
        north, east = map(str, points[sent.npsn])
        if sent.npsn == "99900004":
            north, east = east, north
        if sent.npsn == "P9990008":
            north = east = ""
        cells = (sent.npsn, sent.name, sent.level, status, sent.kecamatan, north, east)
        lines.append(";".join(cells))
    return "\n".join(lines) + "\n"


def plain_table(roster: pl.DataFrame) -> str:
    """Return the list of the PKBM, typed by hand: one birth date that no calendar has."""
    lines = ["Nama;NISN;NIK;L/P;Tanggal Lahir;Kelas"]
    for number, pupil in enumerate(roster.iter_rows(named=True)):
        born = "30-02-2010" if number == 4 else f"{pupil['birth_date']:%d-%m-%Y}"
        cells = ("name", "nisn", "nik", "sex")
        lines.append(";".join([*(pupil[cell] for cell in cells), born, pupil["class_name"]]))
    return "\n".join(lines) + "\n"


KECAMATAN_TABLE = "name,latitude,longitude,radius_km\n" + "".join(
    f"{name},{north},{east},12\n" for name, (north, east) in KECAMATAN.items()
)
HOLIDAYS = """\
tanggal;keterangan;jenis
2026-10-12;Hari jadi Kabupaten Contoh;libur daerah
"""
CLOSURES = """\
mulai;selesai;kegiatan;jenjang;npsn;kelas
2026-09-21;2026-09-25;Asesmen tengah semester;;;
2026-09-01;2026-10-30;Praktik kerja lapangan;SMK;;XI
2026-11-10;2026-11-11;Hari jadi sekolah;;99900001;
2026-11-23;2026-12-04;Asesmen akhir semester;;;
"""


def files() -> dict[str, bytes]:
    """Return the files of the tutorial by name; the same on every machine."""
    rng, numbers = random.Random(SEED), [0]
    points = {sent.npsn: point_of(sent, rng) for sent in SCHOOLS}
    rosters = {sent.npsn: pupils_of(sent, rng, numbers) for sent in SCHOOLS}
    everyone = roster_from_students(one for pupils in rosters.values() for one in pupils)
    found = {
        "sekolah.csv": school_table(points).encode(),
        "kecamatan.csv": KECAMATAN_TABLE.encode(),
        "libur.csv": HOLIDAYS.encode(),
        "kegiatan.csv": CLOSURES.encode(),
    }
    known = everyone.filter(pl.int_range(pl.len()) % 25 != 0)  # the registry lacks every 25th
    old = known.filter(pl.col("birth_date") < dt.date(2010, 12, 1))
    homes = old.with_columns(home_region=pl.lit(REGION))
    found["dukcapil.xlsx"] = register_workbook(homes)
    for sent in SCHOOLS:
        roster = everyone.filter(npsn=sent.npsn)
        if sent.level == "PKBM":
            found["siswa/pkbm.csv"] = plain_table(roster).encode()
        elif sent.level == "MA":
            found["siswa/emis-ma.xlsx"] = emis_workbook(roster)
        else:
            north, east = points[sent.npsn]
            school = School(
                npsn=sent.npsn,
                name=sent.name,
                level=sent.level,
                kecamatan=sent.kecamatan,
                location=Location(north, east),
            )
            rows = pl.concat([roster, roster.head(1)]) if sent.npsn == "99900002" else roster
            name = f"siswa/daftar_pd-{sent.name}-{DOWNLOADED} 08_15_00.xlsx"
            found[name] = dapodik_workbook(rows, school, as_of=DOWNLOADED, quirks=sent.quirks)
    return found


if __name__ == "__main__":
    for place, content in files().items():
        target = FOLDER / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{place}  {len(content) // 1024 + 1} kB")
    sys.exit()
