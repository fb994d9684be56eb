"""
JSON documents written for good: what is read equals what was written.

A document says what it is (``format``) and in which edition (``version``). Members with a
default may be missing; members that are not known are refused. The edition rises when a member
is renamed or removed, or means something else; new members with defaults do not raise it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import attrs

from school_ektp.errors import ReadError
from school_ektp.plan.codec import CodecError, Hint, Json, decode, encode, json_schema

_OPEN_LEVELS = 3  # containers down to this depth are written one item per line


@attrs.frozen
class DocumentKind:
    """
    One kind of document.

    Attributes:
        name: What stands in ``format``.
        version: Edition of the documents written, and the only one that is read.
        members: Its members, and the class of each.
        otherwise: What to do with a document of an earlier edition.
    """

    name: str
    version: int
    members: Mapping[str, Hint]
    otherwise: str = "plan again"

    def text(self, *values: object) -> str:
        """Return values, one for each member, as a document; equal values give equal texts."""
        coded = {
            member: encode(value, kind)
            for (member, kind), value in zip(self.members.items(), values, strict=True)
        }
        whole = {"format": self.name, "version": self.version} | coded
        return "".join(_lines(whole, _OPEN_LEVELS)) + "\n"

    def values(self, text: str | bytes, source: str) -> Sequence[Json]:
        """
        Return the values of a document, one for each member; messages call it *source*.

        Raises:
            ReadError: Not such a document, or of another edition.
        """
        try:
            whole = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise ReadError(source, "is not JSON") from None
        if not isinstance(whole, dict) or whole.get("format") != self.name:
            raise ReadError(source, f"is not a document of the format {self.name!r}")
        self._check_version(whole.get("version"), source)
        try:
            return [decode(whole.get(name), kind, name) for name, kind in self.members.items()]
        except CodecError as fault:
            raise ReadError(source, str(fault)) from fault

    def _check_version(self, version: object, source: str) -> None:
        if version != self.version:
            later = isinstance(version, int) and version > self.version
            shown = version if isinstance(version, int) else "no number"
            remedy = "update school_ektp" if later else self.otherwise
            fault = f"is of edition {shown}, this version reads {self.version}; {remedy}"
            raise ReadError(source, fault)

    def schema(self) -> dict[str, Json]:
        """Return the JSON Schema (2020-12) of the documents."""
        properties: dict[str, Json] = {
            "format": {"const": self.name},
            "version": {"const": self.version},
        }
        definitions: dict[str, Json] = {}
        for member, kind in self.members.items():
            inner = json_schema(kind)
            definitions |= inner.pop("$defs")
            properties[member] = inner
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "type": "object",
            "properties": properties,
            "required": [*properties],
            "additionalProperties": False,
            "$defs": dict(sorted(definitions.items())),
        }


def _lines(value: Json, levels: int) -> Iterator[str]:
    """Yield JSON with a line per item near the top, so that versions of a plan can be compared."""
    if not levels or not value or not isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return
    pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for place, (name, item) in enumerate(pairs):
        yield ",\n" if place else "\n"
        yield "" if name is None else f"{json.dumps(name, ensure_ascii=False)}:"
        yield from _lines(item, levels - 1)
    yield f"\n{closing}"


def _no_constant(name: str) -> None:
    raise ValueError(name)
