"""`awsconform config`: what holds for a run, and who says so."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from awsconform.commands.configured import (
    ON_THE_COMMAND_LINE,
    ConfiguredCommand,
    by_key,
    held_configuration,
)
from awsconform.commands.format_option import format_option
from awsconform.commands.run import command as run_command
from awsconform.commands.scoreboard import command as scoreboard_command
from awsconform.commands.target_options import DEFAULT_TARGET


def _schema(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from awsconform.configuration.schema import configuration_schema

        click.echo(json.dumps(configuration_schema(), indent=2))
        ctx.exit()


@click.command(name="config", cls=ConfiguredCommand)
@format_option
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_schema,
    help="Print the JSON Schema of the file instead.",
)
def command(form: str, **given: Any) -> None:
    """Show what holds for a run, and who says so: a flag, the environment, a file.

    It takes the flags and names of `awsconform run` and shows what that would be called with.
    Nothing is contacted, and no hook is loaded. Secrets are not shown.

    \b
    awsconform config
    awsconform config sqs --target mine --format json
    """
    from awsconform.configuration import showing

    parameters = by_key(run_command)
    known = {key for each in (run_command, scoreboard_command) for key in by_key(each)}
    shown = showing.shown(
        held_configuration(),
        {key: _default(each) for key, each in parameters.items() if key not in _LEFT_OUT},
        environment=os.environ,
        variables=sorted(known - ON_THE_COMMAND_LINE),
    )
    if form == "json":
        click.echo(json.dumps(showing.document(shown), indent=2))
        return
    from awsconform.commands.output import console_on

    showing.print_shown(console_on(sys.stdout), shown)


_LEFT_OUT = frozenset(("config", "help", "no-config", "format", "output", "verbose"))


def _default(parameter: click.Parameter) -> Any:
    """What holds where nobody says anything."""
    if parameter.name == "target":
        return DEFAULT_TARGET
    if getattr(parameter, "is_flag", False):
        return parameter.default is True
    default = parameter.default
    return default if isinstance(default, bool | int | float | str) else None


def _taken() -> list[click.Parameter]:
    own = {each.name for each in command.params}
    return [each for each in run_command.params if each.name not in own]


command.params = [*_taken(), *command.params]
