"""Members that are streams of events.

Their schema is that of one event: a structure with a member for each kind of event. Their value, in
logical JSON, is the list of the events in the order they came, each with just one member.
"""

from __future__ import annotations

from awsconform.specs.contract import Contract

MEDIA_TYPE = "application/vnd.amazon.eventstream"


def stream_member(contract: Contract, shape: str | None) -> str | None:
    """The name of a structure's member that is a stream of events; None where there is none."""
    for name, member in contract.definitions.get(shape or "", {}).get("properties", {}).items():
        if contract.resolve(member).get("aws", {}).get("eventstream"):
            return str(name)
    return None
