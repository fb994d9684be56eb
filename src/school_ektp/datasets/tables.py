"""Schools and holidays of the sample, as the package ships them."""

from __future__ import annotations

import datetime as dt

from school_ektp.model import arguments, holidays
from school_ektp.model.holidays import Holidays
from school_ektp.model.school import Location, LocationMethod, School, SchoolLevel
from school_ektp.model.shipped import shipped_rows

# How the school table words what `LocationMethod` names; a village's name follows a colon.
_METHODS = {
    "source": LocationMethod.SOURCE,
    "village_centroid": LocationMethod.VILLAGE,
    "kecamatan_centroid": LocationMethod.KECAMATAN,
}
SHIPPED_YEAR = 2024
_FIVE_DAYS = (5, "07:30-15:00")
_SIX_DAYS = (6, "07:30-13:00")


def regency_schools() -> tuple[School, ...]:
    """
    Return the 45 SMA-level schools of Rejang Lebong, in order of NPSN.

    Names, levels, kecamatan and places are facts; weeks and hours are invented, because schools
    set their own.
    """
    rows = sorted(shipped_rows("schools_rejang_lebong.csv"), key=lambda row: row["npsn"])
    return tuple(_school(row) for row in rows)


def _school(row: dict[str, str]) -> School:
    method = _METHODS[row["coord_method"].partition(":")[0]]
    week_days, session = _FIVE_DAYS if _is_full_day(row) else _SIX_DAYS
    return School(
        npsn=row["npsn"],
        name=row["name"],
        level=row["type"],
        state=row["status"] == "Negeri",
        kecamatan=row["kecamatan"],
        location=Location(float(row["lat"]), float(row["lon"]), method=method),
        week_days=week_days,
        session=session,
    )


def _is_full_day(row: dict[str, str]) -> bool:
    """Return whether the sample gives a school five long days: SLB, state SMK, integrated Islam."""
    integrated = any(word.endswith("IT") for word in row["name"].split())
    state_smk = row["type"] == SchoolLevel.SMK and row["status"] == "Negeri"
    return row["type"] == SchoolLevel.SLB or state_smk or integrated


@arguments.checked
def public_holidays(year: int) -> Holidays:
    """
    Return the national holidays and the joint leave (cuti bersama) of a year, with names.

    Polling days, which a presidential decree makes holidays, are among the first. To have the days
    of a season in its calendar, ask `VisitCalendar.with_public_holidays`.

    Args:
        year: 2024, the year of the sample, ships with the package; others come from the package
            `holidays`, in English, too.

    Raises:
        MissingExtraError: Another year, and the extra ``calendar`` is not installed.
        InvalidFieldError: The package does not know the year.

    Examples:
        >>> national, joint_leave = public_holidays(2027)
        >>> national[dt.date(2027, 8, 17)]
        'Independence Day'
    """
    arguments.whole("public_holidays", "year", year, least=dt.MINYEAR, most=dt.MAXYEAR)
    if year != SHIPPED_YEAR:
        return holidays.public_holidays(dt.date(year, 1, 1), dt.date(year, 12, 31), lang="en")
    days = Holidays({}, {})
    for row in shipped_rows("holidays_2024.csv"):
        kind = days.joint_leave if row["kind"] == "joint_leave" else days.holidays
        kind[dt.date.fromisoformat(row["day"])] = row["name"]
    return days
