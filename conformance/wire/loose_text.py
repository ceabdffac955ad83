"""Single values without a schema as text, for the places that have no JSON."""

from __future__ import annotations

import math
from typing import Any

from awsconform.conformance.wire.expressing import NotExpressible


def loose_text(value: Any, path: str) -> str:
    """The text of a string, number or boolean.

    Raises:
        NotExpressible: it is none of these.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return str(value)
    raise NotExpressible(path, f"{type(value).__name__} has no text of its own")
