"""Operations that do not go together as documented, and rejections that leave something behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.deadline import Aggregation, Deadline, Farm
from awsconform.conformance.emulator.lookoutequipment import LookoutEquipment
from awsconform.conformance.emulator.message import Answer
from awsconform.conformance.emulator.refusals import Refusal, conflict
from awsconform.conformance.emulator.service import Value
from awsconform.specs.contract import Contract
from faulty.breaking import Build, serving
from faulty.fault import Fault

GET = "deadline.GetSessionsStatisticsAggregation"
DONE = {"status": "COMPLETED", "statistics": []}
AVAILABLE = "behaviour/StartSessionsStatisticsAggregation#available-for"
WHILE = "behaviour/StartSessionsStatisticsAggregation#error-while"
VALUES = "behaviour/status#documented-values"


class NeedsNoStart(Deadline):
    """An aggregation nobody started is completed and empty."""

    def get_sessions_statistics_aggregation(self, request: Value) -> Value:
        identifier = request["aggregationId"]
        known = any(identifier in farm.aggregations for farm in self.farms.values())
        return super().get_sessions_statistics_aggregation(request) if known else dict(DONE)


class KeepsForever(Deadline):
    lifetime = float("inf")


class KeepsTooLong(Deadline):
    lifetime = 2 * 3600.0


class GoneTooEarly(Deadline):
    lifetime = 1800.0


class ManyAtOnce(Deadline):
    def check_throttling(self, farm: Farm) -> None:
        """Any number of aggregations may be in progress."""


class ConflictAtOnce(Deadline):
    def check_throttling(self, farm: Farm) -> None:
        try:
            super().check_throttling(farm)
        except Refusal:
            raise conflict("An aggregation is in progress.") from None


class StartsAnew(Deadline):
    """Seen as completed for the first time, an aggregation is in progress once more."""

    def status(self, aggregation: Aggregation) -> str:
        if aggregation.polls == self.polls_in_progress + 1:
            return "IN_PROGRESS"
        return super().status(aggregation)


class HasAnotherStatus(Deadline):
    def status(self, aggregation: Aggregation) -> str:
        status = super().status(aggregation)
        return "SUCCEEDED" if status == "COMPLETED" else status


class AnyFarm(Deadline):
    """An aggregation is found by its id, whatever the farm."""

    def get_sessions_statistics_aggregation(self, request: Value) -> Value:
        for farm in self.farms.values():
            if request["aggregationId"] in farm.aggregations:
                request = {**request, "farmId": farm.identifier}
        return super().get_sessions_statistics_aggregation(request)


def faults() -> Iterator[Fault]:
    def fault(name: str, service: type[Deadline], *expects: str) -> Fault:
        return Fault(GET, name, serving("deadline", service), expects)

    yield fault(
        "results are there without a start",
        NeedsNoStart,
        "behaviour/StartSessionsStatisticsAggregation#requires-call",
    )
    yield fault("results are kept forever", KeepsForever, AVAILABLE)
    yield fault("results are kept for two hours", KeepsTooLong, AVAILABLE)
    yield fault("results are kept for half an hour", GoneTooEarly, AVAILABLE)
    yield fault("a second start is accepted", ManyAtOnce, WHILE)
    yield fault("a second start is a conflict", ConflictAtOnce, WHILE)
    yield fault("the status goes back", StartsAnew, VALUES)
    yield fault("the status is another", HasAnotherStatus, VALUES, "response/status#enum")
    yield fault("any farm will do", AnyFarm, "behaviour/farmId#same-argument")
    yield from _left_behind()


def _left_behind() -> Iterator[Fault]:
    """A rejected request that changes something all the same."""

    def fault(operation: str, change: Callable[[Emulator], object]) -> Fault:
        return Fault(
            operation,
            "a rejected request leaves something behind",
            _leaving_behind(operation, change),
            ("request#rejected-changes-nothing",),
        )

    farm = {"displayName": "left behind"}
    yield fault("deadline.CreateFarm", lambda app: app.behaviours["deadline.CreateFarm"](farm))
    yield fault("deadline.DeleteFarm", lambda app: app.behaviours["deadline.CreateFarm"](farm))
    for operation in ("deadline.GetFarm", "deadline.StartSessionsStatisticsAggregation"):
        yield fault(operation, _rename_farms)
    for operation in ("Create", "Describe", "Start", "Stop"):
        yield fault(f"lookoutequipment.{operation}InferenceScheduler", _rename_schedulers)
    yield fault("sagemaker-edge.SendHeartbeat", _shorten_registrations)


def _leaving_behind(operation: str, change: Callable[[Emulator], object]) -> Build:
    class LeavingBehind(Emulator):
        def refuse(self, contract: Contract, refusal: Refusal) -> Answer:
            if contract.id == operation and refusal.code == "ValidationException":
                change(self)
            return super().refuse(contract, refusal)

    return LeavingBehind


def _rename_farms(app: Emulator) -> None:
    deadline = app.services["deadline"]
    assert isinstance(deadline, Deadline)
    for farm in deadline.farms.values():
        farm.request = {**farm.request, "displayName": "renamed"}


def _rename_schedulers(app: Emulator) -> None:
    lookout = app.services["lookoutequipment"]
    assert isinstance(lookout, LookoutEquipment)
    for scheduler in lookout.schedulers.values():
        scheduler.request = {**scheduler.request, "ModelName": "renamed"}


def _shorten_registrations(app: Emulator) -> None:
    name = "sagemaker-edge.GetDeviceRegistration"
    register = app.behaviours[name]
    app.behaviours[name] = lambda request: {**register(request), "CacheTTL": "60"}
