"""Operations that can be asked of any target without harm: reads that need no member."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.contract import Contract

# What most implementations have one of.
COMMON_SERVICES = ("sts", "s3", "sqs", "dynamodb", "kinesis", "iam")
# Reads by what they do; their names and models do not say so.
_KNOWN = {"sts": ("GetCallerIdentity",)}
_VERBS = ("List", "Describe", "Get")


def cheap_reads(service: str) -> Iterator[Contract]:
    """The service's reads without required members, short names first, of each verb in turn.

    Contracts are loaded as they are asked for; those that cannot be loaded are passed over.
    """
    try:
        names = catalog.operations(service)
    except AwsconformError:
        return
    known = [name for name in _KNOWN.get(service, ()) if name in names]
    yield from _loaded(service, known)
    verbs = [_of_verb(service, names, verb) for verb in _VERBS]
    while verbs:
        for verb in list(verbs):
            contract = next(verb, None)
            if contract is None:
                verbs.remove(verb)
            else:
                yield contract


def _of_verb(service: str, names: list[str], verb: str) -> Iterator[Contract]:
    ranked = sorted((len(name), name) for name in names if name.startswith(verb))
    yield from filter(is_cheap, _loaded(service, [name for _, name in ranked]))


def _loaded(service: str, names: list[str]) -> Iterator[Contract]:
    for name in names:
        with contextlib.suppress(AwsconformError):
            yield catalog.load(service, name)


def is_cheap(contract: Contract) -> bool:
    """Whether an operation changes nothing and is asked without any member."""
    if not contract.readonly or "{" in contract.uri:
        return False
    if contract.input_shape is None:
        return True
    return not contract.definitions[contract.input_shape].get("required")


def asking(contract: Contract) -> Case:
    """The request without any member."""
    return Case(contract.id, Intent(Purpose.PROBE, label="does it answer"), {})
