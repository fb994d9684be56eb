"""NPSN, the national number of a school."""

from __future__ import annotations

import re
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.fields import refuse, shown

_FORM = re.compile(r"\d{8}|[KP]\d{7}")


def _stripped(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not _FORM.fullmatch(value):
        fault = f"must be 8 digits, or K or P and 7 digits, as text; got {shown(value)}"
        raise refuse(instance, attribute, fault)


@attrs.frozen(order=True)
class Npsn:
    """
    National school number: eight digits, or K or P and seven digits for a PKBM.

    Attributes:
        text: The number as text; spaces around it are dropped, letters made upper case.
    """

    text: str = attrs.field(converter=_stripped, validator=_check)

    def __str__(self) -> str:
        return self.text


def npsn_text(value: object) -> str:
    """
    Return the checked text of a school number.

    Raises:
        InvalidFieldError: Not the form of an NPSN.
    """
    if isinstance(value, Npsn):
        return value.text
    if not isinstance(value, str):
        fault = f"must be text, got a {type(value).__name__}; numbers lose their zeros"
        raise InvalidFieldError("School", "npsn", fault)
    return Npsn(value).text
