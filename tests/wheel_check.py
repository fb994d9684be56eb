"""
Check the installed wheel in an environment that has the core dependencies only.

A plain script, run by `.ci/run`: `python tests/wheel_check.py examples/01_first_plan.py`.
It shows that the wheel is complete, that the first example runs without any extra,
and that whatever needs an extra says which one.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import os
import re
import runpy
import sys
import tempfile
from pathlib import Path

import school_ektp
from school_ektp.errors import MissingExtraError

PACKAGE = Path(school_ektp.__file__).parent

PLANNED = """
import school_ektp as ek
region = ek.datasets.rejang_lebong(seed=1)
plan = ek.plan_visits(
    region.schools, region.demand(), region.teams, region.calendar, stop=ek.MaxIterations(1)
)
"""
# Extra -> code that needs it. Source that uses an extra without a probe here fails the check.
PROBES = {
    "calendar": PLANNED + "plan.to_ical('plan.ics')",
    "excel": PLANNED + "plan.to_excel('plan.xlsx')",
    "report": PLANNED + "plan.to_html('plan.html')",
    "testing": "import school_ektp.testing",
}
# polars reads and writes workbooks through these packages without our importing them.
BY_METHOD = {"read_excel": "excel", "write_excel": "excel"}


def packages_of_extras() -> dict[str, str]:
    """Return import name -> extra, from the metadata of the installed wheel."""
    found = {}
    for line in importlib.metadata.requires("school_ektp") or []:
        match = re.match(r"([A-Za-z0-9_-]+).*extra == ['\"](\w+)['\"]", line)
        if match and match[2] not in {"all", "dev"}:
            name = match[1].lower().removesuffix("-python").replace("-", "_")
            found[name] = match[2]
    return found


def extras_used(packages: dict[str, str]) -> dict[str, str]:
    """Return extra -> a file of the installed package that uses it."""
    used = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            elif isinstance(node, ast.Attribute) and node.attr in BY_METHOD:
                used[BY_METHOD[node.attr]] = file.name
            elif isinstance(node, ast.Constant) and node.value in packages:
                names = [str(node.value)]  # importlib.import_module("jinja2")
            used |= {
                packages[name.partition(".")[0]]: file.name
                for name in names
                if name.partition(".")[0] in packages
            }
    return used


def check_environment(packages: dict[str, str]) -> None:
    """Only the wheel and the core are here: not the checkout, not an extra."""
    assert packages, "the wheel's metadata name no extra"
    assert "site-packages" in PACKAGE.parts, f"{PACKAGE} is not an installed wheel"
    present = [name for name in packages if importlib.util.find_spec(name)]
    assert not present, f"not a core-only environment: {present}"


def check_contents() -> None:
    """The wheel ships types and data, and no tests."""
    assert (PACKAGE / "py.typed").exists()
    assert any(file.suffix == ".csv" for file in (PACKAGE / "data").iterdir())
    assert importlib.util.find_spec("tests") is None


def check_example(example: Path) -> None:
    """The first example runs in an empty folder with the core alone."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path.cwd()
        os.chdir(folder)
        try:
            runpy.run_path(str(example), run_name="__main__")
        finally:
            os.chdir(here)


def check_extra(extra: str) -> None:
    """What needs *extra* raises MissingExtraError that names it."""
    raised = None
    try:
        exec(PROBES[extra], {})  # noqa: S102 the table above
    except MissingExtraError as error:
        raised = error
    assert raised, f"{PROBES[extra]!r} works without the extra {extra!r}"
    assert raised.extra == extra, f"{PROBES[extra]!r} names the extra {raised.extra!r}"
    assert f"school_ektp[{extra}]" in str(raised)


def main(example: Path) -> None:
    """Run every check; the first that fails ends the script with its reason."""
    packages = packages_of_extras()
    check_environment(packages)
    check_contents()
    for extra, file in sorted(extras_used(packages).items()):
        assert extra in PROBES, f"{file} uses the extra {extra!r}: add a probe for it"
        check_extra(extra)
        print(f"without the extra {extra!r}: a clear error")
    check_example(example)
    print(f"school_ektp {importlib.metadata.version('school_ektp')}: the wheel is complete")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
