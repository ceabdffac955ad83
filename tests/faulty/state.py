"""Requests that leave behind what they must not: lists that break, things that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.deadline import Deadline
from awsconform.conformance.emulator.lookoutequipment import LookoutEquipment
from awsconform.conformance.emulator.service import Value
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure
from faulty.breaking import Build, serving
from faulty.fault import Fault

CREATE = "deadline.CreateFarm"
KEEPS = "request#keeps-reads"
GONE = "request#deleted-is-gone"
NAMELESS = "request/displayName#required"
MISTYPED = "request/displayName#type"


class Keeping(Deadline):
    """Deletes nothing."""

    def delete_farm(self, request: Value) -> Value:
        self._farm(request)
        return {}


class KeepingSchedulers(LookoutEquipment):
    """Deletes nothing."""

    def delete_inference_scheduler(self, request: Value) -> Value:
        kept = dict(self.schedulers)
        response = super().delete_inference_scheduler(request)
        self.schedulers.update(kept)
        return response


class Stumbling(Deadline):
    """Cannot list a farm of the largest cost, though it may have it."""

    def list_farms(self, request: Value) -> Value:
        if any(farm.request.get("description") for farm in self.farms.values()):
            raise RuntimeError("a farm with a description")
        return super().list_farms(request)


def faults() -> Iterator[Fault]:
    yield Fault(
        CREATE,
        "a farm without a name is taken, and no list can be made any more",
        _overlooking(lambda failure: failure.keyword == "required"),
        (KEEPS, NAMELESS),
        # Null is left out on the way in.
        (MISTYPED,),
    )
    yield Fault(
        CREATE,
        "a farm whose name is no string is taken, and listed so",
        _overlooking(lambda failure: failure.keyword == "type"),
        (KEEPS, MISTYPED),
    )
    yield Fault(
        CREATE,
        "a farm with a description is taken, and no list can be made any more",
        serving("deadline", Stumbling),
        (KEEPS,),
    )
    yield Fault("deadline.DeleteFarm", "it is still there", serving("deadline", Keeping), (GONE,))
    yield Fault(
        "lookoutequipment.DeleteInferenceScheduler",
        "it is still there",
        serving("lookoutequipment", KeepingSchedulers),
        (GONE,),
    )


def _overlooking(overlooks: Callable[[Failure], bool]) -> Build:
    """Farms are made in spite of something that is wrong with their names."""

    class Overlooking(Emulator):
        def validate(self, contract: Contract, request: Value) -> list[Failure]:
            found = super().validate(contract, request)
            if contract.id != CREATE:
                return found
            return [e for e in found if e.path != ("displayName",) or not overlooks(e)]

    return Overlooking
