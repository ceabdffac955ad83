"""With pytest-xdist: the items of a service stay on one worker.

Each operation is brought up once then, and where the workers share one server, no operation of a
service meets what another worker is just making or removing there.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

_SERVICE = re.compile(
    r"\[(?:.*?)[\w-]+(?=\.\w+/(?:request|response|errors|wire|pagination|behaviour)[/#])"
)


def group_of(nodeid: str) -> str | None:
    """What the items of one service and one target have in common, None for other items.

    Node ids alone decide, and not xdist's marks: those depend on a suffix of the id that recent
    versions of pytest do not take.
    """
    found = _SERVICE.search(nodeid)
    return nodeid[: found.end()] if found else None


def scheduler_by_service(config: pytest.Config, log: object) -> Any:
    """xdist's scheduler for `--dist loadgroup`, where a service is a group as well."""
    scheduler = sys.modules["xdist.scheduler"].LoadGroupScheduling(config, log)
    otherwise = scheduler._split_scope
    scheduler._split_scope = lambda nodeid: group_of(nodeid) or otherwise(nodeid)
    return scheduler
