"""JSON as the Dapodik web service and lists of objects have it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from school_ektp.errors import ReadError
from school_ektp.roster.messages import NO_FINDINGS
from school_ektp.roster.read.delimited import decoded
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.schema import FINDINGS

_LISTS = ("rows", "data", "dataSekolah", "results", "result", "items", "features")


def parsed(content: bytes, file: str, limits: ReadLimits) -> object:
    """
    Return JSON as Python values.

    Raises:
        ReadError: Not JSON, or nested deeper than the bound.
    """
    text = decoded(content)
    limits.hold("depth", _depth(text), file)
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):  # the text of the first quotes nothing, but may grow to
        raise ReadError(file, "is not sound JSON; download it again") from None
    return value


def _depth(text: str) -> int:
    """Return how deep brackets could be nested: those in texts are counted too."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def records(value: object, file: str) -> list[dict[str, Any]]:
    """
    Return the objects of a list, or of the list within an object.

    Raises:
        ReadError: There is no list of objects.
    """
    if isinstance(value, dict):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ReadError(file, "holds no list of objects, such as {'results': 1, 'rows': [...]}")
    return value


def json_grids(content: bytes, file: str, limits: ReadLimits) -> Iterator[Grid]:
    """Yield one grid: keys as header in row 1, the first object in row 2."""
    value = parsed(content, file, limits)
    rows = records(value, file)
    names = list(dict.fromkeys(name for row in rows for name in row))
    limits.hold("columns", len(names), file)
    head: Row = names

    def take(numbers: list[int]) -> pl.DataFrame:
        wanted = [names[number] for number in numbers]
        columns = {
            f"column_{place}": pl.Series(
                [name, *(_text(row.get(name)) for row in rows)], dtype=pl.String
            )
            for place, name in enumerate(wanted)
        }
        return pl.DataFrame(columns)

    top = [head, *([_text(row.get(name)) for name in names] for row in rows[:2])]
    findings = _stated(value, len(rows), file)
    yield Grid(file=file, sheet="", top=top, height=len(rows) + 1, take=take, findings=findings)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _stated(value: object, count: int, file: str) -> pl.DataFrame:
    stated = value.get("results") if isinstance(value, dict) else None
    if not isinstance(stated, int) or stated == count:
        return NO_FINDINGS
    finding = (file, "", None, "", "rows_stated", "", str(stated))
    return pl.DataFrame([finding], schema=FINDINGS, orient="row")
