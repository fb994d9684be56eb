"""
What the documents show is run: README, docs, docstrings and examples.

The blocks of a page run in order, in one namespace, in a folder that is empty, or holds a copy of
the folder `files` beside the page.
A block is left out only with a reason, on the line before it: `<!-- not run: takes an hour -->`.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import runpy
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import school_ektp as ek
from school_ektp._names import names_of

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
SCRIPTS = [path for path in EXAMPLES if not path.with_suffix(".ipynb").exists()]  # others: a kernel
FRAGMENTS = sorted((ROOT / "changelog.d").glob("*"))

FENCE = re.compile(
    r"^(?:<!--\s*not run(?P<reason>[^\n]*?)\s*-->\n+)?"
    r"^(?P<fence>`{3,})[ ]*(?:python|py|pycon|\{code-cell\}[^\n]*)[ ]*\n"
    r"(?P<code>.*?)^(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)

#: A line of an example that shows something: a chart, or a value with a rich display.
PICTURE = re.compile(r"^(ek\.plot\.\w+\(.+\)|plan|checked)$", re.MULTILINE)


class Block(NamedTuple):
    """A Python block of a page, where it starts, and why it is not run (empty: it is)."""

    code: str
    line: int
    reason: str


def blocks(text: str) -> list[Block]:
    """Return the Python blocks of a page in order. Raises ValueError for a skip with no reason."""
    found = []
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start("code"))
        reason = (match["reason"] or "").removeprefix(":").strip()
        if match["reason"] is not None and not reason:
            raise ValueError(f"line {line}: a block is not run, without a reason")
        found.append(Block(match["code"], line, reason))
    return found


def has_code(page: Path) -> bool:
    return page.exists() and any(not block.reason for block in blocks(read(page)))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def run(found: list[Block], namespace: dict[str, object], page: str) -> None:
    """Run blocks in one namespace; a block with a prompt is a doctest. Lines are the page's."""
    for block in found:
        if block.reason:
            continue
        if ">>>" in block.code:
            run_doctest(block, namespace, page)
        else:
            padded = "\n" * block.line + block.code
            exec(compile(padded, page, "exec", dont_inherit=True), namespace)  # noqa: S102 our page


def run_doctest(block: Block, namespace: dict[str, object], page: str) -> None:
    test = doctest.DocTestParser().get_doctest(block.code, namespace, page, page, block.line)
    test.globs = namespace  # get_doctest copies: later blocks need the names too
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=report.append, clear_globs=False)
    assert not runner.failures, "".join(report)


@pytest.fixture(scope="session")
def plan_once():
    """
    Give `ek.plan_visits` that makes the plan of equal calls only once.

    Most pages begin with the same plan of the sample, and equal calls give equal plans.
    """
    real = ek.plan_visits
    made: list[tuple[object, ek.Plan]] = []

    def plan_visits(schools, demand, teams, calendar, **options):
        call = (tuple(schools), tuple(demand), tuple(teams), calendar, options)
        for known, plan in made:
            if known == call:
                return plan
        plan = real(*call[:4], **options)
        counted = isinstance(options.get("stop", ek.MaxIterations(1)), ek.MaxIterations)
        if counted and not plan.violations:  # no clock, and no warning
            made.append((call, plan))
        return plan

    return plan_visits


@pytest.mark.parametrize(
    "page", [page for page in PAGES if has_code(page)], ids=lambda page: str(page.relative_to(ROOT))
)
def test_the_blocks_of_a_page_run(page, tmp_path, monkeypatch, plan_once):
    if (page.parent / "files").is_dir():
        shutil.copytree(page.parent / "files", tmp_path / "files")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ek, "plan_visits", plan_once)
    module = ModuleType("page")
    monkeypatch.setitem(sys.modules, "page", module)  # classes look their module up

    run(blocks(read(page)), vars(module), str(page.relative_to(ROOT)))


def test_the_readme_shows_code():
    assert has_code(ROOT / "README.md")


@pytest.mark.parametrize("example", SCRIPTS, ids=lambda path: path.name)
def test_an_example_runs_as_a_script(example, tmp_path, monkeypatch, plan_once, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ek, "plan_visits", plan_once)

    runpy.run_path(str(example), run_name="__main__")

    printed = capsys.readouterr()
    assert printed.out
    assert printed.err == ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_a_notebook_too(example):
    """Percent cells: words first, a picture, and an assert of what was taught at the end."""
    cells = [cell for cell in re.split(r"^# %%", read(example), flags=re.MULTILINE) if cell.strip()]

    assert len(cells) > 1
    assert any(cell.lstrip().startswith("[markdown]") for cell in cells)
    assert any(PICTURE.search(cell) for cell in cells)
    assert re.search(r"^assert ", cells[-1], flags=re.MULTILINE)


