"""The JSON schemas of plans and problems in docs/reference/, from the classes: `make schemas`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from school_ektp.report.exchange.plan_json import PROBLEM, plan_document
from school_ektp.report.plan import Plan

FOLDER = Path(__file__).parents[1] / "docs" / "reference"


def main() -> None:
    documents = {"plan": plan_document(Plan), "problem": PROBLEM}
    for member, document in documents.items():
        file = FOLDER / f"{member}.schema.json"
        text = json.dumps(document.schema(), indent=1, ensure_ascii=False)
        file.write_text(f"{text}\n", encoding="utf-8")
        print(file.name)


if __name__ == "__main__":
    sys.exit(main())
