"""`awsconform audit-cases`: are generated cases and the codecs right?"""

from __future__ import annotations

import json

import click

from awsconform.errors import UsageError

NOTHING_JUDGED = 3
_SAMPLE = 1500


@click.command(name="audit-cases")
@click.argument("names", nargs=-1, metavar="[SERVICE[.OPERATION]]...")
@click.option("--services", metavar="A,B", help="The same as naming these services.")
@click.option("--all", "everything", is_flag=True, help="Audit every operation there is.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help=f"So many operations, drawn across services and protocols.  [default: {_SAMPLE}, "
    "of names: all]",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Decides the sample and every value."
)
@click.option(
    "--requests",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="So many valid requests for each operation.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--format",
    "report",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="A report for people or for programs.",
)
def command(
    names: tuple[str, ...],
    services: str | None,
    everything: bool,
    sample: int | None,
    seed: int,
    requests: int,
    jobs: int,
    report: str,
) -> int:
    """Hold generated cases and the codecs against other validators and codecs.

    Valid requests have to satisfy two validators of JSON Schema and botocore's, and to be written
    as botocore writes them. Each violation has to break the one clause it names, and to be sendable
    or to say why not. Responses and errors have to be read, by us and by botocore, as they were
    written.

    Exit codes: 0 nobody disagrees, 1 somebody does, 2 the call is wrong, 3 nothing could be
    compared.
    """
    from awsconform.conformance.auditing.running import audit
    from awsconform.conformance.auditing.selecting import sample as drawn
    from awsconform.conformance.auditing.summary import Summary, text
    from awsconform.specs.auditing.selecting import named

    wanted = (*names, *(name for name in (services or "").split(",") if name))
    if everything and (wanted or sample):
        raise UsageError("--all goes with neither names nor --sample")
    selection = named(wanted)
    if not everything and (sample or not wanted):
        selection = drawn(selection, sample or _SAMPLE, seed)
    summary = Summary(seed)
    for operation in audit(selection, seed=seed, requests=requests, jobs=jobs):
        summary.add(operation)
    if report == "json":
        click.echo(json.dumps(summary.document(), indent=2))
    else:
        click.echo(text(summary))
    if not summary.compared and not summary.disagreements:
        return NOTHING_JUDGED
    return 0 if summary.agrees else 1
