"""The options that say what is spoken to and how, for every command that judges a target."""

from __future__ import annotations

import functools
import math
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from awsconform.commands.configured import held_configuration, held_hooks
from awsconform.commands.option_groups import option_group
from awsconform.configuration.holding import NAMING
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.reports.endpoints import Endpoint
    from awsconform.conformance.targets.options import Options
    from awsconform.conformance.targets.target import Target

_Function = TypeVar("_Function", bound=Callable[..., Any])
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)")
DEFAULT_TARGET = "emulator:"
_TIMEOUT = 10.0
_START_TIMEOUT = 60.0


@dataclass(frozen=True)
class Spoken:
    """A target's name, how it is spoken to, and the options that say so, to be repeated."""

    name: str
    options: Options
    flags: tuple[str, ...]

    def within(self, seconds: float | None) -> Spoken:
        """The same for a run of so many seconds, which no start outlasts."""
        if seconds is None:
            return self
        shorter = min(seconds, self.options.start_timeout)
        return replace(self, options=replace(self.options, start_timeout=shorter))

    def open(self) -> Target:
        """The target; nothing is contacted yet.

        Raises:
            TargetError: see `open_target`.
        """
        from awsconform.conformance.targets.locator import open_target

        return open_target(self.name, options=self.options)

    def endpoint(self, target: Target) -> Endpoint:
        """Where the requests sent to the opened target can be sent again."""
        from awsconform.conformance.reports.endpoints import endpoint_of

        return endpoint_of(
            self.name,
            region=self.options.region,
            flags=self.flags,
            options=self.options,
            opened=target,
        )


