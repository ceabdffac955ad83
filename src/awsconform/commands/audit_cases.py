"""`awsconform audit-cases`: are generated cases and the codecs right?"""

from __future__ import annotations

import json

import click

from awsconform.commands.audited import NOTHING_COMPARED, audit_options, audited

_SAMPLE = 1500


@click.command(name="audit-cases")
@audit_options(_SAMPLE, "the sample and every value")
@click.option("--services", metavar="A,B", help="The same as naming these services.")
@click.option(
    "--requests",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="So many valid requests for each operation.",
)
def command(
    names: tuple[str, ...],
    services: str | None,
    everything: bool,
    sample: int | None,
    seed: int,
    requests: int,
    jobs: int,
    form: str,
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

    wanted = (*names, *(name for name in (services or "").split(",") if name))
    selection = audited(
        wanted, everything, sample, lambda found: drawn(found, sample or _SAMPLE, seed)
    )
    summary = Summary(seed)
    for operation in audit(selection, seed=seed, requests=requests, jobs=jobs):
        summary.add(operation)
    if form == "json":
        click.echo(json.dumps(summary.document(), indent=2))
    else:
        click.echo(text(summary))
    if not summary.compared and not summary.disagreements:
        return NOTHING_COMPARED
    return 0 if summary.agrees else 1
