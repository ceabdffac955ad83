"""The formats by name: what writes each, and what its files are usually called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from awsconform.conformance.reports.formats.badge import badge
from awsconform.conformance.reports.formats.junit import junit
from awsconform.conformance.reports.formats.markdown import markdown
from awsconform.conformance.reports.formats.parts import Document
from awsconform.conformance.reports.formats.sarif import sarif
from awsconform.conformance.reports.html import html


@dataclass(frozen=True)
class Format:
    """A format: its text for a report document, the usual suffix of its files, what it is."""

    text: Callable[[Document], str]
    suffix: str
    title: str


FORMATS = {
    "html": Format(lambda document: html([document]), ".html", "an HTML page"),
    "junit": Format(junit, ".xml", "JUnit XML"),
    "sarif": Format(sarif, ".sarif", "SARIF"),
    "markdown": Format(markdown, ".md", "Markdown"),
    "badge": Format(badge, ".json", "a badge"),
}
