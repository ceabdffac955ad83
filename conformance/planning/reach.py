"""What is out of the suite's reach altogether, and why."""

from __future__ import annotations

from awsconform.specs.contract import Contract
from awsconform.specs.streams import stream_member

SENDS_EVENTS = "its request is a stream of events, which the suite does not send"


def out_of_reach(contract: Contract) -> str | None:
    """Why nothing can be sent to an operation; None where it can be."""
    if stream_member(contract, contract.input_shape) is not None:
        return SENDS_EVENTS
    return None
