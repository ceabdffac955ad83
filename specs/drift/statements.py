"""What each kind of document states, so that two are compared in what both state.

A model states everything. Reference pages do not; what is not on a page of some format is no
difference. Measured on rendered pages of every operation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from awsconform.specs.drift.changes import Side

# The whole-number and floating-point types that pages of boto3 do not tell apart.
_MERGED = {
    **dict.fromkeys(("integer", "long", "short", "byte"), "integer"),
    **dict.fromkeys(("float", "double", "bigdecimal"), "float"),
}
# What botocore's handlers do for callers, and pages therefore say otherwise than models: service,
# keyword, and the member or shape.
_OF_CLIENTS = frozenset(
    {
        # Filled in, and hidden.
        ("s3", "member", "ContentMD5"),
        # Filled in where it is not given.
        ("glacier", "required", "accountId"),
        # Parsed before they are returned.
        ("iam", "type", "policyDocumentType"),
    }
)


@dataclass(frozen=True)
class Stated:
    """What a document says, as far as it applies.

    `enums` are the sides whose enumerations it gives, `required` those whose requirements are
    given on all levels; `top_required` gives those of the request's own members alone.
    """

    enums: frozenset[Side] = frozenset(Side)
    key_enums: bool = True
    required: frozenset[Side] = frozenset(Side)
    top_required: bool = True
    response: bool = True
    bounds: bool = True
    exact_types: bool = True
    paging_members: bool = True
    errors: bool = True
    wire: bool = True

    def both(self, other: Stated) -> Stated:
        """What both documents state."""
        return Stated(
            self.enums & other.enums,
            self.key_enums and other.key_enums,
            self.required & other.required,
            self.top_required and other.top_required,
            self.response and other.response,
            self.bounds and other.bounds,
            self.exact_types and other.exact_types,
            self.paging_members and other.paging_members,
            self.errors and other.errors,
            self.wire and other.wire,
        )

    def type_of(self, word: str) -> str:
        """The type a word stands for, as far as the document tells types apart."""
        return word if self.exact_types else _MERGED.get(word, word)


EVERYTHING = Stated()
_BOTO3 = Stated(
    key_enums=False,
    required=frozenset({Side.REQUEST}),
    bounds=False,
    exact_types=False,
    wire=False,
)
_CLI = Stated(
    enums=frozenset({Side.REQUEST}),
    key_enums=False,
    required=frozenset(),
    bounds=False,
    paging_members=False,
    errors=False,
    wire=False,
)
# Pages of the CLI from 2.31 on.
_NEWER_CLI = replace(
    _CLI, enums=frozenset(Side), key_enums=True, required=frozenset({Side.REQUEST})
)


def stated_in(document: dict[str, Any]) -> Stated:
    """What a contract document or a page document states."""
    aws = document["aws"]
    if "$defs" in document:
        return EVERYTHING
    form = str(aws["format"])
    cli = _NEWER_CLI if aws.get("generation") else _CLI
    # Text that was copied from a page has lost the indentation that says what is below what; only
    # requests have a syntax block to tell.
    cli = replace(cli, response=form != "cli-text")
    known = _BOTO3 if form.startswith("boto3") else cli
    return known if aws.get("errors") is not None else replace(known, errors=False)


def is_of_clients(service: str, keyword: str, member: str, shape: str | None) -> bool:
    """Whether a page and a model differ somewhere because clients do something by themselves."""
    return not _OF_CLIENTS.isdisjoint({(service, keyword, member), (service, keyword, shape)})


def is_page(document: dict[str, Any]) -> bool:
    """Whether a document is that of a reference page."""
    return "$defs" not in document
