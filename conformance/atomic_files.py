"""Files that are there as a whole or not at all, for programs that read them at any time."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from awsconform.errors import UsageError

_MODE = 0o666


def write_atomically(path: Path, text: str) -> None:
    """Writes a text file in UTF-8 beside its place and moves it there.

    What is no regular file, such as a pipe, is written into, and so is a file in a folder that
    takes no others. A link is followed, and the mode of a file that was there is kept.

    Raises:
        UsageError: it cannot be written; what was there is as it was.
    """
    try:
        if _is_replaceable(path):
            _replace(Path(os.path.realpath(path)), text.encode())
        else:
            path.write_bytes(text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _is_replaceable(path: Path) -> bool:
    if not path.exists():
        return True
    return path.is_file() and os.access(os.path.dirname(os.path.realpath(path)), os.W_OK)


def _replace(place: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, _mode(place))
        os.replace(beside, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _mode(place: Path) -> int:
    """The mode of what is replaced, or that of any new file."""
    try:
        return stat.S_IMODE(place.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return _MODE & ~mask
