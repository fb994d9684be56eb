"""Validators and converters shared by the model; each fault becomes an InvalidFieldError."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Self, TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError

Validator: TypeAlias = Callable[[Any, "attrs.Attribute[Any]", Any], None]

# Control characters, ends of lines and paragraphs, halves of characters: they break lines of
# calendars, cells and scripts, or cannot be written at all. Marks that cannot be seen make two
# names of one, and those of direction show another name than is written.
_NO_TEXT = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_MARKS = "\ufffe\uffff"  # no characters

PAIR = 2  # values
_QUOTED = 8  # characters: an NPSN has eight, an NISN and a birth date ten

MOST = 10**12
"""Above any count of anybody; what is larger does not fit into a table."""


class Choice(StrEnum):
    """One of a few words; made of its value in any case, it is a converter, too."""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        given = str(value).strip().upper()
        for one in cls:
            if one.value.upper() == given:
                return one
        raise InvalidFieldError(cls.__name__, "value", f"must be one of {', '.join(cls)}")


def refuse(instance: object, attribute: attrs.Attribute[Any], fault: str) -> InvalidFieldError:
    """Return the error for a field of *instance*; the caller raises it."""
    return InvalidFieldError(type(instance).__name__, attribute.name, fault)


def shown(value: object) -> str:
    """
    Return a value as a message may quote it.

    Numbers are quoted, and short texts without letters. Of anything else only the kind is named: a
    name, a NIK or a birth date may stand where a school number or a time belongs.
    """
    if value is None or isinstance(value, bool | int | float):
        return f"{value!r}" if not isinstance(value, int) or abs(value) < MOST else "a large number"
    if not isinstance(value, str):
        return f"a {type(value).__name__}"
    if len(value) <= _QUOTED and not any(one.isalpha() for one in value):
        return f"{value!r}"
    return "another text"


def whole_number(least: int, most: int | None = None) -> Validator:
    """Return a validator for integers from *least* to *most*, bounds included."""
    span = f"at least {least}" if most is None else f"from {least} to {most}"

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            fault = f"must be a whole number {span}, got a {type(value).__name__}"
            raise refuse(instance, attribute, fault)
        if value < least or (most is not None and value > most):
            raise refuse(instance, attribute, f"must be a whole number {span}, got {shown(value)}")
        if value > MOST:
            fault = f"must be a whole number {span} and at most {MOST:,}, got {shown(value)}"
            raise refuse(instance, attribute, fault)

    return check


def of_pairs(*checks: Validator | None) -> Validator:
    """Return a validator for pairs: one for the first of each, one for the second, or None."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        for pair in value:  # type: ignore[attr-defined]
            for part, valid in zip(pair, checks, strict=True):
                if valid is not None:
                    valid(instance, attribute, part)

    return check


def fraction(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a share above 0 and at most 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise refuse(instance, attribute, f"must be above 0 and at most 1, got {shown(value)}")


def chance(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a share from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refuse(instance, attribute, f"must be from 0 to 1, got {shown(value)}")


def number(above: float, below: float, unit: str = "") -> Validator:
    """Return a validator for numbers between two others, bounds left out; not-a-number fails."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        no_number = isinstance(value, bool) or not isinstance(value, int | float)
        if no_number or not above < value < below:  # type: ignore[operator]
            got = f"got {shown(value)}" if not no_number else f"got a {type(value).__name__}"
            fault = f"must be above {above:g} and below {below:g}{unit}, {got}"
            raise refuse(instance, attribute, fault)

    return check


def one_of(*kinds: type) -> Validator:
    """Return a validator for an object of one of some types."""
    names = " or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            fault = f"must be a {names}, got a {type(value).__name__}"
            raise refuse(instance, attribute, fault)

    return check


def all_of(*kinds: type) -> Validator:
    """Return a validator for a tuple of objects of some types; a field is made one by `frozen`."""
    names = " or ".join(kind.__name__ for kind in kinds)

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple):
            fault = f"must be a list of {names}, got a {type(value).__name__}"
            raise refuse(instance, attribute, fault)
        for one in value:
            if not isinstance(one, kinds):
                fault = f"must hold {names} only, got a {type(one).__name__}"
                raise refuse(instance, attribute, fault)

    return check


def text(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a text of one line that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise refuse(instance, attribute, "must be a text that is not blank")
    line(instance, attribute, value)


def switch(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate True or False."""
    if not isinstance(value, bool):
        raise refuse(instance, attribute, f"must be True or False, got a {type(value).__name__}")


def line(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a text of one line, which may be empty."""
    if not isinstance(value, str):
        fault = f"must be a text, got a {type(value).__name__}"
        raise refuse(instance, attribute, fault)
    bad = next((one for one in value if unicodedata.category(one) in _NO_TEXT or one in _MARKS), "")
    if bad:
        fault = "must be one line of text without control characters or invisible marks"
        raise refuse(instance, attribute, f"{fault}, got U+{ord(bad):04X}")


def day(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a date without a time of day."""
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        fault = f"must be a datetime.date without a time, got a {type(value).__name__}"
        raise refuse(instance, attribute, fault)


def as_tuple(values: Iterable[Any], owner: str, name: str) -> tuple[Any, ...]:
    """Freeze any iterable in the order it came; what is none fails, as the field of *owner*."""
    given: object = values
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        fault = f"must be a list or another iterable, got a {type(given).__name__}"
        raise InvalidFieldError(owner, name, fault)
    return tuple(values)


def frozen(values: Iterable[Any]) -> tuple[Any, ...]:
    """Freeze any iterable in the order it came; what is none is left for `all_of` to refuse."""
    given: Any = values
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else given


def as_pairs(
    values: Mapping[Any, Any] | Iterable[Any], owner: str, name: str
) -> tuple[tuple[Any, Any], ...]:
    """Freeze a mapping, or pairs, in the order they came; what is neither fails."""
    given = as_tuple(values.items() if isinstance(values, Mapping) else values, owner, name)
    for one in given:
        if not isinstance(one, tuple | list) or len(one) != PAIR:
            fault = f"must be a mapping or hold pairs, got a {type(one).__name__} in it"
            raise InvalidFieldError(owner, name, fault)
    return tuple((first, second) for first, second in given)


def as_days(values: Iterable[Any]) -> frozenset[dt.date]:
    """Freeze an iterable of dates; a bare text would be taken letter by letter, so it fails."""
    given: object = frozen(values)
    days = given if isinstance(given, tuple) else (given,)
    if any(isinstance(value, dt.datetime) or not isinstance(value, dt.date) for value in days):
        raise InvalidFieldError("days", "value", "must hold datetime.date values only")
    return frozenset(days)
