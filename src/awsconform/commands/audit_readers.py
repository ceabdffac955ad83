"""`awsconform audit-readers`: are the readers of pages right?"""

from __future__ import annotations

import json

import click

from awsconform.commands.audited import NOTHING_COMPARED, audit_options, audited

_FORMATS = ("boto3-rst", "boto3-text", "boto3-html", "cli-text", "cli-html")
_SAMPLE = 100


@click.command(name="audit-readers")
@audit_options(_SAMPLE, "the sample")
@click.option(
    "--format-of",
    "forms",
    type=click.Choice(_FORMATS),
    multiple=True,
    default=("boto3-rst",),
    show_default=True,
    help="The format of the pages; may be given again.",
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
    form: str,
    verbose: bool,
) -> int:
    """Hold what is read from rendered pages against the models.

    The pages of the operations are made by the renderers of the installed botocore and AWS CLI,
    read back, and compared fact by fact with botocore's model for what their format states.
    Ends with 1 if something disagrees for no known reason, with 3 if nothing could be compared.
    """
    from awsconform.specs.auditing import rendering, summary
    from awsconform.specs.auditing.running import audit
    from awsconform.specs.auditing.selecting import sample as drawn

    rendering.prepare(forms)
    selection = audited(
        names, everything, sample, lambda found: drawn(found, sample or _SAMPLE, seed)
    )
    summaries = []
    for page_format in dict.fromkeys(rendering.formats()):
        if page_format not in forms:
            continue
        found = summary.Summary(page_format)
        for chunk in audit(page_format, selection, jobs=jobs):
            found.add(chunk)
        summaries.append(found)
        if form == "text":
            click.echo(summary.text(found, verbose=verbose))
    if form == "json":
        click.echo(json.dumps([summary.document(found) for found in summaries], indent=2))
    if any(found.unexplained for found in summaries):
        return 1
    return 0 if all(found.pages for found in summaries) else NOTHING_COMPARED
