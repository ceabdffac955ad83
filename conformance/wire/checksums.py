"""Checksums of a request's body, where the model wants one (`httpChecksum`).

Amazon S3 takes `Content-MD5` from anybody who names no algorithm.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import zlib
from collections.abc import Callable
from typing import Any

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.wire.bindings import Bindings
from awsconform.specs.contract import Contract

_PREFIX = "x-amz-checksum-"
# Polynomials with their bits in reverse: Castagnoli's, and the one of the NVM Express standard.
_CRC32C, _CRC64NVME = (0x82F63B78, 4), (0x9A6C9329AC4BC9B5, 8)


def checksum_lines(
    contract: Contract, bound: Bindings, value: dict[str, Any], body: bytes
) -> list[tuple[str, str]]:
    """The header with the body's checksum; none where none is due, or the request brings its own.

    Where a request names an algorithm that is none of these, it goes without.
    """
    stated = contract.aws.get("checksum")
    if not stated:
        return []
    own = [member.wire.lower() for member in bound.headers if member.name in value]
    if any(name == "content-md5" or name.startswith(_PREFIX) for name in own):
        return []
    algorithm = value.get(stated["algorithmMember"])
    if algorithm is None:
        if not stated["required"]:
            return []
        digest = hashlib.md5(body, usedforsecurity=False).digest()
        return [("Content-MD5", _base64(digest))]
    compute = _ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if compute is None:
        return []
    return [(f"{_PREFIX}{algorithm.lower()}", _base64(compute(body)))]


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode("ascii")


def _crc32(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "big")


def _reflected_crc(polynomial: int, size: int) -> Callable[[bytes], bytes]:
    def compute(body: bytes) -> bytes:
        table = _table(polynomial)
        start = (1 << 8 * size) - 1
        register = start
        for byte in body:
            register = table[(register ^ byte) & 0xFF] ^ (register >> 8)
        return (register ^ start).to_bytes(size, "big")

    return compute


@functools.cache
def _table(polynomial: int) -> tuple[int, ...]:
    return tuple(functools.reduce(lambda each, _: _shifted(each, polynomial), range(8), byte)
                 for byte in range(256))  # fmt: skip


def _shifted(register: int, polynomial: int) -> int:
    return register >> 1 ^ (polynomial if register & 1 else 0)


_ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "CRC32": _crc32,
    "CRC32C": _reflected_crc(*_CRC32C),
    "CRC64NVME": _reflected_crc(*_CRC64NVME),
    "MD5": lambda body: hashlib.md5(body, usedforsecurity=False).digest(),
    "SHA1": lambda body: hashlib.sha1(body, usedforsecurity=False).digest(),
    "SHA256": lambda body: hashlib.sha256(body).digest(),
    "SHA512": lambda body: hashlib.sha512(body).digest(),
}


def with_checksums_of(request: HTTPRequest, before: bytes) -> HTTPRequest:
    """A request whose body was another `before`, with the checksums in its headers made anew.

    A header is one only where it has the checksum of what the body was: a wrong one stays wrong.
    """
    if request.body == before:
        return request

    def renewed(name: str, value: str) -> str:
        low = name.lower()
        stated = "MD5" if low == "content-md5" else low.removeprefix(_PREFIX).upper()
        compute = _ALGORITHMS.get(stated)
        if compute is None or value != _base64(compute(before)):
            return value
        return _base64(compute(request.body))

    return request.with_headers(tuple((n, renewed(n, value)) for n, value in request.headers))
