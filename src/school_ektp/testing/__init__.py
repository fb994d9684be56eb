"""
What tests need: problems drawn and seeded, plans that are optimal beyond doubt, invented files.

Importing this package needs Hypothesis: `pip install 'school_ektp[testing]'`.
"""

from __future__ import annotations

import school_ektp.testing._hypothesis  # noqa: F401 - first, for a clear error
from school_ektp.testing.oracle import best_value, plan_exhaustively, rounding
from school_ektp.testing.problems import (
    problems,
    random_problem,
    random_tiny_problem,
    tiny_problems,
)
from school_ektp.testing.stays import thrown_together
from school_ektp.testing.workbooks import (
    Quirk,
    dapodik_leavers_workbook,
    dapodik_workbook,
    emis_workbook,
    register_workbook,
    web_service_json,
)

__all__ = [
    "Quirk",
    "best_value",
    "dapodik_leavers_workbook",
    "dapodik_workbook",
    "emis_workbook",
    "plan_exhaustively",
    "problems",
    "random_problem",
    "random_tiny_problem",
    "register_workbook",
    "rounding",
    "thrown_together",
    "tiny_problems",
    "web_service_json",
]
