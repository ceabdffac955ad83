"""Checks of response and error clauses: what the target sends is what the contract states."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.conformance.checks.verdicts import Word, conclude, conforms, violates
from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import SegmentPath

KEYWORDS = {"union": ("minProperties", "maxProperties"), "type": ("type", "format")}


def required(clause: Clause, evidence: Evidence) -> Outcome:
    """Wherever the enclosing structure is present, the member is too."""
    part, path = _place(clause)
    words = (
        _of_failure(observed, path, ("required",), "missing")
        for observed, _ in (
            evidence.answers(part)
            if len(path) == 1
            else evidence.answers_with(part, clause.path[:-1])
        )
    )
    return conclude(clause, words, expected=f"{path[-1]} is present")


def keyword(clause: Clause, evidence: Evidence) -> Outcome:
    """What is present at the place satisfies one keyword: type, enum, a bound, a pattern."""
    part, path = _place(clause)
    words = (
        _of_failure(observed, path, KEYWORDS.get(clause.kind, (clause.kind,)), "outside")
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
    )
    return conclude(clause, words, expected=f"the wire form {clause.facts['value']}")


def known_members(clause: Clause, evidence: Evidence) -> Outcome:
    """A structure has no member that the contract does not know."""
    part, path = _place(clause)

    def words() -> Iterator[Word]:
        answers = evidence.answers_with(part, path) if path else evidence.answers(part)
        for observed, _ in answers:
            strange = observed.unknown(path)
            if strange:
                names = ", ".join(sorted(strange))
                yield violates(observed, f"undocumented {names}", f"undocumented member {names}")
            else:
                yield conforms(observed)

    return conclude(clause, words(), expected="documented members only")


def _may_echo(observed: Observed, clause: Clause) -> bool:
    """Whether a success may repeat what was wrong with the request: a finding of its own."""
    echoed = clause.part == "response" and clause.kind != "type"
    return echoed and observed.purpose is Purpose.VIOLATES


def _place(clause: Clause) -> tuple[str, SegmentPath]:
    """The part of the contract and the path in its schema.

    An error's code is the first step of its clauses' paths, and of an answer's; failures have
    paths inside the error's own schema.
    """
    if clause.part == "errors":
        return clause.path[0], clause.path[1:]
    return "response", clause.path


def _of_failure(
    observed: Observed, path: SegmentPath, keywords: tuple[str, ...], observation: str
) -> Word:
    failure = observed.failure(path, keywords)
    if failure is not None:
        return violates(observed, observation, f"{failure.pointer_text}: {failure.message}")
    return conforms(observed)


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
