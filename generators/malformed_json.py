"""Bodies that are no JSON, or no JSON object."""

from __future__ import annotations

import json
from typing import Any

from awsconform.generators.choices import Choices

LABELS = ("truncated", "not JSON", "invalid UTF-8", "trailing text", "trailing comma")
WRONG_KINDS = ("array", "string")


def body(label: str, value: dict[str, Any], number: int, choices: Choices) -> bytes:
    """A body that is malformed in the way the label says; `value` is what it would have said."""
    text = json.dumps({**value, "number": number})
    match label:
        case "truncated":
            return text[: choices.integer(1, len(text) - 1)].encode()
        case "not JSON":
            return f"<request>{number}</request>".encode()
        case "invalid UTF-8":
            return b'{"text": "\xff\xfe%d"}' % number
        case "trailing text":
            return f"{text} text".encode()
        case "trailing comma":
            return f"{text[:-1]},}}".encode()
        case "array":
            return b'["text", %d]' % number
        case _:
            return b'"text %d"' % number
