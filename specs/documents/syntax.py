"""The example blocks of boto3 pages (`Request Syntax`, `Response Syntax`), read exactly.

They are Python-like, made of a small fixed vocabulary. Whatever else stands in them is an error:
the block is one of the two witnesses of every name and type, so nothing in it may be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from awsconform.specs.documents.source import Line, Source


@dataclass(frozen=True)
class Value:
    """The value an example shows for a member.

    `kind` is `string`, `integer`, `float`, `boolean`, `timestamp`, `blob`, `stream`, `document`,
    `recursive`, `other` (`...`), `events`, `list`, `object` (structure or map: boto3), and in
    JSON examples also `map`, `structure` and the other type words of `tree.TYPES`.
    """

    kind: str
    line: int = field(compare=False)
    enum: tuple[str, ...] = ()
    fields: tuple[tuple[str, Value], ...] = ()
    item: Value | None = None
    key: Value | None = None


@dataclass(frozen=True)
class Token:
    """A piece of an example: its kind, its text (without quotes), its line."""

    kind: str
    text: str
    line: int


_PYTHON = re.compile(
    "|".join(
        (
            r"(?P<document>\{\.\.\.\}\|\[\.\.\.\]\|123\|123\.4\|'string'\|True\|None)",
            r"(?P<recursive>\{'\.\.\. recursive \.\.\.'\})",
            r"(?P<timestamp>datetime\(2015, 1, 1\))",
            r"(?P<stream>b'bytes'\|file|StreamingBody\(\))",
            r"(?P<blob>b'bytes')",
            r"(?P<boolean>True\|False)",
            r"(?P<float>123\.0(?![\w.]))",
            r"(?P<integer>123(?![\w.]))",
            r"(?P<other>\.\.\.)",
            r"(?P<events>EventStream(?=\())",
            r"'(?P<string>[^'\n]*)'",
            r"(?P<name>[A-Za-z_][\w.-]*)",
            r"(?P<mark>[{}\[\](),:=|])",
            r"(?P<space> +)",
        )
    )
)
_PLAIN = frozenset({"document", "recursive", "timestamp", "stream", "blob"}) | {
    "boolean",
    "float",
    "integer",
    "other",
}


def tokens_of(source: Source, lines: Sequence[Line], vocabulary: re.Pattern[str]) -> list[Token]:
    """Cut lines into tokens; raises `PageError` at the first character that fits none."""
    tokens: list[Token] = []
    for line in lines:
        position = 0
        while position < len(line.text):
            match = vocabulary.match(line.text, position)
            if match is None:
                rest = line.text[position : position + 30]
                raise source.error(line.number, f"not understood in the syntax block: {rest!r}")
            kind = str(match.lastgroup)
            if kind != "space":
                tokens.append(Token(kind, match.group(kind), line.number))
            position = match.end()
    return tokens


class Reader:
    """Walks over tokens; every surprise is a `PageError` with its line."""

    def __init__(self, source: Source, tokens: Sequence[Token], end: int) -> None:
        self.source = source
        self._tokens = tokens
        self._position = 0
        self._end = end

    @property
    def line(self) -> int:
        """The line of the next token, or of the end of the block."""
        token = self.peek()
        return token.line if token else self._end

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token (or one further on), None at the end."""
        index = self._position + ahead
        return self._tokens[index] if index < len(self._tokens) else None

    def at(self, text: str) -> bool:
        """Whether the next token is this mark."""
        token = self.peek()
        return token is not None and token.kind == "mark" and token.text == text

    def take(self, *kinds: str) -> Token:
        """The next token, which must be of one of the kinds."""
        token = self.peek()
        if token is None:
            raise self.source.error(self._end, "the syntax block is cut off")
        if token.kind not in kinds:
            raise self.source.error(
                token.line,
                f"the syntax block has {token.text!r} where {' or '.join(kinds)} is expected",
            )
        self._position += 1
        return token

    def mark(self, text: str) -> Token:
        """The next token, which must be this mark."""
        token = self.peek()
        if token is not None and not self.at(text):
            raise self.source.error(
                token.line, f"the syntax block has {token.text!r} where {text!r} is expected"
            )
        return self.take("mark")

    def finish(self) -> None:
        """Raise if anything is left."""
        token = self.peek()
        if token is not None:
            raise self.source.error(token.line, f"unexpected {token.text!r} after the syntax")

    def choices(self, kind: str = "string") -> tuple[list[str], int]:
        """Strings joined by `|`, and the line of the first. Raises on a repeated value."""
        first = self.take(kind)
        values = [first.text]
        while self.at("|"):
            self.mark("|")
            token = self.take(kind)
            if token.text in values:
                raise self.source.error(token.line, f"the value {token.text!r} is given twice")
            values.append(token.text)
        return values, first.line


def request_syntax(source: Source, lines: Sequence[Line]) -> tuple[str, Value]:
    """`response = client.method(Name=value, ...)` -> method name and its arguments as an object.

    Raises `PageError` for a block that is cut off or not understood.
    """
    end = lines[-1].number if lines else source.end
    reader = Reader(source, tokens_of(source, lines, _PYTHON), end)
    start = reader.line
    if reader.take("name").text != "response":
        raise source.error(start, "the request syntax does not begin with 'response = '")
    reader.mark("=")
    call = reader.take("name")
    client, _, method = call.text.partition(".")
    if client != "client" or not method.isidentifier():
        raise source.error(call.line, f"the request syntax calls {call.text!r}")
    reader.mark("(")
    fields = _fields(reader, closing=")", separator="=", kind="name")
    reader.finish()
    return method, Value("object", call.line, fields=fields)


def response_syntax(source: Source, lines: Sequence[Line]) -> Value:
    """The object of a `Response Syntax` block; raises `PageError` like `request_syntax`."""
    end = lines[-1].number if lines else source.end
    reader = Reader(source, tokens_of(source, lines, _PYTHON), end)
    value = _value(reader)
    reader.finish()
    return value


def _fields(
    reader: Reader, *, closing: str, separator: str, kind: str
) -> tuple[tuple[str, Value], ...]:
    """The members up to and with the closing mark."""
    fields: dict[str, Value] = {}
    while not reader.at(closing):
        name = reader.take(kind)
        if name.text in fields or not name.text.strip():
            raise reader.source.error(name.line, f"the member {name.text!r} is given twice")
        reader.mark(separator)
        fields[name.text] = _value(reader)
        if not reader.at(closing):
            reader.mark(",")
    reader.mark(closing)
    return tuple(fields.items())


def _value(reader: Reader) -> Value:
    token = reader.peek()
    if token is not None and token.kind in _PLAIN:
        reader.take(token.kind)
        return Value(token.kind, token.line)
    if token is not None and token.kind == "events":
        reader.take("events")
        reader.mark("(")
        inner = () if reader.at(")") else _value(reader).fields
        reader.mark(")")
        return Value("events", token.line, fields=inner)
    if token is not None and token.kind == "string":
        values, line = reader.choices()
        other = reader.peek()
        if other is not None and other.kind == "name" and other.text == "or":
            # Another form that boto3 takes and turns into the string.
            reader.take("name")
            _value(reader)
        if values == ["string"]:
            return Value("string", line)
        return Value("string", line, enum=tuple(values))
    if token is not None and reader.at("["):
        reader.mark("[")
        item = _value(reader)
        reader.mark(",")
        reader.mark("]")
        return Value("list", token.line, item=item)
    line = reader.mark("{").line
    fields = _fields(reader, closing="}", separator=":", kind="string")
    return Value("object", line, fields=fields)
