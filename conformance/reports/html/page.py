"""The page: a template with the style, the scripts, the data and a table for readers without them.

What the page may do is in its Content-Security-Policy: run the one script and use the one style
sheet whose digests it names, and nothing else, so that neither what a target answered nor a later
mistake of ours can load or run anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from string import Template

from awsconform.conformance.reports.html.changes import Changes
from awsconform.conformance.reports.html.embedding import data_block, escaped
from awsconform.conformance.reports.html.names import names_of
from awsconform.conformance.reports.html.page_data import Document, page_data
from awsconform.conformance.reports.html.scripts import bundle
from awsconform.conformance.reports.html.style import style_sheet
from awsconform.conformance.reports.html.summary import summary
from awsconform.errors import UsageError

TEMPLATE = Path(__file__).parent / "page.html"
_BETWEEN_NAMES = " \N{MIDDLE DOT} "


def html(documents: Sequence[Document], *, changes: Changes | None = None) -> str:
    """The page of one report document, or of several side by side.

    With the `changes` between them it opens on these.

    Raises:
        UsageError: there is no document.
    """
    if not documents:
        raise UsageError("there is no report to make a page of")
    names = names_of(documents)
    data = page_data(documents, names, changes)
    script, style = bundle(), style_sheet()
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        policy=policy(script, style),
        title=escaped(f"{_BETWEEN_NAMES.join(names)} - awsconform"),
        style=style,
        summary=summary(documents, names),
        data="\n".join(data_block(name, value) for name, value in data.items()),
        script=script,
    )


def policy(script: str, style: str) -> str:
    """What the page may do; the DOM refuses text where it would be read as HTML or code."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
