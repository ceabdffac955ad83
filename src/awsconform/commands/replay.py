"""`awsconform replay`: sends the requests of findings again, and says what comes of them now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from awsconform.commands.configured import ConfiguredCommand, held_hooks
from awsconform.commands.format_option import format_option
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.models_option import models_option
from awsconform.commands.output import check_writable, console_on, opened
from awsconform.commands.target_options import Spoken, target_options
from awsconform.errors import TargetError, UsageError

if TYPE_CHECKING:
    from awsconform.conformance.replaying.chosen import Chosen
    from awsconform.conformance.replaying.replays import Replayed, Replays
    from awsconform.conformance.targets.target import Target
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.contract import Contract

_OTHERS_NAMED = 3
# What is taken over from the record, and what stands for a file that was read.
_NOT_SAID = ("--virtual-host-style", "--no-config")


class _Command(ConfiguredCommand):
    # The record names what was judged, which need not be what is configured now.
    not_from_file = frozenset(("target", "start"))


@click.command(name="replay", cls=_Command)
@click.argument("file", metavar="RECORD", type=click.Path(path_type=Path))
@click.argument("name", metavar="[FINDING]", required=False)
@target_options
@click.option(
    "--script", is_flag=True, help="Print a program that needs boto3 alone, and send nothing."
)
@format_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result to this file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show what was sent, and what came back.")
@models_option
@hints_option
def command(
    file: Path,
    name: str | None,
    spoken: Spoken,
    script: bool,
    form: str,
    output: Path | None,
    verbose: bool,
    catalog: Catalog,
    hints: Path | None,
) -> int:
    """Send the requests of findings again as they were, and have them judged by the same checks.

    RECORD is what `run --record` or `--format json` wrote. FINDING is a fingerprint or its
    beginning, a clause's id or an operation's; without it all findings are meant. Unless a target
    is named, it is the one the record names.

    \b
    Exit codes: 0 all are fixed, 1 some still fail or come otherwise, 2 the call is wrong,
    3 some could not be judged, and the others are fixed.
    """
    from awsconform.conformance.records.reading import read_document
    from awsconform.conformance.replaying.chosen import named, with_contracts

    if output is not None and output.resolve() == file.resolve():
        raise UsageError(f"--output names {file} itself", hint="name another file")
    check_writable(output)
    knowledge = knowledge_of(hints)
    document = read_document(file)

    def load(operation: str, protocol: str) -> Contract:
        service, _, own = operation.partition(".")
        return catalog.load(service, own, protocol=protocol)

    chosen = with_contracts(named(document, name), document, load)
    if script:
        from awsconform.conformance.replaying.script import script_of

        text = script_of(document, chosen)
        with opened(output) as stream:
            stream.write(text)
        return 0
    from awsconform.conformance.replaying.document import exit_code, replay_document
    from awsconform.conformance.replaying.replays import Replays
    from awsconform.conformance.replaying.restoring import endpoint_in
    from awsconform.conformance.replaying.text import print_replays
    from awsconform.conformance.state.knowledge import Knowledge

    _warn(chosen)
    spoken = _as_then(spoken, document)
    target = _opened(spoken)
    replays = Replays(target, endpoint_in(document), knowledge or Knowledge())
    done = _replayed(replays, chosen, target)
    made = replay_document(str(file), target.name, done, replays.secrets)
    with opened(output) as stream:
        if form == "json":
            from awsconform.conformance.reports.document import to_text

            stream.write(to_text(made))
        else:
            print_replays(console_on(stream), made, verbose=verbose)
    return exit_code(done)


def _replayed(replays: Replays, chosen: list[Chosen], target: Target) -> list[Replayed]:
    """Replays the findings, and closes the target."""
    from awsconform.commands.interruption import interruptible
    from awsconform.commands.progress import shown
    from awsconform.conformance.running import Progress

    done: list[Replayed] = []
    try:
        with (
            held_hooks().around(target.name),
            interruptible() as interruption,
            shown(len(chosen)) as show,
        ):
            for each in chosen:
                interruption.check()
                sent = sum(len(earlier.sent) for earlier in done)
                show(Progress(each.clause["id"], len(done), len(chosen), sent))
                done.append(replays.one(each))
    finally:
        target.close()
    return done


def _as_then(spoken: Spoken, document: dict[str, Any]) -> Spoken:
    """What was not said on the command line is as it was when the record was made."""
    context = click.get_current_context()

    def said(name: str) -> bool:
        return context.get_parameter_source(name) is not ParameterSource.DEFAULT

    options = spoken.options
    if not said("region"):
        options = replace(options, region=document["options"].get("region", options.region))
    if not said("path_style") and "--virtual-host-style" in document["endpoint"]["flags"]:
        options = replace(options, virtual_hosts=True)
    if said("target") or said("start"):
        return replace(spoken, options=options)
    name = document["target"]
    click.echo(f"on {name}, which {_run(document)}; --target names another", err=True)
    return replace(spoken, name=name, options=options)


def _run(document: dict[str, Any]) -> str:
    flags = [each for each in document["endpoint"]["flags"] if each not in _NOT_SAID]
    return f"was judged with {' '.join(flags)}" if flags else "was judged"


def _opened(spoken: Spoken) -> Target:
    try:
        return spoken.open()
    except TargetError as error:
        hint = error.hint or "name the target: --target or --start"
        raise type(error)(error.message, hint=hint) from None


def _warn(chosen: list[Chosen]) -> None:
    changed = list(dict.fromkeys(each.contract.id for each in chosen if each.changed))
    if changed:
        some = ", ".join(changed[:_OTHERS_NAMED])
        more = f" and {len(changed) - _OTHERS_NAMED} more" if len(changed) > _OTHERS_NAMED else ""
        told = f"{some}{more}: judged by another contract than then"
        click.echo(f"{told}, since models or awsconform are others", err=True)
