"""`awsconform extract`: a reference page into JSON Schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from awsconform.errors import UsageError


@click.command(name="extract")
@click.argument("page", metavar="PAGE")
@click.option(
    "--contract",
    "joined",
    is_flag=True,
    help="Print the contract: the page joined with botocore's model.",
)
@click.option("--service", help="botocore's name of the service, where the page does not say it.")
@click.option("--api-version", help="The API version, where the page does not say it.")
@click.option("--operation", help="The operation, where the page does not say it.")
@click.option("--date", metavar="YYYY-MM-DD", help="When the page was obtained.  [default: today]")
def command(
    page: str,
    joined: bool,
    service: str | None,
    api_version: str | None,
    operation: str | None,
    date: str | None,
) -> None:
    """Print what PAGE says as JSON Schema, in the form that is committed.

    PAGE is a file, or - for standard input: a reference page of boto3 (HTML, text or reST)
    or of the AWS CLI (HTML or text). Warnings go to standard error, each with its line.
    """
    from awsconform.specs.pages import extract, to_text

    name = "standard input" if page == "-" else page
    extraction = extract(
        _bytes(page),
        name=name,
        service=service,
        api_version=api_version,
        operation=operation,
        date=_checked(date),
    )
    for warning in extraction.warnings:
        click.echo(f"{name}:{_with_line(warning)}", err=True)
    document = extraction.document
    if joined:
        from awsconform.specs.committing import contract_of

        document = contract_of(document)
    click.echo(to_text(document), nl=False)


def _bytes(page: str) -> bytes:
    if page == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(page).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {page}: {error.strerror}") from None


def _checked(date: str | None) -> str | None:
    import datetime

    if date is None:
        return None
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        raise UsageError(f"{date!r} is no date", hint="2026-01-31 is one") from None


def _with_line(warning: str) -> str:
    """`line 12: …` as `12: …`, the form editors jump to."""
    return warning.removeprefix("line ")
