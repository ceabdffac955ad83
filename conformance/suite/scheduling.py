"""With pytest-xdist: the items of an operation stay on one worker, which brings it up once."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

_OPERATION = re.compile(
    r"\[(?:.*?)[\w-]+\.\w+(?=/(?:request|response|errors|wire|pagination|behaviour)[/#])"
)


def group_of(nodeid: str) -> str | None:
    """What the items of one operation and one target have in common, None for other items.

    Node ids alone decide, and not xdist's marks: those depend on a suffix of the id that recent
    versions of pytest do not take.
    """
    found = _OPERATION.search(nodeid)
    return nodeid[: found.end()] if found else None


def scheduler_by_operation(config: pytest.Config, log: object) -> Any:
    """xdist's scheduler for `--dist loadgroup`, where an operation is a group as well."""
    scheduler = sys.modules["xdist.scheduler"].LoadGroupScheduling(config, log)
    otherwise = scheduler._split_scope
    scheduler._split_scope = lambda nodeid: group_of(nodeid) or otherwise(nodeid)
    return scheduler
