"""Travel times as routing engines give them: OSRM, openrouteservice, Valhalla, or a CSV."""

from __future__ import annotations

import math
import re
import statistics
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.model import arguments
from school_ektp.model.travel import NO_ROUTE, TravelTable
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.sniff import FileKind, file_kind
from school_ektp.roster.read.sources import PathLike, as_path, content_of, shown_name
from school_ektp.roster.read.tables import TableRow, table_rows
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
_DAY = 86_400  # seconds
_HALF_DAY = _DAY // 2
_NAMED = 5  # pairs of rows that a warning names
_DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # thousands, or three decimals
_GROUPED = re.compile(r"\d{1,3}(?:_\d{3})+(?:[.,]\d+)?")

#: The mark before decimals.
Decimal: TypeAlias = Literal[".", ","]


@arguments.checked
def read_travel(
    source: PathLike,
    places: Sequence[str] | None = None,
    *,
    decimal: Decimal | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
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
        decimal: The mark before decimals in a table of pairs. When None, the column decides: 1.200
            is 1200 unless another number proves decimals or half of such times took over a day, or
            over half a day where no other number is whole. A warning says so, and another names
            pairs given twice with two times.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read, is not square, or has another size than *places*.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    path = as_path(source)
    file = shown_name(path.name)
    content = content_of(path, file, limits)
    if file_kind(content, file) is not FileKind.JSON:
        return _from_pairs(path, places, limits, decimal)
    seconds = _matrix(parsed(content, file, limits), file)
    if places is None:
        raise ReadError(file, "is a matrix without names; pass places=[...] in its order")
    if len(seconds) != len(places) or any(len(row) != len(places) for row in seconds):
        fault = f"has {len(seconds)} rows where {len(places)} places are named; both must agree"
        raise ReadError(file, f"{fault}, and every row must be as long")
    numbered = enumerate(seconds, start=1)
    return TravelTable(places, [[_minutes(cell, file, n) for cell in row] for n, row in numbered])


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


def _minutes(cell: object, file: str, row: int) -> int | None:
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not cell >= 0:
        raise ReadError(file, f"row {row}: holds a time that is neither a number from 0 nor null")
    return None if cell >= NO_ROUTE * _MINUTE else math.ceil(cell / _MINUTE)


def _from_pairs(
    path: Path, places: Sequence[str] | None, limits: ReadLimits, decimal: Decimal | None
) -> TravelTable:
    rows = table_rows(path, TRAVEL, limits)
    file = shown_name(path.name)
    in_seconds = _numbers(rows, "seconds", 1, decimal)
    in_minutes = _numbers(rows, "minutes", _MINUTE, decimal)
    times: dict[tuple[str, str], dict[int | None, int]] = {}
    for row, seconds, minutes in zip(rows, in_seconds, in_minutes, strict=True):
        pair = row.cells["origin"], row.cells["target"]
        given = minutes if seconds is None else seconds
        times.setdefault(pair, {}).setdefault(_minutes(given, row.file, row.row), row.row)
    pairs = _of_several(times, file)
    names = list(places or dict.fromkeys(name for pair in pairs for name in pair))
    return TravelTable(names, [[_pair(pairs, a, b) for b in names] for a in names])


def _pair(pairs: Mapping[tuple[str, str], int | None], a: str, b: str) -> int | None:
    return 0 if a == b else pairs.get((a, b))


def _of_several(
    times: Mapping[tuple[str, str], Mapping[int | None, int]], file: str
) -> dict[tuple[str, str], int | None]:
    """Return one time per pair; of several the likeliest, with a warning that names their rows."""
    found = {pair: _likeliest(given, times.get(pair[::-1], {})) for pair, given in times.items()}
    rows = [list(given.values()) for given in times.values() if len(given) > 1]
    if rows:
        places = "; ".join(" and ".join(map(str, one)) for one in rows[:_NAMED])
        warnings.warn(
            f"{file} gives {len(rows)} pairs of places two times or more (rows {places}); the time "
            "nearest to that of the way back was taken, else the longest; delete the others",
            SchoolEktpWarning,
            stacklevel=4,
        )
    return found


def _likeliest(given: Mapping[int | None, int], back: Mapping[int | None, int]) -> int | None:
    known = [minutes for minutes in given if minutes is not None]
    if not known:
        return None
    way_back = [minutes for minutes in back if minutes is not None]
    if len(way_back) != 1:
        return max(known)
    return min(known, key=lambda minutes: (abs(minutes - way_back[0]), -minutes))


def _numbers(
    rows: Sequence[TableRow], unit: str, factor: int, decimal: Decimal | None
) -> list[float | None]:
    """
    Return a column in seconds, *factor* of them in one of its units.

    None stands for empty cells, -1 for texts, which are refused later. The column proves the mark
    before decimals when it is None.
    """
    texts = [row.cells.get(unit, "") for row in rows]
    mark = decimal or _proved_mark(texts)
    if mark is None:
        doubtful = [text for text in texts if _DOUBTFUL.fullmatch(text)]
        mark = _likelier_mark(doubtful, factor, is_all=len(doubtful) == sum(map(bool, texts)))
        if doubtful:
            meant = _number(doubtful[0], mark)
            warnings.warn(
                f"{rows[0].file} has {unit} like {doubtful[0]}, read as {meant:g}; "
                "pass decimal='.' or decimal=',' to say which mark stands before decimals",
                SchoolEktpWarning,
                stacklevel=4,
            )
    numbers = (_number(text, mark) for text in texts)
    return [number if number is None or number < 0 else number * factor for number in numbers]


def _proved_mark(texts: Sequence[str]) -> Decimal | None:
    """Return the mark before decimals that a text proves, as none could stand between thousands."""
    for text in texts:
        marks = [character for character in text if character in ".,"]
        if len(set(marks)) > 1:
            return "," if marks[-1] == "," else "."
        if len(marks) > 1:
            return "," if marks[0] == "." else "."
        if marks and not _DOUBTFUL.fullmatch(text):
            return "," if marks[0] == "," else "."
    return None


def _likelier_mark(doubtful: Sequence[str], factor: int, *, is_all: bool) -> Decimal:
    """
    Return the mark before decimals of texts such as 1.200: the other, if they are not too long.

    Whole numbers beside them speak for thousands, as decimals are written in every row.
    """
    if not doubtful:
        return "."
    mark: Decimal = "," if "," in doubtful[0] else "."
    other: Decimal = "." if mark == "," else ","
    long = [number * factor for text in doubtful if (number := _number(text, other)) is not None]
    return other if statistics.median(long) <= (_HALF_DAY if is_all else _DAY) else mark


def _number(text: str, decimal: Decimal) -> float | None:
    """Return a number; None for an empty cell, and -1 for a text."""
    if not text:
        return None
    thousands = "," if decimal == "." else "."
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", text)
    if _GROUPED.fullmatch(plain.replace(thousands, "_")):
        plain = plain.replace(thousands, "")
    try:
        number = float(plain.replace(decimal, "."))
    except ValueError:
        return -1.0
    return number
