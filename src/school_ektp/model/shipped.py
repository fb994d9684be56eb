"""Files that ship with the package; see ``data/README.md`` for their sources and licences."""

from __future__ import annotations

import csv
from importlib.resources import files


def shipped(name: str) -> bytes:
    """Return the content of a file."""
    return (files("school_ektp") / "data" / name).read_bytes()


def shipped_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file, every cell as text."""
    return list(csv.DictReader(shipped(name).decode("utf-8").splitlines(keepends=True)))
