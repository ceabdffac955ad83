"""Report documents of any size, grown from those of small runs, and hostile ones."""

from __future__ import annotations

import copy
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import Run
from reports.hand_made import LIST, exchange, run

Document = dict[str, Any]

BROKEN = exchange(LIST, {"maxResults": 0}, answer=b'{"farms": [{"farmId": 7}]}')
VIOLATED = "/request/maxResults#minimum"
_CYCLE = [each.value for each in Verdict if each is not Verdict.VIOLATES]


def document_of(made: Run) -> Document:
    """The document of a run."""
    return report_document(made, endpoint_of(made.target))


def small(*, target: str = "emulator:") -> Document:
    """One operation, of which one clause is violated."""
    return document_of(run(violated=VIOLATED, shown=BROKEN, target=target))


def large(
    clauses: int, *, services: int = 4, target: str = "emulator:", shift: int = 0
) -> Document:
    """At least so many clauses, with all outcomes; `shift` gives them to other clauses."""
    document = small(target=target)
    [first] = document["operations"]
    each = len(first["clauses"])
    text = json.dumps(first)
    operations = []
    for number in range(-(-clauses // each)):
        service, name = f"service{number % services}", f"ListFarms{number}"
        named = text.replace("deadline.ListFarms", f"{service}.{name}")
        operation = json.loads(named.replace('"ListFarms"', f'"{name}"'))
        operation["service"] = service
        for place, clause in enumerate(operation["clauses"]):
            for finding in clause["findings"]:
                whole = f"{clause['id']}\n{finding['observation']}"
                finding["fingerprint"] = hashlib.sha256(whole.encode()).hexdigest()[:12]
            if not clause["findings"] and clause["apart"] is None:
                clause["verdict"] = _CYCLE[(place * 7 + number + shift) % len(_CYCLE)]
                clause["reason"] = "" if clause["verdict"] == "conforms" else f"reason {place % 9}"
        operations.append(counted(operation))
    operations.sort(key=lambda operation: operation["service"])
    document["operations"] = operations
    return counted(document, [c for operation in operations for c in operation["clauses"]])


def counted(scored: Document, clauses: list[Document] | None = None) -> Document:
    """The same with the numbers that its clauses have."""
    clauses = scored["clauses"] if clauses is None else clauses
    verdicts = Counter(clause["verdict"] for clause in clauses)
    judged = verdicts["conforms"] + verdicts["violates"]
    apart = sum(
        clause["apart"] is not None and clause["verdict"] not in ("conforms", "violates")
        for clause in clauses
    )
    scored["verdicts"] = {verdict.value: verdicts[verdict.value] for verdict in Verdict}
    scored["conformance"] = {"conforming": verdicts["conforms"], "judged": judged}
    scored["coverage"] = {"judged": judged, "clauses": len(clauses) - apart}
    scored["apart"] = apart
    return scored


def with_texts(document: Document, change: Callable[[str], str]) -> Document:
    """The document with every text changed that a target or a contract may have a part in."""
    changed = copy.deepcopy(document)
    fixed = {"verdict", "level", "part", "made", "fingerprint", "protocol", "purpose", "format"}

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, list):
            return [walk(each) for each in value]
        if isinstance(value, dict):
            return {name: each if name in fixed else walk(each) for name, each in value.items()}
        return value

    for name in ("target", "operations", "versions"):
        changed[name] = walk(changed[name])
    for plain, operation in zip(document["operations"], changed["operations"], strict=True):
        operation["id"] = change(plain["id"]).encode("utf-8", "ignore").decode()
        for stated, clause in zip(plain["clauses"], operation["clauses"], strict=True):
            # An address has no place for what is no character.
            tail = change(stated["id"].removeprefix(plain["id"]))
            clause["id"] = operation["id"] + tail.encode("utf-8", "ignore").decode()
    changed["options"]["region"] = change(changed["options"]["region"])
    return changed
