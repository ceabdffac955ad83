"""A cursor over the lines of a page that knows when the page ends too early."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.specs.documents.source import Line, Source


class Cursor:
    """Takes lines in order; raises `PageError` where the page is cut off."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._position = 0

    @property
    def line(self) -> int:
        """The number of the next line, of the last one at the end."""
        return self.source.end if self.done else self.source.lines[self._position].number

    @property
    def done(self) -> bool:
        """Whether all lines are taken."""
        return self._position >= len(self.source.lines)

    def peek(self) -> Line:
        """The next line; an empty one at the end."""
        return Line(self.line, "") if self.done else self.source.lines[self._position]

    def take(self) -> Line:
        """The next line; raises `PageError` at the end."""
        if self.done:
            raise self.source.error(self.source.end, "the page is cut off")
        self._position += 1
        return self.source.lines[self._position - 1]

    def take_filled(self, text: str | None = None) -> Line:
        """The next line that is not blank, which must read `text` if that is given."""
        while not self.done and self.peek().blank:
            self._position += 1
        line = self.take()
        if text is not None and line.text.strip() != text:
            raise self.source.error(
                line.number, f"{text!r} is expected here, not {line.text.strip()!r}"
            )
        return line

    def until(self, wanted: Callable[[Line], bool], what: str) -> list[Line]:
        """The lines before the first wanted one, which stays; `what` names it in errors."""
        lines = self.rest_until(wanted)
        if self.done:
            raise self.source.error(
                self.source.end, f"the page ends before {what}", hint="the page may be cut off"
            )
        return lines

    def rest_until(self, wanted: Callable[[Line], bool]) -> list[Line]:
        """The lines before the first wanted one, or all that are left."""
        start = self._position
        while not self.done and not wanted(self.source.lines[self._position]):
            self._position += 1
        return list(self.source.lines[start : self._position])
