"""`awsconform audit-readers`: are the readers of pages right?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.auditing.selecting import Selected

_FORMATS = ("boto3-rst", "boto3-text", "boto3-html", "cli-text", "cli-html")
_SAMPLE = 100


@click.command(name="audit-readers")
@click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]...")
@click.option(
    "--format-of",
    "forms",
    type=click.Choice(_FORMATS),
    multiple=True,
    default=("boto3-rst",),
    show_default=True,
    help="The format of the pages; may be given again.",
)
@click.option("--all", "everything", is_flag=True, help="Audit every operation there is.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help=f"So many operations, drawn across services and protocols.  [default: {_SAMPLE}, "
    "of names: all]",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Decides the sample.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--format",
    "report",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="A report for people or for programs.",
)
@click.option(
    "-v", "--verbose", is_flag=True, help="Tell explained disagreements and warnings too."
)
def command(
    names: tuple[str, ...],
    forms: tuple[str, ...],
    everything: bool,
    sample: int | None,
    seed: int,
    jobs: int,
    report: str,
    verbose: bool,
) -> int:
    """Hold what is read from rendered pages against the models.

    The pages of the operations are made by the renderers of the installed botocore and AWS CLI,
    read back, and compared fact by fact with botocore's model for what their format states.
    Ends with 1 if something disagrees for no known reason.
    """
    from awsconform.specs.auditing import rendering, summary
    from awsconform.specs.auditing.running import audit

    rendering.prepare(forms)
    selection = _selection(names, everything, sample, seed)
    summaries = []
    for form in dict.fromkeys(rendering.formats()):
        if form not in forms:
            continue
        found = summary.Summary(form)
        for chunk in audit(form, selection, jobs=jobs):
            found.add(chunk)
        summaries.append(found)
        if report == "text":
            click.echo(summary.text(found, verbose=verbose))
    if report == "json":
        click.echo(json.dumps([summary.document(found) for found in summaries], indent=2))
    return 0 if all(found.conforms for found in summaries) else 1


def _selection(
    names: tuple[str, ...], everything: bool, sample: int | None, seed: int
) -> list[Selected]:
    from awsconform.specs.auditing import selecting

    if everything and (names or sample):
        raise UsageError("--all goes with neither names nor --sample")
    selection = selecting.named(names)
    if everything or (names and sample is None):
        return selection
    return selecting.sample(selection, sample or _SAMPLE, seed)
