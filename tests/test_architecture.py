"""
The shape of the house: who may import whom, in no circle, and what no module may do.

Arrows and rules are data; `complaints` reads the source with `ast` and says where they are broken.
The planted sources at the end show that every rule can fail.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = "school_ektp"
TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / PACKAGE

# Room -> rooms it may import. The package's own __init__ may import them all; no room imports it.
ARROWS = {
    "_names": set(),
    "errors": set(),
    "files": {"errors"},  # the one place that writes
    "model": {"errors"},
    "roster": {"errors", "files", "model"},
    "planning": {"errors", "model"},
    "plan": {"errors", "model", "roster", "planning"},
    "season": {"_names", "errors", "files", "model", "roster", "planning", "plan"},
    "report": {"errors", "files", "model", "roster", "planning", "plan"},
    "workflow": {"errors", "model", "roster", "planning", "plan", "season", "report"},
    "datasets": {"errors", "model", "roster", "planning"},
    "testing": {"errors", "model", "roster", "planning"},
}
# Modules that show public names of all rooms, by the stub beside each; no room imports them.
NAMESPACES = (
    *("calendar", "counts", "eligibility", "intake", "places", "problem"),
    *("registry", "results", "stop", "totals"),
)
ARROWS |= {name: {"_names"} for name in NAMESPACES}

# The same inside planning, module or folder; whatever it may import stands above it.
_DATA = {"constraints", "problem", "solution"}
_TIMED = _DATA | {"availability", "schedule"}
PLANNING = {
    "constraints": set(),
    "problem": {"constraints"},
    "solution": set(),
    "soundness": _DATA,
    "travel": {"problem"},
    "build": {"constraints", "problem", "travel"},
    "state": _DATA,
    "checker": _DATA,  # these two share no code with the search
    "simulation": _DATA,
    "availability": {"constraints", "problem"},
    "schedule": _DATA,
    "stop": {"problem"},
    "edit": _TIMED | {"checker"},
    "relaxation": _TIMED,
    "search": _TIMED | {"relaxation", "stop"},
    "solve": _TIMED | {"checker", "relaxation", "search", "stop"},
    "explain": _TIMED | {"checker", "edit", "relaxation", "solve", "stop"},
}


# Rooms each of whose modules has a test file at the same place: model/team.py is tested by
# tests/model/test_team.py. Tests of several modules at once may stand beside them. Namespaces are
# all alike: three lines beside a stub. `test_public_api.py` tests each module that has a stub.
MIRRORED = (
    "_names",
    "datasets",
    "errors",
    "files",
    "model",
    "plan",
    "planning",
    "report",
    "roster",
    "season",
    "testing",
    "workflow",
)


class Ban(NamedTuple):
    """Names that may not be used, where, and why; `names` cover what lies below them."""

    why: str
    names: frozenset[str]
    rooms: tuple[str, ...] = ("",)  # module prefixes below the package; "" is everywhere
    allowed_in: tuple[str, ...] = ()
    lazily: bool = False  # True: allowed inside a function or under TYPE_CHECKING

    def covers(self, module: str) -> bool:
        return any(_below(module, room) for room in self.rooms) and not any(
            _below(module, room) for room in self.allowed_in
        )


EXTRAS = {
    *("fastexcel", "xlsxwriter", "jinja2", "vl_convert"),
    *("holidays", "icalendar", "highspy"),
}
CLOCKS = {
    "time",  # the module: perf_counter, monotonic, strftime ...
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today"),
    "datetime.date.today",
}
BANS = (
    Ban("planning counts, tables are the roster's", frozenset({"polars"}), ("planning", "model")),
    Ban("only planning/stop.py reads a clock", frozenset(CLOCKS), allowed_in=("planning.stop",)),
    Ban("progress is data or a callback", frozenset({"print", "sys.stdout", "sys.stderr"})),
    Ban("extras are imported where they are used", frozenset(EXTRAS), lazily=True),
    Ban(
        "extras are imported where they are used",
        frozenset({"hypothesis"}),
        allowed_in=("testing",),
        lazily=True,
    ),
    Ban(
        "chance comes from a seed", frozenset({"secrets", "os.urandom", "uuid.uuid1", "uuid.uuid4"})
    ),
    Ban(
        "the library opens no network",
        frozenset({"socket", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib"}),
    ),
    Ban("logging is the application's to set up", frozenset({"logging.basicConfig"})),
)


def _below(name: str, parent: str) -> bool:
    return not parent or name == parent or name.startswith(f"{parent}.")


class Use(NamedTuple):
    """One use of a dotted name: *lazy* inside a function or under TYPE_CHECKING."""

    name: str
    line: int
    lazy: bool
    imported: bool


def uses(tree: ast.Module, module: str, *, is_package: bool) -> list[Use]:
    """Return every import and every dotted name of a module, with local aliases resolved."""
    found = []
    aliases = {"print": "print"}
    for node, lazy in _walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            target = _target(node, module, is_package=is_package)
            for name in node.names:
                full = f"{target}.{name.name}" if target else name.name
                found.append(Use(full, node.lineno, lazy, imported=True))
                shown = full if target or name.asname else _head(full)
                aliases[name.asname or _head(name.name)] = shown
    for node, lazy in _walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            head, dot, rest = _dotted(node).partition(".")
            if head in aliases:
                found.append(Use(aliases[head] + dot + rest, node.lineno, lazy, imported=False))
    return found


def _head(name: str) -> str:
    return name.partition(".")[0]


def _walk(node: ast.AST, *, lazy: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    yield node, lazy
    function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    for field, value in ast.iter_fields(node):
        inside = lazy or (function and field == "body") or (typing_only and field == "body")
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, lazy=inside)


def _target(node: ast.Import | ast.ImportFrom, module: str, *, is_package: bool) -> str:
    """Return what follows `from`, made absolute; empty for a plain import."""
    if isinstance(node, ast.Import):
        return ""
    if not node.level:
        return node.module or ""
    up = node.level - is_package
    parts = [PACKAGE, *module.split(".")] if module else [PACKAGE]
    base = parts[: len(parts) - up]
    return ".".join([*base, *([node.module] if node.module else [])])


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = _dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


def complaints(source: Path) -> list[str]:
    """Return one line per broken arrow or rule in the package below *source*."""
    found = []
    modules = {}
    for file in sorted(source.rglob("*.py")):
        parts = file.relative_to(source).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        where = "/".join(file.relative_to(source).parts)
        names = modules[module] = uses(tree, module, is_package=is_package)
        faults = [
            *_arrows(module, names),
            *_bans(module, names),
            *_unseeded(tree, names),
            *_pens(tree, module),
        ]
        found += [f"{where}:{line}: {fault}" for line, fault in sorted(set(faults))]
    return [*found, *_circles(modules)]


def _circles(modules: dict[str, list[Use]]) -> Iterator[str]:
    """Yield each circle of imports, those for types and those inside functions included."""
    below = {module: _imported(module, names, modules) for module, names in modules.items()}
    while below:
        try:
            TopologicalSorter(below).prepare()
        except CycleError as fault:
            circle = fault.args[1]
            yield f"a circle: {' -> '.join(reversed(circle))}"
            below[circle[1]] -= {circle[0]}
        else:
            return


def _imported(module: str, names: list[Use], modules: Container[str]) -> set[str]:
    found = set()
    for use in names:
        head, _, name = use.name.partition(".")
        if not use.imported or head != PACKAGE:
            continue
        while name and name not in modules:
            name = name.rpartition(".")[0]
        # A package may import what lies in it, and that may import the package beside it.
        if name and not _below(module, name):
            found.add(name)
    return found


def _arrows(module: str, names: list[Use]) -> Iterator[tuple[int, str]]:
    room, _, rest = module.partition(".")
    if not room:
        return
    if room not in ARROWS:
        yield 1, f"{room} is a new room: give it arrows"
        return
    inside = _head(rest)
    if room == "planning" and inside and inside not in PLANNING:
        yield 1, f"planning.{inside} is new: give it arrows"
        return
    for use in names:
        parts = use.name.split(".")
        if not use.imported or parts[0] != PACKAGE:
            continue
        other, *deeper = parts[1:] or [""]
        if other not in ARROWS:
            yield use.line, f"{room} imports the package itself"
        elif other != room and other not in ARROWS[room]:
            yield use.line, f"{room} may not import {other}"
        elif other == room == "planning" and not {*deeper[:1]} <= {
            inside,
            *PLANNING.get(inside, PLANNING),
        }:
            yield use.line, f"planning.{inside} may not import planning.{deeper[0]}"


def _bans(module: str, names: list[Use]) -> Iterator[tuple[int, str]]:
    for ban in BANS:
        if not ban.covers(module):
            continue
        for use in names:
            if ban.lazily and (use.lazy or not use.imported):
                continue
            hit = next((name for name in ban.names if _below(use.name, name)), None)
            if hit:
                yield use.line, f"uses {hit}: {ban.why}"


def _unseeded(tree: ast.Module, names: list[Use]) -> Iterator[tuple[int, str]]:
    """Only `random.Random(seed)` may roll; the module's own functions share one hidden state."""
    for use in names:
        if _below(use.name, "random.Random") or use.name == "random":
            continue
        if _below(use.name, "random"):
            yield use.line, f"uses {use.name}: pass a seed to random.Random"
    for node in ast.walk(tree):
        bare = isinstance(node, ast.Call) and not node.args and not node.keywords
        if bare and _dotted(node.func) in {"random.Random", "Random"}:
            yield node.lineno, "uses random.Random(): pass a seed"


