"""Options that several commands take together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])


def option_group(*options: Callable[[Any], Any]) -> Callable[[_Function], _Function]:
    """One decorator that adds options to a command, shown in the order they are given."""

    def decorated(command: _Function) -> _Function:
        made: Any = command
        for option in reversed(options):
            made = option(made)
        chosen: _Function = made
        return chosen

    return decorated
