"""Findings that are known to be right, which a run has to come upon without being told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One finding: what is run in this order, and how a clause that shows it may end.

    `clauses` are ends of clause ids, any of which will do, on the operation `on` or on any.
    """

    name: str
    implementation: str
    operations: tuple[str, ...]
    clauses: tuple[str, ...]
    on: str | None = None
    extents: tuple[str, ...] = ("full",)


KNOWN = (
    Known(
        "a rule without a name is put and breaks the list of rules",
        "moto",
        ("events.ListRules", "events.PutRule"),
        ("request#keeps-reads", "request/Name#required"),
        on="events.PutRule",
    ),
    Known(
        "a body that is cut off is taken for an empty one",
        "moto",
        ("kms.ListKeys",),
        ("request#malformed",),
        extents=("full", "reduced"),
    ),
    Known(
        "the limit of the list of keys is not kept",
        "moto",
        ("kms.ListKeys",),
        ("pagination/Limit#limit-respected",),
        extents=("full", "reduced"),
    ),
    Known(
        "an operation that does not exist is a fault of the server",
        "moto",
        ("sqs.ListQueues",),
        ("errors#unknown-operation",),
    ),
    Known(
        "a function with a mistyped timeout is made and breaks the list of functions",
        "moto",
        ("lambda.ListFunctions", "lambda.CreateFunction"),
        ("request/Timeout#type", "request#keeps-reads"),
        on="lambda.CreateFunction",
    ),
    Known(
        "a key is made for a use nobody documents",
        "moto",
        ("kms.CreateKey",),
        ("request/KeyUsage#enum",),
    ),
    Known(
        "a made-up token of the list of queues is a fault of the server",
        "ministack",
        ("sqs.ListQueues",),
        ("pagination/NextToken#invalid-rejected", "errors#no-server-fault"),
        extents=("full", "reduced"),
    ),
)
