"""Arguments of public calls: what is of another kind is refused with the way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from school_ektp.errors import InvalidFieldError

T = TypeVar("T")


def several(owner: str, name: str, values: Iterable[T], kind: type, hint: str) -> tuple[T, ...]:
    """
    Return the values of an argument.

    Args:
        owner: The call.
        name: The argument.
        values: What was given.
        kind: What each value must be.
        hint: What to give, and where it comes from.

    Raises:
        InvalidFieldError: *values* is no iterable, or one of them is of another kind.
    """
    given: Any = values
    if not isinstance(given, Iterable):
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
