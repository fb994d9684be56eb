"""Public names are read from the stub beside a module, and imported when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import school_ektp
from school_ektp import stop
from school_ektp._names import PublicName, attach, names_of


def test_a_name_is_listed_with_its_home_and_its_task():
    listed = names_of("school_ektp.stop")

    assert listed["Target"] == PublicName("Target", "school_ektp.planning.stop", "")
    assert names_of("school_ektp")["stop"].task == "Namespaces"
    assert dir(stop) == sorted(listed) == stop.__all__


def test_a_name_that_was_asked_for_is_kept():
    find, _ = attach("school_ektp.stop")

    assert find("Target") is stop.Target
    assert vars(stop)["Target"] is stop.Target


@pytest.mark.parametrize("name", ["Targets", "_hidden", "__path__"])
def test_what_is_not_listed_is_an_attribute_error(name):
    find, _ = attach("school_ektp.stop")

    with pytest.raises(AttributeError, match=f"'school_ektp.stop' has no attribute '{name}'"):
        find(name)


def test_a_namespace_is_a_name_too():
    assert school_ektp.stop is stop


def test_a_module_without_a_stub_has_no_names():
    with pytest.raises((FileNotFoundError, ModuleNotFoundError)):
        names_of("school_ektp.errors")


def test_a_program_imports_only_what_it_asks_for():
    code = """
import sys, school_ektp
before = {name for name in sys.modules if name.startswith("school_ektp.")}
school_ektp.MaxSeconds
after = {name for name in sys.modules if name.startswith("school_ektp.")}
assert "school_ektp.planning.stop" in after - before, after - before
assert not {name for name in after if ".report" in name or ".roster" in name}, after
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
