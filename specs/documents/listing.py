"""The member lists of boto3 pages: bullets, nested by indentation, with their descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents.likeness import distance
from awsconform.specs.documents.source import Line, Source

# Type words of boto3 pages and what they mean; `dict` is settled by the syntax block.
WORDS = {
    "string": "string",
    "integer": "integer",
    "float": "float",
    "boolean": "boolean",
    "datetime": "timestamp",
    "bytes": "blob",
    "list": "list",
    "dict": "dict",
    "short": "short",
    "byte": "byte",
    "bigdecimal": "bigdecimal",
    "biginteger": "long",
    "document": "document",
    ":ref:`document<document>`": "document",
    "JSON serializable": "document",
    "bytes or seekable file-like object": "stream",
    # A copy's source in S3, which boto3 takes as either; it is a string on the wire.
    "str or dict": "string",
    ":class:`.StreamingBody`": "stream",
    "StreamingBody": "stream",
    ":class:`.EventStream`": "events",
    "EventStream": "events",
}
REQUIRED = "[REQUIRED]"


@dataclass
class Entry:
    """One entry of a member list, while it is being read.

    `word` is a value of `WORDS`; `text` the lines of its description; `inline` says that the
    description begins on the line of the entry itself.
    """

    name: str | None
    word: str
    line: int
    indent: int
    required: bool = False
    inline: bool = False
    text: list[Line] = field(default_factory=list)
    children: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Bullets:
    """How a format writes an entry, what merely resembles one, and how it marks requirement."""

    entry: re.Pattern[str]
    resembles: re.Pattern[str]
    required: str


RST = Bullets(
    re.compile(
        r"(?P<indent> *)- (?:\*\*(?P<name>[^*\s]+)\*\* )?"
        r"(?:\*\((?P<word>[^()]*)\) --\*|\(\*?(?P<special>[^()*]*)\*?\) --)(?P<rest>(?: .*)?)"
    ),
    re.compile(
        r" *(- ?\*|-? ?\*?\*?\w+\*\* \*\(|- ?\(|\*\((?![^()]*\)\*)|:type |:param )|.*\) --\*? ?$"
    ),
    f"**{REQUIRED}**",
)
TEXT = Bullets(
    re.compile(
        r"(?P<indent> *)\u2022 (?:(?P<name>[^\s()]+) )?\((?P<word>[^()]*)\)(?P<special>) \u2013"
        r"(?P<rest>(?: .*)?)"
    ),
    re.compile(r".*\) \u2013 ?$|.*\(\w+\) \u2013 | *\u2022 ?\w+ \(\w+\)"),
    REQUIRED,
)


def entries(source: Source, lines: Sequence[Line], bullets: Bullets) -> list[Entry]:
    """The entries on the top level of a list, each with everything below it.

    Text before the first entry is an error, as is a line that resembles an entry without being
    one. Raises `PageError`.
    """
    root = Entry(None, "dict", lines[0].number if lines else source.end, -1)
    fill(source, root, lines, bullets)
    for line in root.text:
        if not line.blank:
            raise source.error(line.number, f"not understood in the member list: {line.text!r}")
    return root.children


def fill(source: Source, root: Entry, lines: Sequence[Line], bullets: Bullets) -> None:
    """Hang descriptions and nested entries found on the lines below `root`."""
    stack = [root]
    for line in lines:
        match = bullets.entry.fullmatch(line.text)
        word = (match["word"] or match["special"]) if match else None
        if match is None or word not in WORDS:
            if bullets.resembles.match(line.text):
                raise source.error(
                    line.number, f"a member's entry is not understood: {line.text.strip()!r}"
                )
            note_required(source, stack[-1], line, bullets)
            continue
        entry = Entry(match["name"], WORDS[word], line.number, len(match["indent"]))
        while len(stack) > 1 and stack[-1].indent >= entry.indent:
            stack.pop()
        stack[-1].children.append(entry)
        stack.append(entry)
        rest = match["rest"].strip()
        if rest:
            entry.inline = not rest.startswith(bullets.required)
            note_required(source, entry, Line(line.number, rest), bullets)


def note_required(source: Source, entry: Entry, line: Line, bullets: Bullets) -> None:
    """Add a line of description to an entry, or take its mark of requirement.

    Raises `PageError` for a second mark, a mark below text, and one that is damaged.
    """
    text = line.text.strip()
    begun = any(not earlier.blank for earlier in entry.text)
    if text.startswith(bullets.required):
        if entry.required or begun:
            raise source.error(line.number, f"{REQUIRED} is out of place")
        entry.required = True
        rest = text.removeprefix(bullets.required)
        if rest and not rest.startswith(" "):
            raise source.error(line.number, f"not understood after {REQUIRED}: {rest!r}")
        entry.text.append(Line(line.number, rest.strip()))
        return
    if not begun and _resembles_required(text):
        raise source.error(line.number, f"this looks like a damaged {REQUIRED}: {text!r}")
    entry.text.append(line)


def _resembles_required(text: str) -> bool:
    """Whether a description begins with the mark of requirement, but for a few letters."""
    head = text.strip("*")
    return any(
        distance(head[:length], REQUIRED, limit=4) <= 4
        for length in range(len(REQUIRED) - 2, len(REQUIRED) + 2)
    )
