"""A recorded request as a curl command: the only client that sends any bytes as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.reports.carrying import (
    PLAIN,
    URL,
    Given,
    Pieces,
    Use,
    context_of,
    split,
)
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.sdk_requests import TRANSPORT_HEADERS
from awsconform.conformance.reports.shell import command, format_of, printed, quoted, quoted_header
from awsconform.conformance.reports.shell_carrying import Command, comment, used, variable_of, word
from awsconform.conformance.targets.preparing import on_virtual_host
from awsconform.conformance.wire.signing import FAKE, FAKE_TOKEN
from awsconform.specs.contract import Contract

# What no two clients agree on, but a protocol asks for.
_ENCODED = frozenset(("accept", "x-amzn-query-mode", "x-amz-checksum-crc32"))
_CHECKSUMS = frozenset(("content-md5", "x-amz-checksum-crc32"))
_SUMS = "The checksum in a header is that of the body as it was recorded."
# A single argument of a command is at most 128 KiB on Linux.
_LONGEST_ARGUMENT = 100_000


def curl_command(
    contract: Contract,
    recorded: HTTPRequest,
    endpoint: Endpoint,
    *,
    signed: bool,
    given: Iterable[Given] = (),
) -> Command:
    """The command: method, address, headers and body as recorded, but for texts that are `given`.

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
    origin = url.removesuffix(recorded.path)
    address: Pieces = [url] if origin == url else [origin, *split(recorded.path, given, URL)]
    words.append(word(address))
    pieces: Pieces = list(address)
    named = {name.lower() for name, _ in recorded.headers}
    for name, value in recorded.headers:
        if name.lower() in TRANSPORT_HEADERS - _ENCODED:
            continue
        header = split(value, given, PLAIN) if value else []
        words.append(f"-H {word([f'{name}: ' if value else f'{name};', *header])}")
        pieces += header
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
    body = _body(recorded, given)
    comments = [comment(_SUMS)] if used(body) and named & _CHECKSUMS else []
    return Command(tuple(comments), _with_body(words, recorded.body, body), used(pieces + body))


def _keys(endpoint: Endpoint) -> list[str]:
    if endpoint.made_up_keys:
        return [f"--user {quoted(f'{FAKE.access_key}:{FAKE.secret_key}')}"]
    return [
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '-H "X-Amz-Security-Token: $AWS_SESSION_TOKEN"',
    ]


def _body(recorded: HTTPRequest, given: Iterable[Given]) -> Pieces:
    """The body's pieces; those of a body that is no text have a character for each byte."""
    context = context_of(recorded)
    text = _text(recorded.body)
    shown = recorded.body.decode("latin-1") if text is None else text
    return [shown] if context is None else split(shown, given, context)


def _with_body(words: list[str], body: bytes, pieces: Pieces) -> str:
    if not body:
        return command(words)
    if _text(body) is not None and len(body) < _LONGEST_ARGUMENT:
        return command([*words, f"--data-raw {word(pieces)}"])
    sent = command([*words, "--data-binary @-"])
    if not used(pieces):
        return f"{printed(body)} |\n  {sent}"
    coding = "latin-1" if _text(body) is None else "utf-8"
    form = "".join(
        "%s" if isinstance(each, Use) else format_of(each.encode(coding)) for each in pieces
    )
    values = [f'"${variable_of(each)}"' for each in pieces if isinstance(each, Use)]
    return f"printf {' '.join([quoted(form), *values])} |\n  {sent}"


def _text(body: bytes) -> str | None:
    """The body as text that can be copied from a terminal, None where it is no such text."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
