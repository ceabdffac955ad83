"""What clauses state that are no keyword of a schema: errors, wire, pagination, behaviour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from awsconform.conformance.reports.statement import (
    NO_REJECTION,
    NO_SUCCESS,
    REJECTION,
    SUCCESS,
    Statement,
    named,
)
from awsconform.conformance.wire.codes import TYPE_PLACES
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract


def ruled(contract: Contract, clause: Clause) -> Statement:
    """The clause in words; those of a kind without any get words that fit all."""
    say = _STATEMENTS.get(f"{clause.part}#{clause.kind}", _unworded)
    return say(contract, clause)


def _unworded(contract: Contract, clause: Clause) -> Statement:
    return Statement(
        f"{clause.part} of {contract.id}: {clause.kind}.",
        "see the documents it comes from",
        "it holds",
        "it does not hold",
    )


def _error_status(contract: Contract, clause: Clause) -> Statement:
    if clause.path:
        sentence = f"{clause.path[0]} comes with HTTP status {clause.facts.get('value')}."
        answers = f"every {clause.path[0]} the operation answers"
    else:
        sentence = "An error comes with the HTTP status its shape states; validation with 400."
        answers = "every error the operation answers"
    return Statement(sentence, answers, "that status", "any other status")


def _always(sentence: str, answers: str, conforms: str, violates: str) -> Callable[..., Statement]:
    return lambda contract, clause: Statement(
        sentence.format(name=named(clause), **_parameters(contract, clause)),
        answers.format(name=named(clause), **_parameters(contract, clause)),
        conforms.format(name=named(clause), **_parameters(contract, clause)),
        violates.format(name=named(clause), **_parameters(contract, clause)),
    )


def _parameters(contract: Contract, clause: Clause) -> dict[str, Any]:
    """What sentences may name: the facts of the clause's rule."""
    known = {"status": "400", "code": "a validation error", "hours": "some", "member": ""}
    facts = {key: value for key, value in clause.facts.items() if key != "rule"}
    other = facts.get("operation") or facts.get("after") or "/".join(clause.path)
    known["at"] = TYPE_PLACES[contract.protocol]
    known["id"] = _ID_PLACES.get(contract.protocol, "a header x-amzn-RequestId")
    return {**known, "value": "", "operation": other, **facts, "this": contract.operation}


def _invalid_rejected(contract: Contract, clause: Clause) -> Statement:
    code, status = clause.facts.get("code"), clause.facts.get("status")
    if code:
        refusal, conforms = f"rejected: HTTP {status}, {code}", "that rejection"
    else:
        refusal, conforms = "refused with a client error", "any client error that names its type"
    return Statement(
        f"A made-up token in {named(clause)} is {refusal}.",
        "requests with tokens nobody gave out, which fit all that is stated of tokens",
        conforms,
        "another error, a success, a 5xx" if code else "a 5xx; a success, on data made for it",
    )


