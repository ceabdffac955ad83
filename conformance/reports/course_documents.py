"""A finding's course as JSON, whose requests stand once in a report, however many findings
have them in common."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.conformance.course import Course
from awsconform.conformance.exchange import Exchange
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.exchange_documents import Document, exchange_document
from awsconform.conformance.wire.secrets import Secrets

# An exchange among those of the finding itself, or the number of one the operation has beside.
Reference = str | int
REQUEST, SHOWN_BY, BEFORE = "request", "shownBy", "before/"


class Sent:
    """The exchanges that courses of an operation's findings have beside those of the findings."""

    def __init__(self, known: Secrets) -> None:
        self.documents: list[Document] = []
        self._known = known
        # The exchanges are kept, so that their ids stay theirs.
        self._numbers: dict[int, tuple[int, Exchange]] = {}

    def course(self, finding: Finding) -> Document | None:
        """The course of a finding."""
        own = own_references(finding)

        def reference(exchange: Exchange) -> Reference:
            return own.get(id(exchange)) or self._number(exchange)

        return course_document(finding.course, reference, self._known)

    def _number(self, exchange: Exchange) -> int:
        if id(exchange) not in self._numbers:
            self._numbers[id(exchange)] = (len(self.documents), exchange)
            self.documents.append(exchange_document(exchange, self._known))
        return self._numbers[id(exchange)][0]


def own_references(finding: Finding) -> dict[int, str]:
    """What the exchanges of a finding itself are called in its course, by their ids."""
    found = {id(each): f"{BEFORE}{place}" for place, each in enumerate(finding.before)}
    if finding.shown_by is not None:
        found[id(finding.shown_by)] = SHOWN_BY
    found[id(finding.exchange)] = REQUEST
    return found


def course_document(
    course: Course | None, reference: Callable[[Exchange], Reference], known: Secrets
) -> Document | None:
    """A course, in which `reference` says which exchange is meant."""
    if course is None:
        return None
    return {
        "before": [
            {"sent": reference(each.exchange), "passed": round(each.passed, 3)}
            for each in course.before
        ],
        "steps": [
            {
                "sent": reference(each.exchange),
                "group": each.exchange.case.intent.group,
                "facts": known.value(each.facts),
                "suspects": list(each.suspects),
                "followed": each.followed,
                "sizes": list(each.sizes),
                "passed": round(each.passed, 3),
            }
            for each in course.steps
        ],
    }
