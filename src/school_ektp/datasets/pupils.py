"""
Invented pupils of a real regency: nobody in here exists, the counts are as reported.

Each school enrols pupils of any grade and age until it has its quota of first-timers, so the
younger classmates come along as they would in life and the ages of a grade have one bell shape.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs
import polars as pl

from school_ektp.datasets.rng import Rng
from school_ektp.model.apportion import apportioned
from school_ektp.model.clock import DaySpan
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.school import School, SchoolLevel
from school_ektp.model.weekly import MONDAY_TO_FRIDAY, days_of
from school_ektp.roster.schema import ROSTER

#: Day of the report that the figures are from, and of the roster.
AS_OF = dt.date(2024, 9, 3)
#: First-timers aged 16 or over on that day, and how many of them were recorded.
FIRST_TIMERS = 6_000
RECORDED = 3_000
#: Invented: married pupils, all of them first-timers.
MARRIED = 12
#: Invented: pupils registered in another regency: waiting, recorded, still too young.
ELSEWHERE_WAITING = 45
ELSEWHERE_RECORDED = 30
ELSEWHERE_TOO_YOUNG = 15

TOWN = frozenset({"Curup", "Curup Selatan", "Curup Tengah", "Curup Timur", "Curup Utara"})
HILLS = frozenset({"Bermani Ulu", "Bermani Ulu Raya", "Selupu Rejang", "Sindang Kelingi"})
# The rest is the Lembak country in the east, 25 to 50 km from Curup.

_RECORDED_SINCE = dt.date(2023, 7, 17)  # earlier recordings would not have found them at 16
_POLICY = EligibilityPolicy()
_OPEN = _POLICY.cutoff(AS_OF)
_GRADES = (10, 11, 12)
_GRADE_WEIGHTS = (36, 33, 31)  # some leave on the way
_MEAN_BIRTH = {10: dt.date(2008, 12, 8), 11: dt.date(2007, 12, 8), 12: dt.date(2006, 12, 8)}
_BIRTH_SPREAD = 600  # days either way; half of a grade lies within 120
_ROMAN = {10: "X", 11: "XI", 12: "XII"}
_CLASS_SIZE = 34
_SMALL_CLASS = 8  # SLB
_MAJORS = {
    SchoolLevel.SMK: ("TKJ", "AKL", "TKR", "TSM", "ATPH", "MPLB"),
    SchoolLevel.MA: ("IPA", "IPS"),
}
_SMK_CLASSES_PER_MAJOR = 2
_BOYS_PERCENT = {SchoolLevel.SMK: 58, SchoolLevel.SLB: 60, SchoolLevel.MA: 43}


@attrs.define(eq=False)
class _Pupil:
    """A pupil in the making; filled step by step, then read into a row."""

    school: School
    grade: int
    born: dt.date
    sex: str
    number: int = 0
    class_name: str = ""
    married: bool = False
    recorded_on: dt.date | None = None
    home_region: str = ""

    @property
    def is_first_timer(self) -> bool:
        return _OPEN.admits(self.born)


def invented_roster(
    schools: Sequence[School], days_off: Iterable[dt.date], *, seed: int, names: bool
) -> pl.DataFrame:
    """
    Return a roster of invented pupils in order of school, grade, class and key.

    Args:
        schools: The regency's schools.
        days_off: Days on which nobody was recorded, beside weekends.
        seed: Equal seeds give equal rosters on every machine.
        names: Give names that are plainly invented; none otherwise.
    """
    rng = Rng(seed)
    pupils = [
        pupil
        for school, quota in zip(schools, _quotas(rng, schools), strict=True)
        for pupil in _enrol(rng, school, quota)
    ]
    _record(rng, pupils, frozenset(days_off))
    _marry(rng, pupils)
    _register_elsewhere(rng, pupils)
    _form_classes(rng, pupils)
    for number, pupil in enumerate(rng.shuffled(pupils), start=1):
        pupil.number = number
    pupils.sort(key=lambda pupil: (pupil.school.npsn, pupil.grade, pupil.class_name, pupil.number))
    return _frame(pupils, names=names)


def _quotas(rng: Rng, schools: Sequence[School]) -> list[int]:
    """Return how many first-timers each school has: log-normal-like sizes, SLB apart."""
    special = [school.level is SchoolLevel.SLB for school in schools]
    fixed = [rng.between(23, 29) if slb else 0 for slb in special]
    weights = [0 if school.level is SchoolLevel.SLB else _size(rng, school) for school in schools]
    shares = apportioned(FIRST_TIMERS - sum(fixed), weights)
    return [share + own for share, own in zip(shares, fixed, strict=True)]


def _size(rng: Rng, school: School) -> int:
    """Return a size with chance multiplied in, which makes sizes log-normal-like."""
    size = _usual_size(school) * 1000
    for _ in range(3):
        size = size * rng.between(78, 128) // 100
    return size


def _usual_size(school: School) -> int:
    if school.npsn.startswith("70"):  # numbers given out since about 2020: new schools
        return 32
    if not school.state:
        return {SchoolLevel.SMA: 75, SchoolLevel.SMK: 60}.get(school.level, 45)
    if school.kecamatan in TOWN:
        return 350
    return 195 if school.kecamatan in HILLS else 140


def _enrol(rng: Rng, school: School, quota: int) -> list[_Pupil]:
    pupils: list[_Pupil] = []
    while quota:
        pupil = _new_pupil(rng, school)
        pupils.append(pupil)
        quota -= pupil.is_first_timer
    return pupils


def _new_pupil(rng: Rng, school: School) -> _Pupil:
    grade = _GRADES[rng.weighted(_GRADE_WEIGHTS)]
    days = rng.bell(_BIRTH_SPREAD)
    if school.level is SchoolLevel.SLB:
        days -= rng.below(700)
    elif rng.chance(4):  # started late or repeated a year
        days -= rng.below(500)
    sex = "L" if rng.chance(_BOYS_PERCENT.get(school.level, 45)) else "P"
    return _Pupil(school, grade, _MEAN_BIRTH[grade] + dt.timedelta(days=days), sex)


def _record(rng: Rng, pupils: Sequence[_Pupil], days_off: frozenset[dt.date]) -> None:
    """Record half of the first-timers: more at schools in town and large ones, the oldest first."""
    span = DaySpan(_RECORDED_SINCE, AS_OF)  # ends on an open day, so nobody finds none
    open_days = sorted(days_of(MONDAY_TO_FRIDAY, span) - days_off)
    groups = _by_school(pupil for pupil in pupils if pupil.is_first_timer)
    weights = [len(group) * _recorded_percent(rng, group) for group in groups]
    for group, count in zip(groups, apportioned(RECORDED, weights), strict=True):
        queue = sorted(group, key=lambda pupil: pupil.born.toordinal() + rng.below(700))
        for pupil in queue[:count]:
            pupil.recorded_on = _recording_day(rng, pupil, open_days)


def _recorded_percent(rng: Rng, group: Sequence[_Pupil]) -> int:
    kecamatan = group[0].school.kecamatan
    near = 47 if kecamatan in TOWN else 36 if kecamatan in HILLS else 26
    large = 8 if len(group) >= 200 else 0  # noqa: PLR2004 - the office went there first
    return near + large + rng.between(-10, 10)


def _recording_day(rng: Rng, pupil: _Pupil, open_days: Sequence[dt.date]) -> dt.date:
    first = bisect_left(open_days, _POLICY.opens_on(pupil.born))
    return open_days[rng.between(first, len(open_days) - 1)]


def _marry(rng: Rng, pupils: Sequence[_Pupil]) -> None:
    grown = [pupil for pupil in pupils if pupil.is_first_timer and pupil.grade > _GRADES[0]]
    for pupil in rng.shuffled(grown)[:MARRIED]:
        pupil.married = True


def _register_elsewhere(rng: Rng, pupils: Sequence[_Pupil]) -> None:
    waiting = [p for p in pupils if p.is_first_timer and p.recorded_on is None]
    recorded = [p for p in pupils if p.recorded_on is not None]
    too_young = [p for p in pupils if not p.is_first_timer]
    for group, count in (
        (waiting, ELSEWHERE_WAITING),
        (recorded, ELSEWHERE_RECORDED),
        (too_young, ELSEWHERE_TOO_YOUNG),
    ):
        for pupil in rng.shuffled(group)[:count]:
            pupil.home_region = _neighbour(rng, pupil.school)


def _neighbour(rng: Rng, school: School) -> str:
    """Return the code of a regency across the border that lies nearest."""
    if school.kecamatan in TOWN:
        return ("17.08", "17.08", "17.07")[rng.below(3)]  # Kepahiang, Lebong
    if school.kecamatan in HILLS:
        return ("17.07", "17.08")[rng.below(2)]
    return ("16.73", "16.05")[rng.below(2)]  # Lubuklinggau, Musi Rawas


def _form_classes(rng: Rng, pupils: Sequence[_Pupil]) -> None:
    """Name classes so that the grade is the first word, as in `XI TKJ 1`."""
    for group in _by_school(pupils, lambda pupil: pupil.grade):
        school, grade = group[0].school, group[0].grade
        size = _SMALL_CLASS if school.level is SchoolLevel.SLB else _CLASS_SIZE
        classes = _class_names(school, -(-len(group) // size))
        for place, pupil in enumerate(rng.shuffled(group)):
            pupil.class_name = f"{_ROMAN[grade]} {classes[place % len(classes)]}"


def _class_names(school: School, count: int) -> list[str]:
    majors = _MAJORS.get(school.level, ())
    if school.level is SchoolLevel.SMK:
        majors = majors[: -(-count // _SMK_CLASSES_PER_MAJOR)]
    if not majors:
        return [str(number) for number in range(1, count + 1)]
    names = [f"{majors[place % len(majors)]} {place // len(majors) + 1}" for place in range(count)]
    return sorted(names)


def _by_school(
    pupils: Iterable[_Pupil], part: Callable[[_Pupil], int] = lambda _: 0
) -> list[list[_Pupil]]:
    groups: dict[tuple[str, int], list[_Pupil]] = {}
    for pupil in pupils:
        groups.setdefault((pupil.school.npsn, part(pupil)), []).append(pupil)
    return [groups[key] for key in sorted(groups)]


def _frame(pupils: Sequence[_Pupil], *, names: bool) -> pl.DataFrame:
    keys = [_key(pupil) for pupil in pupils]
    columns: Mapping[str, Sequence[object]] = {
        "student_id": keys,
        "npsn": [pupil.school.npsn for pupil in pupils],
        "birth_date": [pupil.born for pupil in pupils],
        "sex": [pupil.sex for pupil in pupils],
        "grade": [pupil.grade for pupil in pupils],
        "class_name": [pupil.class_name for pupil in pupils],
        "married": [pupil.married for pupil in pupils],
        "recorded_on": [pupil.recorded_on for pupil in pupils],
        "recorded": [pupil.recorded_on is not None for pupil in pupils],
        "home_region": [pupil.home_region for pupil in pupils],
        "special_needs": [pupil.school.level is SchoolLevel.SLB for pupil in pupils],
        "nisn": keys,
        "nik": [None] * len(pupils),
        "name": [_name(pupil) if names else None for pupil in pupils],
        "source_file": [""] * len(pupils),
        "source_sheet": [""] * len(pupils),
        "source_row": range(1, len(pupils) + 1),
    }
    return pl.DataFrame(columns, schema=ROSTER)


def _key(pupil: _Pupil) -> str:
    """
    Return ten digits in the form of an NISN that belongs to no pupil.

    The first three digits of a real one are the end of the birth year: 000 is nobody at school.
    """
    return f"000{pupil.number:07d}"


def _name(pupil: _Pupil) -> str:
    word = "Siswa" if pupil.sex == "L" else "Siswi"
    return f"{word} Contoh {pupil.number:05d}"
