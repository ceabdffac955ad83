"""Checks of response and error clauses: what the target sends is what the contract states.

Not every departure from a contract is a fault: AWS departs from its own here and there
(`specs.departures`), it answers empty values for absent ones, and what a target was wrongly made
to take it may give back.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from awsconform.conformance.checks.reading import ADVICE
from awsconform.conformance.checks.verdicts import Word, conclude, conforms, silent, violates
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.generators.overlay import at, texts
from awsconform.specs.catalog import committed
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import SegmentPath
from awsconform.specs.departures import departure
from awsconform.specs.validation import Failure

KEYWORDS = {"union": ("minProperties", "maxProperties"), "type": ("type", "format")}
# AWS was recorded to answer "", [] and {} for what may be absent, in more than 20 services,
# whatever length or form the models ask for: an Auto Scaling group's subnets, a rule's description.
EMPTY_FAILS = ("minLength", "minItems", "minProperties", "pattern")
ECHO = "what an earlier request was wrongly allowed to store comes back"
ENCODED = "percent-encoded, as IAM answers policies; the length is that of the plain text"
# A text of this length stands in another on purpose.
LONG = 16
# The same value may be longer in a request than in an answer: a secret's name.
SENT = "as it stood in the request, where it is valid"
REPLACED = "as the member says that took the place of this deprecated one"
EMPTY = "empty, as AWS itself answers for what is absent"
ZERO = "0, as AWS itself answers where there is none of it"


def required(clause: Clause, evidence: Evidence) -> Outcome:
    """Wherever the enclosing structure is present, the member is too."""
    part, path = _place(clause)
    answers = (
        evidence.answers(part) if len(path) == 1 else evidence.answers_with(part, clause.path[:-1])
    )
    words = (
        _of_failure(evidence, observed, path, ("required",), "missing")
        for observed, _ in answers
        if not _may_echo(observed, clause)
    )
    return conclude(clause, words, expected=f"{path[-1]} is present")


def keyword(clause: Clause, evidence: Evidence) -> Outcome:
    """What is present at the place satisfies one keyword: type, enum, a bound, a pattern."""
    part, path = _place(clause)
    words = (
        _of_failure(evidence, observed, path, KEYWORDS.get(clause.kind, (clause.kind,)), "outside")
        for observed, _ in evidence.answers_with(part, clause.path)
        if not _may_echo(observed, clause)
    )
    return conclude(clause, words, expected=_expected(clause))


def wire_form(clause: Clause, evidence: Evidence) -> Outcome:
    """A timestamp or blob is written in the protocol's form."""
    part, _ = _place(clause)
    words = (
        _of_problem(observed, clause.path, clause.kind)
        for observed, _ in evidence.answers_with(part, clause.path)
        if not _may_echo(observed, clause)
    )
    return conclude(clause, words, expected=f"the wire form {clause.facts['value']}")


def known_members(clause: Clause, evidence: Evidence) -> Outcome:
    """A structure has no member that the contract does not know."""
    part, path = _place(clause)

    def words() -> Iterator[Word]:
        answers = evidence.answers_with(part, path) if path else evidence.answers(part)
        for observed, _ in answers:
            strange = {
                name
                for name in observed.unknown(path)
                if departure(observed.contract, part, (*path, name), "members") is None
            }
            if _may_echo(observed, clause):
                continue
            if strange:
                names = ", ".join(sorted(strange))
                yield violates(observed, f"undocumented {names}", f"undocumented member {names}")
            else:
                yield conforms(observed)

    return conclude(clause, words(), expected="documented members only")


def _may_echo(observed: Observed, clause: Clause) -> bool:
    """Whether a success may repeat what was wrong with the request: a finding of its own."""
    return clause.part == "response" and observed.purpose is Purpose.VIOLATES


def _place(clause: Clause) -> tuple[str, SegmentPath]:
    """The part of the contract and the path in its schema.

    An error's code is the first step of its clauses' paths, and of an answer's; failures have
    paths inside the error's own schema.
    """
    if clause.part == "errors":
        return clause.path[0], clause.path[1:]
    return "response", clause.path


