"""Data within HTML: nothing in it can end the element it stands in, or begin another."""

from __future__ import annotations

import html
import json
from typing import Any

from awsconform.conformance.reports.messages import printable

# ASCII alone is left of the rest, so no separator that only some parsers take for a line's end.
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def data_block(name: str, value: Any) -> str:
    """A block of JSON which scripts find by its name and browsers do not run.

    Raises:
        ValueError: a number in it is none of JSON.
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).translate(_MARKUP)
    return f'<script type="application/json" id="{name}">{text}</script>'


def escaped(text: str) -> str:
    """Text for an element or an attribute in double quotes, in ASCII."""
    return html.escape(printable(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")
