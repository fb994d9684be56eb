"""JSON as the Dapodik web service and lists of objects have it."""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from school_ektp.errors import ReadError
from school_ektp.roster.issues import NO_ISSUES, Issue, issue_table
from school_ektp.roster.read.cells import grade_of_class
from school_ektp.roster.read.delimited import decoded
from school_ektp.roster.read.events import event_rows
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.limits import ReadLimits

#: Keys under which services put their rows, the usual ones first.
_LISTS = (
    *("rows", "data", "dataSekolah", "results", "result", "items", "features", "records"),
    *("value", "values", "list", "holidays", "response", "payload", "body", "content"),
)
_NESTED = 4  # objects within one another in which rows are looked for
#: What keys of an object of rows can be, and the column they belong to.
_KEYS = (
    ("date", re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}")),
    ("npsn", re.compile(r"\d{8}|[KP]\d{7}")),
    ("nisn", re.compile(r"\d{10}")),
    ("nik", re.compile(r"\d{16}")),
)
_KEYS_BY_NAME = dict(_KEYS)
_NIK = re.compile(r"\d{16}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_Row = dict[str, Any]


def parsed(content: bytes, file: str, limits: ReadLimits) -> object:
    """
    Return JSON as Python values; several lines of JSON are a list.

    Raises:
        ReadError: Not JSON, or nested deeper than the bound.
    """
    text = decoded(content).removeprefix("\ufeff").replace("\x1e", "")  # of GeoJSON by lines
    limits.hold("depth", _depth(text), file)
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):  # the text of the first quotes nothing, but may grow to
        return _lines(text, file)
    return value


