"""What the emulated services have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.pages import Pager

Value = dict[str, Any]
ACCOUNT = "123456789012"
REGION = "us-east-1"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Service:
    """The state of one service. `GetFarm` is answered by the method `get_farm`.

    Such a method takes a valid request and returns the response, both in logical JSON, or raises
    Refusal. The emulator calls one at a time.
    """

    def __init__(self, clock: Clock, pager: Pager) -> None:
        self.clock = clock
        self.pager = pager

    def behaviour(self, operation: str) -> Callable[[Value], Value] | None:
        """The method behind an operation, None where there is none."""
        method: Callable[[Value], Value] | None = getattr(
            self, _WORD.sub("_", operation).lower(), None
        )
        return method
