"""The public names: each listed once, in few places, documented; importing has no effect."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import school_ektp
from school_ektp import errors
from school_ektp._names import names_of

PACKAGE = "school_ektp"
SOURCE = Path(school_ektp.__file__).parent


def dotted(stub: Path) -> str:
    """Return the name of the module that a stub lies beside."""
    parts = stub.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


STUBS = sorted(SOURCE.rglob("*.pyi"))
SHOWN = [dotted(stub) for stub in STUBS]
ROOMS = sorted(module.name for module in pkgutil.iter_modules(school_ektp.__path__))
MODULES = [school_ektp, *(importlib.import_module(f"{PACKAGE}.{room}") for room in ROOMS)]
_SPEC = importlib.util.spec_from_file_location(
    "make_names", Path(__file__).parent / "make_names.py"
)
make = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make)
WITH_NAMES = [module for module in MODULES if hasattr(module, "__all__")]
#: What the scripts of users call; these names stay on top.
KEPT = (
    *("Break", "Location", "MaxIterations", "School", "SchoolDemand", "Team", "TravelTable"),
    *("VisitCalendar", "WaitingGroup", "check_roster", "datasets", "plan_visits"),
    *("read_closures", "read_holidays", "read_register", "read_roster", "read_schools"),
    "read_travel",
)


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
        if inspect.isclass(thing) or inspect.isroutine(thing) or inspect.ismodule(thing):
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
    *("fastexcel", "xlsxwriter", "jinja2", "vl_convert"),
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
    """Leave out what importing opens: code, lists of names, texts, the version in the metadata."""
    code = (".py", ".pyi", ".pyc", ".so", ".pyd", ".dll", ".dylib")
    code += tuple(f"school_ektp/model/texts/{lang}.toml" for lang in ("id", "en"))
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


def test_about_forty_names_are_on_top_and_the_rest_in_namespaces():
    listed = names_of(PACKAGE)
    namespaces = [name for name, one in listed.items() if one.task == "Namespaces"]

    assert 35 <= len(listed) - len(namespaces) <= 45
    assert set(KEPT) <= set(listed)
    assert {name.rpartition(".")[2] for name in SHOWN} - {PACKAGE} <= set(namespaces)


def test_each_public_name_is_listed_once():
    names = [
        name for module in SHOWN for name in names_of(importlib.import_module(module).__name__)
    ]

    assert sorted(name for name in names if names.count(name) > 1) == []


@pytest.mark.parametrize("module", SHOWN)
def test_a_stub_holds_nothing_but_public_names_under_their_tasks(module):
    """What Python reads by pattern is what type checkers read."""
    [stub] = [stub for stub in STUBS if dotted(stub) == module]
    tree = ast.parse(stub.read_text(encoding="utf-8"))

    seen = {
        alias.asname: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    importlib.import_module(module)
    assert all(isinstance(node, ast.ImportFrom) for node in tree.body)
    assert seen == {name: (one.home, name) for name, one in names_of(module).items()}
    assert len(seen) == len(tree.body)


@pytest.mark.parametrize("module", SHOWN)
def test_names_come_from_the_module_that_defines_them(module):
    """A name is not handed on by a third module, so that editors lead to its source."""
    importlib.import_module(module)
    for name, one in names_of(module).items():
        thing = getattr(importlib.import_module(module), name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__module__.startswith(one.home), name


def test_what_a_public_call_takes_or_gives_is_public():
    """Every class of the house in the signature of a public call, or in a public field."""
    public = {name for module in SHOWN for name in names_of(module)} | set(errors_of_the_house())

    used = {word for module in SHOWN for word in words_of_signatures(module)}

    assert sorted(used & classes_of_the_house() - public) == []


def errors_of_the_house() -> list[str]:
    return [name for name, value in vars(errors).items() if inspect.isclass(value)]


def classes_of_the_house() -> set[str]:
    """Return the public names of classes defined in the rooms; tests have their own."""
    found = set()
    for info in pkgutil.walk_packages(school_ektp.__path__, f"{PACKAGE}."):
        if ".testing" not in info.name:
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if inspect.isclass(value) and value.__module__ == info.name:
                    found.add(name)
    return {name for name in found if not name.startswith("_")}


def words_of_signatures(module: str) -> Iterator[str]:
    """Yield the capitalised words of the annotations of a module's public things."""
    shown = importlib.import_module(module)
    for name in names_of(module):
        thing = getattr(shown, name)
        functions = [part for _, part in members(thing)] if inspect.isclass(thing) else [thing]
        notes = [getattr(inspect.unwrap(one), "__annotations__", {}) for one in functions]
        if inspect.isclass(thing):
            fields = getattr(thing, "__annotations__", {})
            notes.append({name: note for name, note in fields.items() if name[0] != "_"})
        for note in (note for each in notes for note in each.values()):
            yield from re.findall(r"\b[A-Z]\w+", str(note))


def test_help_shows_every_name_by_task_with_a_line():
    """`help(school_ektp)`; the table is made by `make names`."""
    assert SOURCE.joinpath("__init__.py").read_text(encoding="utf-8") == make.with_table()
    for name, one in names_of(PACKAGE).items():
        assert re.search(rf"^ +{name} +\w", school_ektp.__doc__, flags=re.MULTILINE), name
        assert f"{one.task}:" in school_ektp.__doc__


def test_a_name_the_package_lacks_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'plan_visit'"):
        _ = school_ektp.plan_visit
