"""
Reads files in children of 2 GB each and says how each ended: a reader that dies takes no test down.

Started by `test_fuzz` as a process of its own. Everything is imported and nothing is run
before a child is forked, so no thread of a pool is lost.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path

import fastexcel  # noqa: F401 - imported before the children are
import polars as pl  # noqa: F401

from school_ektp.errors import SchoolEktpError
from school_ektp.model.school import School
from school_ektp.roster.check import check_roster
from school_ektp.roster.read import (
    read_closures,
    read_holidays,
    read_register,
    read_roster,
    read_schools,
    read_travel,
)

LIMIT = 2 << 30  # bytes of address space
SECONDS = 60  # of a processor
DIED = 99  # exit status of a child whose error is not ours
OUTCOMES = {"issues": 0, "ReadError": 1, "RosterSchemaError": 2, "InvalidFieldError": 3, "leak": 4}
ON = dt.date(2024, 9, 3)
READERS = {
    "schools": read_schools,
    "holidays": read_holidays,
    "closures": read_closures,
    "travel": lambda path: read_travel(path, ["a", "b"]),
}


def die(fault: str) -> None:
    """End as a native reader would: the tests of the harness ask for it."""
    if fault == "exit":
        os.abort()
    if fault == "memory":
        bytearray(LIMIT)
    signal.alarm(1)
    signal.pause()


def outcome_of(path: str, kind: str, secrets: list[str]) -> str:
    try:
        if kind.startswith("die by "):
            die(kind.removeprefix("die by "))
        if kind == "register":
            shown = read_register(path).issues().write_csv()
        elif kind in READERS:
            shown = str(len(repr(READERS[kind](path))))
        else:
            school = School(npsn="10700669", name="SMAN 1 & 2", level="SMA", kecamatan="Curup")
            shown = check_roster(read_roster(path), schools=[school], on=ON).issues.write_csv()
    except SchoolEktpError as error:
        shown = "".join(traceback.format_exception(error))
        return "leak" if any(word in shown for word in secrets) else type(error).__name__
    return "leak" if any(word in shown for word in secrets) else "issues"


def child(path: str, kind: str, secrets: list[str], report: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # kills a child that goes on
    signal.alarm(10 * SECONDS)  # and one that waits, however busy the machine is
    status = DIED
    try:
        status = OUTCOMES[outcome_of(path, kind, secrets)]
    except BaseException:  # noqa: BLE001 - reported to the test, whatever it is
        os.write(report, traceback.format_exc()[-2_000:].encode(errors="replace"))
    os._exit(status)


def read_in_child(path: str, kind: str, secrets: list[str]) -> dict[str, object]:
    reading, writing = os.pipe()
    number = os.fork()
    if not number:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        child(path, kind, secrets, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        message = stream.read().decode(errors="replace")
    _, status, usage = os.wait4(number, 0)
    ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else message
    names = {code: name for name, code in OUTCOMES.items()}
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else DIED
    return {"outcome": names.get(code, ended or "died"), "kilobytes": usage.ru_maxrss}


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        answer = read_in_child(request["path"], request["kind"], request["secrets"])
        answer["size"] = Path(request["path"]).stat().st_size
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
