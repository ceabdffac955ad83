"""Commands that take from the environment and a file what their flags leave unsaid.

A command takes part with `cls=ConfiguredCommand`: what holds is given to click as flags before
those that were given, so that it is read and refused in the same way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from awsconform.configuration.environment import Form, stated
from awsconform.configuration.holding import Configuration, configuration, file_to_read
from awsconform.configuration.values import Origin, Source, Value
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.configuration.hooks import Hooks

_HELD = "awsconform.configuration"
# Said on the command line alone: what one call does once, and what reaches real AWS.
ON_THE_COMMAND_LINE = frozenset(
    ("allow-aws", "allow-writes", "config", "help", "no-config", "resume", "update-baseline")
)
# Arguments that a key says as well.
_ARGUMENTS = {"names": "services", "services": "services", "baseline": "baseline"}


class ConfiguredCommand(click.Command):
    """A command whose options may be said by the environment and by a file as well.

    `not_from_file` are the keys of which a file's word is not taken.
    """

    not_from_file: frozenset[str] = frozenset()

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += _options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Adds what holds to what was given.

        Raises:
            AwsconformError: the file or a variable says what cannot be meant.
        """
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        given, _, order = self.make_parser(ctx).parse_args(list(args))
        # Help, for instance, is not about what is configured, and not kept back by it.
        if any(each.is_eager for each in order):
            return super().parse_args(ctx, args)
        parameters = by_key(self)
        held = self.held(_shifted(given, self), parameters)
        ctx.meta[_HELD] = held
        try:
            return super().parse_args(ctx, [*self.words(held, parameters), *args])
        except click.BadParameter as error:
            raise _placed(error, held) from None

    def held(
        self, given: Mapping[str, Any], parameters: Mapping[str, click.Parameter]
    ) -> Configuration:
        """What holds of the parameters."""
        file = file_to_read(
            path=given.get("config"), none=bool(given.get("no_config")), environment=os.environ
        )
        flags: dict[str, Value] = {
            key: Value(_plain(given[each.name]), Origin(Source.FLAG, _flag(each)))
            for key, each in parameters.items()
            if each.name is not None and _is_given(given.get(each.name))
        }
        forms = {key: form_of(each) for key, each in parameters.items()}
        variables = {key: form for key, form in forms.items() if key not in ON_THE_COMMAND_LINE}
        several = "target" in forms and forms["target"] is Form.LINES
        return configuration(flags, stated(os.environ, variables), file, several=several)

    def words(
        self, held: Configuration, parameters: Mapping[str, click.Parameter]
    ) -> Iterator[str]:
        """What holds and was not given, as words of the command line."""
        for key, parameter in parameters.items():
            value = held.values.get(key)
            if value is None or value.origin.source is Source.FLAG:
                continue
            if value.origin.source is not Source.FILE or key not in self.not_from_file:
                yield from _words(parameter, value.value)


def held_configuration() -> Configuration:
    """What holds for the command that is running; nothing where it takes no part."""
    context = click.get_current_context(silent=True)
    found: Configuration | None = context.meta.get(_HELD) if context is not None else None
    return found or Configuration()


def held_hooks() -> Hooks:
    """The hooks of the configuration."""
    from awsconform.configuration.hooks import hooks_of

    return hooks_of(held_configuration().file)


def by_key(command: click.Command) -> dict[str, click.Parameter]:
    """The parameters of a command by the key that says the same."""
    return {key: each for each in command.params if (key := key_of(each)) is not None}


def key_of(parameter: click.Parameter) -> str | None:
    """The key of a parameter: its long flag; None for an argument that no key says."""
    if isinstance(parameter, click.Argument):
        return _ARGUMENTS.get(str(parameter.name))
    long = next((each for each in parameter.opts if each.startswith("--")), None)
    return "clauses" if long is None else long.removeprefix("--")


def form_of(parameter: click.Parameter) -> Form:
    """How a parameter is given."""
    if isinstance(parameter, click.Argument):
        return Form.WORDS if parameter.nargs == -1 else Form.VALUE
    if getattr(parameter, "is_flag", False):
        return Form.TRUTH
    return Form.LINES if parameter.multiple else Form.VALUE


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--config"],
            metavar="FILE",
            expose_value=False,
            help="Take from this file what no flag says.  [default: the nearest awsconform.toml, "
            "or pyproject.toml with [tool.awsconform]]",
        ),
        click.Option(
            ["--no-config"], is_flag=True, expose_value=False, help="Take nothing from a file."
        ),
    ]


def _shifted(given: Mapping[str, Any], command: click.Command) -> Mapping[str, Any]:
    """What was given, an argument less than there are being those after one that a key says."""
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    if len(arguments) < 2 or isinstance(given.get(str(arguments[-1].name)), str):
        return given
    return {name: each for name, each in given.items() if name != arguments[0].name}


def _is_given(value: Any) -> bool:
    """Whether the parser found a parameter; of what it did not find it says so in several ways."""
    return isinstance(value, str | bool | list | tuple) and value not in ((), [])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _flag(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return "the command line"
    return next((each for each in parameter.opts if each.startswith("--")), parameter.opts[0])


def _words(parameter: click.Parameter, value: Any) -> Iterator[str]:
    several = value if isinstance(value, list) else [value]
    if isinstance(parameter, click.Argument):
        yield from several
        return
    if isinstance(value, bool):
        yield from (parameter.opts if value else parameter.secondary_opts)[:1]
        return
    for each in several:
        name = _flag(parameter)
        yield f"{name}={each}" if name.startswith("--") else f"{name}{each}"


def _placed(error: click.BadParameter, held: Configuration) -> Exception:
    """The error, with the place in the file or the variable that says what is refused."""
    key = key_of(error.param) if error.param is not None else None
    value = held.values.get(key) if key is not None else None
    if value is None or value.origin.source is Source.FLAG:
        return error
    origin = value.origin
    named = origin.name if origin.source is Source.FILE else str(origin)
    return UsageError(f"{named}: {error.message}", location=_location(origin))


def _location(origin: Origin) -> Any:
    from awsconform.errors import Location

    return Location(str(origin.file), line=origin.line) if origin.file is not None else None
