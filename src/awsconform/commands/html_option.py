"""`--html FILE`: the report as a page as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awsconform.commands.output import opened

# Gives a command `page`.
html_option = click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report as an HTML page, too.",
)


def write_page(page: Path, *documents: dict[str, Any]) -> None:
    """Writes the page of report documents, side by side where there are several.

    Raises:
        UsageError: the file cannot be written.
    """
    from awsconform.conformance.reports.html import html

    text = html(documents)
    with opened(page) as stream:
        stream.write(text)
