"""The data items of a CBOR body to logical JSON.

What stands at a place of another type stays something that fails the place's type: a byte string
where text goes becomes an object, one where a container goes its base64.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any

from awsconform.conformance.wire import timestamps
from awsconform.conformance.wire.cbor_data import EPOCH_TAG, Tagged, kind
from awsconform.conformance.wire.json_reader import At, Findings, JsonReader, Read, pointer
from awsconform.conformance.wire.responses import wire_problem
from awsconform.conformance.wire.text import FLOATS, INTEGERS
from awsconform.specs.contract import SegmentPath

_CONTAINERS = {"structure": dict, "map": dict, "list": list}


class CborReader(JsonReader):
    """The readers of one part of a contract, for data items instead of JSON values."""

    def reader(self, schema: Mapping[str, Any], path: SegmentPath) -> Read | None:
        """The reader of a place; every place has one."""
        known = self.contract.resolve(schema).get("aws", {}).get("type")
        if known in _CONTAINERS:
            below = super().reader(schema, path)
            assert below is not None
            return _container(below, _CONTAINERS[known])
        if known == "timestamp":
            return self._epoch(path)
        if known == "blob":
            return self._bytes(path)
        if known in FLOATS or known in INTEGERS:
            return _number(str(known))
        return _other(str(known))

    def _epoch(self, path: SegmentPath) -> Read:
        def read(value: Any, at: At, findings: Findings) -> Any:
            if value is None:
                return None
            tagged = isinstance(value, Tagged) and value.number == EPOCH_TAG
            stated = value.value if isinstance(value, Tagged) else value
            made = _moment(stated)
            if made is None or not tagged:
                self._problem(findings, path, "timestamp", at, stated, "epoch seconds with tag 1")
            return plain(value, "timestamp") if made is None else made

        return read

    def _bytes(self, path: SegmentPath) -> Read:
        def read(value: Any, at: At, findings: Findings) -> Any:
            if isinstance(value, bytes):
                return base64.b64encode(value).decode("ascii")
            if isinstance(value, str):
                self._problem(findings, path, "blob", at, value, "a byte string")
            return plain(value, "blob")

        return read


def _container(below: Read, kind_of: type) -> Read:
    def read(value: Any, at: At, findings: Findings) -> Any:
        if type(value) is kind_of:
            return below(value, at, findings)
        return plain(value, "container")

    return read


def _number(known: str) -> Read:
    def read(value: Any, at: At, findings: Findings) -> Any:
        if type(value) is float and known in INTEGERS:
            _strange(findings, at, value, known)
        elif type(value) is str and known in FLOATS:
            # Logical JSON has strings for the numbers that are none; CBOR has them as floats.
            _strange(findings, at, value, known)
        elif isinstance(value, Tagged):
            _strange(findings, at, value, known)
        return plain(value, known)

    return read


def _other(known: str) -> Read:
    def read(value: Any, at: At, findings: Findings) -> Any:
        if isinstance(value, Tagged):
            _strange(findings, at, value, known)
        return plain(value, known)

    return read


def _strange(findings: Findings, at: At, value: Any, known: str) -> None:
    message = f"{pointer(at)}: {kind(value)} where {known} goes"
    findings.problems.append(wire_problem("cbor", message))


def plain(value: Any, place: str = "") -> Any:
    """A data item as logical JSON, whatever it is; `place` is the type that goes there."""
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is float:
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, bytes):
        text = base64.b64encode(value).decode("ascii")
        return {"bytes": text} if place and place not in ("container", "document") else text
    if isinstance(value, Tagged):
        return plain(value.value, place)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()}


def _moment(value: Any) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return timestamps.from_epoch(value) if number else None