def test_the_first_example_is_there():
    assert ROOT / "examples" / "01_first_plan.py" in EXAMPLES


def modules_with_examples() -> list[str]:
    """Return the dotted names of the modules whose source holds a prompt."""
    files = [file for file in sorted(SOURCE.rglob("*.py")) if ">>>" in read(file)]
    dotted = [".".join(file.relative_to(SOURCE).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_docstrings_hold(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)

    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)

    assert result.attempted > 0, f"{name} has a prompt that doctest does not find"
    assert result.failed == 0


PROMPT = re.compile(r"^ *(?:>>>|\.\.\.) ?(.*)$", re.MULTILINE)


def code_of_examples() -> Iterator[str]:
    """Yield the code of all pages, examples and docstrings that the tests of this file run."""
    pages = [block.code for page in PAGES for block in blocks(read(page)) if not block.reason]
    for text in [*pages, *map(read, EXAMPLES)]:
        yield "\n".join(PROMPT.findall(text)) if ">>>" in text else text
    for file in SOURCE.rglob("*.py"):
        if ">>>" in (text := read(file)):
            yield "\n".join(PROMPT.findall(text))


def names_in(code: str) -> set[str]:
    """Return the names and attributes that a piece of code uses."""
    nodes = list(ast.walk(ast.parse(code)))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imported = {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return attributes | imported | {node.id for node in nodes if isinstance(node, ast.Name)}


def test_every_public_object_has_an_example_that_runs():
    shown = set().union(*map(names_in, code_of_examples()))

    public = set()
    for stub in SOURCE.rglob("*.pyi"):
        dotted = ".".join(stub.relative_to(SOURCE).with_suffix("").parts)
        module = importlib.import_module(dotted.removesuffix(".__init__"))
        public |= set(names_of(module.__name__))
    assert sorted(public - shown) == []


def test_the_reference_has_every_task_and_namespace():
    pages = "\n".join(read(page) for page in (ROOT / "docs" / "reference").glob("*.md"))
    shown = set(re.findall(r"^\.\. public-names:: (.+)$", pages, flags=re.MULTILINE))

    tasks = {one.task for one in names_of("school_ektp").values()} - {"Namespaces"}
    stubs = {stub.relative_to(SOURCE).with_suffix("") for stub in SOURCE.rglob("*.pyi")}
    dotted = {".".join(stub.parts).removesuffix(".__init__") for stub in stubs}
    namespaces = dotted - {"school_ektp"}
    assert shown == {f"school_ektp {task}" for task in tasks} | namespaces


def fragment_fault(name, text):
    """Return what is wrong with a fragment of the changelog, None if nothing is."""
    if not re.fullmatch(r"[a-z0-9-]+\.(added|changed|fixed|removed)\.md", name):
        return "name"
    if not text.rstrip().endswith("."):
        return "no full stop"
    if text.lstrip().startswith(("-", "#", "*")):
        return "a mark of a list, which is made when the fragments are collected"
    return None


def test_a_changelog_fragment_is_a_line_to_the_user():
    faults = {
        fragment.name: fragment_fault(fragment.name, read(fragment)) for fragment in FRAGMENTS
    }

    assert not {name: fault for name, fault in faults.items() if fault}


def test_a_fragment_that_is_no_line_to_the_user_is_found():
    assert fragment_fault("a-day.added.md", "Days are read.") is None
    assert fragment_fault("a day.md", "Days are read.") == "name"
    assert fragment_fault("a-day.added.md", "Days are read") == "no full stop"
    assert fragment_fault("a-day.fixed.md", "- Days are read.") is not None


PAGE = """\
# A page

```python
x = 1
```

Words, and `inline`.

```sh
not python
```

<!-- not run: takes an hour -->
```python
raise SystemExit
```

```python
>>> x + y
3
>>> z = 4
```
"""


def test_blocks_share_a_namespace_and_a_reason_leaves_one_out():
    found = blocks(PAGE)

    assert [block.reason for block in found] == ["", "takes an hour", ""]
    namespace: dict[str, object] = {"y": 2}
    run(found, namespace, "page.md")
    assert namespace["z"] == 4


def test_a_block_that_fails_names_its_line():
    with pytest.raises(ZeroDivisionError) as caught:
        run(blocks("\n\n```python\nx = 1\nx / 0\n```\n"), {}, "page.md")

    assert caught.traceback[-1].lineno == 4  # counted from 0


def test_a_wrong_result_is_found():
    with pytest.raises(AssertionError, match="Expected:"):
        run(blocks("```python\n>>> 1 + 1\n3\n```\n"), {}, "page.md")


def test_a_skip_needs_a_reason():
    with pytest.raises(ValueError, match="line 2: a block is not run, without a reason"):
        blocks("<!-- not run -->\n```python\nx\n```\n")