def _of_failure(
    evidence: Evidence,
    observed: Observed,
    path: SegmentPath,
    keywords: tuple[str, ...],
    observation: str,
) -> Word:
    failure = observed.failure(path, keywords)
    if failure is None:
        return conforms(observed)
    excuse = _excuse(evidence, observed, failure)
    if excuse is not None:
        return silent(observed, excuse)
    return violates(observed, observation, f"{failure.pointer_text}: {failure.message}")


def _excuse(evidence: Evidence, observed: Observed, failure: Failure) -> str | None:
    """Why a failure is not the answer's fault; None where nothing speaks for it."""
    value = at(observed.value, failure.pointer)
    part = observed.part or "response"
    if part == "response" and _is_absent(observed, failure, value):
        return EMPTY
    if part == "response" and _is_none(observed, failure, value):
        return ZERO
    if part == "response" and failure.keyword == "enum" and _is_replaced(observed, failure):
        return REPLACED
    if evidence.echoes.has(observed.contract, value, failure.path):
        return ECHO
    if failure.keyword in ADVICE and _is_sent(observed, value):
        return SENT
    if failure.keyword == "maxLength" and isinstance(value, str) and _is_encoded(value):
        return ENCODED
    recorded = departure(observed.contract, part, failure.path, failure.keyword)
    return str(recorded) if recorded is not None and recorded.excuses(value) else None


def _is_absent(observed: Observed, failure: Failure, value: object) -> bool:
    """Whether an empty value stands for one that need not be there."""
    place = observed.contract.place("response", failure.path)
    required = place is not None and place.required
    return failure.keyword in EMPTY_FAILS and value in ("", [], {}) and not required


def _is_none(observed: Observed, failure: Failure, value: object) -> bool:
    """Whether 0 stands for nothing where the shape, which requests use too, has a minimum.

    AWS was recorded to answer so: DynamoDB the capacity of a table without one, as its page of
    ProvisionedThroughput says, Directory Service the domain controllers of a simple directory.
    """
    if observed.contract.id in committed():
        return False
    return failure.keyword == "minimum" and type(value) in (int, float) and value == 0


def _is_replaced(observed: Observed, failure: Failure) -> bool:
    """Whether a deprecated member repeats one beside it, which may have the value.

    The values of a deprecated one are no longer kept up: KMS documents that its
    `CustomerMasterKeySpec` has the value of `KeySpec`, of which there are more every year.
    """
    place = observed.contract.place("response", failure.path)
    if place is None or not place.aws.get("deprecated"):
        return False
    value, around = at(observed.value, failure.pointer), at(observed.value, failure.pointer[:-1])
    beside = (name for name, each in around.items() if each == value)
    places = (observed.contract.place("response", (*place.path[:-1], name)) for name in beside)
    return any(each is not None and value in each.schema.get("enum", ()) for each in places)


def _is_sent(observed: Observed, value: object) -> bool:
    """Whether an answer repeats a text of the request, or has a long one of it within."""
    if not isinstance(value, str):
        return False
    sent = set(texts(observed.exchange.case.value))
    return value in sent or any(len(each) >= LONG and each in value for each in sent)


def _is_encoded(text: str) -> bool:
    """Whether a text is longer than it was because it is percent-encoded, as IAM's policies are."""
    return len(unquote(text)) < len(text)


def _of_problem(observed: Observed, path: SegmentPath, kind: str) -> Word:
    problem = observed.problem(path, kind)
    if problem is not None:
        return violates(observed, "other form", f"{problem.pointer}: {problem.message}")
    return conforms(observed)


def _expected(clause: Clause) -> str:
    value = clause.facts.get("value")
    if clause.kind == "enum":
        return f"one of {', '.join(value or [])}"
    if clause.kind == "type":
        return f"a value of type {value}"
    if clause.kind == "union":
        return "exactly one member"
    return f"{clause.kind} {value}"
