"""Arguments of public calls: what is of another kind is refused with the way out."""

from __future__ import annotations

import datetime as dt
import inspect
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, partial, wraps
from itertools import chain, repeat
from types import NoneType, UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields

T = TypeVar("T")
_Call = ParamSpec("_Call")
_Result = TypeVar("_Result")
_NAMES = 6  # that an error lists
_HOUSE = "school_ektp."
_PLAN = "Plan (as plan_visits() gives it)"
#: What a thing is called where the way to it is not plain from its name.
_CALLED = {
    "CallSheet": "CallSheet (as Plan.call_sheets(roster) gives them)",
    "Comparison": "Comparison (such as Season.changes)",
    "PlanData": _PLAN,
    "Planned": _PLAN,
    "Remedy": "Remedy (as remedies() gives them)",
    "School": "School (such as read_schools(...).schools)",
    "SchoolDemand": "SchoolDemand (such as demand_of(roster) returns)",
    "SeasonProgress": "SeasonProgress (as Season.progress() gives it)",
    "Simulation": "Simulation (as simulate() gives it)",
}


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


@attrs.frozen
class _Kind:
    """One thing that an argument may be: in words, and as a test."""

    words: str
    fits: Callable[[Any], bool]
    is_choice: bool = False  # of words, which are quoted where another one was given


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


#: What annotations mean by these types: a bool is no number, a moment no date.
_PLAIN: Mapping[object, _Kind] = {
    bool: _Kind("True or False", lambda value: isinstance(value, bool)),
    dt.date: _Kind("a datetime.date without a time", _is_date),
    dt.datetime: _Kind("a datetime.datetime", lambda value: isinstance(value, dt.datetime)),
    float: _Kind("a finite number", _is_number),
    int: _Kind("a whole number", _is_whole),
    str: _Kind("a text", lambda value: isinstance(value, str)),
    Callable: _Kind("a function or another callable", callable),
    Mapping: _Kind("a mapping", lambda value: isinstance(value, Mapping)),
    NoneType: _Kind("None", lambda value: value is None),
}


def checked(action: Callable[_Call, _Result]) -> Callable[_Call, _Result]:
    """
    Return a call that refuses what is of another kind than its annotations say.

    See `refuse_others` for what is looked at.
    """
    refuse = refuse_others(action)

    @wraps(action)
    def call(*args: _Call.args, **kwargs: _Call.kwargs) -> _Result:
        refuse(args, kwargs)
        return action(*args, **kwargs)

    return call


def refuse_others(
    action: Callable[..., Any],
) -> Callable[[tuple[Any, ...], Mapping[str, Any]], None]:
    """
    Return a function that refuses arguments of *action* of another kind than its annotations say.

    It knows dates, numbers, texts, switches, literals, things of this package, and lists and
    mappings of these, by name or one of several. An argument that may be anything else, such as
    a path or a table, is left to *action*; so are the elements of an iterator, and a wrong number
    of arguments.

    The function raises `InvalidFieldError`.
    """
    names = tuple(inspect.signature(action).parameters)
    owner, known = action.__qualname__, cache(partial(_kinds_of_arguments, action))

    def refuse(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        kinds = known()
        placed = zip(chain(names, repeat(names[-1])), args, strict=False)  # the last may be *rest
        for name, value in chain(placed, kwargs.items()):
            wanted = kinds.get(name)
            if wanted and not wanted.fits(value):
                quoted = wanted.is_choice and isinstance(value, str)
                got = f"{value!r}" if quoted else _given(value)
                fault = f"must be {wanted.words}, got {got}"
                raise InvalidFieldError(owner, name, fault)

    return refuse


def _given(value: object) -> str:
    """Return what kind a value is of, and which kinds it holds when it is a list."""
    held = value if isinstance(value, list | tuple | set | frozenset) else ()
    kinds = sorted({type(one).__name__ for one in held})
    inside = f" with a {' and a '.join(kinds)} in it" if kinds else ""
    return f"a {type(value).__name__}{inside}"


def _kinds_of_arguments(action: Callable[..., Any]) -> dict[str, _Kind]:
    kinds = {name: _kind_of(hint) for name, hint in get_type_hints(action).items()}
    return {name: kind for name, kind in kinds.items() if kind}


def _kind_of(hint: object) -> _Kind | None:
    """Return what an annotation allows; None when a part of it is not known here."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        known = [kind for part in parts if (kind := _kind_of(part))]
        words = " or ".join(kind.words for kind in known)
        return _Kind(words, partial(_is_any_of, known)) if len(known) == len(parts) else None
    if origin is Literal:
        return _Kind(" or ".join(map(repr, parts)), partial(_is_one_of, parts), is_choice=True)
    if origin in {Iterable, Collection, Sequence}:
        kind = _kind_of(parts[0])
        return kind and _Kind(f"a list of {kind.words.removeprefix('a ')}", partial(_is_list, kind))
    if isinstance(hint, TypeVar):
        return _kind_of(hint.__bound__)
    if inspect.isclass(hint) and hint.__module__.startswith(_HOUSE):
        called = _CALLED.get(hint.__name__, hint.__name__)
        return _Kind(f"a {called}", lambda value: isinstance(value, hint))
    return _PLAIN.get(origin or hint)


def _is_any_of(kinds: Sequence[_Kind], value: object) -> bool:
    return any(kind.fits(value) for kind in kinds)


def _is_one_of(values: tuple[object, ...], value: object) -> bool:
    return isinstance(value, str) and value in values


def _is_list(kind: _Kind, value: object) -> bool:
    if not isinstance(value, Iterable) or isinstance(value, str | bytes):
        return False
    held = value if isinstance(value, Collection) else ()  # an iterator can be read once only
    return all(kind.fits(one) for one in held)
