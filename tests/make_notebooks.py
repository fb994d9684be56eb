"""
Notebooks from the scripts in examples/, run from top to bottom: `make notebooks`.

The script is the source; the notebook is made from it and never edited.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

EXAMPLES = Path(__file__).parents[1] / "examples"
SCRIPTS = [
    EXAMPLES / f"{name}.py"
    for name in (
        "01_first_plan",
        "07_from_dapodik_to_letters",
        "08_a_season_of_what_ifs",
        "09_a_season_week_by_week",
    )
]
SECONDS = 120  # for one cell, at most


def notebook_of(script: Path) -> NotebookNode:
    """Return the notebook of a script, without outputs; equal scripts give equal notebooks."""
    book = jupytext.read(script, fmt="py:percent")
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    book.nbformat, book.nbformat_minor = 4, 5
    for number, cell in enumerate(book.cells, 1):
        cell["id"] = f"cell-{number}"
        cell.metadata = {}
    return book


def run(book: NotebookNode, folder: Path) -> NotebookNode:
    """Return the notebook with the outputs of a run in *folder*. Raises when a cell fails."""
    with tempfile.TemporaryDirectory() as pipes:  # files instead of ports of the network
        pipe = {"transport": "ipc", "ip": f"{pipes}/kernel"}
        NotebookClient(
            book,
            timeout=SECONDS,
            kernel_name="python3",
            config=Config(KernelManager=pipe),
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
        ).execute()
    return book


def main() -> None:
    for script in SCRIPTS:
        with tempfile.TemporaryDirectory() as folder:
            book = run(notebook_of(script), Path(folder))
        book.metadata["language_info"] = {"name": "python"}
        file = script.with_suffix(".ipynb")
        nbformat.write(book, file)
        print(f"{file.name}  {file.stat().st_size // 1024 + 1} kB")


if __name__ == "__main__":
    sys.exit(main())
