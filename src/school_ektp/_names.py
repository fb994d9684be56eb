"""
Public names, each listed once: in the stub (`.pyi`) beside the module that shows them.

Type checkers and editors read the stub; Python reads it when a name is first asked for, and then
imports that name from its home. So a program waits only for what it calls.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

_PACKAGE = "school_ektp"
_IMPORT = re.compile(r"from (?P<home>[\w.]+) import (?P<name>\w+) as (?P=name)")
_TASK = re.compile(r"# (?P<task>.+)")


class PublicName(NamedTuple):
    """A name, the module it comes from, and the task under which it is listed."""

    name: str
    home: str
    task: str


@cache
def names_of(module: str) -> dict[str, PublicName]:
    """Return the public names of the package, or of a module in it, in the order of its stub."""
    found: dict[str, PublicName] = {}
    task = ""
    for line in _stub(module).splitlines():
        if heading := _TASK.fullmatch(line):
            task = heading["task"]
        elif listed := _IMPORT.fullmatch(line):
            found[listed["name"]] = PublicName(listed["name"], listed["home"], task)
    return found


def _stub(module: str) -> str:
    is_package = hasattr(sys.modules[module], "__path__")
    inside = module.removeprefix(_PACKAGE).replace(".", "/").removeprefix("/")
    data = pkgutil.get_data(_PACKAGE, f"{inside}/__init__.pyi" if is_package else f"{inside}.pyi")
    if data is None:
        raise ModuleNotFoundError(f"{module} has no stub")
    return data.decode("utf-8")


def attach(module: str) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a module whose names are listed in its stub."""

    def find(name: str) -> object:
        if name.startswith("_") and name != "__all__":
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        listed = names_of(module)
        if name == "__all__":
            return sorted(listed)
        if name not in listed:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        home = importlib.import_module(listed[name].home)
        if hasattr(home, "__path__") and name not in vars(home):
            value: object = importlib.import_module(f"{home.__name__}.{name}")
        else:
            value = getattr(home, name)
        setattr(sys.modules[module], name, value)
        return value

    return find, lambda: sorted(names_of(module))
