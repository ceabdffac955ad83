"""`awsconform vectors`: the codecs against published protocol test cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.audited import NOTHING_COMPARED
from awsconform.commands.format_option import format_option
from awsconform.specs.protocols import PROTOCOLS

if TYPE_CHECKING:
    from awsconform.conformance.vectors.folder import Folder
    from awsconform.conformance.vectors.judging import Verdict
    from awsconform.conformance.vectors.tallying import Tally


@click.command(name="vectors")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--protocol",
    "protocols",
    multiple=True,
    type=click.Choice(PROTOCOLS),
    help="Only this protocol; may be given several times.",
)
@format_option
@click.option("-v", "--verbose", is_flag=True, help="List explained differences one by one, too.")
def command(folder: Path, protocols: tuple[str, ...], form: str, verbose: bool) -> int:
    """Hold the codecs against the protocol test cases in DIR.

    Two forms are read: botocore's suites (its folder tests/unit/protocols), and models in Smithy's
    JSON AST with the traits of smithy.test (what `smithy ast` prints of Smithy's protocol tests).
    DIR may hold both, and may be one file.

    \b
    Exit codes: 0 nothing differs without an explanation, 1 something does, 2 the call
    or a file is wrong, 3 there is no test case.
    """
    from awsconform.conformance.vectors.folder import opened
    from awsconform.conformance.vectors.judging import Result
    from awsconform.conformance.vectors.tallying import Tally

    found = opened(folder)
    tally = Tally.of(_verdicts(found, protocols))
    if form == "json":
        click.echo(json.dumps(tally.document(), indent=2, ensure_ascii=False))
    elif tally.counts:
        _print(tally, verbose=verbose)
    if not tally.counts:
        named = f" of {', '.join(protocols)}" if protocols else ""
        click.echo(f"{folder} holds no test case{named}", err=True)
        return NOTHING_COMPARED
    return 1 if tally.total[Result.FAILED] else 0


def _verdicts(folder: Folder, protocols: tuple[str, ...]) -> Iterator[Verdict]:
    from awsconform.conformance.vectors.judging import judge

    for vector in folder.vectors():
        if not protocols or vector.protocol in protocols:
            yield judge(vector)


def _print(tally: Tally, *, verbose: bool) -> None:
    from awsconform.commands.output import console_on
    from awsconform.conformance.vectors.text_report import print_tally

    print_tally(console_on(sys.stdout), tally, verbose=verbose)
