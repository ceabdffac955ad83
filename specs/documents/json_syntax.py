"""The `JSON Syntax` blocks of AWS CLI pages, read exactly.

They look like JSON with type words for values, `...` for more of the same, and `|` between enum
values. What the CLI leaves out (a list or map that recurs) is read as `recursive`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from awsconform.specs.documents.source import Line, Source
from awsconform.specs.documents.syntax import Reader, Value, tokens_of

_JSON = re.compile(
    "|".join(
        (
            r"(?P<document>\{\.\.\.\})",
            r"(?P<recursive>\{ \.\.\. recursive \.\.\. \})",
            r"(?P<boolean>true\|false)",
            r"(?P<more>\.\.\.)",
            r'"(?P<string>[^"\n]*)"',
            r"(?P<word>(?:integer|long|short|byte|float|double|bigdecimal|biginteger|timestamp|blob)\b)",
            r"(?P<mark>[{}\[\](),:|])",
            r"(?P<space> +)",
        )
    )
)


def json_syntax(source: Source, lines: Sequence[Line]) -> Value:
    """The value a block shows; raises `PageError` for one cut off or not understood."""
    end = lines[-1].number if lines else source.end
    reader = Reader(source, tokens_of(source, lines, _JSON), end)
    value = _value(reader)
    reader.finish()
    return value


def _value(reader: Reader) -> Value:
    token = reader.peek()
    if token is None or token.kind == "more" or token.text in (",", "}", "]"):
        if token is None:
            reader.take("string")
        return Value("recursive", reader.line)
    if token.kind in ("document", "recursive", "boolean"):
        reader.take(token.kind)
        return Value(token.kind, token.line)
    if token.kind == "word":
        reader.take("word")
        return Value("long" if token.text == "biginteger" else token.text, token.line)
    if token.kind == "string":
        return _string(reader)
    return _list(reader) if reader.at("[") else _object(reader)


def _string(reader: Reader) -> Value:
    values, line = reader.choices()
    return Value("string", line, enum=() if values == ["string"] else tuple(values))


def _list(reader: Reader) -> Value:
    line = reader.mark("[").line
    item = _value(reader)
    if reader.at(","):
        reader.mark(",")
    reader.take("more")
    reader.mark("]")
    return Value("list", line, item=item)


def _object(reader: Reader) -> Value:
    line = reader.mark("{").line
    fields: dict[str, Value] = {}
    while not reader.at("}"):
        start = reader.line
        name = _string(reader)
        reader.mark(":")
        value = _value(reader)
        token = reader.peek()
        if token is not None and token.kind == "more":
            if fields:
                raise reader.source.error(token.line, "'...' after more than one member")
            reader.take("more")
            reader.mark("}")
            return Value("map", line, item=value, key=name)
        key = name.enum[0] if len(name.enum) == 1 else "string"
        if key in fields or len(name.enum) > 1 or not key.strip():
            raise reader.source.error(start, f"the member {key!r} is out of place")
        fields[key] = value
        if not reader.at("}"):
            reader.mark(",")
    reader.mark("}")
    return Value("structure", line, fields=tuple(fields.items()))
