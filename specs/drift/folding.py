"""One change for what a shape changed at many places."""

from __future__ import annotations

import json
from collections.abc import Iterable

from awsconform.specs.drift.changes import Change, Found
from awsconform.specs.drift.consequences import consequence


def folded(found: Iterable[Found]) -> list[Change]:
    """The changes in the order of their first places, those of one shape and side as one.

    What has no shape, the facts of an exchange and what pages say, is one change where several
    operations changed it alike.
    """
    first: dict[tuple[str, ...], Found] = {}
    places: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        key = _key(each)
        first.setdefault(key, each)
        places.setdefault(key, []).append(each.at)
    return [
        Change(each, consequence(each.kind, each.side), tuple(dict.fromkeys(places[key])))
        for key, each in first.items()
    ]


def _key(found: Found) -> tuple[str, ...]:
    values = json.dumps([found.before, found.after], sort_keys=True)
    about = found.shape or found.at.partition("/")[2]
    return found.service, found.kind, found.side, about, found.subject, values
