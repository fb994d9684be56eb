"""Validators and converters shared by the model; each fault becomes an InvalidFieldError."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import attrs

from school_ektp.errors import InvalidFieldError

Validator: TypeAlias = Callable[[Any, "attrs.Attribute[Any]", Any], None]
Choice = TypeVar("Choice", bound=StrEnum)


def refuse(instance: object, attribute: attrs.Attribute[Any], fault: str) -> InvalidFieldError:
    """Return the error for a field of *instance*; the caller raises it."""
    return InvalidFieldError(type(instance).__name__, attribute.name, fault)


def whole_number(least: int, most: int | None = None) -> Validator:
    """Return a validator for integers from *least* to *most*, bounds included."""
    span = f"at least {least}" if most is None else f"from {least} to {most}"

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            fault = f"must be a whole number {span}, got a {type(value).__name__}"
            raise refuse(instance, attribute, fault)
        if value < least or (most is not None and value > most):
            raise refuse(instance, attribute, f"must be a whole number {span}, got {value}")

    return check


def fraction(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a share above 0 and at most 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise refuse(instance, attribute, f"must be above 0 and at most 1, got {value!r}")


def chance(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a share from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refuse(instance, attribute, f"must be from 0 to 1, got {value!r}")


def text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise refuse(instance, attribute, "must be a text that is not blank")


def day(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a date without a time of day."""
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        fault = f"must be a datetime.date without a time, got a {type(value).__name__}"
        raise refuse(instance, attribute, fault)


def choice(kind: type[Choice]) -> Callable[[object], Choice]:
    """Return a converter to *kind* that accepts its values in any case."""

    def convert(value: object) -> Choice:
        try:
            return kind(str(value).strip().upper())
        except ValueError:
            known = ", ".join(member.value for member in kind)
            fault = f"must be one of {known}"
            raise InvalidFieldError(kind.__name__, "value", fault) from None

    return convert


def as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    """Freeze any iterable in the order it came."""
    return tuple(values)


def as_days(values: Iterable[Any]) -> frozenset[dt.date]:
    """Freeze an iterable of dates; a bare text would be taken letter by letter, so it fails."""
    days = frozenset(values)
    if any(isinstance(value, dt.datetime) or not isinstance(value, dt.date) for value in days):
        owner = "days"
        raise InvalidFieldError(owner, "value", "must hold datetime.date values only")
    return days
