"""The notebooks in examples/ are their scripts, run from top to bottom, and show pictures."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

_SPEC = importlib.util.spec_from_file_location(
    "make_notebooks", Path(__file__).parent / "make_notebooks.py"
)
make = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make)

scripts = pytest.mark.parametrize("script", make.SCRIPTS, ids=lambda script: script.stem)


def sources(book) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in book.cells]


@scripts
def test_a_notebook_is_its_script(script):
    kept = nbformat.read(script.with_suffix(".ipynb"), as_version=4)

    nbformat.validate(kept)
    assert sources(kept) == sources(make.notebook_of(script)), "run `make notebooks`"


@scripts
def test_a_notebook_was_run_without_a_fault_and_shows_a_picture(script):
    kept = nbformat.read(script.with_suffix(".ipynb"), as_version=4)

    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert {output.output_type for output in outputs} <= {"stream", "execute_result"}
    assert all(output.get("name") != "stderr" for output in outputs)
    pictures = {kind for output in outputs for kind in output.get("data", {})}
    assert pictures & {"image/svg+xml", "text/html"}
    assert script.with_suffix(".ipynb").stat().st_size < 500_000


@scripts
def test_a_notebook_runs(script, tmp_path):
    """In a kernel, as a user's Jupyter would; a cell that fails raises."""
    book = make.run(make.notebook_of(script), tmp_path)

    assert all(cell.execution_count for cell in book.cells if cell.cell_type == "code")


def test_a_notebook_that_fails_is_seen(tmp_path):
    script = tmp_path / "bad.py"
    script.write_text("# %% [markdown]\n# # Bad\n\n# %%\nassert 1 == 2, 'no'\n", encoding="utf-8")

    with pytest.raises(CellExecutionError, match="assert 1 == 2"):
        make.run(make.notebook_of(script), tmp_path)


def test_equal_scripts_give_equal_notebooks():
    first, second = (nbformat.writes(make.notebook_of(make.SCRIPTS[0])) for _ in range(2))

    assert first == second
