"""What the pages of the AWS CLI state, by the arguments it takes and the model it has.

The CLI's own model is used, as it may bring its own. The request's members are the arguments of
the command, which the CLI sometimes renames, hides or adds; what is below them is the model's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from awsconform.specs.auditing import cli_rendering
from awsconform.specs.auditing.facts import Fact, Facts
from awsconform.specs.documents.tree import Member, Page

if TYPE_CHECKING:
    from botocore.model import OperationModel

# Shapes and arguments of awscli, which has no type hints.
Untyped = Any
Found = Iterator[tuple[Fact, object]]

_STATING = (2, 31)
_WORDS = {"biginteger": "long", "character": "string"}
_SIZED = ("min", "max")
# Commands whose output is replaced by a note that they write it to a file
# (replace_event_stream_docs in awscli/customizations/s3events.py).
_WITHOUT_OUTPUT = frozenset({("s3", "SelectObjectContent")})
_NO_MEMBERS = frozenset({"cli-input-json", "cli-input-yaml", "generate-cli-skeleton"})


def states_everything() -> bool:
    """Whether the installed CLI states values, constraints and requirements of every member."""
    return tuple(map(int, cli_rendering.version().split(".")[:2])) >= _STATING


def expected(operation: OperationModel, *, flat: bool) -> Facts:
    """What the page of an operation is to say.

    `flat` is for text, which does not say what in a response lies in what: its facts are numbered
    in reading order there.
    """
    service = operation.service_model.service_name
    command = cli_rendering.command(service, operation.name)
    assert command is not None
    facts = _Facts(states_everything())
    found = dict(facts.request(command.arguments))
    response = command.model.output_shape
    if (service, operation.name) in _WITHOUT_OUTPUT:
        response = None
    found[Fact("response", "response")] = response is not None and bool(response.members)
    if response is not None:
        stated = facts.members(response, "response", (), inward=False)
        if service == "s3":
            stated = _with_expires_string(stated)
        found |= _numbered(stated) if flat else dict(stated)
    return found


def told(page: Page, *, flat: bool) -> Facts:
    """What a page says, in the same terms."""
    found = {Fact("response", "response"): page.response is not None}
    facts: dict[Fact, object] = dict(found)
    for member in page.request.members:
        facts |= dict(_of_member(member, f"request/{member.cli_name}"))
    stated = [
        fact
        for member in (page.response.members if page.response is not None else ())
        for fact in _of_member(member, f"response/{member.name}")
    ]
    return facts | (_numbered(iter(stated)) if flat else dict(stated))


def _with_expires_string(stated: Found) -> Found:
    """The members with the one that the CLI documents below Expires.

    See document_expires_string in awscli/customizations/s3events.py.
    """
    for fact, value in stated:
        yield fact, value
        if (fact, value) == (Fact("type", "response/Expires"), "timestamp"):
            yield Fact("member", "response/ExpiresString"), True
            yield Fact("type", "response/ExpiresString"), "string"


def _numbered(stated: Found) -> Facts:
    """Facts of a response by the number of their member; what recurs is left out."""
    numbers: dict[str, int] = {}
    facts = list(stated)
    recurring = {fact.path for fact, _ in facts if fact.kind == "recursive"}
    found: Facts = {}
    for fact, value in facts:
        if fact.path in recurring:
            continue
        number = numbers.setdefault(fact.path, len(numbers) + 1)
        name = fact.path.rpartition("/")[2]
        found[Fact(fact.kind, f"response[{number}]")] = name if fact.kind == "member" else value
    return found


class _Facts:
    """The facts of one command's page; `stating` says that of every member everything is told."""

    def __init__(self, stating: bool) -> None:
        self.stating = stating

    def request(self, arguments: dict[str, Untyped]) -> Found:
        """The arguments that are described, and all below them."""
        grouped: set[str] = set()
        for argument in arguments.values():
            name = str(argument.cli_name).removeprefix("--")
            kind = type(argument).__name__
            if name in _NO_MEMBERS or getattr(argument, "_UNDOCUMENTED", False):
                continue
            if not str(argument.cli_name).startswith("--") or kind == "PageArgument":
                continue
            if argument.group_name is not None:
                if argument.group_name in grouped:
                    continue
                grouped.add(argument.group_name)
            path = f"request/{name}"
            yield Fact("member", path), True
            if argument.required or getattr(argument, "_DOCUMENT_AS_REQUIRED", False):
                yield Fact("required", path), True
            shape = getattr(argument, "argument_model", None)
            if shape is None:
                yield Fact("type", path), _WORDS.get(argument.cli_type_name, argument.cli_type_name)
            else:
                listed = "" if kind != "PositiveBooleanArgument" else "bare"
                yield from self.value(shape, path, (), inward=listed != "bare")

    def members(self, shape: Untyped, path: str, around: tuple[str, ...], *, inward: bool) -> Found:
        """The members of a structure.

        A list or map that recurs in a response is passed over in silence, and a structure that
        does is left without its name. The name can be told where the structure it lies in is
        described a second time.
        """
        required = shape.metadata.get("required", []) if self.stating and around else []
        recurring = [m for m in shape.members.values() if around.count(m.name) > 1]
        silent = any(m.type_name in ("list", "map") for m in recurring)
        for name, member in shape.members.items():
            below = f"{path}/{name}"
            recurs = around.count(member.name) > 1 and _is_complex(member)
            if recurs and not inward and (silent or around.count(shape.name) < 2):
                continue
            yield Fact("member", below), True
            if name in required and not recurs:
                yield Fact("required", below), True
            yield from self.value(member, below, around, inward=inward)

    def value(self, shape: Untyped, path: str, around: tuple[str, ...], *, inward: bool) -> Found:
        """Whatever is at a path, and below it.

        The CLI describes a shape within itself once; what recurs then is taken for a structure.
        """
        if around.count(shape.name) > 1 and _is_complex(shape):
            yield Fact("type", path), "structure"
            yield Fact("recursive", path), True
            return
        document = bool(getattr(shape, "is_document_type", False)) or _is_json(shape)
        kind = _WORDS.get(shape.type_name, shape.type_name)
        yield Fact("type", path), "document" if document else kind
        if self.stating:
            yield from _constraints(shape, path)
        if shape.type_name == "blob" and shape.serialization.get("streaming"):
            yield Fact("streaming", path), True
        around = (*around, shape.name)
        if shape.type_name == "structure" and not document:
            if getattr(shape, "is_tagged_union", False):
                yield Fact("union", path), True
            yield from self.members(shape, path, around, inward=inward)
        elif shape.type_name == "list":
            yield from self.value(shape.member, f"{path}/*", around, inward=inward)
        elif shape.type_name == "map":
            yield from self.value(shape.key, f"{path}/@key", around, inward=inward)
            yield from self.value(shape.value, f"{path}/@value", around, inward=inward)
        elif shape.type_name == "string" and (inward or self.stating) and _values(shape):
            yield Fact("enum", path), _values(shape)


