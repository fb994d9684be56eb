"""Plans and problems as JSON documents, written for good: what is read equals what was written."""

from __future__ import annotations

from pathlib import Path

from school_ektp.errors import ReadError
from school_ektp.files import read_bytes, write_text
from school_ektp.model import arguments
from school_ektp.plan.codec import Hint
from school_ektp.plan.data import P, PlanData
from school_ektp.plan.document import DocumentKind
from school_ektp.plan.misfits import in_short, misfits
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.soundness import faults

#: Edition of the documents written.
VERSION = 3
PLAN_FORMAT = "school_ektp plan"
PROBLEM = DocumentKind("school_ektp problem", VERSION, {"problem": VisitProblem})


def plan_document(kind: Hint) -> DocumentKind:
    """Return the kind of document that plans of a class are written as."""
    return DocumentKind(PLAN_FORMAT, VERSION, {"plan": kind})


def plan_text(plan: PlanData) -> str:
    """Return a plan as a JSON document: equal plans give equal texts."""
    return plan_document(type(plan)).text(plan)


def plan_from_text(text: str | bytes, kind: type[P], source: str = "the text") -> P:
    """
    Return the plan of a class that `plan_text` wrote; messages call the text *source*.

    Raises:
        ReadError: Not such a document, of a later edition, or its parts do not fit together.
    """
    plan: P
    [plan] = plan_document(kind).values(text, source)
    if found := [*misfits(plan)]:
        raise ReadError(source, in_short(found))
    return plan


def problem_text(problem: VisitProblem) -> str:
    """Return a problem as a JSON document: integers only, no school or team is named."""
    return PROBLEM.text(problem)


def problem_from_text(text: str | bytes, source: str = "the text") -> VisitProblem:
    """
    Return the problem that `problem_text` wrote.

    Raises:
        ReadError: Not such a document, of a later edition, or lengths, numbers or signs are not
            those of a problem.
    """
    problem: VisitProblem
    [problem] = PROBLEM.values(text, source)
    if found := [*faults(problem)]:
        raise ReadError(source, in_short(found))
    return problem


@arguments.checked
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
