"""Files are written whole or not at all: on a full disk, after a kill, in a folder that is shut."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import pytest

from school_ektp import files
from school_ektp.errors import ReadError, WriteError
from school_ektp.files import is_reserved, make_folder, read_bytes, write_bytes, write_text

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
AS_USER = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is shut to the administrator"
)
OLD = b"the plan of last week"

#: A full disk: what is larger than the limit fails, as on a disk without room.
FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
from school_ektp.errors import WriteError
from school_ektp.files import write_bytes
try:
    write_bytes(sys.argv[1], b"x" * 1_000_000)
except WriteError as fault:
    print(fault)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(code: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[1])},
    )
    return done.stdout


@pytest.mark.parametrize("text", ["", "baris\nbaris\r\n", "é \uff1d\u2028"])
def test_what_is_written_is_read_as_it_is(text, tmp_path):
    file = tmp_path / "a.txt"

    assert write_text(file, text) == file
    assert read_bytes(file) == text.encode()
    assert names(tmp_path) == ["a.txt"]


@POSIX
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "rencana.xlsx"
    file.write_bytes(OLD)

    message = run(FULL, file)

    assert message.startswith("rencana.xlsx: ")
    assert "what was there is unchanged" in message
    assert file.read_bytes() == OLD
    assert names(tmp_path) == ["rencana.xlsx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_no_room_is_reported_in_words(tmp_path, monkeypatch):
    def full(_number: int, mode: str) -> IO[bytes]:
        return Path("/dev/full").open(mode)

    monkeypatch.setattr(files.os, "fdopen", full)
    (tmp_path / "a.txt").write_bytes(OLD)

    with pytest.raises(WriteError, match=r"a\.txt: no room is left on the disk"):
        write_bytes(tmp_path / "a.txt", b"x" * 10)

    assert (tmp_path / "a.txt").read_bytes() == OLD
    assert names(tmp_path) == ["a.txt"]


def _slow(file: Path, at: str) -> None:
    """Write with a stop before the end, so that a kill meets it there."""
    stop = {"synced": "fsync", "made": "fdopen"}[at]
    how = getattr(os, stop)

    def stopped(*given: object) -> object:
        Path(f"{file}.ready").touch()
        time.sleep(60)
        return how(*given)

    setattr(os, stop, stopped)
    write_bytes(file, b"new" * 100_000)


@POSIX
@pytest.mark.parametrize("at", ["made", "synced"])
def test_a_killed_write_leaves_the_old_file_and_the_next_one_cleans_up(at, tmp_path):
    file = tmp_path / "panggilan.html"
    file.write_bytes(OLD)
    child = multiprocessing.get_context("fork").Process(target=_slow, args=(file, at))
    child.start()
    ready = Path(f"{file}.ready")
    while not ready.exists():
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    ready.unlink()
    assert file.read_bytes() == OLD
    assert len(names(tmp_path)) == 2

    write_bytes(file, b"new")

    assert file.read_bytes() == b"new"
    assert names(tmp_path) == ["panggilan.html"]


@POSIX
def test_a_write_that_is_going_on_is_not_cleaned_up(tmp_path):
    """Two at once: each file is whole, and the last to finish stays."""
    file = tmp_path / "a.bin"
    contents = [bytes([n]) * 200_000 for n in range(8)]
    writers = [threading.Thread(target=write_bytes, args=(file, data)) for data in contents * 5]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert file.read_bytes() in contents
    assert names(tmp_path) == ["a.bin"]


def test_files_of_others_beside_it_stay(tmp_path):
    others = [
        *(".a.txt.part", ".a.txt.1-2-3.part", ".a.txt.x-1.part", "a.txt.1-2.part", ".b.1-2.part"),
    ]
    for name in others:
        (tmp_path / name).write_bytes(OLD)

    write_bytes(tmp_path / "a.txt", b"new")

    assert names(tmp_path) == sorted([*others, "a.txt"])


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
@POSIX
def test_permissions_are_kept(mode, tmp_path):
    file = tmp_path / "daftar.html"
    file.write_bytes(OLD)
    file.chmod(mode)

    write_bytes(file, b"new")

    assert stat.S_IMODE(file.stat().st_mode) == mode


@POSIX
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "usual").write_bytes(b"")

    write_bytes(tmp_path / "ours", b"")

    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


@POSIX
def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "a.json", tmp_path / "latest.json"
    real.write_bytes(OLD)
    link.symlink_to(real)

    assert write_bytes(link, b"new") == link

    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@AS_USER
def test_a_folder_that_can_only_be_read_is_reported(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(OLD)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(WriteError, match=r"a\.txt: may not be written here; choose a folder"):
            write_bytes(file, b"new")
    finally:
        tmp_path.chmod(0o755)

    assert file.read_bytes() == OLD


@AS_USER
def test_a_file_that_can_only_be_read_is_not_replaced(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(OLD)
    file.chmod(0o444)

    with pytest.raises(WriteError, match="may not be written here"):
        write_bytes(file, b"new")

    assert file.read_bytes() == OLD


@pytest.mark.parametrize(
    ("number", "words"),
    [("EROFS", "can only be read; choose another"), ("EACCES", "choose a folder that you may")],
)
def test_a_shut_folder_is_reported_whoever_asks(number, words, tmp_path, monkeypatch):
    """As the test above, where the administrator runs the tests, to whom no folder is shut."""
    import errno

    def shut(*_given: object) -> int:
        code = getattr(errno, number)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, "open", shut)

    with pytest.raises(WriteError, match=words):
        write_bytes(tmp_path / "a.txt", b"new")

    assert names(tmp_path) == []


def test_what_is_no_file_is_reported(tmp_path):
    with pytest.raises(WriteError, match="is a folder; name a file"):
        write_bytes(tmp_path, b"")
    with pytest.raises(WriteError, match="does not exist; make it first"):
        write_bytes(tmp_path / "none" / "a.txt", b"")
    (tmp_path / "a").write_bytes(OLD)
    with pytest.raises(WriteError, match="is no folder"):
        write_bytes(tmp_path / "a" / "b.txt", b"")
    with pytest.raises(WriteError, match="is no folder"):
        make_folder(tmp_path / "a")
    with pytest.raises(WriteError, match=f"{'x' * 300}: has too long a name"):
        write_bytes(tmp_path / ("x" * 300), b"")
    with pytest.raises(OSError, match="is a folder"):
        write_bytes(tmp_path, b"")


@POSIX
def test_a_pipe_or_a_device_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(WriteError, match="is a device or a pipe"):
        write_bytes(tmp_path / "pipe", b"")
    with pytest.raises(WriteError, match="is a device or a pipe"):
        write_bytes("/dev/null", b"")
    with pytest.raises(ReadError, match="copy it to one"):
        read_bytes(tmp_path / "pipe")


@pytest.mark.parametrize(
    "name",
    [
        *("con.ics", "CON", "aux.tar.gz", "nul", "Lpt1.xlsx", "com\xb9.csv", "con .ics"),
        *("a.", "a ", "a\nb", "a\0b"),
    ],
)
def test_names_that_windows_takes_for_something_else_are_refused(name, tmp_path):
    with pytest.raises(WriteError, match="not every system takes"):
        write_bytes(tmp_path / name, b"")

    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["console.ics", "a.con", "com10.csv", "lpt", "auxiliary", "10:30.xlsx", ".tersembunyi"]
)
def test_other_names_are_not_reserved(name):
    assert not is_reserved(name)


def test_a_file_that_is_not_there_is_a_read_error(tmp_path):
    for path in (tmp_path / "none", tmp_path, f"{tmp_path}/a\0"):
        with pytest.raises(ReadError):
            read_bytes(path)


@pytest.mark.parametrize(
    ("given", "fault"),
    [(5, "got a int"), (None, "got a NoneType"), (b"a", "got a bytes"), ("", "is empty")],
)
def test_what_is_no_path_is_refused_by_every_reader_and_writer(given, fault, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(WriteError, match=f"file: must be a path, .*{fault}"):
        files.write_text(given, "x")
    with pytest.raises(WriteError, match=f"folder: must be a path, .*{fault}"):
        files.make_folder(given)
    with pytest.raises(ReadError, match=f"file: must be a path, .*{fault}"):
        files.read_bytes(given)
    assert list(tmp_path.iterdir()) == []
