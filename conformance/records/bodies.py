"""The lines that hold bytes, named by their digest so that none is written twice."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib

from awsconform.conformance.records.format import BODY
from awsconform.conformance.reports.exchange_documents import Document

# Shorter ones can be read in the record, however well they could be compressed.
_SHORT = 256


def digest(content: bytes) -> str:
    """The name of some bytes."""
    return hashlib.sha256(content).hexdigest()


def body_line(content: bytes) -> Document:
    """The line of some bytes: text if they are UTF-8, else base64, compressed if that halves it."""
    line = {"kind": BODY, "sha256": digest(content), "length": len(content)}
    try:
        plain = {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        plain = {"base64": _base64(content)}
    if len(content) > _SHORT:
        compressed = _base64(zlib.compress(content))
        if 2 * len(compressed) < len(json.dumps(plain)):
            return {**line, "zlib": compressed}
    return {**line, **plain}


def content_of(line: Document) -> bytes:
    """The bytes in a line.

    Raises:
        ValueError: they cannot be decoded, or are not those of the digest.
    """
    if "text" in line:
        content = str(line["text"]).encode("utf-8", "surrogatepass")
    else:
        content = base64.b64decode(line["zlib" if "zlib" in line else "base64"], validate=True)
        if "zlib" in line:
            content = _decompressed(content, line["length"])
    if digest(content) != line["sha256"]:
        raise ValueError("its digest is another one")
    return content


def _base64(content: bytes) -> str:
    return binascii.b2a_base64(content, newline=False).decode("ascii")


def _decompressed(content: bytes, length: int) -> bytes:
    """No more than was stated: a few bytes can stand for gigabytes."""
    try:
        return zlib.decompressobj().decompress(content, length + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
