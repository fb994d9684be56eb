"""NIK, the population number: what it says, what is wrong with one, and how it is hidden."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.fields import refuse
from school_ektp.model.student import Sex

DIGITS = 16
WOMAN = 40  # added to the day of birth
CENTURY = dt.timedelta(days=36_525)  # between the same dates of 19YY, from March 1900, and 20YY
MASK = "*" * 12

#: First two digits: the provinces of 2025.
PROVINCES = frozenset(
    {
        *(11, 12, 13, 14, 15, 16, 17, 18, 19, 21),
        *(31, 32, 33, 34, 35, 36, 51, 52, 53),
        *(61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76),
        *(81, 82, 91, 92, 93, 94, 95, 96),
    }
)

_FORM = re.compile(r"[1-9][0-9]{15}")
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
_FIFTEEN = re.compile(r"[0-9]{15}")
_BLANKS = " \t\r\n"


class NikFinding(StrEnum):
    """What is the matter with a NIK; of several findings the one further down is reported."""

    GOOD = "GOOD"  #: nothing
    LAST_DIGIT_ZERO = "LAST_DIGIT_ZERO"  #: suspect: spreadsheets keep 15 digits and put 0 after
    SERIAL = "SERIAL"  #: serial 0000, which no office gives out
    BIRTH_DATE = "BIRTH_DATE"  #: digits 7 to 12 are no date
    REGION = "REGION"  #: no such province, or regency or kecamatan 00
    FAMILY_CARD = "FAMILY_CARD"  #: the number of the family card (No KK) was copied
    NOT_16_DIGITS = "NOT_16_DIGITS"  #: not sixteen digits of which the first is not 0
    FIFTEEN_DIGITS = "FIFTEEN_DIGITS"  #: a digit was lost
    SCIENTIFIC = "SCIENTIFIC"  #: such as 1,70209E+15: the digits are lost
    MISSING = "MISSING"  #: none given; a pupil may have none

    @property
    def is_number(self) -> bool:
        """Whether there are sixteen digits, so that it can be looked up."""
        return self in _NUMBERS


_NUMBERS = {
    NikFinding.GOOD,
    NikFinding.LAST_DIGIT_ZERO,
    NikFinding.SERIAL,
    NikFinding.BIRTH_DATE,
    NikFinding.REGION,
}


def nik_finding(text: str | None, *, family_card: str | None = None) -> NikFinding:
    """
    Return what is the matter with the text of a NIK.

    Args:
        text: The cell as text; None when empty.
        family_card: Number of the family card beside it.
    """
    _only_text("nik_finding", "text", text)
    _only_text("nik_finding", "family_card", family_card)
    if text is None or not text.strip(_BLANKS):
        return NikFinding.MISSING
    if _FORM.fullmatch(text):
        return NikFinding.FAMILY_CARD if text == family_card else Nik(text).finding
    if _SCIENTIFIC.fullmatch(text):
        return NikFinding.SCIENTIFIC
    return NikFinding.FIFTEEN_DIGITS if _FIFTEEN.fullmatch(text) else NikFinding.NOT_16_DIGITS


def mask_nik(text: str | None) -> str | None:
    """Return ``"1702************"``: the regency is shown, all else hidden; None stays None."""
    _only_text("mask_nik", "text", text)
    if text is None:
        return None
    return (text[:4] if _FORM.fullmatch(text) else "****") + MASK


def _only_text(owner: str, name: str, text: object) -> None:
    if text is not None and not isinstance(text, str):
        fault = f"must be text or None, got a {type(text).__name__}"
        raise InvalidFieldError(owner, name, f"{fault}; spreadsheets round such numbers")


def _check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str):
        fault = f"must be text, got a {type(value).__name__}; spreadsheets round such numbers"
        raise refuse(instance, attribute, fault)
    if not _FORM.fullmatch(value):
        finding = nik_finding(value)
        raise refuse(instance, attribute, f"must be 16 digits ({finding.value.lower()})")


@attrs.frozen
class Nik:
    """
    A NIK of sixteen digits, which may still be doubtful: see `finding`.

    It never changes, even when a birth date or sex is corrected, so it warns and never decides.

    Attributes:
        text: The digits; never shown.
    """

    text: str = attrs.field(repr=False, validator=_check)

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The regency and twelve asterisks."""
        return self.text[:4] + MASK

    @property
    def region(self) -> str:
        """Kemendagri code of the kecamatan of first registration, such as ``"17.02.09"``."""
        return f"{self.text[:2]}.{self.text[2:4]}.{self.text[4:6]}"

    @property
    def sex(self) -> Sex:
        """Women have 40 added to the day of birth."""
        return Sex.P if int(self.text[6:8]) > WOMAN else Sex.L

    @property
    def serial(self) -> int:
        """The last four digits; 0 is given to nobody."""
        return int(self.text[12:])

    @property
    def possible_births(self) -> tuple[dt.date, ...]:
        """
        Birth dates it can stand for: in 20YY and a century before; none when they are no date.

        Dates before 1 March 1900 are left out.
        """
        day, month, year = (int(self.text[place : place + 2]) for place in (6, 8, 10))
        try:
            late = dt.date(2000 + year, month, day - WOMAN * (day > WOMAN))
        except ValueError:
            return ()
        return late - CENTURY, late

    @arguments.checked
    def birth_date(self, *, as_of: dt.date) -> dt.date | None:
        """Return the latest possible birth date not after *as_of*; None if there is none."""
        return max((day for day in self.possible_births if day <= as_of), default=None)

    @arguments.checked
    def agrees_with(self, birth_date: dt.date) -> bool:
        """Return whether it can be the number of someone born on *birth_date*; warn if not."""
        return birth_date in self.possible_births

    @property
    def finding(self) -> NikFinding:
        """What is doubtful about it."""
        province, regency, kecamatan = (int(part) for part in self.region.split("."))
        if province not in PROVINCES or not regency or not kecamatan:
            return NikFinding.REGION
        if not self.possible_births:
            return NikFinding.BIRTH_DATE
        if not self.serial:
            return NikFinding.SERIAL
        return NikFinding.GOOD if self.serial % 10 else NikFinding.LAST_DIGIT_ZERO
