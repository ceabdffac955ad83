"""What a page that was read says, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.specs.auditing.facts import Fact
from awsconform.specs.documents.tree import Member, Page


def facts_of_page(page: Page) -> Iterator[tuple[Fact, object]]:
    """Every fact of a page; options of a command go by their own names, in kebab case."""
    yield Fact("response", "response"), page.response is not None
    for member in page.request.members:
        yield from _member(member, f"request/{member.cli_name or member.name}")
    for member in page.response.members if page.response is not None else ():
        yield from _member(member, f"response/{member.name}")
    for error in page.errors or ():
        yield Fact("error", f"errors/{error}"), True


def _member(member: Member, path: str) -> Iterator[tuple[Fact, object]]:
    yield Fact("member", path), True
    if member.required:
        yield Fact("required", path), True
    yield from _value(member, path)


def _value(member: Member, path: str) -> Iterator[tuple[Fact, object]]:
    yield Fact("type", path), member.type
    for kind, holds in (
        ("recursive", member.recursive),
        ("streaming", member.streaming),
        ("union", member.union),
        ("eventstream", member.events),
    ):
        if holds:
            yield Fact(kind, path), True
    if member.enum:
        yield Fact("enum", path), member.enum
    for below in member.members:
        yield from _member(below, f"{path}/{below.name}")
    for segment, child in (("*", member.item), ("@key", member.key), ("@value", member.value)):
        if child is not None:
            yield from _value(child, f"{path}/{segment}")
