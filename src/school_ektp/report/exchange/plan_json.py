"""
Plans and problems as JSON documents, written for good: what is read equals what was written.

A document says what it is (``format``) and in which edition (``version``). Members with a
default may be missing; members that are not known are refused. The edition rises when a member
is renamed or removed, or means something else; new members with defaults do not raise it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from school_ektp.errors import ReadError
from school_ektp.files import read_bytes, write_text
from school_ektp.plan.data import P, PlanData
from school_ektp.planning.checker import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.report.exchange.codec import CodecError, Hint, Json, decode, encode, json_schema

#: Edition of the documents written.
VERSION = 3
PLAN_FORMAT = "school_ektp plan"
PROBLEM_FORMAT = "school_ektp problem"

_OPEN_LEVELS = 3  # containers down to this depth are written one item per line
_FORM = frozenset({"unknown_team", "unknown_day", "unknown_site", "no_room"})


def plan_text(plan: PlanData) -> str:
    """Return a plan as a JSON document: equal plans give equal texts."""
    return _document(PLAN_FORMAT, "plan", encode(plan, type(plan)))


def plan_from_text(text: str | bytes, kind: type[P], source: str = "the text") -> P:
    """
    Return the plan that `plan_text` wrote.

    Args:
        text: The document.
        kind: The class of the plan.
        source: What messages call it, such as the name of the file.

    Raises:
        ReadError: Not such a document, of a later edition, or its parts do not fit together.
    """
    plan: P = _content(text, PLAN_FORMAT, "plan", kind, source)
    faults = [*_misfits(plan)]
    if faults:
        raise ReadError(source, "its parts do not fit together: " + "; ".join(faults))
    return plan


def problem_text(problem: VisitProblem) -> str:
    """Return a problem as a JSON document: integers only, no school or team is named."""
    return _document(PROBLEM_FORMAT, "problem", encode(problem, VisitProblem))


def problem_from_text(text: str | bytes, source: str = "the text") -> VisitProblem:
    """
    Return the problem that `problem_text` wrote.

    Raises:
        ReadError: Not such a document, or of a later edition.
    """
    problem: VisitProblem = _content(text, PROBLEM_FORMAT, "problem", VisitProblem, source)
    return problem


def write_problem_json(problem: VisitProblem, file: Path | str) -> Path:
    """Write a problem as JSON and return the file."""
    return write_text(file, problem_text(problem))


def read_problem_json(file: Path | str) -> VisitProblem:
    """
    Read a problem written by `write_problem_json`.

    Raises:
        ReadError: Not such a document, or of a later edition.
    """
    return problem_from_text(read_bytes(file), Path(file).name)


def document_schema(member: str, name: str, kind: Hint) -> dict[str, Json]:
    """
    Return the JSON Schema of a document.

    Args:
        member: ``"plan"`` or ``"problem"``.
        name: `PLAN_FORMAT` or `PROBLEM_FORMAT`.
        kind: The class of the content.
    """
    inner = json_schema(kind)
    definitions = inner.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "object",
        "properties": {"format": {"const": name}, "version": {"const": VERSION}, member: inner},
        "required": ["format", "version", member],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _document(name: str, member: str, content: Json) -> str:
    whole = {"format": name, "version": VERSION, member: content}
    return "".join(_lines(whole, _OPEN_LEVELS)) + "\n"


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


def _content(text: str | bytes, name: str, member: str, kind: Hint, source: str) -> Json:
    try:
        whole = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ReadError(source, "is not JSON") from None
    if not isinstance(whole, dict) or whole.get("format") != name:
        raise ReadError(source, f"is not a document of the format {name!r}")
    version = whole.get("version")
    if version != VERSION:
        later = isinstance(version, int) and version > VERSION
        shown = version if isinstance(version, int) else "no number"
        remedy = "update school_ektp" if later else "plan again"
        fault = f"is of edition {shown}, this version reads {VERSION}; {remedy}"
        raise ReadError(source, fault)
    try:
        return decode(whole.get(member), kind, member)
    except CodecError as fault:
        raise ReadError(source, str(fault)) from fault


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _misfits(plan: PlanData) -> Iterator[str]:
    """Yield where names, numbers and visits of a plan do not belong together."""
    names, problem = plan.names, plan.problem
    sizes = (
        ("sites", len(names.sites), len(problem.sites)),
        ("teams", len(names.teams), len(problem.teams)),
        ("days", len(plan.calendar.days), problem.days),
    )
    yield from (f"{what}: {named} named, {n} planned" for what, named, n in sizes if named != n)
    known = {school.npsn for school in plan.schools}
    wanted = {*names.sites, *names.unplaced, *(demand.npsn for demand in plan.demand)}
    if not wanted <= known:
        yield f"schools: {len(wanted - known)} have pupils but no entry"
    try:
        faults = {fault.rule for fault in violations(problem, plan.solution)}
    except (IndexError, ZeroDivisionError, ValueError):
        yield "problem: lists of one team or site are shorter than others"
        return
    yield from (f"visits: {rule}" for rule in sorted(faults & _FORM))
