"""What the formats have in common: the parts of a report document, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from awsconform.conformance.reports.wording import count

# As report.schema.json has it.
Document = dict[str, Any]
# The gravest first.
LEVELS = ("MUST", "SHOULD", "MAY")
COULD_NOT_JUDGE = 3
FLAKY = "it did not come up again when it was tried again"
DRAWN = "only a drawn request shows it: with another seed none may"
OF_A_CLIENT = "what the client returned; its raw response cannot be seen"


class Found(NamedTuple):
    """A finding with the clause it violates and the operation it is of."""

    operation: Document
    clause: Document
    finding: Document


def findings(document: Document) -> Iterator[Found]:
    """Every finding, in the order of the document."""
    for operation in document["operations"]:
        for clause in operation["clauses"]:
            for finding in clause["findings"]:
                yield Found(operation, clause, finding)


def gravest_first(document: Document) -> list[Found]:
    """The findings by level, those that came up again before those that did not."""
    return sorted(
        findings(document),
        key=lambda each: (LEVELS.index(each.clause["level"]), each.finding["flaky"]),
    )


def is_complete(document: Document) -> bool:
    """Whether the run came to its end."""
    return bool(document["complete"])


def could_not_judge(document: Document) -> bool:
    """Whether nothing was judged, or the suite itself failed and nothing was found."""
    verdicts = document["verdicts"]
    failed = verdicts["error"] and not verdicts["violates"]
    return bool(failed or not document["conformance"]["judged"])


def percent(some: int, out_of: int) -> int | None:
    """A share, rounded down: 100 is said of all alone. None of nothing."""
    return some * 100 // out_of if out_of else None


def shares(scored: Document) -> tuple[int | None, int | None]:
    """Conformance and coverage of a run or an operation in percent."""
    conformance, coverage = scored["conformance"], scored["coverage"]
    return (
        percent(conformance["conforming"], conformance["judged"]),
        percent(coverage["judged"], coverage["clauses"]),
    )


def conclusion(document: Document) -> str:
    """What came of the run, in a sentence or two."""
    judged = document["conformance"]["judged"]
    broken = judged - document["conformance"]["conforming"]
    if not judged:
        said = f"Nothing was judged: {_why_nothing(document)}."
    elif broken:
        said = f"{broken} of {count(judged, 'judged clause')} {_are(broken)} violated."
    elif document["verdicts"]["error"]:
        said = "The suite itself failed: nothing can be said of the clauses."
    else:
        said = f"All {judged} judged clauses conform."
    return said if is_complete(document) else f"{said} The run did not end."


def not_judged(clause: Document) -> str:
    """Why a clause was not judged: `unexercised: never came up`."""
    if clause["apart"] is not None:
        return f"apart: {clause['apart']}"
    return f"{clause['verdict']}: {clause['reason'] or 'no reason given'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _why_nothing(document: Document) -> str:
    verdicts = {name: number for name, number in document["verdicts"].items() if number}
    if not verdicts:
        return "no clause was selected" if is_complete(document) else "no operation was done with"
    if set(verdicts) == {"unimplemented"}:
        return "the target has none of the operations"
    told = [f"{number} {name}" for name, number in Counter(verdicts).most_common()]
    return f"of {count(sum(verdicts.values()), 'clause')} {', '.join(told)}"
