"""The synopsis of an AWS CLI page: which options there are, and which may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from awsconform.specs.documents.source import Line, Source

# Options of the CLI itself, none of them a member of a request.
GLOBAL = frozenset(
    {
        "cli-input-json",
        "cli-input-yaml",
        "generate-cli-skeleton",
        "debug",
        "endpoint-url",
        "no-verify-ssl",
        "no-paginate",
        "output",
        "query",
        "profile",
        "region",
        "version",
        "color",
        "no-sign-request",
        "ca-bundle",
        "cli-read-timeout",
        "cli-connect-timeout",
        "v2-debug",
        "cli-binary-format",
        "no-cli-pager",
        "cli-auto-prompt",
        "no-cli-auto-prompt",
        "cli-error-format",
    }
)
# Options that stand for the token and the limit of the wire.
PAGING = frozenset({"starting-token", "page-size", "max-items"})

_NAME = r"[a-z0-9][a-zA-Z0-9-]*"
_OPTION = re.compile(
    rf"(?P<open>\[?)(?:--(?P<name>{_NAME})(?: <value>| \| --(?P<other>{_NAME}))?"
    rf"|<(?P<place>{_NAME})>)(?P<close>\]?)"
)


@dataclass(frozen=True)
class Option:
    """An option: kebab name without dashes, whether it is required, its kind, its line.

    `kind` is `value`, `switch` (`--x | --no-x`), `positional`, `global` or `paging`.
    """

    name: str
    required: bool
    kind: str
    line: int


def options_of(source: Source, lines: Sequence[Line]) -> list[Option]:
    """The options of the synopsis, without the command's line; raises `PageError`."""
    options: list[Option] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        match = _OPTION.fullmatch(text)
        if match is None or bool(match["open"]) != bool(match["close"]):
            raise source.error(line.number, f"the synopsis has {text!r}, not understood")
        option = _option(source, line.number, match)
        if option.name in (earlier.name for earlier in options):
            raise source.error(line.number, f"the synopsis has {option.name!r} twice")
        options.append(option)
    names = {option.name for option in options}
    if "starting-token" in names:
        return [
            Option(o.name, o.required, "paging", o.line) if o.name in PAGING else o for o in options
        ]
    return options


def is_opposite(name: str, other: str | None) -> bool:
    """Whether two options are a switch: `x` and `no-x`, `enable-x` and `disable-x`."""
    return other is not None and (
        other == f"no-{name}"
        or (name.startswith("enable-") and other == f"disable-{name.removeprefix('enable-')}")
    )


def _option(source: Source, line: int, match: re.Match[str]) -> Option:
    required = not match["open"]
    if match["place"]:
        return Option(match["place"], required, "positional", line)
    name, other, value = match["name"], match["other"], "<value>" in match[0]
    if name in GLOBAL and (other is None or other in GLOBAL):
        if required:
            raise source.error(line, f"--{name} cannot be required")
        return Option(name, required, "global", line)
    if is_opposite(name, other):
        return Option(name, required, "switch", line)
    if other is None and value:
        return Option(name, required, "value", line)
    raise source.error(line, f"the synopsis has {match[0]!r}, not understood")
