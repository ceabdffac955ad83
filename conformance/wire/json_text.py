"""Bytes to JSON, with every liberty that Python's reader takes made visible.

Python accepts `NaN`, keeps the last of several equal keys, turns `1e999` into infinity and lets
lone surrogates through; RFC 8259 gives none of these a meaning two readers agree on.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

MAX_DEPTH = 200
_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Unreadable(ValueError):
    """The bytes are no JSON text a reader can rely on."""


def parse(body: bytes) -> tuple[Any, list[str]]:
    """The value of a JSON text, and what is wrong with the text where it can be read all the same.

    `NaN`, `Infinity` and `-Infinity` outside of quotes are read as the strings AWS would send, of
    equal keys the last one counts; both are told.

    Raises:
        Unreadable: not UTF-8, not JSON, lone surrogates, or nested deeper than `MAX_DEPTH`.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 at byte {error.start}") from None
    if _deeper_than_allowed(body):
        raise Unreadable(f"nested deeper than {MAX_DEPTH} levels")
    told: list[str] = []

    def constant(token: str) -> str:
        told.append(f"{token} is not a JSON number")
        return token

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) != len(items):
            told.append(f"the key {_repeated(items)!r} stands twice in one object")
        return made

    def number(token: str) -> float | str:
        value = float(token)
        if -math.inf < value < math.inf:
            return value
        told.append(f"{token[:40]} is beyond a double")
        return "Infinity" if value > 0 else "-Infinity"

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_constant=constant, parse_float=number
        )
        if _SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Unreadable(f"{error.msg} at character {error.pos}") from None
    except UnicodeEncodeError:
        raise Unreadable("a string with half of a surrogate pair") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    return value, told


def _repeated(items: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in items:
        if key in seen:
            return key
        seen.add(key)
    raise AssertionError("no key stands twice")


def _deeper_than_allowed(body: bytes) -> bool:
    """Whether brackets nest too deeply, in passes that each take the innermost pairs away."""
    brackets = body.translate(None, _ALL_BUT_BRACKETS)
    if len(brackets) <= MAX_DEPTH:
        return False
    for _ in range(8):
        before = len(brackets)
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(brackets) <= MAX_DEPTH:
            return False
        if len(brackets) == before:
            break
    return _depth(body) > MAX_DEPTH


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for match in _TOKENS.finditer(body):
        token = match[0]
        if token in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in (b"]", b"}"):
            depth -= 1
    return deepest
