"""Whether two requests say the same: ours and the one that botocore's serializer makes."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.vectors.comparing import tight
from awsconform.conformance.wire.cbor_data import decode

Pairs = list[tuple[str, str]]
# Fields its serializer leaves to others: types of bodies, and what clients add for checksums and
# the protocol; any other field that only we send is a difference.
_ONLY_OURS = re.compile(
    r"content-type|content-md5|x-amz-checksum-\w+|x-amz-sdk-checksum-algorithm|accept|x-amzn-query-mode"
)
# botocore writes microseconds; zeros at the end of a fraction say nothing.
_FRACTION = re.compile(r"(?<=T)(\d\d:\d\d:\d\d(?:\.\d*?[1-9])?)\.?0*(?=Z)")


def differences(sent: HTTPRequest, made: dict[str, Any]) -> list[str]:
    """In what two requests differ."""
    path, _, query = sent.path.partition("?")
    made_path, _, constant = str(made["url_path"]).partition("?")
    expected = [*_query(made["query_string"]), *_pairs(constant)]
    ours: dict[str, str] = {}
    for name, text in sent.headers:
        # A header that stands there twice is another one, whatever it says.
        key = name.lower() if name.lower() not in ours else f"{name.lower()} again"
        ours[key] = tight(_text(text))
    theirs = {name.lower(): tight(_text(text)) for name, text in made["headers"].items()}
    unlike = [name for name, text in theirs.items() if ours.get(name) != text]
    unlike += [name for name in ours if name not in theirs and not _ONLY_OURS.fullmatch(name)]
    parts = {
        "method": (sent.method, made["method"]),
        "path": (path, made_path),
        "query string": (sorted(_pairs(query)), sorted(expected)),
        "headers": (
            {name: ours.get(name) for name in unlike},
            {name: theirs.get(name) for name in unlike},
        ),
        "body": (
            _body(sent.body, ours.get("content-type", "")),
            _body(made["body"], ours.get("content-type", "")),
        ),
    }
    return [
        f"{name}: {_short(one)} where botocore sends {_short(other)}"
        for name, (one, other) in parts.items()
        if one != other
    ]


def _query(stated: Any) -> Pairs:
    pairs = stated.items() if isinstance(stated, dict) else stated
    return [
        (str(name), _text(each))
        for name, item in pairs
        for each in (item if isinstance(item, list) else [item])
    ]


def _pairs(text: str) -> Pairs:
    return [(name, _text(item)) for name, item in parse_qsl(text, keep_blank_values=True)]


def _text(value: Any) -> str:
    text = value.decode() if isinstance(value, bytes) else str(value)
    return _FRACTION.sub(r"\1", text)


def _body(body: Any, content_type: str) -> Any:
    """A body as what it says, where its form leaves a choice."""
    if isinstance(body, dict):
        return sorted((str(name), _text(item)) for name, item in body.items())
    raw = body.encode() if isinstance(body, str) else bytes(body)
    if "form-urlencoded" in content_type:
        return sorted(_pairs(raw.decode()))
    if not raw:
        return raw
    try:
        if "json" in content_type:
            return json.loads(_FRACTION.sub(r"\1", raw.decode()))
        if "xml" in content_type:
            plain = _FRACTION.sub(r"\1", raw.decode())
            return ElementTree.canonicalize(plain, rewrite_prefixes=True)
        if "cbor" in content_type:
            return decode(raw)
    except (ValueError, ElementTree.ParseError):
        return raw
    return raw


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:299]}…"
