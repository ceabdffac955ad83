"""Deadline Cloud: farms, and aggregations of their sessions' statistics."""

from __future__ import annotations

import functools
import json
import uuid
from dataclasses import dataclass, field

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.pages import Paged, Pager
from awsconform.conformance.emulator.refusals import not_found, throttled
from awsconform.conformance.emulator.service import ACCOUNT, Service, Value
from awsconform.conformance.emulator.statistics import statistics
from awsconform.conformance.emulator.timestamps import seconds_of, text_of

FARMS = Paged("deadline.ListFarms", "nextToken", "maxResults", 100)
STATISTICS = Paged("deadline.GetSessionsStatisticsAggregation", "nextToken", "maxResults", 100)
CREATOR = f"arn:aws:iam::{ACCOUNT}:user/awsconform"
LONGEST_FRAME = 5 * 366 * 24 * 3600.0
MESSAGES = {
    "TIMEOUT": "The time frame is longer than five years.",
    "FAILED": "The time frame ends before it starts.",
}


@dataclass
class Farm:
    """A farm: the request that created it, and its aggregations by id."""

    number: int
    identifier: str
    request: Value
    created: float
    aggregations: dict[str, Aggregation] = field(default_factory=dict)


@dataclass
class Aggregation:
    """An aggregation: the request that started it, and how often it was asked for since."""

    identifier: str
    request: Value
    started: float
    polls: int = 0

    @functools.cached_property
    def frame(self) -> tuple[float, float]:
        """Start and end of the time frame in seconds since 1970."""
        return seconds_of(self.request["startTime"]), seconds_of(self.request["endTime"])

    @functools.cached_property
    def outcome(self) -> str:
        """The status the aggregation ends with."""
        start, end = self.frame
        if end < start:
            return "FAILED"
        return "TIMEOUT" if end - start > LONGEST_FRAME else "COMPLETED"

    @functools.cached_property
    def rows(self) -> list[tuple[int, Value]]:
        """The numbered statistics of an aggregation that completes."""
        resources = self.request["resourceIds"]
        found = statistics(
            self.identifier,
            resources.get("queueIds", ()),
            resources.get("fleetIds", ()),
            *self.frame,
        )
        return list(enumerate(found))


class Deadline(Service):
    """The farms by id, in the order they were created.

    An aggregation is IN_PROGRESS for the first `polls_in_progress` times it is asked for or until
    `seconds_in_progress` have passed, and gone `lifetime` seconds after it was started.
    """

    polls_in_progress = 2
    seconds_in_progress = 5.0
    lifetime = 3600.0

    def __init__(self, clock: Clock, pager: Pager) -> None:
        super().__init__(clock, pager)
        self.farms: dict[str, Farm] = {}
        self._by_client_token: dict[str, Farm] = {}
        self._created = 0

    def create_farm(self, request: Value) -> Value:
        """Creates a farm; the same request with the same token creates nothing more."""
        key = json.dumps(request, sort_keys=True) if "clientToken" in request else None
        earlier = self._by_client_token.get(key) if key else None
        if earlier is not None and earlier.identifier in self.farms:
            return {"farmId": earlier.identifier}
        farm = Farm(self._created, f"farm-{uuid.uuid4().hex}", request, self.clock.now())
        self._created += 1
        self.farms[farm.identifier] = farm
        if key:
            self._by_client_token[key] = farm
        return {"farmId": farm.identifier}

    def get_farm(self, request: Value) -> Value:
        """All that is known of a farm."""
        farm = self._farm(request)
        optional = {key: farm.request[key] for key in ("description",) if key in farm.request}
        return {
            **_summary(farm),
            "costScaleFactor": farm.request.get("costScaleFactor", 1),
            **optional,
        }

    def list_farms(self, request: Value) -> Value:
        """The farms, every one of them visible to every principal."""
        rows = list(self.farms.values())
        shown, token = self.pager.page(FARMS, request, rows, lambda farm: farm.number)
        response: Value = {"farms": [_summary(farm) for farm in shown]}
        if token is not None:
            response["nextToken"] = token
        return response

    def delete_farm(self, request: Value) -> Value:
        """Deletes a farm with its aggregations."""
        del self.farms[self._farm(request).identifier]
        return {}

    def start_sessions_statistics_aggregation(self, request: Value) -> Value:
        """Starts an aggregation unless one is running for the farm."""
        farm = self._farm(request)
        self.check_throttling(farm)
        self._forget_expired(farm)
        aggregation = Aggregation(uuid.uuid4().hex, request, self.clock.now())
        farm.aggregations[aggregation.identifier] = aggregation
        return {"aggregationId": aggregation.identifier}

    def get_sessions_statistics_aggregation(self, request: Value) -> Value:
        """The status of an aggregation, and a page of its statistics once it is completed."""
        # The token comes first: one that has expired is found out though the results are gone too.
        self.pager.start(STATISTICS, request)
        aggregation = self._aggregation(self._farm(request), request["aggregationId"])
        status = self.status(aggregation)
        aggregation.polls += 1
        response: Value = {"status": status}
        if status in MESSAGES:
            response["statusMessage"] = MESSAGES[status]
        if status == "COMPLETED":
            shown, token = self.pager.page(
                STATISTICS, request, aggregation.rows, lambda row: row[0]
            )
            response["statistics"] = [row for _, row in shown]
            response["statusMessage"] = "The statistics are complete."
            if token is not None:
                response["nextToken"] = token
        return response

    def status(self, aggregation: Aggregation) -> str:
        """The status now."""
        passed = self.clock.now() - aggregation.started
        if aggregation.polls < self.polls_in_progress and passed < self.seconds_in_progress:
            return "IN_PROGRESS"
        return aggregation.outcome

    def is_gone(self, aggregation: Aggregation) -> bool:
        """Whether the results are no longer kept."""
        return self.clock.now() - aggregation.started >= self.lifetime

    def check_throttling(self, farm: Farm) -> None:
        """Raises Refusal while an aggregation of the farm is in progress."""
        if any(self.status(each) == "IN_PROGRESS" for each in farm.aggregations.values()):
            raise throttled(f"An aggregation of {farm.identifier} is in progress.")

    def _farm(self, request: Value) -> Farm:
        identifier = request["farmId"]
        if identifier not in self.farms:
            raise not_found("farm", identifier)
        return self.farms[identifier]

    def _aggregation(self, farm: Farm, identifier: str) -> Aggregation:
        aggregation = farm.aggregations.get(identifier)
        if aggregation is None or self.is_gone(aggregation):
            raise not_found("sessions-statistics-aggregation", identifier)
        return aggregation

    def _forget_expired(self, farm: Farm) -> None:
        farm.aggregations = {
            key: each for key, each in farm.aggregations.items() if not self.is_gone(each)
        }


def _summary(farm: Farm) -> Value:
    created = text_of(int(farm.created))
    return {
        "farmId": farm.identifier,
        "displayName": farm.request["displayName"],
        **({"kmsKeyArn": farm.request["kmsKeyArn"]} if "kmsKeyArn" in farm.request else {}),
        "createdAt": created,
        "createdBy": CREATOR,
        "updatedAt": created,
        "updatedBy": CREATOR,
    }
