"""
Files written whole or not at all: beside the old one first, then in its place.

A full disk, a crash or a kill leaves the file that was there. What a killed write leaves beside it
is a hidden file that ends in ``.part``; the next write of the same file takes it away.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from school_ektp.errors import ReadError, WriteError

if sys.platform != "win32":
    import fcntl

Holds: TypeAlias = Callable[[int], object]

ENDING = ".part"
_NAME = 40  # characters of a name that are kept, so that the name beside it is not too long
_TRIES = 100
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\xb9\xb2\xb3])\s*(?:\.|$)", re.IGNORECASE
)
_FAULTS = {
    errno.ENOSPC: "no room is left on the disk; what was there is unchanged",
    errno.EFBIG: "is larger than this system lets a file be; what was there is unchanged",
    errno.EACCES: "may not be written here; choose a folder that you may write to",
    errno.EPERM: "may not be written here; choose a folder that you may write to",
    errno.EROFS: "lies in a folder that can only be read; choose another",
    errno.ENOENT: "lies in a folder that does not exist; make it first",
    errno.ENOTDIR: "lies in something that is no folder",
    errno.EISDIR: "is a folder; name a file",
    errno.ENAMETOOLONG: "has too long a name",
    errno.EINVAL: "has a name that this system does not take",
    errno.ELOOP: "is a link that leads back to itself",
}
if hasattr(errno, "EDQUOT"):
    _FAULTS[errno.EDQUOT] = _FAULTS[errno.ENOSPC]


def _path(given: object, fault: type[ReadError | WriteError], what: str) -> Path:
    """
    Return a path that was given.

    Raises:
        ReadError: It is empty or no path, if that is the *fault*.
        WriteError: As ReadError.
    """
    if isinstance(given, str | os.PathLike):
        text = os.fspath(given)
        if isinstance(text, str) and text:
            return Path(text)
        raise fault(what, f"must be a path, and is {'bytes' if text else 'empty'}")
    raise fault(what, f"must be a path, got a {type(given).__name__}")


def write_text(file: Path | str, text: str) -> Path:
    r"""
    Write a text in UTF-8 with ``\n`` as it is, whole or not at all, and return the file.

    Raises:
        WriteError: It cannot be written; what was there is unchanged.
    """
    return write_bytes(file, text.encode())


def write_bytes(file: Path | str, data: bytes) -> Path:
    """
    Write bytes, whole or not at all, and return the file.

    A file that is there keeps its permissions; a link is followed.

    Raises:
        WriteError: They cannot be written; what was there is unchanged.
    """
    shown = _path(file, WriteError, "file")
    with _as_write_errors(shown.name or str(file)):
        if is_reserved(shown.name) or any(unicodedata.category(one) == "Cc" for one in shown.name):
            raise WriteError(ascii(shown.name), "is a name that not every system takes; change it")
        target = Path(os.path.realpath(shown))
        before = _before(target)
        with _beside(target, before) as (part, stream):
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            if sys.platform == "win32":
                stream.close()  # an open file cannot be moved there
            part.replace(target)
        _keep_name(target.parent)
    return shown


def read_bytes(file: Path | str, name: str | None = None, hold: Holds | None = None) -> bytes:
    """
    Return the bytes of a file, which messages call *name* where that is given.

    *hold* is called with the size before reading, to refuse it; no more than that is read.

    Raises:
        ReadError: It cannot be opened, or is a folder, a pipe or a device.
    """
    path = _path(file, ReadError, "file")
    label = os.fsencode(path.name or str(file)).decode("utf-8", "replace") if name is None else name
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise ReadError(label, "is a folder; name a file in it")
        if not stat.S_ISREG(state.st_mode):  # a pipe would be waited for, a device has no end
            raise ReadError(label, "is no regular file but a pipe or device; copy it to one")
        if hold is not None:
            hold(state.st_size)
        with path.open("rb") as stream:
            return stream.read() if hold is None else stream.read(state.st_size)
    except (OSError, ValueError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(label, f"cannot be opened: {reason(error)}") from None


def reason(error: Exception) -> str:
    """Return the operating system's words, which hold no path."""
    text = error.strerror if isinstance(error, OSError) else None
    return text or "its name is not one of this system"