_ID_PLACES = {
    "query": "ResponseMetadata/RequestId, or RequestId beside an error",
    "ec2": "requestId, or RequestID beside an error",
    "rest-xml": "a header x-amz-request-id or x-amzn-RequestId",
}
WALKS = "walks over all pages, with several page sizes"
_STATEMENTS: dict[str, Callable[[Contract, Clause], Statement]] = {
    "errors#status": _error_status,
    "errors#no-server-fault": _always(
        "No request, valid or not, leads to a server fault.",
        "every request that is sent",
        "any answer that is no 5xx",
        "a 5xx, a crash, a dropped connection, a time-out",
    ),
    "errors#unknown-operation": _always(
        "An operation that does not exist is refused as the client's mistake.",
        "a request for an operation of the service with a made-up name, once for a service",
        "a 4xx",
        "a success, a 5xx other than 501, a crash, a dropped connection, a time-out",
    ),
    "errors#discriminator": _always(
        "An error names its type.",
        "every error the operation answers",
        "a type, wherever an SDK reads it",
        "no type",
    ),
    "errors#discriminator-place": _always(
        "An error names its type in {at}, where the protocol wants it.",
        "every error the operation answers",
        "the type stands there",
        "a type in another place only",
    ),
    "errors#code": _always(
        "An error's code is one the operation declares, or one every operation may answer.",
        "every error the operation answers",
        "a declared code, or one of AWS's common codes",
        "a code nobody documents",
    ),
    "wire#status": _always(
        "A success has the HTTP status the operation states.",
        "every success the operation answers",
        "that status",
        "another one",
    ),
    "wire#content-type": _always(
        "An answer with a body has the protocol's content type.",
        "every answer with a body",
        "that content type",
        "another one, or none",
    ),
    "wire#json": _always(
        "A body is one well-formed JSON object.",
        "every answer",
        "it can be read strictly: no NaN, no duplicate members, UTF-8",
        "anything a strict reader refuses",
    ),
    "wire#xml": _always(
        "A body is one well-formed XML document, with the elements the protocol has.",
        "every answer with a body",
        "it can be read strictly: no document type, no element twice, the root and names as due",
        "anything a strict reader refuses",
    ),
    "wire#cbor": _always(
        "A body is one well-formed CBOR map, with the types the protocol has.",
        "every answer",
        "it can be read strictly: no keys that stand twice, no other tags, nothing undefined",
        "anything a strict reader refuses",
    ),
    "wire#protocol-header": _always(
        "An answer names the protocol in the header smithy-protocol.",
        "every answer",
        "rpc-v2-cbor",
        "another value, or no such header",
    ),
    "wire#eventstream": _always(
        "A stream of events is a sequence of whole messages, each of a kind that is documented.",
        "every success the operation answers",
        "lengths, checksums, header types, event types and content types are right",
        "a message that is cut off, does not match its checksum, or is of an unknown kind",
    ),
    "wire#request-id": _always(
        "An answer carries a request id.",
        "every answer",
        "{id}",
        "none",
    ),
    "pagination#limit-respected": _always(
        "A page has no more items than {name} asks for.",
        WALKS,
        "every page keeps to it",
        "a page with more items",
    ),
    "pagination#out-of-range-rejected": _always(
        "A {name} below its minimum or above its maximum is rejected.",
        "requests with {name} out of its range",
        REJECTION,
        NO_REJECTION,
    ),
    "pagination#page-size-may-change": _always(
        "{name} may change from page to page of one walk.",
        "a walk whose pages are of different sizes",
        "all items once, as in any other walk",
        "a rejection, or items lost or repeated",
    ),
    "pagination#accepted": _always(
        "A token the target gave is accepted in {name}.", WALKS, SUCCESS, NO_SUCCESS
    ),
    "pagination#terminates": _always(
        "A walk comes to its last page.",
        WALKS,
        "a page without a token",
        "a token that came before, or pages without end",
    ),
    "pagination#complete": _always(
        "A walk returns every item once.",
        f"{WALKS}, over items made for it",
        "the items that were made, each once",
        "items missing or repeated",
    ),
    "pagination#string": _always(
        "A token is a string.",
        WALKS,
        "strings only",
        "anything else",
    ),
    "pagination#unique": _always(
        "Each page has a token of its own in {name}.",
        WALKS,
        "no token twice in a walk",
        "the same token on two pages",
    ),
    "pagination#end": _always(
        "The last page has no {name}.",
        WALKS,
        "the member is absent or null",
        "an empty string or another token",
    ),
    "pagination#implies-token": _always(
        "A page has a token just where {name} says that more results exist.",
        WALKS,
        "a token beside true, none beside false",
        "true without a token, or a token that leads on after the last page",
    ),
    "pagination#paginator": _always(
        "What the SDK's own paginator yields is everything the pages of {this} hold.",
        f"{WALKS}, driven again by botocore's paginator over the recorded answers",
        "every item of every page, and an end",
        "items it never comes to, a PaginationError, or pages it cannot read",
    ),
    "pagination#invalid-rejected": _invalid_rejected,
    "pagination#expires": _always(
        "A token in {name} is no longer good after {hours} h.",
        "a token sent again when the target's clock has been moved; where it cannot be, nothing",
        "a rejection",
        "a success",
    ),
    "behaviour#requires-call": _always(
        "{this} needs a call of {operation} first.",
        "the operation called without it, and with it",
        "an error without it, a success with it",
        "a success without it",
    ),
    "behaviour#same-argument": _always(
        "{name} has to have the value that {operation} was given.",
        "the operation called with another valid value",
        "an error",
        "a success",
    ),
    "behaviour#available-for": _always(
        "What {operation} made can be had for {hours} h, and not after.",
        "the operation called again just before and just after, by the target's own clock",
        "a success before, an error after",
        "an error before, or a success after",
    ),
    "behaviour#error-while": _always(
        "{operation} fails with {code} while `{member}` is {value}.",
        "{operation} called a second time while the first is under way",
        "that error",
        "a success, or another error",
    ),
    "behaviour#documented-values": _always(
        "{name} has documented values only, in every state.",
        "every answer from start to end of a scenario",
        "documented values",
        "any other",
    ),
}