def _lines(text: str, file: str) -> list[object]:
    """Return one value for each line, as NDJSON has them."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        with contextlib.suppress(ValueError, RecursionError):
            return [json.loads(line) for line in lines]
    raise ReadError(file, "is not sound JSON; download it again")


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


def records(value: object, file: str) -> list[_Row]:
    """
    Return the rows that JSON holds.

    They are the objects of a list, of the list or the one object within an object, GeoJSON
    features, or the values of an object keyed by date or by a number of a school or pupil.

    Raises:
        ReadError: There is no list of objects; the message says what there is.
    """
    found = _found(value, _NESTED)
    if found is None and isinstance(value, dict) and _is_one_row(value):
        found = [value]
    if found is None:
        fault = f"holds no list of objects, such as {{'rows': [{{...}}]}}; it holds {_shape(value)}"
        raise ReadError(file, fault)
    return [_flat(event) for row in found for event in event_rows(_of_feature(row))]


def _is_one_row(value: Mapping[str, object]) -> bool:
    """Return whether an object is one row by itself, as the only line of NDJSON is."""
    return len(value) > 1 and not any(isinstance(cell, list | dict) for cell in value.values())


def _of_list(value: list[Any], depth: int) -> list[_Row] | None:
    """Return rows of a list: its objects, lists below a list of names, or the rows of its pages."""
    if all(isinstance(row, dict) for row in value):
        pages = [_page(row) for row in value]
        inside = [page for page in pages if page is not None]
        if depth and inside and len(inside) == len(value):
            return [row for page in inside for row in page]
        is_dump = any(row.get("type") == "table" for row in value)  # of a program for databases
        return inside[0] if is_dump and len(inside) == 1 else value
    if value and all(isinstance(cell, str) and _NIK.fullmatch(cell) for cell in value):
        return [{"nik": cell} for cell in value]
    if len(value) > 1 and all(isinstance(row, list) for row in value):
        return _named(value[0], value[1:])
    return None


def _page(row: _Row) -> list[_Row] | None:
    """Return the rows of one object of a list that holds nothing else than such a list."""
    lists = [cell for key, cell in row.items() if key in _LISTS and isinstance(cell, list)]
    if len(lists) == 1 and lists[0] and all(isinstance(cell, dict) for cell in lists[0]):
        return lists[0]
    return None


def _named(names: object, rows: object) -> list[_Row] | None:
    """Return lists as objects under the names that a list gives."""
    if not isinstance(names, list) or not isinstance(rows, list):
        return None
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        return None
    if not all(isinstance(row, list) and len(row) <= len(names) for row in rows):
        return None
    return [dict(zip(names, row, strict=False)) for row in rows]


def _by_column(value: Mapping[str, Any], _: int) -> list[_Row] | None:
    """Return rows of an object that holds a list for each column, or an object by row number."""
    cells = list(value.values())
    if len(cells) > 1 and all(isinstance(cell, list) and cell for cell in cells):
        columns = {name: cell for name, cell in value.items() if isinstance(cell, list)}
        plain = not any(isinstance(c, list | dict) for cell in columns.values() for c in cell)
        if plain and len({len(cell) for cell in columns.values()}) == 1:
            return [
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            ]
    objects = {name: cell for name, cell in value.items() if isinstance(cell, dict) and cell}
    if len(objects) < max(2, len(value)) or any(name.isdigit() for name in objects):
        return None
    numbers = list(dict.fromkeys(key for cell in objects.values() for key in cell))
    if not all(number.isdigit() for number in numbers):
        return None
    return [{name: cell.get(number) for name, cell in objects.items()} for number in numbers]


def _by_group(value: Mapping[str, Any], _: int) -> list[_Row] | None:
    """Return rows that an object holds in lists by class or another group, if they are alike."""
    groups = {key: cell for key, cell in value.items() if isinstance(cell, list) and cell}
    rows = [row for cell in groups.values() for row in cell]
    if len(groups) < max(2, len(value)) or not all(isinstance(row, dict) for row in rows):
        return None
    names = [{name for row in cell for name in row} for cell in groups.values()]
    if 2 * len(set.intersection(*names)) <= len(set.union(*names)):
        return None
    if any(grade_of_class(key) is None for key in groups):
        return rows
    return [{"kelas": key, **row} for key, cell in groups.items() for row in cell]


def _flat(row: _Row, prefix: str = "", depth: int = 2) -> _Row:
    """Return a row whose objects are columns under a path; moments of databases are their value."""
    flat: _Row = {}
    for name, cell in row.items():
        value = _of_database(cell)
        if isinstance(value, dict) and depth:
            flat |= _flat(value, f"{prefix}{name}.", depth - 1)
        else:
            flat[prefix + name] = value
    return flat


def _of_database(cell: object) -> object:
    """Return the value in an object such as ``{"$date": ...}`` or a date of PHP."""
    while isinstance(cell, dict):
        if len(cell) == 1 and next(iter(cell)).startswith("$"):
            cell = next(iter(cell.values()))
        elif {"date", "timezone"} <= cell.keys():
            cell = cell["date"]
        else:
            break
    return cell


def _found(value: object, depth: int) -> list[_Row] | None:
    if isinstance(value, list):
        return _of_list(value, depth)
    if not isinstance(value, dict) or not depth:
        return None
    if value.get("type") == "Feature":
        return [value]
    for way in (_under_head, _under_usual_key, _keyed, _by_column, _by_group, _in_one_cell):
        rows = way(value, depth)
        if rows is not None:
            return rows
    is_row = depth < _NESTED and any(not isinstance(cell, list | dict) for cell in value.values())
    return [value] if is_row else None


def _under_head(value: Mapping[str, Any], _: int) -> list[_Row] | None:
    """Return lists below a list of names in a cell of its own."""
    for head in ("columns", "header", "headers", "fields"):
        for key in ("data", "rows", "values"):
            if rows := _named(value.get(head), value.get(key)):
                return rows
    return None


def _under_usual_key(value: Mapping[str, Any], depth: int) -> list[_Row] | None:
    for key in _LISTS:
        if isinstance(value.get(key), list | dict):
            inner = _found(value[key], depth - 1)
            if inner is not None:
                return inner
    return None


def _in_one_cell(value: Mapping[str, Any], depth: int) -> list[_Row] | None:
    """Return rows that one cell alone holds: the only list with any, or the only object."""
    for kind in (list, dict):
        inner = [cell for cell in value.values() if isinstance(cell, kind) and cell]
        several = [found for cell in inner if (found := _found(cell, depth - 1))]
        if len(several) == 1 and (kind is list or len(value) == 1):
            return several[0]
    return None


def _keyed(value: Mapping[str, Any], _: int) -> list[_Row] | None:
    """Return rows of an object whose keys are dates or numbers; other keys are notes."""
    for name, form in _KEYS:
        rows = [(key, row) for key, row in value.items() if form.fullmatch(key)]
        if rows and 2 * len(rows) >= len(value):
            return [{name: key, **row} for key, cell in rows for row in _rows_at(cell)]
    inner: list[object] = list(value.values())
    if all(isinstance(cell, dict) and all(map(str.isdigit, cell)) for cell in inner):
        return None  # columns of rows by number
    alike = [row for row in inner if isinstance(row, dict)]
    if len(alike) < 2 or len(alike) < len(inner) or not set.intersection(*map(set, alike)):  # noqa: PLR2004
        return None
    return alike


def _rows_at(cell: object) -> list[_Row]:
    """Return what stands at a key: an object, a list of them, or just a name."""
    if isinstance(cell, dict):
        return [cell]
    if isinstance(cell, list) and cell and all(isinstance(row, dict) for row in cell):
        return cell
    return [{"name": cell}]


def _of_feature(row: _Row) -> _Row:
    """Return the properties of a GeoJSON feature with its point, any other row as it is."""
    properties, geometry = row.get("properties"), row.get("geometry")
    if row.get("type") != "Feature" or not isinstance(properties, dict):
        return row
    number = str(row.get("id", ""))
    if _KEYS_BY_NAME["npsn"].fullmatch(number):
        properties = {"npsn": number, **properties}
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(point, list) or len(point) < 2 or isinstance(point[0], list):  # noqa: PLR2004
        return dict(properties)
    return {"longitude": point[0], "latitude": point[1], **properties}


def _shape(value: object) -> str:
    """Return what a value is, without a key or text of it: both may be somebody's name."""
    if isinstance(value, dict):
        inner = Counter(_kind(cell) for cell in value.values())
        parts = ", ".join(f"{count} × {kind}" for kind, count in inner.most_common(4))
        return f"an object of {parts}" if parts else "an empty object"
    if isinstance(value, list):
        kinds = ", ".join(kind for kind, _ in Counter(map(_kind, value)).most_common(4))
        return f"a list of {len(value):,} values ({kinds})" if value else "an empty list"
    return f"just {_kind(value)}"


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "list"
    if isinstance(value, bool) or value is None:
        return "true, false or null"
    return "text" if isinstance(value, str) else "number"


