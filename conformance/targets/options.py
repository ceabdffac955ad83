"""What a user may say about a target besides its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.wire.redaction import redact_text
from awsconform.conformance.wire.signing import FAKE, Credentials, default_credentials
from awsconform.errors import UsageError

DEFAULT_REGION = "us-east-1"
# Eleven days; far longer ones cannot be handed to the operating system.
LONGEST_SECONDS = 1_000_000.0
BeforeSend = Callable[[HTTPRequest], tuple[tuple[str, str], ...]]
_REGION = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Options:
    """How a target is spoken to.

    `timeout` is the longest one exchange may take, in seconds; `response_limit` the largest body,
    in bytes. `verify` is False for no verification of TLS certificates, or the file of a bundle to
    verify with. `credentials` sign the requests, made-up ones by default; `account_credentials`
    asks for those botocore finds. Real AWS is contacted with `allow_aws` only, and changed with
    `allow_writes` only. `headers` are added to every request; with `virtual_hosts` S3's buckets
    stand in the host's name, as on AWS, and not in the path. A target that is started has
    `start_timeout` seconds until it answers; one that runs already is emptied with `allow_reset`
    only. `before_send` gives headers that are added to a signed request.

    Raises:
        UsageError: the region can be none, or a time is too long.
    """

    region: str = DEFAULT_REGION
    credentials: Credentials | None = None
    account_credentials: bool = False
    timeout: float = 10.0
    response_limit: int = 10 * 1024 * 1024
    verify: bool | str = True
    allow_aws: bool = False
    allow_writes: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    virtual_hosts: bool = False
    start_timeout: float = 60.0
    allow_reset: bool = False
    before_send: BeforeSend | None = None

    def __post_init__(self) -> None:
        # It is a part of what is signed, and of hosts' names.
        if _REGION.fullmatch(self.region) is None:
            raise UsageError(
                f"--region {self.region!r} can be no region",
                hint=f"regions are lower-case letters, digits and hyphens, like {DEFAULT_REGION}",
            )
        for option, given in (
            ("--timeout", self.timeout),
            ("--start-timeout", self.start_timeout),
        ):
            if not 0 < given <= LONGEST_SECONDS:
                raise UsageError(
                    f"{option} {given:g}: a time is above 0 and no more than {LONGEST_SECONDS:g} s"
                )

    def keys(self) -> Credentials:
        """The credentials to sign with.

        Raises:
            UsageError: the account's are asked for and there are none, or botocore cannot get
                them.
        """
        if self.credentials is not None:
            return self.credentials
        return _of_the_account() if self.account_credentials else FAKE


def _of_the_account() -> Credentials:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return default_credentials()
    except (BotoCoreError, ClientError) as error:
        raise UsageError(
            f"no AWS credentials can be had: {' '.join(redact_text(str(error)).split())}",
            hint="correct AWS_PROFILE and the files of your AWS configuration",
        ) from None