#: Methods and functions that write to the path they are given.
TO_A_PATH = {
    *("write_csv", "write_parquet", "write_excel", "write_json", "write_ndjson", "write_ipc"),
    *("write_avro", "write_delta", "sink_csv", "sink_parquet", "sink_ipc", "sink_ndjson"),
    *("write_text", "write_bytes", "savefig", "Workbook", "copyfile", "copy2", "move"),
    *("symlink_to", "touch", "mkstemp", "NamedTemporaryFile", "TemporaryDirectory"),
}
_KINDS = ("pl.DataFrame", "pl.LazyFrame", "Path")


def _pens(tree: ast.Module, module: str) -> Iterator[tuple[int, str]]:
    """Yield what may write to a path elsewhere than in `files`; streams in memory are free."""
    if module == "files":
        return
    why = "only files.py writes, whole or not at all"
    streams = {
        _dotted(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _dotted(getattr(node.value, "func", node)) in STREAMS
        for target in node.targets
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            kind, _, name = _dotted(node).rpartition(".")
            if kind in _KINDS and name in TO_A_PATH:
                yield node.lineno, f"hands on {name}: {why}"
        if not isinstance(node, ast.Call):
            continue
        is_method = isinstance(node.func, ast.Attribute)
        name = node.func.attr if is_method else _dotted(node.func)
        given = [*node.args[:1], *(key.value for key in node.keywords if key.arg in _PATHS)]
        ours = not is_method and name in {"write_text", "write_bytes"}  # imported from files
        if name in {"open", "fdopen"} and _writes(node):
            yield node.lineno, f"opens to write: {why}"
        elif name in TO_A_PATH and not ours and {_dotted(one) for one in given} - streams:
            yield node.lineno, f"uses {name}: {why}"


STREAMS = {"io.BytesIO", "io.StringIO"}
_PATHS = {"file", "fp", "path", "filename", "target", "data"}


def _writes(call: ast.Call) -> bool:
    """Tell whether a call of `open` names a mode that writes, or one that cannot be read here."""
    modes = [key.value for key in call.keywords if key.arg == "mode"]
    if not modes:
        place = 0 if isinstance(call.func, ast.Attribute) else 1
        modes = call.args[place : place + 1]
    return any(
        bool(set("wax+") & set(mode.value))
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str)
        else isinstance(call.func, ast.Name)  # a method may take the name of a part first
        for mode in modes
    )


def test_the_house_keeps_its_arrows_and_rules():
    assert (SOURCE / "errors.py").exists()
    assert complaints(SOURCE) == []


@pytest.mark.parametrize("arrows", [ARROWS, PLANNING])
def test_arrows_lead_one_way(arrows):
    """Following arrows never leads back: each room is above all it may import."""
    TopologicalSorter(arrows).prepare()

    assert set().union(*arrows.values()) <= set(arrows)


PLANTED = {
    "planning/a.py": {"x = 1": "planning.a is new: give it arrows"},
    "planning/checker.py": {
        "from .search import engine": "planning.checker may not import planning.search",
        "from school_ektp.planning.availability import SiteForecast": (
            "planning.checker may not import planning.availability"
        ),
        "from .. import planning\nfrom . import schedule": (
            "planning.checker may not import planning.schedule"
        ),
    },
    "planning/search/a.py": {
        "from ..explain import reasons": "planning.search may not import planning.explain",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..explain import trials": (
            "planning.search may not import planning.explain"
        ),
        "def f():\n    from school_ektp.planning import solve": (
            "planning.search may not import planning.solve"
        ),
    },
    "planning/problem.py": {
        "import polars as pl": "uses polars: planning counts",
        "def f():\n    from polars import col": "uses polars",
        "from school_ektp.roster import schema": "planning may not import roster",
        "from ..roster import schema": "planning may not import roster",
        "from .. import roster": "planning may not import roster",
        "import school_ektp.roster.schema": "planning may not import roster",
        "def f():\n    import school_ektp.report": "planning may not import report",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..season import ledger": (
            "planning may not import season"
        ),
        "import school_ektp": "planning imports the package itself",
        "from school_ektp import __version__": "planning imports the package itself",
        "import time": "uses time: only planning/stop.py",
        "from time import perf_counter": "uses time",
        "import random\nrandom.shuffle([])": "uses random.shuffle",
        "from random import choice": "uses random.choice",
        "import random as r\nr.random()": "uses random.random",
        "import random\nrandom.Random()": "pass a seed",
        "from random import Random\nrng = Random()": "pass a seed",
    },
    "model/a.py": {
        "from polars import DataFrame": "uses polars",
        "from school_ektp.planning.problem import VisitProblem": "model may not import planning",
        "import datetime as dt\ndef f(on=dt.date.today()): ...": "uses datetime.date.today",
        "from datetime import date\ndef f():\n    return date.today()": "uses datetime.date.today",
        "import datetime\nx = datetime.datetime.now": "uses datetime.datetime.now",
        "print('hello')": "uses print",
        "from functools import partial\nsay = partial(print, 'x')": "uses print",
        "import sys\nsys.stdout.write('x')": "uses sys.stdout",
        "import uuid\nuuid.uuid4()": "uses uuid.uuid4",
        "from urllib.request import urlopen": "uses urllib.request",
        "import logging\nlogging.basicConfig()": "uses logging.basicConfig",
    },
    "report/__init__.py": {
        "import vl_convert": "uses vl_convert",
        "from jinja2 import Environment": "uses jinja2",
        "class A:\n    import xlsxwriter": "uses xlsxwriter",
        "try:\n    import highspy\nexcept ImportError:\n    highspy = None": "uses highspy",
        "from hypothesis import strategies": "uses hypothesis",
        "from ..season import ledger": "report may not import season",
        "from ..workflow import plan_visits": "report may not import workflow",
    },
    "roster/a.py": {
        "from pathlib import Path\nPath('a').write_text('x')": "uses write_text: only files.py",
        "def f(target):\n    target.write_bytes(b'')": "uses write_bytes",
        "def f(path):\n    with path.open('w') as stream: ...": "opens to write",
        "def f(path, mode):\n    open(path, mode)": "opens to write",
        "def f(path):\n    open(path, mode='r+b')": "opens to write",
        "def f(frame, path):\n    frame.write_csv(path)": "uses write_csv",
        "import polars as pl\nhow = pl.DataFrame.write_parquet": "hands on write_parquet",
        "def f(frame, path):\n    frame.lazy().sink_csv(path)": "uses sink_csv",
        "def f(path):\n    import xlsxwriter\n    xlsxwriter.Workbook(path, {})": "uses Workbook",
        "import tempfile\ntempfile.mkstemp('x')": "uses mkstemp",
        "def f(frame, path):\n    frame.write_excel(workbook=1, file=path)": "uses write_excel",
    },
    "attic.py": {"x = 1": "attic is a new room"},
}
SOUND = {
    "planning/solve.py": [
        "from .problem import VisitProblem",
        "from school_ektp.planning.search.engine import Search",
        "from school_ektp.planning import checker",
        "from ..model import School\nfrom school_ektp.errors import ProblemError",
        "import random\nrng = random.Random(1)\nrng.shuffle([])",
        "from random import Random\ndef f(rng: Random, seed: int): return Random(seed).random()",
        "import datetime as dt\nx = dt.time(8)\ny = dt.datetime(2024, 1, 1)",
        "def f(plan): return plan.time.now()",
    ],
    "planning/stop.py": ["import time\nstart = time.perf_counter()"],
    "report/__init__.py": [
        "def f():\n    import vl_convert",
        "if TYPE_CHECKING:\n    import jinja2\ndef f() -> jinja2.Template: ...",
        "def f(time, print_width): return time, print_width",
        "from ..roster.schema import ROSTER",
        "from school_ektp.files import write_text\ndef f(file): write_text(file, '')",
        "import io\ndef f(frame):\n    stream = io.BytesIO()\n    frame.write_parquet(stream)",
        "def f(frame, path):\n    with path.open('rb') as stream: return frame.write_csv()",
    ],
    "files.py": ["def f(path):\n    path.write_bytes(b'')"],
    "testing/strategies.py": ["from hypothesis import strategies as st"],
    "__init__.py": ["from school_ektp.workflow import plan_visits\nfrom . import model"],
}