def json_grids(content: bytes, file: str, limits: ReadLimits) -> Iterator[Grid]:
    """Yield one grid: keys as header in row 1, the first object in row 2."""
    value = parsed(content, file, limits)
    rows = records(value, file)
    yield grid_of_rows(rows, content, file, limits, _stated(value, len(rows), file))


def grid_of_rows(
    rows: list[_Row], content: bytes, file: str, limits: ReadLimits, coded_issues: pl.DataFrame
) -> Grid:
    """Return rows by name of column as a grid."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    limits.hold("columns", len(names), file)
    limits.hold_room(len(names) * (len(rows) + 1), len(content), file)
    head: Row = list(map(_sound, names))

    def take(numbers: list[int]) -> pl.DataFrame:
        wanted = [names[number] for number in numbers]
        columns = {
            f"column_{place}": pl.Series(
                [_sound(name), *(_text(row.get(name)) for row in rows)], dtype=pl.String
            )
            for place, name in enumerate(wanted)
        }
        return pl.DataFrame(columns)

    top = [head, *([_text(row.get(name)) for name in names] for row in rows[:2])]
    height = len(rows) + 1
    return Grid(file=file, sheet="", top=top, height=height, take=take, coded_issues=coded_issues)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        parts = [text for cell in value if not isinstance(cell, list) and (text := _text(cell))]
        return "; ".join(parts) or None
    if value is None or isinstance(value, dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _sound(str(value)) if isinstance(value, str) else repr(value)


def _sound(text: str) -> str:
    """Return a text that can be written: half of a character outside of the basic plane is none."""
    return _SURROGATE.sub("\ufffd", text)


def _stated(value: object, count: int, file: str) -> pl.DataFrame:
    stated = value.get("results") if isinstance(value, dict) else None
    if not isinstance(stated, int) or stated == count:
        return NO_ISSUES
    return issue_table([Issue(file, rule="rows_stated", detail=str(stated))])
