"""The synopsis of an AWS CLI page: which options there are, and which may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    rf"(?P<open>\[?)(?:--(?P<name>{_NAME})(?: <value>|(?P<others>(?: \| --{_NAME})+))?"
    rf"|<(?P<place>{_NAME})>)(?P<close>\]?)"
)


@dataclass(frozen=True)
class Option:
    """An option: kebab name without dashes, whether it is required, its kind, its line.

    `kind` is `value`, `switch` (`--x | --no-x`), `alternatives` (three or more of one option
    group), `positional`, `global` or `paging`. `others` are the names behind the first.
    """

    name: str
    required: bool
    kind: str
    line: int
    others: tuple[str, ...] = ()


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
    if "starting-token" in (option.name for option in options):
        return [replace(o, kind="paging") if o.name in PAGING else o for o in options]
    return options


def names_of(text: str | None) -> tuple[str, ...]:
    """The names in ` | --x | --y`."""
    return tuple(part.strip(" -") for part in (text or "").split("|")[1:])


def _is_opposite(name: str, other: str) -> bool:
    """Whether two options are a switch: `x` and `no-x`, or `enable-x` and `disable-x`."""
    (one, _, named), (opposite, _, same) = name.partition("-"), other.partition("-")
    return other == f"no-{name}" or (named == same and {one, opposite} == {"enable", "disable"})


def _option(source: Source, line: int, match: re.Match[str]) -> Option:
    required = not match["open"]
    if match["place"]:
        return Option(match["place"], required, "positional", line)
    name, others = match["name"], names_of(match["others"])
    if GLOBAL.issuperset((name, *others)):
        if required:
            raise source.error(line, f"--{name} cannot be required")
        return Option(name, required, "global", line, others)
    if len(others) == 1 and _is_opposite(name, others[0]):
        return Option(name, required, "switch", line, others)
    if len(set(others) - {name}) > 1:
        return Option(name, required, "alternatives", line, others)
    if "<value>" in match[0]:
        return Option(name, required, "value", line)
    raise source.error(line, f"the synopsis has {match[0]!r}, not understood")
