"""A recorded request as a curl command: the only client that sends any bytes as they are."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.sdk_requests import TRANSPORT_HEADERS
from awsconform.conformance.reports.shell import command, printed, quoted, quoted_header
from awsconform.conformance.targets.preparing import on_virtual_host
from awsconform.conformance.wire.signing import FAKE, FAKE_TOKEN
from awsconform.specs.contract import Contract

# What no two clients agree on, but a protocol asks for.
_ENCODED = frozenset(("accept", "x-amzn-query-mode", "x-amz-checksum-crc32"))
# A single argument of a command is at most 128 KiB on Linux.
_LONGEST_ARGUMENT = 100_000


def curl_command(
    contract: Contract, recorded: HTTPRequest, endpoint: Endpoint, *, signed: bool
) -> str:
    """The command: method, address, headers and body exactly as recorded.

    `signed` lets curl sign: with credentials that belong to nobody, or with the reader's own from
    the environment where the endpoint is real AWS.
    """
    url = endpoint.address(recorded)
    words = ["curl", "-sS", "-i", f"-X {recorded.method}"]
    if isinstance(endpoint.verify, str):
        words.append(f"--cacert {quoted(endpoint.verify)}")
    elif not endpoint.verify:
        words.append("-k")
    if endpoint.virtual_hosts:
        bucket = unquote(recorded.path.split("?")[0].split("/")[1])
        moved, origin = on_virtual_host(contract, recorded, {"Bucket": bucket}, endpoint.url)
        if moved is not recorded:
            url = f"{origin}{moved.path}"
            words.append(f"--connect-to ::{urlsplit(endpoint.url).netloc}")
    if re.search(r"[\[\]{}]", url):
        words.append("--globoff")
    if "/." in url.partition("?")[0]:
        words.append("--path-as-is")
    words.append(quoted(url))
    named = {name.lower() for name, _ in recorded.headers}
    words += [
        f"-H {quoted(f'{name}: {value}' if value else f'{name};')}"
        for name, value in recorded.headers
        if name.lower() not in TRANSPORT_HEADERS - _ENCODED
    ]
    words += [
        f"-H {quoted_header(name, value, separator=': ')}" for name, value in endpoint.headers
    ]
    named |= {name.lower() for name, _ in endpoint.headers}
    if recorded.body and "content-type" not in named:
        words.append("-H 'Content-Type:'")
    if signed and contract.aws["signing"]["version"] == "bearer":
        token = FAKE_TOKEN if endpoint.made_up_keys else "$AWS_BEARER_TOKEN"
        words.append(f'-H "Authorization: Bearer {token}"')
    elif signed:
        service = contract.aws["signing"]["name"]
        words.append(f"--aws-sigv4 {quoted(f'aws:amz:{endpoint.region}:{service}')}")
        words += _keys(endpoint)
    return _with_body(words, recorded.body)


def _keys(endpoint: Endpoint) -> list[str]:
    if endpoint.made_up_keys:
        return [f"--user {quoted(f'{FAKE.access_key}:{FAKE.secret_key}')}"]
    return [
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '-H "X-Amz-Security-Token: $AWS_SESSION_TOKEN"',
    ]


def _with_body(words: list[str], body: bytes) -> str:
    if not body:
        return command(words)
    text = _text(body)
    if text is not None and len(body) < _LONGEST_ARGUMENT:
        return command([*words, f"--data-raw {quoted(text)}"])
    return f"{printed(body)} |\n  {command([*words, '--data-binary @-'])}"


def _text(body: bytes) -> str | None:
    """The body as text that can be copied from a terminal, None where it is no such text."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
