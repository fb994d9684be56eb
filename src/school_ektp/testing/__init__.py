"""
What tests need: problems drawn and seeded, and plans that are optimal beyond doubt.

Importing this package needs Hypothesis: `pip install 'school_ektp[testing]'`.
"""

from __future__ import annotations

from school_ektp.testing.oracle import best_score, plan_exhaustively
from school_ektp.testing.problems import (
    problems,
    random_problem,
    random_tiny_problem,
    tiny_problems,
)

__all__ = [
    "best_score",
    "plan_exhaustively",
    "problems",
    "random_problem",
    "random_tiny_problem",
    "tiny_problems",
]
