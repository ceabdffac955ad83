"""What our codecs make of a vector, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from awsconform.conformance.vectors import malformed, requests, responses, written
from awsconform.conformance.vectors.cases import (
    Kind,
    MalformedVector,
    RequestVector,
    ResponseVector,
    Vector,
)
from awsconform.conformance.vectors.explanations import Explanation, explanation
from awsconform.conformance.vectors.verdicts import NotApplicable


class Result(StrEnum):
    """What came of a vector. Only `passed` is a pass; `explained` is a difference with a reason."""

    PASSED = "passed"
    FAILED = "failed"
    EXPLAINED = "explained"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Verdict:
    """A vector, what came of it, and why: every difference, and the reason where there is one.

    `stale` is an explanation that fits the vector although nothing differs.
    """

    vector: Vector
    result: Result
    differences: tuple[str, ...] = ()
    reason: str = ""
    stale: Explanation | None = field(default=None, repr=False)


def judge(vector: Vector) -> Verdict:
    """Holds our codec against one vector; whatever the codec raises is a difference."""
    if vector.contract is None:
        return Verdict(
            vector, Result.NOT_APPLICABLE, reason=f"the protocol {vector.protocol} is not supported"
        )
    try:
        found = tuple(_differences(vector))
    except NotApplicable as why:
        return Verdict(vector, Result.NOT_APPLICABLE, reason=str(why))
    except Exception as error:
        found = (f"our codec raises {type(error).__name__}: {error}",)
    known = explanation(vector, found)
    if not found:
        return Verdict(vector, Result.PASSED, stale=known)
    if known is None:
        return Verdict(vector, Result.FAILED, found)
    result = Result.EXPLAINED if known.judged else Result.NOT_APPLICABLE
    return Verdict(vector, result, found, known.reason)


def _differences(vector: Vector) -> list[str]:
    if isinstance(vector, RequestVector):
        return requests.differences(vector)
    if isinstance(vector, MalformedVector):
        return malformed.differences(vector)
    assert isinstance(vector, ResponseVector)
    if vector.kind is Kind.WRITTEN:
        return written.differences(vector)
    return responses.differences(vector)
