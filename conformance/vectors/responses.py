"""Response vectors: what our strict reader makes of the bytes, against what is published."""

from __future__ import annotations

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.vectors.cases import ResponseVector
from awsconform.conformance.vectors.logical import differences as value_differences
from awsconform.conformance.vectors.logical import to_logical
from awsconform.conformance.vectors.verdicts import NotApplicable
from awsconform.conformance.wire.answer import Answer, AnswerKind
from awsconform.conformance.wire.answers import read
from awsconform.specs.contract import Contract


def differences(vector: ResponseVector) -> list[str]:
    """How what we read differs from what is published; problems we see are differences as well.

    Raises:
        NotApplicable: the case is for servers only.
    """
    contract = vector.contract
    assert contract is not None
    if vector.applies_to == "server":
        raise NotApplicable("stated for servers, which do not read answers")
    answer = read(contract, _complete(contract, vector))
    found = _code(contract, vector, answer)
    part = "response" if vector.code is None else answer.code
    if answer.value is None:
        return [*found, f"nothing could be read: {_problems(vector.response, answer)}"]
    shape = None
    if part == "response" or part in contract.errors:
        shape = contract.part_shape(str(part))
    schema = {"$ref": f"#/$defs/{shape}"} if shape else {}
    expected = to_logical(contract, schema, vector.params)
    if shape or vector.params:
        found += value_differences(contract, schema, expected, answer.value)
    return found + _problems(vector.response, answer)


def _complete(contract: Contract, vector: ResponseVector) -> HTTPResponse:
    """The response, with the document that query answers have even where a case states none."""
    stated = vector.response
    if vector.has_body or contract.protocol not in ("query", "ec2"):
        return stated
    result = contract.aws.get("resultWrapper")
    name = f"{contract.operation}Response"
    body = f"<{name}><{result}/></{name}>" if result else f"<{name}/>"
    return HTTPResponse(stated.status, stated.headers, body.encode())


def _code(contract: Contract, vector: ResponseVector, answer: Answer) -> list[str]:
    if vector.code is None:
        if answer.kind is AnswerKind.ERROR:
            return [f"a success expected, got the error {answer.code}"]
        return []
    if answer.kind is not AnswerKind.ERROR:
        return [f"the error {vector.code} expected, got {answer.kind}"]
    code = answer.code or ""
    names = {code, contract.errors[code].shape} if code in contract.errors else {code}
    if vector.code not in names:
        return [f"the error {vector.code} expected, got {answer.code}"]
    return []


def _problems(response: HTTPResponse, answer: Answer) -> list[str]:
    """The problems we see, but for what test cases leave out: request ids, and headers."""
    unstated = {"request-id"}
    for kind, header in (("content-type", "content-type"), ("protocol-header", "smithy-protocol")):
        if response.header(header) is None:
            unstated.add(kind)
    return [
        f"our reader says {problem.kind}{' at ' + problem.pointer if problem.pointer else ''}: "
        f"{problem.message}"
        for problem in answer.problems
        if problem.kind not in unstated
    ]
