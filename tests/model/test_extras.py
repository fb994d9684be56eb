"""A dependency that is missing is named with the way to install it."""

from __future__ import annotations

import importlib

import pytest

from school_ektp.errors import MissingExtraError
from school_ektp.model.extras import extra


def test_a_module_that_is_missing_says_which_extra_brings_it():
    with (
        pytest.raises(
            MissingExtraError, match=r"Plan\.to_excel\(\) needs .*'school_ektp\[excel\]'"
        ) as caught,
        extra("excel", "Plan.to_excel()"),
    ):
        importlib.import_module("a_module_that_nobody_has")

    assert isinstance(caught.value.__cause__, ModuleNotFoundError)


def test_other_errors_pass_as_they_are():
    with pytest.raises(ZeroDivisionError), extra("excel", "Plan.to_excel()"):
        1 / 0  # noqa: B018


def test_what_is_there_is_imported():
    with extra("excel", "Plan.to_excel()"):
        assert importlib.import_module("json")
