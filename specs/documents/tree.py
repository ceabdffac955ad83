"""The document tree: what a reference page says, in the same form for every page format.

Lines are counted from 1 and never take part in comparisons: two pages that say the same are
equal, wherever they say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["boto3-rst", "boto3-text", "boto3-html", "cli-text", "cli-html"]

FORMATS: tuple[Format, ...] = ("boto3-rst", "boto3-text", "boto3-html", "cli-text")

CLI_FORMATS: tuple[Format, ...] = ("cli-text", "cli-html")

TYPES = frozenset(
    {
        "string",
        "integer",
        "long",
        "short",
        "byte",
        "float",
        "double",
        "bigdecimal",
        "boolean",
        "timestamp",
        "blob",
        "list",
        "map",
        "structure",
        "document",
    }
)


@dataclass(frozen=True)
class Member:
    """A member of a structure, the item of a list, or the key or value of a map.

    `name` is the wire name, None for items, keys and values. `type` is one of `TYPES`. boto3
    pages say integer for every whole number and float for every other one; CLI pages keep them
    apart. `cli_name` is the kebab option name a CLI page gives instead of a wire name.
    `least`, `most` and `pattern` are the constraints newer CLI pages give: bounds of a number, else
    of a length or a count, and the pattern as the page writes it.
    `line` is that of the member's entry, `syntax_line` that of its value in the syntax block.
    """

    name: str | None
    type: str
    line: int = field(compare=False)
    required: bool = False
    enum: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    item: Member | None = None
    key: Member | None = None
    value: Member | None = None
    recursive: bool = False
    union: bool = False
    streaming: bool = False
    events: bool = False
    cli_name: str | None = None
    least: int | float | None = None
    most: int | float | None = None
    pattern: str | None = None
    syntax_line: int | None = field(compare=False, default=None)

    def children(self) -> Iterator[tuple[str, Member]]:
        """Path segment and member of everything directly below: `name`, `*`, `@key`, `@value`."""
        for member in self.members:
            yield str(member.name), member
        for segment, child in (("*", self.item), ("@key", self.key), ("@value", self.value)):
            if child is not None:
                yield segment, child


def walk(member: Member, path: str = "") -> Iterator[tuple[str, Member]]:
    """Every member below (and without) the given one with its path, in page order."""
    for segment, child in member.children():
        below = f"{path}/{segment}" if path else segment
        yield below, child
        yield from walk(child, below)


@dataclass(frozen=True)
class Rule:
    """A rule stated in prose: its name, its parameters in order, and the line it stands on."""

    name: str
    parameters: tuple[tuple[str, str | int | float], ...]
    line: int = field(compare=False)


@dataclass(frozen=True)
class PageWarning:
    """Something doubtful on a page that did not stop the reader."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Page:
    """What one reference page says of one operation.

    `title` is the service as the page names it (`DeadlineCloud`, `sagemaker-edge`), `method` the
    operation as it names it (`get_item`, `send-heartbeat`). `service`, `api_version` and
    `operation` are None where the page does not state them; `endpoint` is what its link to the API
    documentation has before the version, on line `stated_line`. `response` is None where the page
    says that nothing is returned; `errors` is None where it lists none. `generation` is the version
    of the AWS CLI with which the page's form began (`2.31`), where it is not the first of its
    format. `sha256` is the digest of the page's bytes.
    """

    name: str
    format: Format
    title: str
    title_line: int = field(compare=False)
    method: str = ""
    method_line: int = field(compare=False, default=1)
    service: str | None = None
    endpoint: str | None = None
    api_version: str | None = None
    operation: str | None = None
    stated_line: int = field(compare=False, default=1)
    request: Member = field(default_factory=lambda: Member(None, "structure", 1))
    response: Member | None = None
    errors: tuple[str, ...] | None = None
    error_lines: tuple[int, ...] = field(compare=False, default=())
    rules: tuple[Rule, ...] = ()
    warnings: tuple[PageWarning, ...] = ()
    generation: str | None = None
    sha256: str = field(compare=False, default="")
