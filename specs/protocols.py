"""The protocols contracts are made for, by awsconform's names and botocore's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from awsconform.errors import ModelError

JSON = ("json", "rest-json")
XML = ("query", "ec2", "rest-xml")
CBOR = ("rpc-v2-cbor",)
PROTOCOLS = (*JSON, *XML, *CBOR)
# Where botocore has another name.
BOTOCORE_NAMES = {"rpc-v2-cbor": "smithy-rpc-v2-cbor"}
_OUR_NAMES = {theirs: ours for ours, theirs in BOTOCORE_NAMES.items()}


def ours(name: str) -> str:
    """awsconform's name of a protocol that botocore calls `name`."""
    return _OUR_NAMES.get(name, name)


def theirs(name: str) -> str:
    """botocore's name of a protocol."""
    return BOTOCORE_NAMES.get(name, name)


def spoken(service: str, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """The supported protocols a model's metadata names; first the one botocore resolves to.

    Raises:
        ModelError: the metadata names none that is supported.
    """
    from botocore.exceptions import UndefinedModelAttributeError, UnsupportedServiceProtocolsError
    from botocore.model import ServiceModel

    stated = metadata.get("protocols") or [metadata.get("protocol")]
    try:
        # `protocol` is only the first of those that the model names, not what botocore speaks.
        first = ours(ServiceModel({"metadata": metadata}, service).resolved_protocol)
    except (UndefinedModelAttributeError, UnsupportedServiceProtocolsError):
        first = ""
    if first not in PROTOCOLS:
        text = ", ".join(str(each) for each in stated if each) or "no protocol"
        raise ModelError(
            f"{service} speaks {text}, none of which is supported",
            hint=f"supported are {', '.join(PROTOCOLS)}",
        )
    named = [ours(each) for each in stated if ours(each) in PROTOCOLS]
    return (first, *(each for each in named if each != first))


def chosen(service: str, known: Sequence[str], protocol: str | None) -> str:
    """`protocol` where it is one of those a service speaks, for None the first of them.

    Raises:
        ModelError: the service does not speak it, or nobody does.
    """
    wanted = known[0] if protocol is None else ours(protocol)
    if wanted not in PROTOCOLS:
        raise ModelError(
            f"{protocol!r} is no supported protocol",
            hint=f"supported are {', '.join(PROTOCOLS)}",
        )
    if wanted not in known:
        raise ModelError(f"{service} does not speak {wanted}", hint=f"it speaks {', '.join(known)}")
    return wanted
