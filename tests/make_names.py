"""
The table of public names in the docstring of the package, from their stubs: `make names`.

Each name has the first sentence of its own docstring, so that nothing is written twice.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from itertools import groupby
from pathlib import Path

import school_ektp
from school_ektp._names import names_of

FILE = Path(school_ektp.__file__)
HEAD = '''"""
Plan school visits that record first-time holders of the Indonesian electronic ID card.

Read `school_ektp.workflow` for the chain from schools and demand to a plan.

Public names by task; `help(school_ektp.plan_visits)` tells more of one.
'''
WIDTH, MARGIN, COLUMN = 100, 4, 24


def line_of(thing: object) -> str:
    """Return the first sentence of a docstring, without its full stop."""
    first = (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")
    return first.partition(". ")[0].rstrip(".")


def table(module: str) -> str:
    """Return the names of a module by task, a line each."""
    shown, lines = importlib.import_module(module), []
    for task, listed in groupby(names_of(module).values(), key=lambda one: one.task):
        lines += ["", f"{task}:"]
        for one in listed:
            line = f"{one.name:<{COLUMN - 1}} {line_of(getattr(shown, one.name))}"
            lines += textwrap.wrap(
                line,
                WIDTH - MARGIN,
                initial_indent=" " * MARGIN,
                subsequent_indent=" " * (MARGIN + COLUMN),
            )
    return "\n".join(lines)


def with_table() -> str:
    """Return the source of the package's `__init__.py` with the table in its docstring."""
    text = FILE.read_text(encoding="utf-8")
    code = text[text.index('\n"""\n', 4) + 5 :]
    return f'{HEAD}{table(school_ektp.__name__)}\n"""\n{code}'


if __name__ == "__main__":
    FILE.write_text(with_table(), encoding="utf-8")
    print(f"{FILE.name}: {len(names_of(school_ektp.__name__))} names")
    sys.exit()
