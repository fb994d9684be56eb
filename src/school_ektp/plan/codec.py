"""
Values of the model and of planning as JSON values and back, chosen by the types of their fields.

One reading of the types gives three things that cannot drift apart: what is written, what is
accepted, and the JSON Schema that says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs

from school_ektp.errors import SchoolEktpError
from school_ektp.planning.checker import CHECKS
from school_ektp.planning.constraints import Constraint

#: The member of an object that names its class where a field allows several.
KIND = "kind"

Json: TypeAlias = Any  # what json.loads gives
Hint: TypeAlias = Any  # what typing.get_args gives: a class, a union, a tuple of types

_PLAIN: dict[Hint, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    NoneType: "null",
}


class CodecError(SchoolEktpError, ValueError):
    """
    A JSON value does not fit the place it stands in.

    Attributes:
        path: The place, such as ``schools[3].npsn``.
        fault: What was expected and what came; values are not quoted.
    """

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.path or 'the document'} {self.fault}"


# Types --------------------------------------------------------------------------------------


def _origin(hint: Hint) -> Hint:
    return get_origin(hint)


def _members(hint: Hint) -> tuple[Hint, ...]:
    """Return the types a hint allows; several for a union, and for the base of constraints."""
    if hint is Constraint:
        return tuple(CHECKS)
    return get_args(hint) if _origin(hint) in (Union, UnionType) else (hint,)


def _is_tagged(hint: Hint) -> bool:
    """Return whether objects of several classes can stand here, so that they say which."""
    return sum(attrs.has(kind) for kind in _members(hint)) > 1


@cache
def _fields(kind: Hint) -> tuple[tuple[str, Hint, bool], ...]:
    """Return name, type and whether it can be left out, for each argument of a class."""
    hints = get_type_hints(kind)
    return tuple(
        (field.name, hints[field.name], field.default is not attrs.NOTHING)
        for field in attrs.fields(kind)
        if field.init
    )


def _item_hints(hint: Hint, count: int) -> tuple[Hint, ...] | None:
    """Return the types of the items of a tuple, or None when it cannot hold *count*."""
    inner = get_args(hint)
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return (inner[0],) * count
    return inner if len(inner) == count else None


# Out ----------------------------------------------------------------------------------------


def encode(value: Json, hint: Hint) -> Json:
    """
    Return *value*, of the type *hint*, in objects, lists, texts and numbers.

    Dates are ISO texts, enumerations their values, sets sorted lists.

    Raises:
        TypeError: The type has no form in JSON.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if attrs.has(type(value)):
        return _encode_object(value, hint)
    return _encode_list(value, hint)


def _encode_object(value: Json, hint: Hint) -> dict[str, Json]:
    kind: Hint = type(value)
    if kind not in _members(hint):
        raise TypeError(f"a {kind.__name__} has no form in JSON here: {hint}")
    coded = {KIND: kind.__name__} if _is_tagged(hint) else {}
    return coded | {name: encode(getattr(value, name), inner) for name, inner, _ in _fields(kind)}


def _encode_list(value: Json, hint: Hint) -> list[Json]:
    outer = next((one for one in _members(hint) if isinstance(value, _origin(one) or one)), None)
    if isinstance(value, frozenset):
        [inner] = get_args(outer)
        return sorted((encode(item, inner) for item in value), key=json.dumps)
    hints = _item_hints(outer, len(value)) if isinstance(value, tuple) else None
    if hints is None:
        raise TypeError(f"a {type(value).__name__} has no form in JSON here: {hint}")
    return [encode(item, inner) for item, inner in zip(value, hints, strict=True)]


# In -----------------------------------------------------------------------------------------


def decode(value: Json, hint: Hint, path: str = "") -> Json:
    """
    Return the value of type *hint* that `encode` made *value* of.

    Raises:
        CodecError: At *path* something does not fit, or breaks a rule of its class.
    """
    kinds = _members(hint)
    if value is None and NoneType in kinds:
        return None
    if _is_tagged(hint):
        return _decode_tagged(value, kinds, path)
    kind = _fitting(value, [one for one in kinds if one is not NoneType])
    if attrs.has(kind):
        return _decode_object(value, kind, path)
    if _origin(kind) in (tuple, frozenset):
        return _decode_list(value, kind, path)
    return _decode_plain(value, kind, path)


def _fitting(value: Json, kinds: list[Hint]) -> Hint:
    """Return the one of several types that a value can be of: a list of one, else plain."""
    listed = [kind for kind in kinds if (_origin(kind) is not None) == isinstance(value, list)]
    return (listed or kinds)[0]


