"""Where a request is sent again: the address of a target, and what has to listen there first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.targets.aws_hosts import is_aws
from awsconform.conformance.targets.commands import command_of
from awsconform.conformance.targets.options import DEFAULT_REGION, Options
from awsconform.conformance.targets.preset_target import RUNNING
from awsconform.conformance.targets.presets import filled, preset
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.conformance.targets.target import Target

SERVE_PORT = 4570
MOTO_PORT = 5000


@dataclass(frozen=True)
class Endpoint:
    """The address that boto3, the AWS CLI and curl are given.

    `url` has no slash at its end. `first` is a shell command that starts what listens there, None
    where something does already. `factory` is `package.module:name` where the target is a Python
    client, which answers by itself: nothing else then can ask it. `aws` says that the address is
    real AWS, so the reader's own credentials are needed. `flags` are options of `awsconform run`
    which a run has to repeat to be the same, each a word or an option with its quoted value.
    `verify` is False, or the file of a bundle to verify with, where TLS needs that; `headers` go
    with every request; `own_keys` says that requests are signed with keys the reader has, not with
    made-up ones; with `virtual_hosts` S3's buckets stand in the host's name.
    """

    url: str
    region: str = DEFAULT_REGION
    first: str | None = None
    factory: str | None = None
    aws: bool = False
    flags: tuple[str, ...] = ()
    verify: bool | str = True
    headers: tuple[tuple[str, str], ...] = ()
    own_keys: bool = False
    virtual_hosts: bool = False

    @property
    def made_up_keys(self) -> bool:
        """Whether any keys will do."""
        return not (self.aws or self.own_keys)

    @property
    def base(self) -> str:
        """The path all requests begin with, empty for most."""
        return urlsplit(self.url).path

    def address(self, request: HTTPRequest) -> str:
        """The whole URL of a request; only AWS has hosts for the prefixes of operations."""
        if not (self.aws and request.host_prefix):
            return f"{self.url}{request.path}"
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{request.host_prefix}{rest}{request.path}"


def endpoint_of(
    target: str,
    *,
    region: str = DEFAULT_REGION,
    flags: tuple[str, ...] = (),
    options: Options | None = None,
    opened: Target | None = None,
) -> Endpoint:
    """The endpoint of a target's name; those in the process are served on this machine first.

    `options` are what the target was spoken to with, `opened` is the target itself, which may know
    more: the port it was started on, the certificate it was verified with.
    """
    found = _endpoint(target, region, flags, opened)
    known = getattr(opened, "spoken", None) or getattr(opened, "options", None) or options
    if known is None:
        return found
    return replace(
        found,
        verify=known.verify if found.url.startswith("https:") else True,
        headers=known.headers,
        own_keys=known.credentials is not None or known.account_credentials,
        virtual_hosts=known.virtual_hosts,
    )


def _endpoint(target: str, region: str, flags: tuple[str, ...], opened: Target | None) -> Endpoint:
    kind, _, rest = target.partition(":")
    here = f"http://127.0.0.1:{SERVE_PORT}"
    if kind in ("http", "https"):
        host = urlsplit(target).hostname or ""
        return Endpoint(target.rstrip("/"), region, aws=is_aws(host), flags=flags)
    if kind == "start":
        if isinstance(opened, StartedTarget):
            return Endpoint(opened.address, region, opened.first, flags=flags)
        command = command_of(rest)
        port = command.preset.port if command.preset else SERVE_PORT
        url = filled(command.address, port=port)
        return Endpoint(url, region, command.shown(port), flags=flags)
    if kind in RUNNING:
        known = preset(kind)
        url = filled(known.address, port=int(rest) if rest else known.port)
        return Endpoint(url, region, flags=flags)
    if kind == "moto":
        url = f"http://127.0.0.1:{MOTO_PORT}"
        return Endpoint(url, region, f"moto_server -p {MOTO_PORT}", flags=flags)
    if kind == "wsgi":
        module, _, name = rest.partition(":")
        top = name.partition(".")[0]
        code = (
            f"from werkzeug.serving import run_simple; from {module} import {top}; "
            f"run_simple('127.0.0.1', {SERVE_PORT}, {name})"
        )
        return Endpoint(here, region, f'python -c "{code}"', flags=flags)
    if kind == "client":
        return Endpoint(here, region, factory=rest, flags=flags)
    return Endpoint(here, region, "awsconform serve", flags=flags)