@pytest.mark.parametrize(
    ("place", "code", "fault"),
    [(place, code, fault) for place, codes in PLANTED.items() for code, fault in codes.items()],
)
def test_a_planted_fault_is_found(place, code, fault, tmp_path):
    plant(tmp_path, place, code)

    assert any(fault in complaint for complaint in complaints(tmp_path)), complaints(tmp_path)


@pytest.mark.parametrize(
    ("place", "code"), [(place, code) for place, codes in SOUND.items() for code in codes]
)
def test_sound_code_passes(place, code, tmp_path):
    plant(tmp_path, place, code)

    assert complaints(tmp_path) == []


CIRCLES = {
    "plain": "from school_ektp.model.b import y",
    "for types only": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .b import y",
    "inside a function": "def f():\n    from . import b",
}


@pytest.mark.parametrize("code", CIRCLES.values(), ids=CIRCLES)
def test_a_planted_circle_is_found(code, tmp_path):
    plant(tmp_path, "model/a.py", code)
    plant(tmp_path, "model/b.py", "from school_ektp.model.c import z")
    plant(tmp_path, "model/c.py", "from school_ektp.model.a import x")
    plant(tmp_path, "model/d.py", "from school_ektp.model.a import x")

    (circle,) = complaints(tmp_path)

    assert {*circle.removeprefix("a circle: ").split(" -> ")} == {"model.a", "model.b", "model.c"}


