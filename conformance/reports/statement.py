"""The words for what a clause states, and those many clauses share."""

from __future__ import annotations

from dataclasses import dataclass

from awsconform.specs.clauses import Clause

REJECTION = "a 4xx that rejects the request for validation"
NO_REJECTION = "a success, a 5xx, a dropped connection, a time-out or an unreadable answer"
SUCCESS = "a success"
NO_SUCCESS = "a rejection for validation, a 5xx, a dropped connection, a time-out"
SILENCE = "Not found, denied, throttled, conflict: the answer says nothing (inconclusive)."


@dataclass(frozen=True)
class Statement:
    """A clause in words.

    `sentence` is what it states, `brought_up_by` the requests that bring it up, `conforms` and
    `violates` what counts for and against it, `otherwise` what says nothing, empty where all says
    something.
    """

    sentence: str
    brought_up_by: str
    conforms: str
    violates: str
    otherwise: str = ""


def named(clause: Clause) -> str:
    """The place of a clause as sentences name it."""
    return f"`{'/'.join(clause.path)}`"
