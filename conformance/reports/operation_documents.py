"""An operation's outcomes as JSON: its clauses, their findings and how to see them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from awsconform.conformance.outcomes import Finding, Outcome, Score, Verdict, score
from awsconform.conformance.reports.conditions import Conditions, run_command
from awsconform.conformance.reports.course_documents import Sent
from awsconform.conformance.reports.exchange_documents import Document, exchange_document
from awsconform.conformance.reports.families import by_family
from awsconform.conformance.reports.reproduction import Reproductions
from awsconform.conformance.reports.secrets import secrets_of_answer
from awsconform.conformance.reports.sources import source_texts
from awsconform.conformance.reports.statements import statement
from awsconform.conformance.results import OperationResult
from awsconform.conformance.wire.secrets import Secrets, hide
from awsconform.specs.contract import Contract

LONGEST_CODE = 64 * 1024


def operation_document(result: OperationResult, conditions: Conditions, known: Secrets) -> Document:
    """The document of one operation of a run; `known` are the secrets to be kept out of it."""
    contract = result.contract
    outcomes = list(result.outcomes)
    done = result.achievement
    clauses = _Clauses(contract, conditions, known)
    judged = [clauses.document(outcome) for outcome in outcomes]
    summary = {
        "id": contract.id,
        "service": contract.service,
        "operation": contract.operation,
        "apiVersion": contract.api_version,
        "protocol": contract.protocol,
        "documents": contract.aws.get("documents", {}),
        "requests": result.requests,
        "seconds": round(result.seconds, 3),
        "implemented": done.implemented,
        "accepted": done.accepted,
        "pagesWalked": done.pages_walked,
        "walkable": done.walkable,
        "undivided": done.undivided,
        "trouble": result.trouble,
        "leftBehind": list(result.left),
        **score_document(score(outcomes)),
        "verdicts": _verdicts(outcomes),
        "families": {name: score_document(each) for name, each in by_family(outcomes).items()},
    }
    return {
        **known.value(summary),
        "clauses": judged,
        "sent": clauses.sent.documents,
    }


def score_document(numbers: Score) -> Document:
    """The two numbers, and what stands apart."""
    return {
        "conformance": {"conforming": numbers.conforming, "judged": numbers.judged},
        "coverage": {"judged": numbers.judged, "clauses": numbers.clauses},
        "apart": numbers.apart,
    }


def _verdicts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    counted = Counter(outcome.verdict for outcome in outcomes)
    return {verdict.value: counted[verdict] for verdict in Verdict}


class _Clauses:
    """The documents of one operation's clauses."""

    def __init__(self, contract: Contract, conditions: Conditions, known: Secrets) -> None:
        self.contract = contract
        self.conditions = conditions
        self.known = known
        self.reproductions = Reproductions(conditions.endpoint)
        self.sent = Sent(known)

    def document(self, outcome: Outcome) -> Document:
        """The document of a clause and its findings."""
        clause = outcome.clause
        secrets = frozenset[str]().union(
            *(secrets_of_answer(finding.exchange) for finding in outcome.findings)
        )
        stated = {
            "id": clause.id,
            "part": clause.part,
            "path": list(clause.path),
            "kind": clause.kind,
            "level": clause.level.value,
            "sources": list(clause.sources),
            "sourceTexts": source_texts(self.contract, clause.sources),
            "statement": statement(self.contract, clause).sentence,
            "verdict": outcome.verdict.value,
            "reason": hide(outcome.reason, secrets),
            "apart": clause.apart,
            "exchanges": outcome.exchanges,
            "drawn": outcome.drawn,
            "view": outcome.view.value if outcome.view else None,
        }
        return {
            **self.known.value(stated),
            "findings": [self._finding(each) for each in outcome.findings],
        }

    def _finding(self, finding: Finding) -> Document:
        exchange = finding.exchange
        shown = finding.shown_by
        again = self.reproductions.of_finding(self.contract, finding)
        command = run_command(self.conditions, operation=self.contract.id, clause=finding.clause.id)
        told = {
            "fingerprint": finding.fingerprint,
            "observation": finding.observation,
            "expected": finding.expected,
            "observed": hide(finding.observed, secrets_of_answer(exchange)),
            "flaky": finding.flaky,
            "drawn": finding.drawn,
        }
        reproduction = {
            "awsconform": command,
            "first": again.first,
            "boto3": _unless_long(again.boto3, command),
            "cli": _unless_long(again.cli, command),
            "curl": _unless_long(again.curl, command),
        }
        return {
            **self.known.value(told),
            **exchange_document(exchange, self.known),
            "before": [exchange_document(each, self.known) for each in finding.before],
            "shownBy": exchange_document(shown, self.known) if shown else None,
            "course": self.sent.course(finding),
            "reproduction": self.known.value(reproduction),
        }


def _unless_long(code: str, command: str) -> str:
    """The code, or where it would fill pages a line that says what sends the request again."""
    if len(code) <= LONGEST_CODE:
        return code
    return f"# {len(code)} characters, left out here. This sends it again: {command}"
