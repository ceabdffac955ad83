"""Parts of a CI's log that fold: groups of GitHub Actions, sections of GitLab."""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from awsconform.conformance.reports.messages import printable

_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
# Clears the line, so that the log of GitLab does not show what only it reads.
_CLEAR = "\x1b[0K"


class Groups(Protocol):
    """How a log folds; `title` is one line, all else is text that ends with a line's end."""

    def opening(self, title: str) -> str:
        """What begins a part."""

    def closing(self) -> str:
        """What ends the part that was begun last."""


class NoGroups:
    """A log that does not fold."""

    def opening(self, title: str) -> str:
        """Nothing."""
        return ""

    def closing(self) -> str:
        """Nothing."""
        return ""


class GitHubGroups:
    """`::group::` and `::endgroup::`.

    What stands between may come from a server: commands of the runner in it are switched off by a
    token that nobody can know.
    """

    def __init__(self, token: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._token = token
        self._tokens: list[str] = []

    def opening(self, title: str) -> str:
        """The group, then no commands until the token comes."""
        self._tokens.append(self._token())
        escaped = _line(title).replace("%", "%25")
        return f"::group::{escaped}\n::stop-commands::{self._tokens[-1]}\n"

    def closing(self) -> str:
        """Commands again, then the end of the group."""
        return f"::{self._tokens.pop()}::\n::endgroup::\n"


class GitLabGroups:
    """`section_start` and `section_end`, folded from the beginning; each has a name of its own."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._open: list[str] = []
        self._opened = 0

    def opening(self, title: str) -> str:
        """The section with its heading."""
        self._opened += 1
        self._open.append(f"awsconform_{self._opened}_{_NO_NAME.sub('_', title)}")
        marker = f"section_start:{int(self._clock())}:{self._open[-1]}[collapsed=true]"
        return f"{_CLEAR}{marker}\r{_CLEAR}{_line(title)}\n"

    def closing(self) -> str:
        """The end of the section."""
        marker = f"section_end:{int(self._clock())}:{self._open.pop()}"
        return f"{_CLEAR}{marker}\r{_CLEAR}\n"


def groups_in(environment: Mapping[str, str]) -> Groups:
    """How the log folds that standard output goes to, as the variables of a CI's job say."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return GitHubGroups()
    if environment.get("GITLAB_CI") == "true":
        return GitLabGroups()
    return NoGroups()


@contextlib.contextmanager
def grouped(groups: Groups, title: str, write: Callable[[str], object]) -> Iterator[None]:
    """A part of the log that folds below its title, ended whatever comes; `write` prints as is."""
    write(groups.opening(title))
    try:
        yield
    finally:
        write(groups.closing())


def _line(title: str) -> str:
    return " ".join(printable(title).split())
