"""What an answer of a reproduction gives that its later requests repeat.

A server makes up ids of its own, so a request that names what an earlier one made must name what
was made this time. Here alone it is decided which texts those are and where they stand in a
request; each client's form says how it takes them from an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import HTTPRequest
from awsconform.specs.contract import Contract

# A shorter text may stand in a request by chance.
TELLING = 6
PLAIN = ""
JSON = "json"
XML = "xml"
URL = "url"
# What clients leave as it is in a path or a query.
_SAFE = ("", "/", ":", "/:", "~", "/~")
_SPELLINGS: dict[str, tuple[str, ...]] = {
    PLAIN: (PLAIN,),
    JSON: (JSON,),
    XML: (XML,),
    URL: tuple(f"{URL}{safe}" for safe in _SAFE),
}


@dataclass(frozen=True)
class Given:
    """A text of an answer: that of the request number `step`, at `path` in its logical value.

    `name` is the member's, `variable` what a program may call it: no other text has that name.
    `binary` says that the text is the base64 of bytes, `streaming` that clients give a stream.
    """

    text: str
    step: int
    path: tuple[str | int, ...]
    name: str
    variable: str
    binary: bool = False
    streaming: bool = False


@dataclass(frozen=True)
class Use:
    """A place of a request where a given text stands, in a `spelling` of `spelled`."""

    given: Given
    spelling: str = PLAIN


Pieces = list[str | Use]


def given_before(sent: Sequence[Observed]) -> list[tuple[Given, ...]]:
    """For each request what all answers before it gave, each text where it was given first.

    What a request said itself is not given by its answer.
    """
    known: dict[str, Given] = {}
    said: set[str] = set()
    before: list[tuple[Given, ...]] = []
    for step, each in enumerate(sent, 1):
        before.append(tuple(known.values()))
        said |= {text for _, text in _texts(each.exchange.case.value, ())}
        if not each.accepted:
            continue
        names: dict[str, int] = {}
        for path, text in _texts(each.value, ()):
            if text in said or text in known or len(text) < TELLING:
                continue
            found = _given(each.contract, text, step, path, names)
            if found is not None:
                known[text] = found
    return before


def split(text: str, given: Iterable[Given], context: str) -> Pieces:
    """The text with the given texts in it taken out; `context` is how texts are spelled there."""
    uses: dict[str, Use] = {}
    for each in given:
        for spelling in _SPELLINGS[context]:
            written = spelled(each.text, spelling)
            uses.setdefault(written, Use(each, PLAIN if written == each.text else spelling))
    found = [each for each in sorted(uses, key=len, reverse=True) if each in text]
    if not found:
        return [text]
    pieces: Pieces = []
    at = 0
    for match in re.finditer("|".join(_alone(each) for each in found), text):
        pieces += [text[at : match.start()], uses[match[0]]]
        at = match.end()
    return [each for each in [*pieces, text[at:]] if each != ""]


def spelled(text: str, spelling: str) -> str:
    """A text in a spelling: as it is, in JSON, in XML, or in a URL with some characters kept."""
    if spelling == JSON:
        return json.dumps(text)[1:-1]
    if spelling == XML:
        return escape(text)
    return quote(text, safe=spelling.removeprefix(URL)) if spelling.startswith(URL) else text


def context_of(request: HTTPRequest) -> str | None:
    """How a request's body spells texts; None where it says how long they are."""
    stated = next((text for name, text in request.headers if name.lower() == "content-type"), "")
    if "cbor" in stated.lower():
        return None
    if "x-www-form-urlencoded" in stated.lower():
        return URL
    start = request.body.lstrip()[:1]
    return {b"<": XML, b"{": JSON, b"[": JSON}.get(start, PLAIN)


def repeated(request: HTTPRequest, given: Iterable[Given]) -> list[Given]:
    """Which of the given texts stand anywhere in a request."""
    given, context = tuple(given), context_of(request)
    body = request.body.decode("utf-8", "replace")
    pieces = split(request.path, given, URL)
    if context is None:
        # The byte before a text, which says how long it is, may be that of a letter.
        pieces += [Use(each) for each in given if each.text in body]
    else:
        pieces += split(body, given, context)
    for _, value in request.headers:
        pieces += split(value, given, PLAIN)
    return list(dict.fromkeys(each.given for each in pieces if isinstance(each, Use)))


def _alone(text: str) -> str:
    """A pattern for a text that is no part of a longer word."""
    before = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))" if text[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if text[-1].isalnum() else ""
    return f"{before}{re.escape(text)}{after}"


def _given(
    contract: Contract, text: str, step: int, path: tuple[str | int, ...], names: dict[str, int]
) -> Given | None:
    place = contract.place("response", contract.generalise("response", path))
    kind = place.kind if place else "string"
    # Values of an enumeration are the same everywhere, and clients read times their own way.
    if kind == "timestamp" or (place and "enum" in place.schema):
        return None
    name = next((str(each) for each in reversed(path) if isinstance(each, str)), "value")
    variable = _variable(name)
    names[variable] = names.get(variable, 0) + 1
    # A number between underscores is in no member's name.
    again = f"_{names[variable]}_" if names[variable] > 1 else "_"
    streaming = bool(place and place.aws.get("streaming"))
    return Given(text, step, path, name, f"{variable}{again}{step}", kind == "blob", streaming)


def _variable(name: str) -> str:
    from botocore import xform_name

    plain = "".join(each if each.isascii() and each.isalnum() else "_" for each in name)
    return str(xform_name(plain if plain[:1].isalpha() else f"value{plain}")).lower()


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    below: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        below = value.items()
    elif isinstance(value, list):
        below = enumerate(value)
    for key, each in below:
        yield from _texts(each, (*path, key))
