"""The public names: sorted, complete, documented; importing them has no effect on the world."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import school_ektp

PACKAGE = "school_ektp"
SOURCE = Path(school_ektp.__file__).parent
ROOMS = sorted(module.name for module in pkgutil.iter_modules(school_ektp.__path__))
MODULES = [school_ektp, *(importlib.import_module(f"{PACKAGE}.{room}") for room in ROOMS)]
WITH_NAMES = [module for module in MODULES if hasattr(module, "__all__")]


def is_of_the_house(thing: object) -> bool:
    return (getattr(thing, "__module__", None) or "").split(".")[0] == PACKAGE


def members(kind: type) -> Iterator[tuple[str, object]]:
    """Yield what a class itself defines in public: methods, properties, constructors."""
    for name, value in vars(kind).items():
        plain = getattr(value, "__func__", getattr(value, "fget", getattr(value, "func", value)))
        if not name.startswith("_") and inspect.isfunction(plain) and is_of_the_house(plain):
            yield name, plain


def undocumented(module: ModuleType) -> list[str]:
    """Return public names without a docstring (or, for a constant, without a comment above)."""
    missing = []
    for name in module.__all__:
        thing = getattr(module, name)
        if inspect.isclass(thing):
            missing += [f"{name}.{part}" for part, value in members(thing) if not value.__doc__]
        if callable(thing) or inspect.ismodule(thing):
            missing += [] if (thing.__doc__ or "").strip() else [name]
        elif not name.startswith("__") and not has_words(name):
            missing.append(name)
    return missing


def has_words(constant: str) -> bool:
    """Tell whether a constant is said in words: a comment above or beside, or a string below."""
    return any(_says(file, constant) for file in SOURCE.rglob("*.py"))


def _says(file: Path, constant: str) -> bool:
    with tokenize.open(file) as handle:
        lines = handle.read().splitlines()
    for number, line in enumerate(lines):
        if line.startswith((f"{constant} =", f"{constant}:")):
            above = lines[number - 1] if number else ""
            below = next(
                (text for text in lines[number + 1 :] if text and text[0] not in " )]}"), ""
            )
            return above.startswith("#") or "  # " in line or below.startswith('"""')
    return False


@pytest.mark.parametrize("module", WITH_NAMES, ids=lambda module: module.__name__)
def test_public_names_are_sorted_and_there(module):
    names = list(module.__all__)

    assert names == sorted(set(names))
    assert [name for name in names if not hasattr(module, name)] == []


def test_the_package_lists_all_it_shows():
    shown = {
        name
        for name, value in vars(school_ektp).items()
        if not name.startswith("_") and name != "annotations" and not inspect.ismodule(value)
    }

    assert sorted(shown - set(school_ektp.__all__)) == []


def test_public_things_are_defined_in_the_house():
    strangers = [
        name
        for name in school_ektp.__all__
        if callable(thing := getattr(school_ektp, name)) and not is_of_the_house(thing)
    ]

    assert strangers == []


@pytest.mark.parametrize("module", WITH_NAMES, ids=lambda module: module.__name__)
def test_every_public_object_is_documented(module):
    assert undocumented(module) == []


def test_every_module_says_what_it_is():
    walk = pkgutil.walk_packages(school_ektp.__path__, f"{PACKAGE}.")
    modules = [importlib.import_module(info.name) for info in walk]

    assert [module.__name__ for module in modules if not module.__doc__] == []


def test_an_undocumented_name_is_found():
    """The check above can fail."""
    module = ModuleType("planted")

    class Bare:
        def method(self): ...

    def spoken():
        """Have words."""

    Bare.method.__module__ = PACKAGE
    vars(module).update(Bare=Bare, spoken=spoken, UNSAID=1, __all__=["Bare", "UNSAID", "spoken"])

    assert undocumented(module) == ["Bare.method", "Bare", "UNSAID"]


# Run by a fresh interpreter. The core dependencies are imported first: what they open is theirs.
WATCH = """
import dateutil.relativedelta, dateutil.rrule, json, logging, sys
import attrs, polars
events = []

def watch(event, args):
    if event == "open" or event.startswith(("socket.", "subprocess.", "os.system", "urllib.")):
        events.append((event, str(args[0]) if args else ""))

sys.addaudithook(watch)
import school_ektp
for name in school_ektp.__all__:
    getattr(school_ektp, name)
seen = list(events)
{after}
loggers = [logging.root, *map(logging.getLogger, sorted(logging.root.manager.loggerDict))]
report = {{
    "events": seen,
    "handlers": [logger.name for logger in loggers if logger.handlers],
    "level": logging.root.level,
    "modules": sorted(sys.modules),
}}
print(json.dumps(report))
"""
EXTRAS = [
    *("fastexcel", "xlsxwriter", "jinja2", "altair", "vl_convert"),
    *("holidays", "icalendar", "highspy", "hypothesis", "numpy", "pandas"),
]


def fresh_import(after: str = "") -> dict:
    """Import all public names in a new interpreter; return what it did. Fails if it printed."""
    code = WATCH.format(after=after)
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    [line] = done.stdout.splitlines()
    return json.loads(line)


def foreign(events: list[list[str]]) -> list[list[str]]:
    """Leave out what importing Python modules opens: code, and the version in the metadata."""
    code = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib")
    return [
        [event, path]
        for event, path in events
        if event != "open" or not (path.endswith(code) or ".dist-info" in path)
    ]


@pytest.fixture(scope="module")
def imported():
    return fresh_import()


def test_importing_opens_nothing_but_modules(imported):
    assert foreign(imported["events"]) == []
    assert any(path.endswith((".py", ".pyc")) for _, path in imported["events"])


def test_importing_sets_up_no_logging(imported):
    assert imported["handlers"] == []
    assert imported["level"] == 30


def test_importing_loads_no_extra(imported):
    assert [extra for extra in EXTRAS if extra in imported["modules"]] == []


def test_a_file_opened_or_a_socket_made_would_be_seen():
    """The watch above can fail."""
    reach_out = """
import socket
open(school_ektp.__path__[0] + "/py.typed").close()
socket.socket().close()
seen = list(events)
"""

    seen = foreign(fresh_import(after=reach_out)["events"])

    assert {event for event, _ in seen} >= {"open", "socket.__new__"}
    assert any(path.endswith("py.typed") for _, path in seen)


def test_type_checkers_and_python_find_names_in_the_same_homes():
    """The imports under TYPE_CHECKING and the table that imports lazily are one list."""
    tree = ast.parse(Path(school_ektp.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module.removeprefix(f"{PACKAGE}.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    modules = {name: seen.pop(name) for name in school_ektp._MODULES}  # noqa: SLF001 - under test
    assert modules == {"datasets": PACKAGE, "plot": "report"}
    assert seen == school_ektp._HOME_OF  # noqa: SLF001 - the table under test
    assert sorted([*seen, *modules]) == school_ektp.__all__


def test_a_name_the_package_lacks_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'plan_visit'"):
        _ = school_ektp.plan_visit
