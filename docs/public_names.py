"""
Public names for the reference, from the stubs that list them.

`.. public-table:: school_ektp` makes a table of a module's names by task, a line each, and
`.. public-names:: school_ektp Read files` documents the names of one task, or all without one.
"""

from __future__ import annotations

import importlib
import inspect
from itertools import groupby
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer

from school_ektp._names import PublicName, names_of


def line_of(thing: object) -> str:
    """Return the first sentence of a docstring."""
    first = (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")
    return first.partition(". ")[0].rstrip(".")


class _FromText(Directive):
    has_content = False
    optional_arguments = 9

    def parsed(self, lines: list[str]) -> list[nodes.Node]:
        node = nodes.container()
        self.state.nested_parse(StringList(lines, source="public names"), 0, node)
        return list(node.children)


class PublicTable(_FromText):
    """A module's names by task, each with the first sentence of its docstring."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the tables."""
        module = importlib.import_module(self.arguments[0])
        lines: list[str] = []
        for task, listed in groupby(names_of(module.__name__).values(), key=lambda one: one.task):
            lines += [f".. rubric:: {task}", "", ".. list-table::", "   :widths: 30 70", ""]
            for one in listed:
                link = _link(module, one)
                lines += [f"   * - {link}", f"     - {line_of(getattr(module, one.name))}"]
            lines.append("")
        return self.parsed(lines)


def _link(module: ModuleType, one: PublicName) -> str:
    if inspect.ismodule(getattr(module, one.name)):
        return f":doc:`{one.name} <{one.name}>`"
    return f":py:obj:`{one.name} <{module.__name__}.{one.name}>`"


class PublicNames(_FromText):
    """Entries of the names of one task, or of a whole module."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the entries."""
        module, *words = self.arguments
        shown = importlib.import_module(module)
        lines = []
        for one in names_of(module).values():
            if one.task == " ".join(words) or not words:
                lines += _entry(module, one, getattr(shown, one.name))
        if not lines:
            raise self.error(f"{module} lists nothing under {' '.join(words)!r}")
        return self.parsed(lines)


def _entry(module: str, one: PublicName, thing: object) -> list[str]:
    name = f"{module}.{one.name}"
    if inspect.isclass(thing):
        return [f".. autoclass:: {name}", "   :members:", ""]
    if inspect.isroutine(thing):
        return [f".. autofunction:: {name}", ""]
    said = ModuleAnalyzer.for_module(one.home).find_attr_docs()["", one.name]
    return [f".. py:data:: {name}", "", *(f"   {line}" for line in said), ""]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the two directives."""
    app.add_directive("public-table", PublicTable)
    app.add_directive("public-names", PublicNames)
    return {"version": "1", "parallel_read_safe": True}
