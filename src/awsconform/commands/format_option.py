"""`--format`: the choice of the commands whose report is for people or for programs."""

from __future__ import annotations

import click

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="A report for people or for programs.",
)
