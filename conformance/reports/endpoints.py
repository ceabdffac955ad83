"""Where a request is sent again: the address of a target, and what has to listen there first."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.targets.aws_hosts import is_aws
from awsconform.conformance.targets.options import DEFAULT_REGION

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
    """

    url: str
    region: str = DEFAULT_REGION
    first: str | None = None
    factory: str | None = None
    aws: bool = False
    flags: tuple[str, ...] = ()

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
    target: str, *, region: str = DEFAULT_REGION, flags: tuple[str, ...] = ()
) -> Endpoint:
    """The endpoint of a target's name; those in the process are served on this machine first."""
    kind, _, rest = target.partition(":")
    here = f"http://127.0.0.1:{SERVE_PORT}"
    if kind in ("http", "https"):
        host = urlsplit(target).hostname or ""
        return Endpoint(target.rstrip("/"), region, aws=is_aws(host), flags=flags)
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
