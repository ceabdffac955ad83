"""Checks of the wire itself: success status, content type, form of the body, request id."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.conformance.checks.requests import is_sent_elsewhere
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import Purpose, View
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.answers import AnswerKind
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.clauses import Clause

EXPECTED = {
    "status": "the documented success status",
    "content-type": "the protocol's content type",
    "json": "one JSON object in UTF-8",
    "xml": "one well-formed XML document of the protocol's form",
    "cbor": "one well-formed CBOR map of the protocol's types",
    "protocol-header": "the header smithy-protocol: rpc-v2-cbor",
    "eventstream": "messages whose frames, headers and payloads can be trusted",
    "request-id": "the request's id where the protocol puts it",
}


def wire(clause: Clause, evidence: Evidence) -> Outcome:
    """No answer of the operation has a wire problem of the clause's kind."""

    def words() -> Iterator[Word]:
        for each in evidence.own():
            answer = each.answer
            if answer is None or each.exchange.view is not View.WIRE:
                continue
            # A fault is a finding of its own; its page is not also held against the wire.
            if each.reaction in (Reaction.UNIMPLEMENTED, Reaction.SERVER_FAULT):
                continue
            if clause.kind == "status" and answer.kind is AnswerKind.ERROR:
                continue
            if is_sent_elsewhere(each) and clause.kind != "status":
                continue
            problem = next((p for p in answer.problems if p.kind == clause.kind), None)
            if problem is None:
                yield conforms(each)
            elif each.purpose is Purpose.VIOLATES and answer.kind is not AnswerKind.ERROR:
                # How it is to be refused is said by the clause it breaks; what it was taken for,
                # nobody can tell.
                yield silent(each, f"{problem.message}, for a request that is to be refused")
            else:
                yield violates(each, problem.kind, problem.message)

    return conclude(
        clause, words(), expected=EXPECTED[clause.kind], unexercised="no such answer was seen"
    )
