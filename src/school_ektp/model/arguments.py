"""Arguments of public calls: what is of another kind is refused with the way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields

T = TypeVar("T")
_NAMES = 6  # that an error lists


def several(owner: str, name: str, values: Iterable[T], kind: type, hint: str) -> tuple[T, ...]:
    """
    Return the values of an argument; *hint* says what to give, and where it comes from.

    Raises:
        InvalidFieldError: *values* is no iterable, or one of them is of another *kind*.
    """
    given: Any = values
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        fault = f"must be a list of {hint}; got a {type(given).__name__}"
        raise InvalidFieldError(owner, name, fault)
    found = tuple(given)
    for one in found:
        if not isinstance(one, kind):
            kinds = f"a {type(given).__name__} with a {type(one).__name__} in it"
            raise InvalidFieldError(owner, name, f"must be a list of {hint}; got {kinds}")
    return found


def date(owner: str, name: str, value: object) -> None:
    """
    Refuse what is no date.

    Raises:
        InvalidFieldError: It is no date, or one with a time of day.
    """
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        fault = f"must be a datetime.date without a time, got a {type(value).__name__}"
        raise InvalidFieldError(owner, name, fault)


def one(owner: str, name: str, value: object, kind: type, hint: str = "") -> None:
    """
    Refuse what is of another kind; *hint* says what to give, else the name of *kind*.

    Raises:
        InvalidFieldError: It is of another kind.
    """
    if not isinstance(value, kind):
        fault = f"must be a {hint or kind.__name__}, got a {type(value).__name__}"
        raise InvalidFieldError(owner, name, fault)


def whole(owner: str, name: str, value: object, least: int = 0, most: int | None = None) -> None:
    """
    Refuse what is no whole number from *least* to *most*, both included.

    Raises:
        InvalidFieldError: It is none, smaller or larger.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        fault = f"must be a whole number, got a {type(value).__name__}"
        raise InvalidFieldError(owner, name, fault)
    if value < least:
        raise InvalidFieldError(owner, name, f"must be at least {least}, got {value}")
    if most is not None and value > most:
        raise InvalidFieldError(owner, name, f"must be at most {most:,}")


def known(owner: str, name: str, value: object, names: Collection[str]) -> None:
    """
    Refuse what is not among the names of a plan.

    Raises:
        InvalidFieldError: It is not; the error lists some that are.
    """
    if not isinstance(value, str) or value not in names:
        some = sorted(names)
        there = ", ".join([*some[:_NAMES], *(["..."] if len(some) > _NAMES else [])])
        fault = f"is not in this plan: {fields.shown(value)}; it has {there or 'none'}"
        raise InvalidFieldError(owner, name, fault)
