"""Travel times as routing engines give them: OSRM, openrouteservice, Valhalla, or a CSV."""

from __future__ import annotations

import math
from collections.abc import Sequence

from school_ektp.errors import ReadError
from school_ektp.model.travel import NO_ROUTE, TravelTable
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.sniff import FileKind, file_kind
from school_ektp.roster.read.sources import PathLike, as_path, content_of, shown_name
from school_ektp.roster.read.tables import table_rows
from school_ektp.roster.read.web_service import parsed

TRAVEL = Layout(
    name="travel",
    columns={
        "origin": ("dari", "from", "origin", "asal", "source"),
        "target": ("ke", "to", "target", "tujuan", "destination"),
        "minutes": ("menit", "minutes", "min", "durasi menit"),
        "seconds": ("detik", "seconds", "duration", "durasi detik"),
    },
    needs=(frozenset({"origin"}), frozenset({"target"}), frozenset({"minutes", "seconds"})),
)
_MINUTE = 60


def read_travel(
    source: PathLike, places: Sequence[str] | None = None, *, limits: ReadLimits = DEFAULT_LIMITS
) -> TravelTable:
    """
    Read a matrix of travel times; seconds are rounded up to whole minutes.

    A time of a day or more means that no route is, as engines write what they cannot reach.

    Args:
        source: JSON of OSRM or openrouteservice (``durations``, row by row, null where no route
            is) or Valhalla (``sources_to_targets``); or a table with one pair of places per row
            and minutes or seconds, where a pair not listed has no route.
        places: Names of the rows and columns of a matrix, in the order in which their points
            were given to the engine: NPSNs, and `school_ektp.model.travel.base_of` of teams.
            A table of pairs has names of its own; then only these places are kept.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read, is not square, or has another size than *places*.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    path = as_path(source)
    file = shown_name(path.name)
    content = content_of(path, file, limits)
    if file_kind(content, file) is not FileKind.JSON:
        return _from_pairs(source, places, limits)
    seconds = _matrix(parsed(content, file, limits), file)
    if places is None:
        raise ReadError(file, "is a matrix without names; pass places=[...] in its order")
    if len(seconds) != len(places) or any(len(row) != len(places) for row in seconds):
        fault = f"has {len(seconds)} rows where {len(places)} places are named; both must agree"
        raise ReadError(file, f"{fault}, and every row must be as long")
    return TravelTable(places, [[_minutes(cell, file) for cell in row] for row in seconds])


def _matrix(value: object, file: str) -> list[list[object]]:
    """Return seconds, row by row."""
    top = value if isinstance(value, dict) else {}
    targets = top.get("sources_to_targets")
    inner = targets if isinstance(targets, dict) else top  # Valhalla without its verbose form
    for rows in (inner.get("durations"), targets):
        if isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows):
            return [[_seconds(cell) for cell in row] for row in rows]
    raise ReadError(file, "holds neither 'durations' nor 'sources_to_targets'")


def _seconds(cell: object) -> object:
    return cell.get("time") if isinstance(cell, dict) else cell


def _minutes(cell: object, file: str) -> int | None:
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not cell >= 0:
        raise ReadError(file, "holds a time that is neither a number from 0 nor null")
    return None if cell >= NO_ROUTE * _MINUTE else math.ceil(cell / _MINUTE)


def _from_pairs(source: PathLike, places: Sequence[str] | None, limits: ReadLimits) -> TravelTable:
    rows = table_rows(source, TRAVEL, limits)
    pairs: dict[tuple[str, str], int | None] = {}
    for row in rows:
        seconds = row.cells.get("seconds") or _in_seconds(row.cells.get("minutes", ""))
        pairs[row.cells["origin"], row.cells["target"]] = _minutes(_number(seconds), row.file)
    names = list(places or dict.fromkeys(name for pair in pairs for name in pair))
    return TravelTable(names, [[_pair(pairs, a, b) for b in names] for a in names])


def _pair(pairs: dict[tuple[str, str], int | None], a: str, b: str) -> int | None:
    return 0 if a == b else pairs.get((a, b))


def _in_seconds(minutes: str) -> str:
    number = _number(minutes)
    return "" if number is None else str(number * _MINUTE)


def _number(text: str) -> float | None:
    """Return a number; None for an empty cell, and for a text -1, which is refused later."""
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return -1.0
