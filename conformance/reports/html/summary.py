"""The table for browsers that run no scripts: the two numbers of each operation of each report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.html.embedding import escaped
from awsconform.conformance.reports.html.names import moment

_HEADINGS = ("conformance", "coverage", *(verdict.value for verdict in Verdict))


def summary(documents: Sequence[dict[str, Any]], names: Sequence[str]) -> str:
    """A table for each report, in HTML."""
    return "\n".join(
        _table(document, name) for document, name in zip(documents, names, strict=True)
    )


def _table(document: dict[str, Any], name: str) -> str:
    caption = f"{name}: made {moment(document['made'])}, exit code {document['exitCode']}"
    if not document.get("complete", True):
        caption += "; the run did not end"
    rows = [_row(each["id"], each) for each in document["operations"]]
    return "\n".join(
        (
            "<table>",
            f"<caption>{escaped(caption)}</caption>",
            f"<thead>{_cells(('operation', *_HEADINGS), 'col')}</thead>",
            f"<tbody>{''.join(rows)}</tbody>",
            f"<tfoot>{_row('in all', document)}</tfoot>",
            "</table>",
        )
    )


def _row(name: str, scored: dict[str, Any]) -> str:
    conformance, coverage = scored["conformance"], scored["coverage"]
    texts = (
        f"{conformance['conforming']}/{conformance['judged']}",
        f"{coverage['judged']}/{coverage['clauses']}",
        *(str(scored["verdicts"][verdict.value]) for verdict in Verdict),
    )
    cells = "".join(f"<td>{text}</td>" for text in texts)
    return f'<tr><th scope="row">{escaped(name)}</th>{cells}</tr>'


def _cells(texts: Iterable[str], scope: str) -> str:
    return f"<tr>{''.join(f'<th scope={scope}>{text}</th>' for text in texts)}</tr>"