def _is_complex(shape: Untyped) -> bool:
    return shape.type_name in ("structure", "list", "map")


def _is_json(shape: Untyped) -> bool:
    return bool(shape.serialization.get("jsonvalue")) and (
        shape.serialization.get("location") == "header"
    )


def _values(shape: Untyped) -> tuple[str, ...]:
    return tuple(shape.metadata.get("enum", ()))


def _constraints(shape: Untyped, path: str) -> Found:
    for name in _SIZED:
        if shape.metadata.get(name) is not None:
            yield Fact(name, path), shape.metadata[name]
    if shape.metadata.get("pattern") is not None:
        yield Fact("pattern", path), _plain(shape.metadata["pattern"])


def _plain(pattern: str) -> str:
    return " ".join(pattern.split())


def _of_member(member: Member, path: str) -> Found:
    yield Fact("member", path), True
    if member.required:
        yield Fact("required", path), True
    yield from _of_value(member, path)


def _of_value(member: Member, path: str) -> Found:
    yield Fact("type", path), member.type
    for kind, value in (
        ("min", member.least),
        ("max", member.most),
        ("pattern", None if member.pattern is None else _plain(member.pattern)),
        ("enum", member.enum or None),
        ("streaming", member.streaming or None),
        ("union", member.union or None),
        ("recursive", member.recursive or None),
    ):
        if value is not None:
            yield Fact(kind, path), value
    for below in member.members:
        yield from _of_member(below, f"{path}/{below.name}")
    for segment, child in (("*", member.item), ("@key", member.key), ("@value", member.value)):
        if child is not None:
            yield from _of_value(child, f"{path}/{segment}")
