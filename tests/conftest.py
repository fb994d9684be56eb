"""Hypothesis profiles: dev (fast), ci (the same examples every time), nightly (many)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Fixtures that several rooms share.
pytest_plugins = ["made_plans", "made_seasons", "made_standings"]

TESTS = Path(__file__).parent
#: What a newcomer runs first, `make test-fast`: files that tell most about each room in seconds.
FAST = (
    "test_architecture.py",
    "test_public_api.py",
    "test_messages.py",
    "model",
    *(f"roster/read/test_{name}.py" for name in ("cells", "dates", "typed")),
    *(f"roster/test_{name}.py" for name in ("check", "demand", "doors")),
    *(f"planning/test_{name}.py" for name in ("build", "checker", "checker_constraints")),
    *(f"planning/test_{name}.py" for name in ("checker_values", "constraints", "digests")),
    *(f"planning/test_{name}.py" for name in ("properties", "schedule", "stop")),
    *(f"plan/test_{name}.py" for name in ("account", "comparison", "left_out")),
    *(f"season/test_{name}.py" for name in ("ledger", "season")),
    *(f"report/test_{name}.py" for name in ("plan", "tables_given", "plan_text")),
)

LONGEST = ("test_documents.py", "test_notebooks.py")

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None, print_blob=True)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Mark the tests of the files above, but those that are marked nightly or browser.

    Pages, examples and notebooks come first: they take longest, and two processes then end
    together; and as neighbours they go to one process, which makes the plans they share once.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    fast = {TESTS / place for place in FAST}
    gone = [place.name for place in fast if not place.exists()]
    if gone:
        raise pytest.UsageError(f"tests/conftest.py: FAST names {', '.join(gone)}, not there")
    listed = {path for path in {item.path for item in items} if fast & {path, *path.parents}}
    for item in items:
        slow = item.get_closest_marker("nightly") or item.get_closest_marker("browser")
        if item.path in listed and not slow:
            item.add_marker(pytest.mark.fast)
