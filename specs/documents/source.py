"""The raw lines of a page: decoding, line numbers, and errors that carry them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from awsconform.errors import Location, PageError

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]")
# What terminals show as bold, underlined or linked: letters typed over, and escape sequences.
_TERMINAL = re.compile("[^\\n]\x08|\x1b\\[[0-9;]*m|\x1b]8;[^\x07\x1b]*(?:\x07|\x1b\\\\\\\\)")


@dataclass(frozen=True)
class Line:
    """One line of a page: its number from 1 and its text without the line end."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on the line."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """Leading spaces."""
        return len(self.text) - len(self.text.lstrip(" "))


@dataclass(frozen=True)
class Source:
    """A page as lines, with the digest (SHA-256, hex) of its bytes."""

    name: str
    lines: tuple[Line, ...]
    sha256: str

    def error(self, line: int, message: str, *, hint: str | None = None) -> PageError:
        """A `PageError` at the given line, to be raised by the caller."""
        return PageError(message, hint=hint, location=Location(self.name, line))

    @property
    def end(self) -> int:
        """The number of the last line, 1 for an empty page."""
        return self.lines[-1].number if self.lines else 1


def source_of(text: str | bytes, *, name: str) -> Source:
    """Decode a page (UTF-8, with or without a byte order mark) and number its lines.

    Raises `PageError` for bytes that are not UTF-8 and for control characters.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PageError("the page is not UTF-8 text", location=Location(name, line)) from error
    unified = (
        _TERMINAL.sub("", decoded).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    )
    lines = tuple(
        Line(number, line.expandtabs(8)) for number, line in enumerate(unified.split("\n"), 1)
    )
    source = Source(name, lines, hashlib.sha256(data).hexdigest())
    for each in lines:
        unwanted = _UNWANTED.search(each.text)
        if unwanted:
            character = f"U+{ord(unwanted.group()):04X}"
            raise source.error(each.number, f"the page holds the control character {character}")
    return source