def _decode_tagged(value: Json, kinds: tuple[Hint, ...], path: str) -> Json:
    known = {kind.__name__: kind for kind in kinds if attrs.has(kind)}
    name = value.get(KIND) if isinstance(value, Mapping) else None
    if not isinstance(name, str) or name not in known:
        raise CodecError(path, f"must be an object whose {KIND!r} is one of {', '.join(known)}")
    rest = {member: item for member, item in value.items() if member != KIND}
    return _decode_object(rest, known[name], path)


def _decode_object(value: Json, kind: type, path: str) -> Json:
    if not isinstance(value, Mapping):
        raise CodecError(path, f"must be an object, got {_shown(value)}")
    fields = _fields(kind)
    unknown = sorted(set(value) - {name for name, _, _ in fields})
    if unknown:
        fault = f"has members that {kind.__name__} does not know: {', '.join(unknown)}"
        raise CodecError(path, fault)
    missing = [name for name, _, spared in fields if not spared and name not in value]
    if missing:
        raise CodecError(path, f"lacks {', '.join(missing)}")
    found = {
        name: decode(value[name], hint, f"{path}.{name}" if path else name)
        for name, hint, _ in fields
        if name in value
    }
    try:
        return kind(**found)
    except SchoolEktpError as fault:
        raise CodecError(path, f"is not accepted: {fault}") from fault


def _decode_list(value: Json, kind: Hint, path: str) -> Json:
    if not isinstance(value, list):
        raise CodecError(path, f"must be a list, got {_shown(value)}")
    if _origin(kind) is frozenset:
        [inner] = get_args(kind)
        return frozenset(_items(value, (inner,) * len(value), path))
    hints = _item_hints(kind, len(value))
    if hints is None:
        raise CodecError(path, f"must hold {len(get_args(kind))} values, got {len(value)}")
    return tuple(_items(value, hints, path))


def _items(value: list[Json], hints: tuple[Hint, ...], path: str) -> Iterator[Json]:
    for place, (item, hint) in enumerate(zip(value, hints, strict=True)):
        yield decode(item, hint, f"{path}[{place}]")


def _decode_plain(value: Json, kind: Hint, path: str) -> Json:
    if kind in _PLAIN:
        fits = type(value) is kind or (kind is float and type(value) is int)
        if not fits:
            raise CodecError(path, f"must be of type {_PLAIN[kind]}, got {_shown(value)}")
        return value
    try:
        return dt.date.fromisoformat(value) if kind is dt.date else kind(value)
    except (ValueError, TypeError):
        known = "a date such as 2024-09-09" if kind is dt.date else _choices(kind)
        raise CodecError(path, f"must be {known}, got {_shown(value)}") from None


def _choices(kind: type[Enum]) -> str:
    return f"one of {', '.join(str(member.value) for member in kind)}"


def _shown(value: object) -> str:
    names = {list: "a list", dict: "an object", NoneType: "null"}
    return names.get(type(value), f"another {_PLAIN.get(type(value), 'value')}")


# Schema -------------------------------------------------------------------------------------


def json_schema(hint: Hint) -> dict[str, Json]:
    """Return the JSON Schema (2020-12) of what `encode` writes for the type *hint*."""
    classes: dict[str, Json] = {}
    root = _schema(hint, classes)
    return {**root, "$defs": dict(sorted(classes.items()))}


def _schema(hint: Hint, classes: dict[str, Json]) -> dict[str, Json]:
    kinds = _members(hint)
    if len(kinds) > 1:
        tagged = _is_tagged(hint)
        return {"anyOf": [_one_schema(kind, classes, tagged=tagged) for kind in kinds]}
    return _one_schema(hint, classes, tagged=False)


def _one_schema(kind: Hint, classes: dict[str, Json], *, tagged: bool) -> dict[str, Json]:
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if kind is dt.date:
        return {"type": "string", "format": "date"}
    if _origin(kind) is frozenset:
        items = _schema(get_args(kind)[0], classes)
        return {"type": "array", "items": items, "uniqueItems": True}
    if _origin(kind) is tuple:
        return _tuple_schema(kind, classes)
    if attrs.has(kind):
        return _reference(kind, classes, tagged=tagged)
    return {"enum": [member.value for member in kind]}


def _tuple_schema(kind: Hint, classes: dict[str, Json]) -> dict[str, Json]:
    inner = get_args(kind)
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _schema(inner[0], classes)}
    hints = [_schema(hint, classes) for hint in inner]
    size = len(hints)
    return {"type": "array", "prefixItems": hints, "minItems": size, "maxItems": size}


def _reference(kind: type, classes: dict[str, Json], *, tagged: bool) -> dict[str, Json]:
    name = kind.__name__
    if name not in classes:
        classes[name] = {}  # a class that holds itself would come here again
        fields = _fields(kind)
        tag = {KIND: {"const": name}} if tagged else {}
        classes[name] = {
            "type": "object",
            "properties": tag | {field: _schema(hint, classes) for field, hint, _ in fields},
            "required": [*tag, *(field for field, _, spared in fields if not spared)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
