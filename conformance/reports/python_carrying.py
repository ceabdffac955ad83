"""Python expressions for values that repeat what answers before them gave."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from awsconform.conformance.reports.carrying import (
    JSON,
    PLAIN,
    URL,
    XML,
    Given,
    Pieces,
    Use,
    split,
)
from awsconform.conformance.reports.python_literals import Source, literal

# The modules expressions need, by the function that is called.
_CALLED = {
    "base64.b64encode(": "base64",
    "json.dumps(": "json",
    "urllib.parse.quote(": "urllib.parse",
    "xml.sax.saxutils.escape(": "xml.sax.saxutils",
}


def modules_of(source: str) -> list[str]:
    """The modules of the standard library that expressions in some source need."""
    return [module for called, module in _CALLED.items() if called in source]


def carried(value: Any, given: tuple[Given, ...]) -> Any:
    """The arguments of a call with expressions where given texts and bytes stand."""
    if isinstance(value, str):
        pieces = split(value, given, PLAIN)
        return Source(value, text_source(pieces)) if _uses(pieces) else value
    if isinstance(value, bytes):
        text = base64.b64encode(value).decode()
        same = next((each for each in given if each.binary and each.text == text), None)
        return value if same is None else Source(text, _answer(same))
    if isinstance(value, dict):
        return {name: carried(each, given) for name, each in value.items()}
    if isinstance(value, list):
        return [carried(each, given) for each in value]
    return value


def text_source(pieces: Pieces) -> str:
    """An expression that gives a text."""
    return " + ".join(_text(each) if isinstance(each, Use) else literal(each) for each in pieces)


def bytes_source(body: bytes, given: Iterable[Given], context: str | None) -> str:
    """An expression that gives the bytes of a body; those that say lengths are left as they are."""
    if context is None:
        return literal(body)
    # Any bytes are a text of as many characters.
    pieces = split(body.decode("latin-1"), given, context)
    return " + ".join(
        f"{_text(each)}.encode()".replace(".decode().encode()", "")
        if isinstance(each, Use)
        else literal(each.encode("latin-1"))
        for each in pieces or [""]
    )


def _uses(pieces: Pieces) -> bool:
    return any(isinstance(each, Use) for each in pieces)


def _answer(given: Given) -> str:
    return f"response_{given.step}" + "".join(f"[{literal(key)}]" for key in given.path)


def _text(use: Use) -> str:
    source = _answer(use.given)
    if use.given.binary:
        source = f"base64.b64encode({source}).decode()"
    if use.spelling == JSON:
        return f"json.dumps({source})[1:-1]"
    if use.spelling == XML:
        return f"xml.sax.saxutils.escape({source})"
    if use.spelling.startswith(URL):
        return f"urllib.parse.quote({source}, safe={literal(use.spelling.removeprefix(URL))})"
    return source
