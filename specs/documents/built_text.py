"""Pages from Sphinx' text builder, rewritten line by line into the form of the text reader.

The builder wraps paragraphs, marks what is strong or emphasised, and indents the whole body. It
even breaks words where the nesting leaves no room for them; in names and types, which have no
spaces, the pieces are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from awsconform.specs.documents.listing import REQUIRED, WORDS
from awsconform.specs.documents.source import Line, Source

# The body of a method is set in by as much.
_STEP = 3
_SIGNATURE = re.compile(r"\w+\.Client\.\w+\(.*")
_CODE = frozenset({"**Request Syntax**", "**Response Syntax**"})
_HEADINGS = _CODE | {"**Response Structure**", "**Exceptions**", "**Examples**"}
_FIELDS = frozenset({"Parameters:", "Return type:", "Returns:"})
_BULLET = re.compile(r"(?:\*|-|\d+\.|[a-z]\.) +")
_ENTRY = re.compile(
    r"(?:\* )?(?:\* ?\*(?P<name>[^*]+)\* ?\* ?)?"
    r"(?:\* ?\((?P<member>[^()]*)\) ?- ?- ?\*|\((?P<parameter>[^()]*)\) ?- ?-)(?P<rest>(?: .*)?)"
)
# Types that are neither emphasised nor quoted where their links lead nowhere.
_SPECIAL = frozenset({"document", "JSONserializable", "StreamingBody", "EventStream"})
_MARK = re.compile(r"\* ?\* ?\[[A-Z ]+\] ?\* ?\*")
_QUOTED = re.compile(r'"([^"\s]+)"')
_WORDS = {word.replace(" ", ""): word for word in WORDS}
_EXCEPTION = re.compile(r'\* "(?P<name>[^"]*)"')
_UNION = "This is a Tagged Union structure"
_UNION_PIECES = re.compile(" ?".join(_UNION.replace(" ", "")))


def is_built(source: Source) -> bool:
    """Whether a page is from the text builder, which underlines the heading with asterisks."""
    return any(
        re.fullmatch(r"\w+", above.text) and below.text == "*" * len(above.text)
        for above, below in pairwise(source.lines)
    )


def rewritten(source: Source) -> Source:
    """The page in the form the text reader knows, with the line numbers of the page."""
    head: list[Line] = []
    body: list[Line] = []
    for line in source.lines:
        if body or _SIGNATURE.fullmatch(line.text):
            body.append(line)
        elif line.text.strip("*"):
            head.append(Line(line.number, line.text.replace("*", "")))
    if len(head) > 2 and head[1].number == head[0].number + 1:
        head[:2] = [Line(head[0].number, _joined(head[0].text, head[1].text))]
    lines = [*head, *body[:1]]
    for line in _paragraphs(source, body[1:]):
        lines += (line, Line(line.number, ""))
    return replace(source, lines=tuple(lines))


def _paragraphs(source: Source, body: list[Line]) -> Iterator[Line]:
    """The lines of the body: wrapped ones joined, those of code as they are."""
    code: int | None = None
    single = False
    gathered: Line | None = None
    hanging = 0
    for line in (*body, Line(source.end, "")):
        if code is not None and (line.blank or line.indent > code):
            yield Line(line.number, line.text)
            continue
        code = None
        follows = not line.blank and line.indent == hanging and not _BULLET.match(line.text.strip())
        if gathered is not None and follows:
            gathered = Line(gathered.number, _joined(gathered.text, line.text.strip()))
            continue
        if gathered is not None:
            yield _written(gathered, single=single)
            gathered = None
        if line.blank:
            continue
        text = line.text.strip()
        if line.indent < _STEP:
            raise source.error(line.number, f"not understood: {text!r}")
        at_field = line.indent == _STEP
        if at_field and text in _FIELDS:
            single = text == "Parameters:"
            yield Line(line.number, text)
        elif line.indent <= 2 * _STEP and text in _HEADINGS:
            code = line.indent if text in _CODE else None
            yield Line(line.number, text.strip("*"))
        else:
            bullet = _BULLET.match(text)
            hanging = line.indent + (bullet.end() if bullet else 0)
            gathered = line


def _joined(above: str, below: str) -> str:
    """Two lines of a paragraph; one that ends with a hyphen was broken behind it."""
    return above + below if re.search(r"\w-$", above) else f"{above} {below}"


def _written(paragraph: Line, *, single: bool) -> Line:
    """A paragraph or the entry of a member, set out one step; a lone parameter has no bullet."""
    text = _MARK.sub(lambda match: _whole(match[0]), paragraph.text.strip())
    text = _UNION_PIECES.sub(_UNION, text)
    listed = _EXCEPTION.fullmatch(text)
    if listed is not None and ".exceptions." in listed["name"].replace(" ", ""):
        text = f"* {listed['name'].replace(' ', '')}"
    match = _ENTRY.fullmatch(text)
    alone = single and paragraph.indent == 2 * _STEP and not text.startswith("* ")
    if match is not None and (alone or text.startswith("* ")):
        stated = match["member"] or match["parameter"] or ""
        word = re.sub(r'[*"\s]', "", stated)
        if word in _WORDS and (match["member"] or stated != word or word in _SPECIAL):
            name = f"**{match['name'].replace(' ', '')}** " if match["name"] else ""
            indent = 1 if alone else paragraph.indent - _STEP
            entry = f"- {name}*({_WORDS[word]}) --*" + _QUOTED.sub(r"\1", match["rest"])
            return Line(paragraph.number, " " * indent + entry)
    return Line(paragraph.number, " " * (paragraph.indent - _STEP) + _QUOTED.sub(r"\1", text))


def _whole(mark: str) -> str:
    """A mark of requirement that was broken; others stay as they are."""
    whole = mark.replace(" ", "")
    return whole if whole == f"**{REQUIRED}**" else mark
