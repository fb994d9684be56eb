"""Without Hypothesis the package of tests says what to install."""

from __future__ import annotations

import importlib
import sys

import pytest

from school_ektp.errors import MissingExtraError


def test_without_hypothesis_the_extra_is_named(monkeypatch):
    module = importlib.import_module("school_ektp.testing._hypothesis")
    monkeypatch.setitem(sys.modules, "hypothesis", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[testing\]'"):
        importlib.reload(module)