def test_two_planted_circles_are_both_found(tmp_path):
    for one, other in ("ab", "ba", "cd", "dc"):
        plant(tmp_path, f"model/{one}.py", f"from school_ektp.model.{other} import x")

    assert len(complaints(tmp_path)) == 2


def test_a_plan_as_data_may_not_name_the_paper_it_is_written_on(tmp_path):
    """The circle that once stood here: papers take the data, the facade writes the papers."""
    plant(tmp_path, "report/plan.py", "from school_ektp.report.html.page import page_html")
    plant(
        tmp_path,
        "report/html/page.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..plan import Plan",
    )
    plant(tmp_path, "plan/data.py", "from school_ektp.report.html.page import page_html")

    arrow, circle = complaints(tmp_path)

    assert arrow == "plan/data.py:1: plan may not import report"
    assert {*circle.removeprefix("a circle: ").split(" -> ")} == {"report.plan", "report.html.page"}


def unmirrored(source: Path, tests: Path, rooms: Iterable[str]) -> list[str]:
    """Return the modules of *rooms* that have no test file of their own at the same place."""
    found = []
    for room in rooms:
        folder = source / room
        modules = sorted(folder.rglob("*.py")) if folder.is_dir() else [source / f"{room}.py"]
        for module in modules:
            place = module.relative_to(source)
            test = tests / place.parent / f"test_{place.name.removeprefix('_')}"
            if module.name != "__init__.py" and not test.is_file():
                found.append(place.as_posix())
    return found


