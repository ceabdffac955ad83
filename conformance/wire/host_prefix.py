"""The part of the host name an operation asks for in front of the service's own."""

from __future__ import annotations

import re
from typing import Any

from awsconform.specs.contract import Contract

_LABEL = re.compile(r"\{([^}]+)\}")
_HOST_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)


def host_prefix(contract: Contract, value: dict[str, Any]) -> str:
    """The prefix with the request's members filled in; empty where one of them is no host label."""
    template = contract.aws.get("hostPrefix") or ""
    labels = {name: value.get(name) for name in _LABEL.findall(template)}
    for label in labels.values():
        if not isinstance(label, str) or not _HOST_LABEL.fullmatch(label):
            return ""
    return _LABEL.sub(lambda match: str(labels[match[1]]), template)
