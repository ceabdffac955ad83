"""Prose in reading order: paragraphs with their lines, and the member they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from awsconform.specs.documents.source import Line

_QUOTES = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2011": "-"}
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class Passage:
    """A description: of a member (its wire name) or, with None, of the operation.

    `part` is `operation`, `request` or `response`.
    """

    part: str
    member: str | None
    lines: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return all(line.blank for line in self.lines)

    @property
    def plain(self) -> str:
        """The whole description as one plain text."""
        return " ".join(line.text for line in self.paragraphs())

    def paragraphs(self) -> Iterator[Line]:
        """Plain text of each paragraph, with the number of its first line."""
        gathered: list[Line] = []
        for line in (*self.lines, Line(0, "")):
            if not line.blank:
                gathered.append(line)
            elif gathered:
                yield Line(gathered[0].number, plain(" ".join(part.text for part in gathered)))
                gathered = []


def plain(text: str) -> str:
    """Text without markup, with ASCII quotes and single spaces."""
    return " ".join(re.sub(r"``|\*\*|(?<!\w)[*`]|[*`](?!\w)", "", text.translate(_QUOTES)).split())


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a plain paragraph."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def missing(passages: Sequence[Passage], lines: Iterable[int]) -> list[int]:
    """Lines of members without a description where nearly all others (four in five) have one.

    `lines` are those of the entries the passages belong to. A rule that stood there would have
    been lost unseen, so the reader says so.
    """
    bare = [line for passage, line in zip(passages, lines, strict=True) if passage.empty]
    return bare if len(bare) * 5 <= len(passages) else []
