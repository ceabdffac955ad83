"""Which operation a request is for: by method and path, or by X-Amz-Target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from awsconform.specs.contract import Contract

_LABEL = re.compile(r"\{(\w+)(\+?)\}")


@dataclass(frozen=True)
class Route:
    """An operation, and the texts of the path that belong to members in the URI."""

    contract: Contract
    labels: dict[str, str] = field(default_factory=dict)


class Router:
    """Finds the operation; whatever the host says makes no difference."""

    def __init__(self, contracts: Iterable[Contract]) -> None:
        self._targets: dict[str, Contract] = {}
        self._fixed: dict[tuple[str, str], Route] = {}
        self._patterns: dict[str, list[tuple[re.Pattern[str], Contract]]] = {}
        for contract in contracts:
            path = contract.uri.partition("?")[0]
            if contract.protocol == "json":
                self._targets[f"{contract.aws['targetPrefix']}.{contract.operation}"] = contract
            elif "{" in path:
                pattern = re.compile(_expression(path), re.DOTALL)
                self._patterns.setdefault(contract.method, []).append((pattern, contract))
            else:
                self._fixed[contract.method, path] = Route(contract)

    def find(self, method: str, path: str, target: str | None) -> Route | None:
        """The route of a request with its path still percent-encoded; None where none fits."""
        if target is not None:
            contract = self._targets.get(target)
            fits = contract is not None and method == "POST" and path == "/"
            return Route(contract) if contract is not None and fits else None
        if fixed := self._fixed.get((method, path)):
            return fixed
        for pattern, contract in self._patterns.get(method, ()):
            if found := pattern.fullmatch(path):
                labels = {name: unquote(text) for name, text in found.groupdict().items()}
                return Route(contract, labels)
        return None


def _expression(path: str) -> str:
    # An empty label leads to the operation, which then says what is wrong with it.
    parts = []
    end = 0
    for label in _LABEL.finditer(path):
        inside = ".*" if label[2] else "[^/]*"
        parts += [re.escape(path[end : label.start()]), f"(?P<{label[1]}>{inside})"]
        end = label.end()
    return "".join([*parts, re.escape(path[end:])])
