"""GitHub's Markdown, for a comment on a pull request or the summary of a step.

Both have a largest size, and refuse or drop what is longer. What does not fit is told more briefly
or left out, the least grave findings first, and a sentence says how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from awsconform.conformance.reports.formats.markdown_findings import told_findings
from awsconform.conformance.reports.formats.markdown_table import operations_table
from awsconform.conformance.reports.formats.markdown_text import code, prose, size
from awsconform.conformance.reports.formats.parts import (
    Document,
    conclusion,
    gravest_first,
    is_complete,
    not_judged,
    shares,
)
from awsconform.conformance.reports.messages import shortened
from awsconform.conformance.reports.totals import verdicts_beside_apart
from awsconform.conformance.reports.wording import count

# What a comment may have in characters, and the summary of a step in bytes.
COMMENT = 65_536
STEP_SUMMARY = 1_048_576
# With less there would be no room beside the heading and the numbers.
LEAST = 4_000
LONGEST_NAME = 200
REASONS = 12


def markdown(document: Document, *, limit: int = COMMENT) -> str:
    """The Markdown of a report, ending with a line's end.

    `limit` is the largest size in bytes of UTF-8, of which there are never fewer than characters.

    Raises:
        ValueError: it is less than `LEAST`.
    """
    if limit < LEAST:
        raise ValueError(f"{limit} bytes are too few for a report: {LEAST} at least")
    found = gravest_first(document)
    top = list(_top(document))
    room = limit - size(top)
    table = operations_table(document, room // 2 if found else room)
    room -= size(table)
    silent = list(_silent(document))
    if size(silent) > (room // 4 if found else room):
        silent = []
    told = told_findings(found, room - size(silent))
    return "".join(f"{line}\n" for line in [*top, *table, *told, *silent])


def _top(document: Document) -> Iterator[str]:
    conformance, coverage = document["conformance"], document["coverage"]
    judged, covered = shares(document)
    if judged is None:
        yield "## awsconform: nothing was judged"
    else:
        yield f"## awsconform: {judged} % conform · {covered} % covered"
    yield ""
    yield f"**{conclusion(document)}**"
    if not is_complete(document):
        left = len(document["contracts"]) - len(document["operations"])
        if left > 0:
            yield f"Nothing is said of {count(left, 'operation')}."
    yield ""
    yield f"- conformance: {conformance['conforming']} of {conformance['judged']} judged clauses"
    yield f"- coverage: {coverage['judged']} of {coverage['clauses']} clauses were judged"
    verdicts = verdicts_beside_apart(document)
    counted = [f"{verdicts[name]} {name}" for name in document["verdicts"] if verdicts[name]]
    apart = f"; {document['apart']} stand apart" if document["apart"] else ""
    yield f"- verdicts: {', '.join(counted) or 'none'}{apart}"
    requests = document["achievements"]["requests"]
    yield (
        f"- target: {code(shortened(document['target'], LONGEST_NAME))}, "
        f"{count(len(document['operations']), 'operation')}, {count(requests, 'request')}, "
        f"seed {document['seed']}, {document['seconds']:.1f} s"
    )
    yield ""


def _silent(document: Document) -> Iterator[str]:
    """Why clauses were not judged, the most frequent reasons first."""
    reasons = Counter(
        not_judged(clause)
        for operation in document["operations"]
        for clause in operation["clauses"]
        if clause["verdict"] not in ("conforms", "violates")
    )
    if not reasons:
        return
    yield "<details>"
    yield f"<summary>{count(reasons.total(), 'clause')} not judged</summary>"
    yield ""
    for reason, number in reasons.most_common(REASONS):
        yield f"- {count(number, 'clause')}: {prose(shortened(reason, LONGEST_NAME))}"
    if len(reasons) > REASONS:
        yield f"- and {count(len(reasons) - REASONS, 'other reason')}"
    yield ""
    yield "</details>"
    yield ""
