"""Values as Python source that a person can read and run."""

from __future__ import annotations

import math
from typing import Any

_WIDTH = 88
_REPEATED = 60


class Source(str):
    """A text that is written as an expression: `source` gives it when the program runs."""

    source: str

    def __new__(cls, text: str, source: str) -> Source:
        """The text, and what is written for it."""
        made = super().__new__(cls, text)
        made.source = source
        return made


def literal(value: Any, indent: int = 0) -> str:
    """The source of a value, on several lines where one would be too long.

    Datetimes need `import datetime` above; a long string of one character is written as a product.
    """
    plain = _inline(value)
    if len(plain) + indent <= _WIDTH or not value:
        return plain
    inner = " " * (indent + 4)
    if isinstance(value, dict):
        lines = [f"{_text(key)}: {literal(item, indent + 4)}" for key, item in value.items()]
        opened, closed = "{", "}"
    elif isinstance(value, list):
        lines = [literal(item, indent + 4) for item in value]
        opened, closed = "[", "]"
    else:
        return plain
    body = "".join(f"{inner}{line},\n" for line in lines)
    return f"{opened}\n{body}{' ' * indent}{closed}"


def call(name: str, arguments: dict[str, Any], indent: int = 0) -> str:
    """A call with keyword arguments, on one line where it fits."""
    inline = f"{name}({', '.join(f'{key}={_inline(item)}' for key, item in arguments.items())})"
    if not all(key.isidentifier() for key in arguments):
        return f"{name}(**{literal(arguments, indent)})"
    if len(inline) + indent <= _WIDTH:
        return inline
    inner = " " * (indent + 4)
    lines = "".join(
        f"{inner}{key}={literal(item, indent + 4)},\n" for key, item in arguments.items()
    )
    return f"{name}(\n{lines}{' ' * indent})"


def _inline(value: Any) -> str:
    if isinstance(value, Source):
        return value.source
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_text(key)}: {_inline(item)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    if isinstance(value, str | bytes) and len(value) > _REPEATED and len(set(value)) == 1:
        return f"{_text(value[:1])} * {len(value)}"
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return _text(value)


def _text(value: object) -> str:
    """The value's repr, with double quotes where that needs no escapes."""
    if isinstance(value, Source):
        return value.source
    source = repr(value)
    prefix, quote, inner = source.partition("'")
    if not isinstance(value, str | bytes) or not quote or prefix not in ("", "b"):
        return source
    return source if '"' in inner or "\\'" in inner else f'{prefix}"{inner[:-1]}"'
