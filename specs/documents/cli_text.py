"""Reader of AWS CLI reference pages saved as plain text, and of what `aws ... help` prints.

Text copied from a browser has lost its indentation, and with it what belongs to what in a
command's output; in the help it is kept.
"""

from __future__ import annotations

from dataclasses import replace

from awsconform.specs.documents import cli_help, cli_page, layout
from awsconform.specs.documents.source import Source
from awsconform.specs.documents.tree import Page, PageWarning


def read(source: Source) -> Page:
    """Read a page; raises `PageError` with the line where it is cut off or not understood."""
    if not cli_help.is_help(source):
        page = cli_page.read(source, "cli-text")
        return _warned(page, layout.gaps(source))
    lines = tuple(cli_help.unfilled(source))
    page = cli_page.read(replace(source, lines=lines), "cli-text")
    if cli_help.is_whole(source):
        return page
    return _warned(page, [PageWarning(source.end, "the line that ends a manual page is missing")])


def _warned(page: Page, warnings: list[PageWarning]) -> Page:
    found = sorted((*page.warnings, *warnings), key=lambda warning: warning.line)
    return replace(page, warnings=tuple(found))