def seconds(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuses what click takes for a number above 0 though it is no length of time."""
    from awsconform.conformance.targets.options import LONGEST_SECONDS

    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number of seconds")
    if value is not None and value > LONGEST_SECONDS:
        raise click.BadParameter(f"{value:g} is more than {LONGEST_SECONDS:g} seconds")
    return value


_NAMING = (
    click.option(
        "--target",
        metavar="TARGET",
        help="What to judge: emulator:, moto:, http://host:port, wsgi:package.module:app, "
        "client:package.module:factory, start:…, localstack:, aws-emulator:.  "
        f"[default: {DEFAULT_TARGET}]",
    ),
    click.option(
        "--start",
        metavar="COMMAND",
        help="Start this command, with {port} in it, and judge it: moto, ministack, dynalite, "
        "kinesalite, localstack and aws-emulator are known by name.",
    ),
)
SPEAKING = (
    click.option(
        "--start-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=_START_TIMEOUT,
        show_default=True,
        callback=seconds,
        help="Seconds a started command has until it answers.",
    ),
    click.option("--region", default="us-east-1", show_default=True, help="Region to sign for."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=_TIMEOUT,
        show_default=True,
        callback=seconds,
        help="Seconds one answer may take.",
    ),
    click.option("--ca-bundle", metavar="FILE", help="Certificates to verify https:// with."),
    click.option("--no-verify", is_flag=True, help="Do not verify certificates of https://."),
    click.option(
        "--header",
        "headers",
        multiple=True,
        metavar="NAME:VALUE",
        help="Add a header to every request; may be repeated.",
    ),
    click.option(
        "--path-style/--virtual-host-style",
        default=True,
        show_default=True,
        help="Where S3's buckets stand: in the path, or in the name of the host.",
    ),
    click.option("--access-key-id", metavar="ID", help="Sign with this access key."),
    click.option("--secret-access-key", metavar="SECRET", help="The secret of --access-key-id."),
    click.option("--session-token", metavar="TOKEN", help="The token of temporary credentials."),
    click.option(
        "--account-credentials",
        is_flag=True,
        help="Sign with the credentials of your AWS configuration, not with made-up ones.",
    ),
    click.option(
        "--allow-reset",
        is_flag=True,
        help="A running target may be emptied, where it is known how (localstack:).",
    ),
    click.option("--allow-aws", is_flag=True, help="Real AWS may be contacted, to read."),
    click.option(
        "--allow-writes", is_flag=True, help="With --allow-aws: it may be changed as well."
    ),
)
_NAMES = (
    "target", "start", "start_timeout", "region", "timeout", "ca_bundle", "no_verify", "headers",
    "path_style", "access_key_id", "secret_access_key", "session_token", "account_credentials",
    "allow_reset", "allow_aws", "allow_writes",
)  # fmt: skip


_KEYS = {name: name.replace("_", "-") for name in _NAMES} | {"headers": "header"}


def target_options(command: _Function) -> _Function:
    """Gives a command the options, and its argument `spoken` what they say.

    A target may be called by the name that the configuration has for it.

    Raises:
        UsageError: when called, they contradict each other.
        TargetError: the target is none, and near to the name of one.
    """

    @functools.wraps(command)
    def wrapped(*arguments: Any, **given: Any) -> Any:
        stated = resolved({name: given.pop(name) for name in _NAMES})
        return command(*arguments, spoken=spoken_of(**stated), **given)

    made: Any = wrapped
    chosen: _Function = option_group(*_NAMING, *SPEAKING)(made)
    return chosen


def resolved(stated: dict[str, Any]) -> dict[str, Any]:
    """What the options say, with a target that is called by its name as the configuration has it.

    Where the configuration is not of that target already, its options come from there as well.

    Raises:
        TargetError: see `Configuration.named`.
    """
    held, name = held_configuration(), stated["target"]
    table = held.named(name) if name is not None else None
    if name is not None and table is not None:
        own = held.of_target(name)
        for option in _NAMES:
            key = _KEYS[option]
            if key in own.values and own.values[key] != held.values.get(key):
                value = own.values[key].value
                stated[option] = tuple(value) if isinstance(value, list) else value
            elif key in held.values and key not in own.values:
                # Said of all targets, and otherwise of this one.
                del stated[option]
        stated.update({key: table.get(key) for key in NAMING})
    if held.file is not None and str(stated.get("target")).startswith(("wsgi:", "client:")):
        make_importable(held.file.folder)
    return stated


def make_importable(folder: Path) -> None:
    """Modules beside the file can be named in it, wherever the command is called."""
    path = str(folder.absolute())
    if path not in sys.path:
        sys.path.append(path)


def spoken_of(
    *,
    target: str | None = None,
    start: str | None = None,
    start_timeout: float = _START_TIMEOUT,
    region: str = "us-east-1",
    timeout: float = _TIMEOUT,
    ca_bundle: str | None = None,
    no_verify: bool = False,
    headers: tuple[str, ...] = (),
    path_style: bool = True,
    access_key_id: str | None = None,
    secret_access_key: str | None = None,
    session_token: str | None = None,
    account_credentials: bool = False,
    allow_reset: bool = False,
    allow_aws: bool = False,
    allow_writes: bool = False,
) -> Spoken:
    """What the options say.

    Raises:
        UsageError: they contradict each other.
    """
    from awsconform.conformance.reports.shell import quoted, quoted_header
    from awsconform.conformance.targets.options import Options
    from awsconform.conformance.wire.signing import Credentials

    if target is not None and start is not None:
        raise UsageError("--start and --target both name a target", hint="say one of them")
    if allow_writes and not allow_aws:
        raise UsageError("--allow-writes is about real AWS", hint="say --allow-aws as well")
    if ca_bundle is not None and not os.path.isfile(ca_bundle):
        raise UsageError(f"--ca-bundle: there is no file {ca_bundle}")
    if (access_key_id is None) != (secret_access_key is None):
        raise UsageError("--access-key-id and --secret-access-key go together")
    if session_token is not None and access_key_id is None:
        raise UsageError("--session-token goes with --access-key-id")
    if account_credentials and access_key_id is not None:
        raise UsageError("--account-credentials and --access-key-id are two ways to sign")
    own = None
    if access_key_id is not None and secret_access_key is not None:
        own = Credentials(access_key_id, secret_access_key, session_token)
    added = tuple(_header(text) for text in headers)
    options = Options(
        region=region,
        credentials=own,
        account_credentials=account_credentials or (allow_aws and own is None),
        timeout=timeout,
        verify=ca_bundle or not no_verify,
        allow_aws=allow_aws,
        allow_writes=allow_writes,
        headers=added,
        virtual_hosts=not path_style,
        start_timeout=start_timeout,
        allow_reset=allow_reset,
        before_send=held_hooks().before_send,
    )
    repeated = [
        ("--timeout", str(timeout) if timeout != _TIMEOUT else None),
        ("--start-timeout", str(start_timeout) if start_timeout != _START_TIMEOUT else None),
        ("--ca-bundle", quoted(ca_bundle) if ca_bundle else None),
        ("--no-verify", "" if no_verify else None),
        *(("--header", quoted_header(name, value)) for name, value in added),
        ("--virtual-host-style", None if path_style else ""),
        ("--access-key-id", quoted(access_key_id) if access_key_id else None),
        ("--secret-access-key", '"$AWS_SECRET_ACCESS_KEY"' if secret_access_key else None),
        ("--session-token", '"$AWS_SESSION_TOKEN"' if session_token else None),
        ("--account-credentials", "" if account_credentials else None),
        ("--allow-reset", "" if allow_reset else None),
        ("--allow-aws", "" if allow_aws else None),
        ("--allow-writes", "" if allow_writes else None),
    ]
    flags = tuple(f"{name} {text}".strip() for name, text in repeated if text is not None)
    name = target if start is None else f"start:{start}"
    return Spoken(DEFAULT_TARGET if name is None else name, options, flags)


def _header(text: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(text)
    if match is None or not text.isascii():
        raise UsageError(f"--header {text.partition(':')[0]!r}: NAME:VALUE is wanted")
    return match[1], match[2].strip()