def test_each_module_has_its_test_file_at_the_same_place():
    assert all((SOURCE / room).is_dir() or (SOURCE / f"{room}.py").exists() for room in MIRRORED)
    assert unmirrored(SOURCE, TESTS, MIRRORED) == []


def test_each_namespace_has_the_stub_by_which_it_is_tested():
    assert [name for name in NAMESPACES if not (SOURCE / f"{name}.pyi").is_file()] == []


def test_a_planted_module_without_a_test_file_is_found(tmp_path):
    source, tests = tmp_path / "src", tmp_path / "tests"
    for module in ("files.py", "model/__init__.py", "model/team.py", "model/messages/days.py"):
        plant(source, module, "")
        plant(source, module.replace("model", "plan"), "")
    plant(tests, "test_files.py", "")
    plant(tests, "model/test_team.py", "")
    plant(tests, "model/test_days.py", "")  # not where its module lies

    assert unmirrored(source, tests, ["files", "model"]) == ["model/messages/days.py"]
    assert unmirrored(source, tests, ["workflow"]) == ["workflow.py"]

    plant(tests, "model/messages/test_days.py", "")

    assert unmirrored(source, tests, ["files", "model"]) == []


def plant(folder: Path, place: str, code: str) -> None:
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(code, encoding="utf-8")
