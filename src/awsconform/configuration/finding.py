"""Which file is read: the nearest one, from a folder upward."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OWN = "awsconform.toml"
SHARED = "pyproject.toml"
# What a folder has that is the root of a repository.
_ROOTS = (".git", ".hg", ".jj", ".svn")


@dataclass(frozen=True)
class Found:
    """A file, and the one beside it that is not read since this one is there."""

    path: Path
    passed_over: Path | None = None


def find(folder: Path) -> Found | None:
    """The nearest file in a folder or above, no further than the root of a repository.

    Raises:
        NotTOML: a pyproject.toml that may have a table of ours is broken.
        ConfigurationUnreadable: it cannot be read.
    """
    for each in (folder, *folder.parents):
        own, shared = each / OWN, each / SHARED
        if _is_file(own):
            return Found(_short(own), _short(shared) if has_table(shared) else None)
        if has_table(shared):
            return Found(_short(shared))
        if any(_exists(each / name) for name in _ROOTS):
            return None
    return None


def _short(path: Path) -> Path:
    """A path as people say it: of a file in the current folder, its name."""
    try:
        return Path(path.name) if path.parent.samefile(".") else path
    except OSError:
        return path


def has_table(path: Path) -> bool:
    """Whether a file is there and has [tool.awsconform].

    Raises:
        NotTOML: it may have one and is broken.
        ConfigurationUnreadable: it cannot be read.
    """
    if not _is_file(path):
        return False
    from awsconform.configuration.toml_file import parsed, text_of

    text = text_of(path)
    # Most have none, and what is wrong with those is nothing to us.
    if "awsconform" not in text:
        return False
    tool = parsed(text, path).get("tool")
    return isinstance(tool, dict) and "awsconform" in tool


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
