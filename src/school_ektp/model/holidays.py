"""National holidays and joint leave of Indonesia in any year, from the package `holidays`."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.extras import extra
from school_ektp.model.language import Lang, check_lang

_NATIONAL, _JOINT_LEAVE = "public", "government"  # categories of the package


class Holidays(NamedTuple):
    """Days off by kind, as `school_ektp.model.calendar.VisitCalendar` takes them."""

    holidays: dict[dt.date, str]
    joint_leave: dict[dt.date, str]


@arguments.checked
def public_holidays(first_day: dt.date, last_day: dt.date, *, lang: Lang = "id") -> Holidays:
    """
    Return the national holidays and the joint leave (cuti bersama) from one day to another.

    The kinds are the package's categories, so no name is interpreted. Days of years that are not
    decreed yet are the package's estimates, and it knows no joint leave for them.

    Args:
        first_day: First day asked for.
        last_day: Last day asked for; before the first, there are none.
        lang: Language of the names.

    Raises:
        InvalidFieldError: The package does not know the years asked for.
        MissingExtraError: The extra ``calendar`` is not installed.
    """
    language = "en_US" if check_lang(lang) == "en" else "id"  # as the package names them
    with extra("calendar", "holidays of any year"):
        from holidays import country_holidays
        from holidays.countries.indonesia import ID
    for name, day in (("first_day", first_day), ("last_day", last_day)):
        if not ID.start_year <= day.year <= ID.end_year:
            fault = f"must lie from {ID.start_year} to {ID.end_year}, got {day}"
            raise InvalidFieldError("public_holidays", name, fault)

    def of(category: str) -> dict[dt.date, str]:
        years = range(first_day.year, last_day.year + 1)
        days = country_holidays("ID", years=years, categories=(category,), language=language)
        return {day: name for day, name in sorted(days.items()) if first_day <= day <= last_day}

    national, joint_leave = of(_NATIONAL), of(_JOINT_LEAVE)
    return Holidays(national, {day: joint_leave[day] for day in joint_leave if day not in national})
