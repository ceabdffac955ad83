"""Pieces of GitHub's Markdown whose text is shown as it is, whatever is in it.

Nothing in a text ends a cell, a code span, a fence or an element, names a person or an issue, or
becomes a link.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from awsconform.conformance.reports.messages import printable

_BACKTICKS = re.compile(r"`+")
# What Markdown, HTML, or GitHub's mathematics and emoji read; none of them reads references.
_MEANT = re.compile(r"[&<>`*_~\[\]\\|$^@#!]|:(?=\S)")
# What GitHub and GitLab take for people, issues, milestones and labels.
_NAMING = re.compile(r"[@#!$%&~](?=[\w\"'{])")
_ADDRESS = re.compile(r"(?i)\bwww\.")
# Stands after what would name something; nobody sees it.
_APART = "\u200b"


def size(lines: Iterable[str]) -> int:
    """The bytes some lines take, with their ends."""
    return sum(len(line.encode()) + 1 for line in lines)


def code(text: str) -> str:
    """A code span; line ends in it become blanks, and pipes end no cell."""
    line = _line(text)
    ticks = "`" * (_longest_run(line) + 1)
    inside = f" {line} " if line.startswith("`") or line.endswith("`") or not line.strip() else line
    return f"{ticks}{inside}{ticks}" if line else "` `"


def cell(text: str) -> str:
    """A code span for a cell of a table, where a pipe needs a backslash even in code."""
    return code(text.replace("\\|", "\\ |")).replace("|", "\\|")


def prose(text: str) -> str:
    """Plain words; what stands between single backticks is a code span."""
    pieces = _line(text).split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    shown = [code(each) if number % 2 else _plain(each) for number, each in enumerate(pieces)]
    return "".join(each for each in shown if each)


def fence(text: str, language: str = "") -> list[str]:
    """The lines of a fenced block."""
    lines = printable(text).rstrip("\n").split("\n")
    ticks = "`" * max(3, _longest_run("\n".join(lines)) + 1)
    return [f"{ticks}{language}", *lines, ticks]


def html_code(text: str) -> str:
    """A `code` element, for where an HTML block leaves Markdown unread."""
    return f"<code>{html.escape(_line(text))}</code>"


def _plain(text: str) -> str:
    parted = _ADDRESS.sub(lambda match: f"{match[0][:-1]}{_APART}.", text)
    parted = _NAMING.sub(lambda match: f"{match[0]}{_APART}", parted)
    return _MEANT.sub(lambda match: f"&#{ord(match[0])};", parted)


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _longest_run(text: str) -> int:
    return max((len(each) for each in _BACKTICKS.findall(text)), default=0)
