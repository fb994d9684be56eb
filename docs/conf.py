"""Sphinx configuration: `make docs` builds with warnings as errors."""

from __future__ import annotations

import logging
import shutil
import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "school_ektp"
author = "the school_ektp authors"
copyright = f"2024-2026, {author}"
release = version_of("school_ektp")
version = ".".join(release.split(".")[:2])

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "myst_nb",
    "public_names",  # beside this file
]
exclude_patterns = ["_build", "jupyter_execute"]

html_theme = "furo"
html_title = "school_ektp"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b5d66", "color-brand-content": "#0b5d66"},
    "dark_css_variables": {"color-brand-primary": "#6fc3cc", "color-brand-content": "#6fc3cc"},
}

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
# The blocks of these pages are run by tests/test_documents.py, not while the pages are built.
nb_execution_mode = "off"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # attrs fields are described once, under Attributes
autosummary_generate = False
default_role = "py:obj"  # `School` in a docstring leads to School where it can


# The notebooks of examples/ are pages of the tutorial, with the outputs that they hold.
for notebook in sorted((HERE.parent / "examples").glob("*.ipynb")):
    shutil.copy2(notebook, HERE / "tutorial" / notebook.name)

# A section lists whatever pages lie beside its index. None yet is no fault, but Sphinx gives that
# warning no type by which suppress_warnings could name it.
logging.getLogger("sphinx.sphinx.directives.other").addFilter(
    lambda record: getattr(record, "subtype", "") != "empty_glob"
)
