"""Lookout for Equipment: inference schedulers.

A scheduler is PENDING after it is created or started and RUNNING once that has been seen or five
seconds have passed; likewise STOPPING and STOPPED. Any model exists whose name is valid.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.pages import Paged, Pager
from awsconform.conformance.emulator.refusals import conflict, not_found
from awsconform.conformance.emulator.service import ACCOUNT, REGION, Service, Value
from awsconform.conformance.emulator.timestamps import text_of

SCHEDULERS = Paged("lookoutequipment.ListInferenceSchedulers", "NextToken", "MaxResults", 50)
SETTLES = {"PENDING": "RUNNING", "STOPPING": "STOPPED"}
RESULTS = ("NORMAL", "ANOMALOUS")
ARN = f"arn:aws:lookoutequipment:{REGION}:{ACCOUNT}"
LONGEST_KEY_ARN = 1024
_KEY_ARN = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]*:[0-9]{12}:[0-9A-Za-z_/-]+")


@dataclass
class Scheduler:
    """An inference scheduler: the request that created it, and its status since `changed`."""

    number: int
    request: Value
    arn: str
    created: float
    changed: float
    status: str = "PENDING"

    @property
    def name(self) -> str:
        """The name, unique among those that exist."""
        return str(self.request["InferenceSchedulerName"])

    @property
    def result(self) -> str:
        """What the latest inference found: every other scheduler's equipment is anomalous."""
        return RESULTS[self.number % 2]


class LookoutEquipment(Service):
    """The schedulers by name, in the order they were created."""

    settling_seconds = 5.0

    def __init__(self, clock: Clock, pager: Pager) -> None:
        super().__init__(clock, pager)
        self.schedulers: dict[str, Scheduler] = {}
        self._created = 0

    def create_inference_scheduler(self, request: Value) -> Value:
        """Creates a scheduler; the same request with the same token creates nothing more."""
        name = request["InferenceSchedulerName"]
        existing = self.schedulers.get(name)
        if existing is not None and existing.request != request:
            raise conflict(f"There is an inference scheduler {name} already.")
        if existing is None:
            now = self.clock.now()
            existing = self.schedulers[name] = Scheduler(
                self._created, request, f"{ARN}:inference-scheduler/{name}/{uuid.uuid4()}", now, now
            )
            self._created += 1
        return {
            "InferenceSchedulerArn": existing.arn,
            "InferenceSchedulerName": name,
            "Status": self.status(existing),
            "ModelQuality": "QUALITY_THRESHOLD_MET",
        }

    def describe_inference_scheduler(self, request: Value) -> Value:
        """All that is known of a scheduler; a status that passes is seen once."""
        scheduler = self._find(request)
        response = {
            **self._summary(scheduler),
            "CreatedAt": text_of(scheduler.created),
            "UpdatedAt": text_of(scheduler.changed),
            "DataInputConfiguration": scheduler.request["DataInputConfiguration"],
            "DataOutputConfiguration": scheduler.request["DataOutputConfiguration"],
            "RoleArn": scheduler.request["RoleArn"],
        }
        if "ServerSideKmsKeyId" in scheduler.request:
            response["ServerSideKmsKeyId"] = key_arn(scheduler.request["ServerSideKmsKeyId"])
        if response["Status"] in SETTLES:
            self._change(scheduler, SETTLES[response["Status"]])
        return response

    def list_inference_schedulers(self, request: Value) -> Value:
        """The schedulers that all given filters let through."""
        prefix = request.get("InferenceSchedulerNameBeginsWith", "")
        model, status = request.get("ModelName"), request.get("Status")
        rows = [
            scheduler
            for scheduler in self.schedulers.values()
            if scheduler.name.startswith(prefix)
            and (model is None or scheduler.request["ModelName"] == model)
            and (status is None or self.status(scheduler) == status)
        ]
        shown, token = self.pager.page(SCHEDULERS, request, rows, lambda row: row.number)
        response: Value = {"InferenceSchedulerSummaries": [self._summary(row) for row in shown]}
        if token is not None:
            response["NextToken"] = token
        return response

    def start_inference_scheduler(self, request: Value) -> Value:
        """Starts a scheduler that is stopped or about to be."""
        scheduler = self._find(request)
        if self.status(scheduler) in ("PENDING", "RUNNING"):
            raise conflict(f"The inference scheduler {scheduler.name} is running.")
        self._change(scheduler, "PENDING")
        return self._short(scheduler)

    def stop_inference_scheduler(self, request: Value) -> Value:
        """Stops a scheduler that is running or about to."""
        scheduler = self._find(request)
        if self.status(scheduler) in ("STOPPING", "STOPPED"):
            raise conflict(f"The inference scheduler {scheduler.name} is stopped.")
        self._change(scheduler, "STOPPING")
        return self._short(scheduler)

    def delete_inference_scheduler(self, request: Value) -> Value:
        """Deletes a scheduler that is not running."""
        scheduler = self._find(request)
        if self.status(scheduler) == "RUNNING":
            raise conflict(f"The inference scheduler {scheduler.name} is running: stop it first.")
        del self.schedulers[scheduler.name]
        return {}

    def status(self, scheduler: Scheduler) -> str:
        """The status now."""
        passed = self.clock.now() - scheduler.changed
        if passed >= self.settling_seconds:
            return SETTLES.get(scheduler.status, scheduler.status)
        return scheduler.status

    def _change(self, scheduler: Scheduler, status: str) -> None:
        scheduler.status, scheduler.changed = status, self.clock.now()

    def _find(self, request: Value) -> Scheduler:
        name = request["InferenceSchedulerName"]
        if name not in self.schedulers:
            raise not_found("inference-scheduler", name)
        return self.schedulers[name]

    def _short(self, scheduler: Scheduler) -> Value:
        model = scheduler.request["ModelName"]
        return {
            "ModelArn": f"{ARN}:model/{model}/{uuid.uuid5(uuid.NAMESPACE_DNS, model)}",
            "ModelName": model,
            "InferenceSchedulerName": scheduler.name,
            "InferenceSchedulerArn": scheduler.arn,
            "Status": self.status(scheduler),
        }

    def _summary(self, scheduler: Scheduler) -> Value:
        return {
            **self._short(scheduler),
            "DataDelayOffsetInMinutes": scheduler.request.get("DataDelayOffsetInMinutes", 0),
            "DataUploadFrequency": scheduler.request["DataUploadFrequency"],
            "LatestInferenceResult": scheduler.result,
        }


def key_arn(name: str) -> str:
    """The ARN of a KMS key that was given by its ARN, its id or an alias."""
    if len(name) <= LONGEST_KEY_ARN and _KEY_ARN.fullmatch(name):
        return name
    return f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
