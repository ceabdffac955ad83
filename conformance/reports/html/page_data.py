"""Report documents as the data of the page: an index that is read at once, findings by need.

The index has of each clause what lists, matrix and filters need: a column each, texts by their
number. What findings have to show is in one block for each operation of each report, which is read
when somebody looks at one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.families import FAMILIES
from awsconform.conformance.reports.html.changes import Changes
from awsconform.conformance.reports.html.finding_blocks import finding_block
from awsconform.conformance.reports.html.sources import sources_in_words
from awsconform.specs.clauses import Level

Document = dict[str, Any]
INDEX = "index"
ABSENT = -1

_VERDICTS = {verdict.value: number for number, verdict in enumerate(Verdict)}
_LEVELS = {level.value: number for number, level in enumerate(Level)}
_FAMILIES = {family: number for number, family in enumerate(FAMILIES)}


def page_data(
    documents: Sequence[Document], names: Sequence[str], changes: Changes | None = None
) -> dict[str, Any]:
    """The blocks of the page by their names; the first is the index."""
    numbers = _numbered(documents)
    texts = _Texts()
    blocks: dict[str, Any] = {
        INDEX: {
            "words": {
                "verdicts": list(_VERDICTS),
                "levels": list(_LEVELS),
                "families": list(_FAMILIES),
            },
            "documents": [
                _document(document, name) for document, name in zip(documents, names, strict=True)
            ],
            "operations": [],
            "clauses": {"operation": [], "tail": [], "family": []},
            "outcomes": [_outcomes(document, numbers, texts) for document in documents],
            "changes": None if changes is None else _changes(changes, numbers, texts),
            "texts": texts.all,
        }
    }
    _add_operations(blocks, documents, numbers)
    return blocks


def _numbered(documents: Sequence[Document]) -> dict[str, dict[str, int]]:
    """The clauses of all reports, by operation and by id: services and operations stay together."""
    services: dict[str, dict[str, dict[str, int]]] = {}
    for document in documents:
        for operation in document["operations"]:
            known = services.setdefault(operation["service"], {}).setdefault(operation["id"], {})
            known.update((clause["id"], 0) for clause in operation["clauses"])
    number = 0
    numbered = {name: ids for service in services.values() for name, ids in service.items()}
    for ids in numbered.values():
        for each in ids:
            ids[each] = number
            number += 1
    return numbered


def _add_operations(
    blocks: dict[str, Any],
    documents: Sequence[Document],
    numbers: dict[str, dict[str, int]],
) -> None:
    index = blocks[INDEX]
    by_id = [{each["id"]: each for each in document["operations"]} for document in documents]
    for number, (name, ids) in enumerate(numbers.items()):
        versions = [known.get(name) for known in by_id]
        facts: list[Document | None] = []
        families: dict[str, str] = {}
        for place, operation in enumerate(versions):
            if operation is None:
                facts.append(None)
                continue
            families |= {clause["id"]: clause["part"] for clause in operation["clauses"]}
            block = f"findings-{place}-{number}"
            found = finding_block(operation, ids)
            if found:
                blocks[block] = found
            facts.append(_facts(operation, block if found else None))
        some = next(each for each in versions if each is not None)
        index["operations"].append(
            {"id": name, "service": some["service"], "name": some["operation"], "facts": facts}
        )
        for clause_id in ids:
            index["clauses"]["operation"].append(number)
            index["clauses"]["tail"].append(clause_id.removeprefix(name))
            index["clauses"]["family"].append(_FAMILIES[families[clause_id]])


def _document(document: Document, name: str) -> Document:
    kept = ("target", "made", "versions", "options", "seconds", "exitCode", "achievements")
    return {
        "name": name,
        **{member: document[member] for member in kept},
        # Beyond what the numbers of a browser hold exactly.
        "seed": str(document["seed"]),
        "complete": document.get("complete", True),
        # What an interrupted run was to judge and has not.
        "unsaid": _unsaid(document),
        "operations": len(document["operations"]),
    }


def _unsaid(document: Document) -> list[str]:
    done = {operation["id"] for operation in document["operations"]}
    return [name for name in document.get("contracts", ()) if name not in done]


def _facts(operation: Document, block: str | None) -> Document:
    kept = ("protocol", "apiVersion", "requests", "implemented", "accepted", "pagesWalked")
    return {
        **{member: operation[member] for member in kept},
        "trouble": operation["trouble"],
        "left": operation.get("leftBehind", []),
        "documents": sources_in_words(operation, list(operation["documents"])),
        "block": block,
    }


def _outcomes(document: Document, numbers: dict[str, dict[str, int]], texts: _Texts) -> Document:
    """A column for each member of an outcome; -1 where the report does not have the clause."""
    size = sum(len(ids) for ids in numbers.values())
    columns: dict[str, list[int]] = {
        name: [ABSENT] * size
        for name in ("verdict", "level", "statement", "reason", "apart", "sources", "exchanges")
    }
    findings: dict[str, list[Any]] = {}
    for operation in document["operations"]:
        for clause in operation["clauses"]:
            number = numbers[operation["id"]][clause["id"]]
            words = clause.get("sourceTexts") or sources_in_words(operation, clause["sources"])
            values = {
                "verdict": _VERDICTS[clause["verdict"]],
                "level": _LEVELS[clause["level"]],
                "statement": texts(clause["statement"]),
                "reason": texts(clause["reason"]),
                "apart": ABSENT if clause["apart"] is None else texts(clause["apart"]),
                "sources": texts("; ".join(words)),
                "exchanges": clause["exchanges"],
            }
            for name, value in values.items():
                columns[name][number] = value
            if clause["findings"]:
                findings[str(number)] = [
                    [
                        each["fingerprint"],
                        texts(each["observation"]),
                        texts(each["expected"]),
                        texts(each["observed"]),
                        int(each["flaky"]),
                        int(each["drawn"]),
                    ]
                    for each in clause["findings"]
                ]
    return {**columns, "findings": findings}


def _changes(changes: Changes, numbers: dict[str, dict[str, int]], texts: _Texts) -> Document:
    """The number of a kind for each clause that ended otherwise, and of the text that doubts it."""
    kinds = {kind: number for number, kind in enumerate(changes.kinds)}
    return {
        "kinds": list(changes.kinds.items()),
        "reports": [
            {
                str(numbers[clause.partition("/")[0]][clause]): [
                    kinds[each.kind],
                    ABSENT if each.uncertain is None else texts(each.uncertain),
                ]
                for clause, each in report.items()
            }
            for report in changes.reports
        ],
    }


class _Texts:
    """Numbers for texts, since most are said of many clauses."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def all(self) -> list[str]:
        """The texts in the order of their numbers, those to come left out."""
        return list(self._numbers)
