"""Logical JSON as YAML that every reader of YAML 1.1 and 1.2 understands alike.

All text is in double quotes, so nothing that looks like a number, a date, a truth value or nothing
is taken for one; names are bare only where no reader could take them for something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

_BARE = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
# What YAML 1.1 takes for a truth value or for nothing.
_TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# Characters YAML 1.1 wants escaped, and JSON writes as they are.
_UNWRITTEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

Pointer = tuple[str | int, ...]
Comment = Callable[[Pointer], str | None]


def to_yaml(value: Any, comment: Comment = lambda pointer: None) -> str:
    """A document in YAML; `comment` tells what is to be said beside a place."""
    if not isinstance(value, dict | list) or not value:
        return f"{_scalar(value)}\n"
    return "\n".join(_lines(value, (), "", comment)) + "\n"


def _lines(value: Any, pointer: Pointer, indent: str, comment: Comment) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            place = (*pointer, key)
            yield from _entry(f"{indent}{_key(key)}:", below, place, indent, comment)
    else:
        for index, below in enumerate(value):
            yield from _item(below, (*pointer, index), indent, comment)


def _item(value: Any, pointer: Pointer, indent: str, comment: Comment) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        first, *rest = _lines(value, pointer, f"{indent}  ", comment)
        yield f"{indent}- {first.lstrip()}"
        yield from rest
    else:
        yield from _entry(f"{indent}-", value, pointer, indent, comment)


def _entry(head: str, value: Any, pointer: Pointer, indent: str, comment: Comment) -> Iterator[str]:
    told = comment(pointer)
    note = f"  # {told}" if told else ""
    if isinstance(value, dict | list) and value:
        yield f"{head}{note}"
        yield from _lines(value, pointer, f"{indent}  ", comment)
    else:
        yield f"{head} {_scalar(value)}{note}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) and key.lower() not in _TAKEN else _text(key)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    """A float with a point in it: YAML 1.1 takes `1e+20` for text."""
    text = repr(value)
    mantissa, exponent, power = text.partition("e")
    return f"{mantissa}.0e{power}" if exponent and "." not in mantissa else text


def _text(text: str) -> str:
    return _UNWRITTEN.sub(lambda met: f"\\u{ord(met[0]):04X}", json.dumps(text, ensure_ascii=False))
