"""Reports of runs written by hand, and strategies that draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from awsconform.conformance.outcomes import JUDGED, Verdict, fingerprint_of

VERSIONS = {"awsconform": "1", "botocore": "2", "hypothesis": "3", "python": "3.13.0"}
DIGEST = "0" * 64
VERDICTS = [each.value for each in Verdict]


@dataclass(frozen=True)
class Shown:
    """A finding: the class of what was observed."""

    observation: str
    flaky: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class Told:
    """How a clause ended; with findings it is violated."""

    verdict: str = "conforms"
    findings: tuple[Shown, ...] = ()
    drawn: bool = False
    reason: str = ""


CONFORMS, ABSENT = Told(), Told("unimplemented", reason="the target does not have the operation")
SILENT = Told("unexercised", reason="never came up")


def violated(*observations: str | Shown) -> Told:
    """A clause that is violated."""
    shown = (Shown(each) if isinstance(each, str) else each for each in observations)
    return Told("violates", tuple(shown))


def report(
    clauses: Mapping[str, Told], *, seed: int = 7, examples: int = 20, complete: bool = True
) -> dict[str, Any]:
    """The document of a run in which the clauses ended so, in that order.

    One that is not `complete` was to judge another operation as well.
    """
    operations: dict[str, list[dict[str, Any]]] = {}
    for clause, told in clauses.items():
        operations.setdefault(clause.partition("/")[0], []).append(_clause(clause, told))
    return {
        "format": "awsconform-report",
        "version": 1,
        "made": "2030-01-31T12:00:00+00:00",
        "versions": VERSIONS,
        "target": "emulator:",
        "seed": seed,
        "options": {
            "examples": examples,
            "levels": ["MUST", "SHOULD", "MAY"],
            "clauses": None,
            "region": "us-east-1",
        },
        "endpoint": {
            "url": "http://127.0.0.1:4570",
            "region": "us-east-1",
            **{"first": None, "factory": None, "aws": False, "flags": []},
        },
        "contracts": dict.fromkeys(
            [*operations, *([] if complete else ["farm.NeverCame"])], DIGEST
        ),
        "complete": complete,
        "seconds": 1.0,
        "exitCode": _exit_code(clauses.values()),
        **_numbers(clauses.values()),
        "achievements": {
            **dict.fromkeys(("operations", "implemented", "succeeding"), len(operations)),
            **dict.fromkeys(("walkable", "walked", "undivided", "requests"), 0),
            "requestsPerSecond": None,
        },
        "operations": [_operation(name, made) for name, made in operations.items()],
    }


def _exit_code(told: Iterable[Told]) -> int:
    verdicts = {each.verdict for each in told}
    return 1 if "violates" in verdicts else 0 if "conforms" in verdicts else 3


def _numbers(told: Iterable[Told]) -> dict[str, Any]:
    verdicts = [each.verdict for each in told]
    judged = sum(each in JUDGED for each in verdicts)
    return {
        "verdicts": {each: verdicts.count(each) for each in VERDICTS},
        "conformance": {"conforming": verdicts.count("conforms"), "judged": judged},
        "coverage": {"judged": judged, "clauses": len(verdicts)},
        "apart": 0,
    }


def _operation(name: str, clauses: list[dict[str, Any]]) -> dict[str, Any]:
    service, _, operation = name.partition(".")
    told = [Told(each["verdict"]) for each in clauses]
    return {
        "id": name,
        "service": service,
        "operation": operation,
        "apiVersion": "2030-01-01",
        "protocol": "json",
        "documents": {},
        "requests": 1,
        "seconds": 0.5,
        "implemented": True,
        "accepted": 1,
        "pagesWalked": None,
        "walkable": False,
        "undivided": False,
        "trouble": None,
        "leftBehind": [],
        **_numbers(told),
        "families": {},
        "clauses": clauses,
    }


def _clause(clause: str, told: Told) -> dict[str, Any]:
    return {
        "id": clause,
        "part": "request",
        "path": [],
        "kind": clause.partition("#")[2],
        "level": "MUST",
        "sources": ["model"],
        "sourceTexts": ["the model"],
        "statement": "It is so.",
        "verdict": told.verdict,
        "reason": told.reason,
        "apart": None,
        "exchanges": int(told.verdict in JUDGED),
        "drawn": told.drawn,
        "view": None,
        "findings": [_finding(clause, each) for each in told.findings],
    }


def _finding(clause: str, shown: Shown) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint_of(clause, shown.observation),
        "observation": shown.observation,
        "expected": "something else",
        "observed": f"value 0: {shown.observation}",
        "flaky": shown.flaky,
        "drawn": shown.drawn,
        "operation": clause.partition("/")[0],
        "intent": {"purpose": "valid", "clause": clause, "label": "minimal"},
        **{"value": {}, "view": "wire", "request": None, "response": None, "parsed": None},
        **{"trouble": None, "detail": ""},
        "before": [],
        "shownBy": None,
        "reproduction": {
            **{"awsconform": "awsconform run", "first": None},
            **{"boto3": "client.go()", "cli": "aws go", "curl": "curl go"},
        },
    }


_OPERATIONS = ("farm.ListFarms", "farm.GetFarm", "barn.OpenDoor")
_PLACES = ("request/a#type", "request/a#enum", "response/b#required", "errors#unknown-operation")
CLAUSES = [f"{operation}/{place}" for operation in _OPERATIONS for place in _PLACES]
OBSERVATIONS = ["accepted", "server fault", 'says "ü"\n\u202e', ""]

clause_ids = st.sampled_from(CLAUSES)
findings = st.builds(Shown, st.sampled_from(OBSERVATIONS), st.booleans(), st.booleans())
told = st.one_of(
    st.builds(Told, st.sampled_from(["conforms", "conforms", "inconclusive", "unimplemented"])),
    st.builds(Told, st.just("conforms"), drawn=st.booleans()),
    st.builds(
        Told,
        st.just("violates"),
        st.lists(findings, min_size=1, max_size=3, unique_by=lambda each: each.observation).map(
            tuple
        ),
        st.booleans(),
    ),
)


def one_a_service(clauses: dict[str, Told]) -> dict[str, Told]:
    """As runs are: what is said once for a service is judged at one of its operations."""
    seen: set[str] = set()
    kept = {}
    for clause, each in clauses.items():
        service = clause.partition(".")[0]
        once = clause.endswith("#unknown-operation") and each.verdict in JUDGED
        kept[clause] = Told("unexercised") if once and service in seen else each
        if once:
            seen.add(service)
    return kept


runs = st.dictionaries(clause_ids, told, max_size=len(CLAUSES)).map(one_a_service)
judging_runs = runs.filter(lambda clauses: any(each.verdict in JUDGED for each in clauses.values()))


def steady(clauses: Mapping[str, Told]) -> dict[str, Told]:
    """The same without anything that comes and goes."""
    return {
        clause: replace(
            each,
            drawn=False,
            findings=tuple(replace(one, flaky=False, drawn=False) for one in each.findings),
        )
        for clause, each in clauses.items()
    }
