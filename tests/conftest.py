"""Hypothesis profiles: dev (fast), ci (the same examples every time), nightly (many)."""

from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = ["made_plans", "made_seasons"]  # fixtures that several rooms share

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None, print_blob=True)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
