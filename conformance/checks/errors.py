"""Checks of error answers: never a server fault; status, discriminator and code as documented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awsconform.conformance.checks.requests import BROKEN
from awsconform.conformance.checks.verdicts import (
    Word,
    conclude,
    conforms,
    silent,
    unimplemented,
    violates,
)
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.wire.answers import Answer, AnswerKind
from awsconform.conformance.wire.classification import Reaction, is_common_code, is_validation
from awsconform.conformance.wire.codes import TYPE_PLACES
from awsconform.specs.catalog import committed
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract, ErrorShape
from awsconform.specs.error_codes import error_codes_of

NO_ERROR = "no error was answered"
# Smithy's framework errors and AWS's common ones that are stated to be 400.
BAD_REQUEST = ("ValidationException", "ValidationError", "SerializationException")
# Protocols whose clients never look at the status of an error. AWS was recorded to answer 403, 404
# and 400 there where the models have another 4xx: Organizations, Elastic Beanstalk, Keyspaces.
STATUS_IS_ADVICE = ("json", "query", "ec2")
ANOTHER_STATUS = "another status of the 4xx, as AWS itself was recorded to answer"
# What errors are about, by their codes: an operation that has an error for it is to use that one.
SUBJECTS = tuple(
    re.compile(each)
    for each in (
        r"\w*NotFound\w*|NoSuch\w+|\w*(DoesNot|Not|Non)Exist\w*|\w*Unknown\w*",
        r"\w*(AlreadyExists|Conflict|InUse|Duplicate)\w*",
        r"\w*(LimitExceeded|Quota|TooMany)\w*",
        r"(Invalid|Malformed)\w*",
    )
)
OF_ANOTHER = "declared by other operations of the service alone, as AWS itself was recorded to do"


def no_server_fault(clause: Clause, evidence: Evidence) -> Outcome:
    """No request, valid or not, brings the target to a fault, a crash or silence."""

    def words() -> Iterator[Word]:
        for each in evidence.own():
            if each.reaction in BROKEN and each.reaction is not Reaction.UNREADABLE:
                yield violates(each, each.reaction.value, each.describe())
            elif each.reaction is Reaction.UNIMPLEMENTED:
                yield unimplemented(each)
            elif each.answer is None:
                yield silent(each, each.describe())
            else:
                yield conforms(each)

    return conclude(clause, words(), expected="an answer that is no server fault")


def status(clause: Clause, evidence: Evidence) -> Outcome:
    """An error comes with the HTTP status its shape states; a validation error with 400."""

    def words() -> Iterator[Word]:
        for observed, answer in _errors(evidence):
            code = answer.code
            if code is None or answer.status is None or (clause.path and code != clause.path[0]):
                continue
            declared = evidence.contract.errors.get(code)
            if declared is None and not is_validation(code):
                continue
            if declared is not None:
                fits = answer.status == declared.status
            elif code in BAD_REQUEST:
                fits = answer.status == 400
            else:
                fits = 400 <= answer.status < 500
            if fits:
                yield conforms(observed)
            elif _advises(evidence.contract, declared, answer.status):
                yield silent(observed, f"{observed.describe()}: {ANOTHER_STATUS}")
            else:
                yield violates(observed, f"{code} with {answer.status}", observed.describe())

    value = clause.facts.get("value")
    expected = f"HTTP {value}" if value else "the HTTP status that the error's shape states"
    return conclude(clause, words(), expected=expected, unexercised=NO_ERROR)


def discriminator(clause: Clause, evidence: Evidence) -> Outcome:
    """An error says its type at all, and does so where the protocol wants servers to.

    Clients find it in other places too, as old services of AWS show; so the place is a clause of
    its own.
    """

    def words() -> Iterator[Word]:
        for observed, answer in _errors(evidence):
            problem = next((p for p in answer.problems if p.kind == clause.kind), None)
            yield (
                violates(observed, clause.kind, problem.message) if problem else conforms(observed)
            )

    place = TYPE_PLACES[evidence.contract.protocol]
    return conclude(clause, words(), expected=f"the error's type in {place}", unexercised=NO_ERROR)


def code(clause: Clause, evidence: Evidence) -> Outcome:
    """An error's code is one the operation declares or one of the framework's."""

    def words() -> Iterator[Word]:
        for observed, answer in _errors(evidence):
            if answer.code is None or observed.reaction is Reaction.SERVER_FAULT:
                continue
            if answer.code_place == "status":
                # An answer to HEAD states none.
                continue
            if answer.code in evidence.contract.errors or is_common_code(
                answer.code, evidence.contract.service
            ):
                yield conforms(observed)
            elif _borrowed(evidence.contract, answer.code):
                yield silent(observed, f"{observed.describe()}: {OF_ANOTHER}")
            else:
                yield violates(observed, f"code {answer.code}", observed.describe())

    declared = ", ".join(evidence.contract.errors) or "none declared"
    return conclude(
        clause, words(), expected=f"a declared code ({declared}) or the framework's",
        unexercised=NO_ERROR,
    )  # fmt: skip


def _advises(contract: Contract, declared: ErrorShape | None, status: int) -> bool:
    """Whether a status other than the declared one is nobody's fault.

    Not where the contract is kept with the suite: the status is documented of each error there.
    """
    if declared is None or contract.protocol not in STATUS_IS_ADVICE:
        return False
    if contract.id in committed():
        return False
    return 400 <= declared.status < 500 and 400 <= status < 500


def _borrowed(contract: Contract, code: str) -> bool:
    """Whether an undeclared code is one of the service's, and the operation has none instead."""
    if code not in error_codes_of(contract.service):
        return False
    about = [each for each in SUBJECTS if each.fullmatch(code)]
    return not any(each.fullmatch(own) for each in about for own in contract.errors)


def _errors(evidence: Evidence) -> Iterator[tuple[Observed, Answer]]:
    for each in evidence.own():
        if each.reaction is Reaction.UNIMPLEMENTED or each.answer is None:
            continue
        if each.answer.kind is AnswerKind.ERROR:
            yield each, each.answer
