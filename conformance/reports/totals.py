"""What the documents of several operations come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from awsconform.conformance.achieving import PAGES_OF_A_WALK
from awsconform.conformance.outcomes import JUDGED, Score, Verdict, exit_code
from awsconform.conformance.reports.exchange_documents import Document


def totals(operations: Sequence[Document], seconds: float) -> Document:
    """The members of a report that are sums of its operations, done in so many seconds."""
    return {
        "exitCode": exit_code_of(operations),
        "verdicts": verdicts_of(operations),
        **score_of(operations),
        "achievements": achievements_of(operations, seconds),
    }


def exit_code_of(operations: Iterable[Document]) -> int:
    """The exit code of a run of some operations."""
    counted = verdicts_of(operations)
    return exit_code(verdict for verdict in Verdict if counted[verdict.value])


def verdicts_of(operations: Iterable[Document]) -> dict[str, int]:
    """How many clauses ended with each verdict."""
    counted: Counter[str] = Counter()
    for operation in operations:
        counted.update(operation["verdicts"])
    return {verdict.value: counted[verdict.value] for verdict in Verdict}


def score_of(operations: Sequence[Document]) -> Document:
    """The two numbers, and how many clauses stand apart."""
    judged = sum(each["conformance"]["judged"] for each in operations)
    return {
        "conformance": {
            "conforming": sum(each["conformance"]["conforming"] for each in operations),
            "judged": judged,
        },
        "coverage": {
            "judged": judged,
            "clauses": sum(each["coverage"]["clauses"] for each in operations),
        },
        "apart": sum(each["apart"] for each in operations),
    }


def families_of(operations: Iterable[Document]) -> Document:
    """The numbers of each family of clauses."""
    found: dict[str, list[Document]] = {}
    for operation in operations:
        for family, scored in operation["families"].items():
            found.setdefault(family, []).append(scored)
    return {family: score_of(scored) for family, scored in found.items()}


def achievements_of(operations: Sequence[Document], seconds: float) -> Document:
    """What was got done, apart from the verdicts.

    An operation succeeds with one accepted request. It is walked with three pages of a list that
    had items for them, and undivided where the target gave those otherwise.
    """
    walkable = [each for each in operations if each["walkable"]]
    left = [each for each in walkable if (each["pagesWalked"] or 0) < PAGES_OF_A_WALK]
    requests = sum(each["requests"] for each in operations)
    return {
        "operations": len(operations),
        "implemented": sum(each["implemented"] for each in operations),
        "succeeding": sum(each["implemented"] and each["accepted"] > 0 for each in operations),
        "walkable": len(walkable),
        "walked": len(walkable) - len(left),
        "undivided": sum(each["undivided"] for each in left),
        "requests": requests,
        "requestsPerSecond": round(requests / seconds, 1) if seconds else None,
    }


def score_in(document: Document) -> Score:
    """The two numbers a document has."""
    return Score(
        conforming=document["conformance"]["conforming"],
        judged=document["coverage"]["judged"],
        clauses=document["coverage"]["clauses"],
        apart=document["apart"],
    )


def verdicts_beside_apart(document: Document) -> Counter[str]:
    """How many clauses ended in each way; those that no client can bring up only if judged."""
    return Counter(
        clause["verdict"]
        for operation in document["operations"]
        for clause in operation["clauses"]
        if clause["verdict"] in JUDGED or clause["apart"] is None
    )
