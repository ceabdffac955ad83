"""How one read is compared with another: whether it broke, whether what it says has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from awsconform.conformance.checks.requests import BROKEN
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import BOUNDS
from awsconform.specs.contract import SegmentPath

READS = "reads"
BEFORE = "before"
AFTER = "after"

# Members that change as time goes by or because they are read, whatever is sent.
_MOVING = re.compile(
    r"(?i:.*(approximate|request_?id|uptime|elapsed|last_?(seen|access|used|activity|event)).*)"
    r"|.*(Time|Date|Timestamp|(?<=[a-z])At|Age|Token)|(?i:time|date|timestamp|age|token)"
)
ADVICE = frozenset((*BOUNDS, "pattern"))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_STATUS = re.compile(r"(?i).*(status|state)")
# What is on its way to another state gets there without any request.
PASSING = re.compile(r"(?i).*(ing|pending\w*|in_?progress|initiali[sz]ed|queued|submitted)")

Ignored = Mapping[str, frozenset[SegmentPath]]


@dataclass(frozen=True)
class Breakage:
    """How a read that worked no longer does.

    `text` is its class. `faults` are places and keywords that the answer fails as no answer did
    before; empty where there is no answer to read or it is an error.
    """

    text: str
    faults: frozenset[str] = frozenset()


def breakage(earlier: Sequence[Observed], seen: Observed) -> Breakage | None:
    """How a read is broken that worked `earlier`; None where it is not.

    A refusal says nothing, things come and go. A rejection does where the request names nothing.
    """
    if seen.accepted:
        new = seen.faults.difference(*(each.faults for each in earlier))
        # Length, range and form are advice in answers: nobody's read breaks at them.
        new = frozenset(each for each in new if each.rpartition("#")[2] not in ADVICE)
        return Breakage(f"fails {sorted(new)[0]}", frozenset(new)) if new else None
    if seen.reaction in BROKEN:
        return Breakage(seen.reaction.value)
    nameless = not any(place.required for place in seen.contract.members("request").values())
    if nameless and seen.reaction in (Reaction.REJECTED, Reaction.UNTYPED):
        return Breakage(seen.reaction.value)
    return None


def caused_by(suspect: Observed, broken: Breakage) -> bool:
    """Whether a request can be blamed for a breakage.

    An answer that can be read and fails its contract may do so for reasons of its own, as soon as
    there is something to tell. So the request is blamed only if it broke the contract itself, and
    in the member that the answer is wrong in.
    """
    if not broken.faults:
        return True
    clause = suspect.exchange.case.intent.clause
    if suspect.purpose is not Purpose.VIOLATES or clause is None:
        return False
    wrong = clause.partition("/request")[2].partition("#")[0].strip("/").split("/")
    member = next((each for each in reversed(wrong) if each not in ("*", "@key", "@value")), "")
    return bool(member) and any(
        member.lower() in fault.partition("#")[0].lower().split("/") for fault in broken.faults
    )


def moving(snapshots: Mapping[int, Sequence[Observed]]) -> Ignored:
    """What changes of itself, by operation: it differs though nothing was sent in between."""
    found: dict[str, set[SegmentPath]] = {}
    for before, after in pairwise(sorted(snapshots)):
        if not snapshots[after][0].facts.get("still"):
            continue
        for one, other in zip(snapshots[before], snapshots[after], strict=False):
            paths = _differing(one.value, other.value, ())
            found.setdefault(one.contract.id, set()).update(paths)
    return {name: frozenset(paths) for name, paths in found.items()}


def changed(before: Sequence[Observed], after: Sequence[Observed], ignored: Ignored) -> str | None:
    """What reads say otherwise than before, in words; None where they agree."""
    passing = {
        (read.contract.id, path) for read in (*before, *after) for path in _passing(read.value, ())
    }
    left = {
        name: frozenset(path for each, path in passing if each == name)
        | ignored.get(name, frozenset())
        for name in {read.contract.id for read in (*before, *after)}
    }
    one, other = _states(before, left), _states(after, left)
    names = [name for name in dict.fromkeys([*one, *other]) if one.get(name) != other.get(name)]
    if not names:
        return None
    return f"{names[0].partition('.')[2]} answers otherwise"


def identical(one: Observed, other: Observed) -> bool:
    """Whether two answers say the same, but for what moves by its nature."""
    return _states([one], {}) == _states([other], {})


def _states(reads: Iterable[Observed], left: Ignored) -> dict[str, list[str]]:
    """What an operation's reads say, page by page, as texts that compare."""
    found: dict[str, list[str]] = {}
    for read in reads:
        names = frozenset(read.facts.get("ignore", ()))
        steady = _steady(read.value, (), left.get(read.contract.id, frozenset()), names)
        found.setdefault(read.contract.id, []).append(json.dumps(steady, sort_keys=True))
    return {name: sorted(pages) for name, pages in found.items()}


def _steady(
    value: Any, path: SegmentPath, left: frozenset[SegmentPath], names: frozenset[str]
) -> Any:
    """The value without what changes on its own; lists in an order of their own."""
    if isinstance(value, dict):
        return {
            name: _steady(below, (*path, name), left, names)
            for name, below in value.items()
            if name not in names and (*path, name) not in left and not moves(name, below)
        }
    if isinstance(value, list):
        items = [_steady(below, (*path, "*"), left, names) for below in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    return value


def moves(name: str, value: Any) -> bool:
    """Whether a member changes as time goes by, by its name or its value."""
    if isinstance(value, dict | list):
        return False
    return bool(_MOVING.fullmatch(name)) or (isinstance(value, str) and _is_moment(value))


def _is_moment(value: str) -> bool:
    return _MOMENT.fullmatch(value) is not None


def _passing(value: Any, path: SegmentPath) -> Iterator[SegmentPath]:
    """Where a status stands that will change without any request."""
    if isinstance(value, dict):
        for name, below in value.items():
            passes = isinstance(below, str) and PASSING.fullmatch(below)
            if passes and _STATUS.fullmatch(name):
                yield (*path, name)
            else:
                yield from _passing(below, (*path, name))
    elif isinstance(value, list):
        for below in value:
            yield from _passing(below, (*path, "*"))


def _differing(one: Any, other: Any, path: SegmentPath) -> Iterator[SegmentPath]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys([*one, *other]):
            if name in one and name in other:
                yield from _differing(one[name], other[name], (*path, name))
            else:
                yield (*path, name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for here, there in zip(one, other, strict=True):
            yield from _differing(here, there, (*path, "*"))
    elif one != other:
        yield path