def is_reserved(name: str) -> bool:
    """Tell whether Windows takes a name for a device (``con.ics``) or drops its end (``a.``)."""
    return bool(_DEVICES.match(name)) or name != name.rstrip(". ")


def make_folder(folder: Path | str) -> Path:
    """
    Make a folder and those above it where missing, and return it.

    Raises:
        WriteError: It cannot be made, or a file has its name.
    """
    target = _path(folder, WriteError, "folder")
    with _as_write_errors(target.name or str(folder)):
        try:
            target.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    return target


@contextlib.contextmanager
def _as_write_errors(name: str) -> Iterator[None]:
    """Turn what the system says into a `WriteError` that names the file and the way out."""
    try:
        yield
    except WriteError:
        raise
    except ValueError as fault:  # a null character in the name of a folder
        raise WriteError(ascii(name), _FAULTS[errno.EINVAL]) from fault
    except OSError as fault:
        otherwise = f"cannot be written ({fault.strerror or type(fault).__name__})"
        raise WriteError(name, _FAULTS.get(fault.errno or 0, otherwise)) from fault


def _before(target: Path) -> os.stat_result | None:
    """Return what is known of the file that will be replaced; None where there is none."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise WriteError(target.name, "is a device or a pipe; name a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return found


@contextlib.contextmanager
def _beside(target: Path, before: os.stat_result | None) -> Iterator[tuple[Path, BinaryIO]]:
    """Yield a new file beside *target*, which is gone afterwards unless it was moved."""
    _sweep(target)
    part, number = _made(target, 0o666 if before is None else stat.S_IMODE(before.st_mode))
    stream = os.fdopen(number, "wb")
    try:
        with stream:
            if before is not None:
                _as_before(number, before)
            yield part, stream
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _made(target: Path, mode: int) -> tuple[Path, int]:
    """Make and lock a file beside *target*; nobody else holds it, and none had its name."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    for place in range(_TRIES):
        part = target.with_name(f".{target.name[:_NAME]}.{os.getpid()}-{place}{ENDING}")
        try:
            number = os.open(part, flags, mode)
        except FileExistsError:
            continue
        _lock(number, wait=True)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(part.stat(), os.fstat(number)):
                return part, number
        os.close(number)  # another writer took it for a leftover before it was locked
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _as_before(number: int, before: os.stat_result) -> None:
    """Give the new file owner and permissions of the old one, as far as the system lets us."""
    if sys.platform == "win32":
        return
    new = os.fstat(number)
    with contextlib.suppress(OSError):
        if (new.st_uid, new.st_gid) != (before.st_uid, before.st_gid):
            os.fchown(number, before.st_uid, before.st_gid)
    with contextlib.suppress(OSError):
        os.fchmod(number, stat.S_IMODE(before.st_mode))


def _sweep(target: Path) -> None:
    """Remove what killed writes of *target* left beside it; what is being written stays."""
    begin = f".{target.name[:_NAME]}."
    with contextlib.suppress(OSError):
        for part in target.parent.iterdir():
            middle = part.name.removeprefix(begin).removesuffix(ENDING)
            if part.name == f"{begin}{middle}{ENDING}" and _is_ours(middle):
                _remove_if_dead(part)


def _is_ours(middle: str) -> bool:
    process, _, place = middle.partition("-")
    return all(part.isascii() and part.isdigit() for part in (process, place))


def _remove_if_dead(part: Path) -> None:
    with contextlib.suppress(OSError):
        number = os.open(part, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            dead = _lock(number, wait=False) and os.path.samestat(part.stat(), os.fstat(number))
            if dead and sys.platform != "win32":
                part.unlink()  # while it is held, so that no other write has taken its name
        finally:
            os.close(number)
        if dead and sys.platform == "win32":
            part.unlink()


def _lock(number: int, *, wait: bool) -> bool:
    """Lock an open file; False if another holds it. Where files in use stay, no lock is needed."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return wait
    return True


def _keep_name(folder: Path) -> None:
    """Have the system write down that the name now means the new file."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
