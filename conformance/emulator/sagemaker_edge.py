"""SageMaker Edge Manager: what an agent on a device asks and tells."""

from __future__ import annotations

import hashlib
from typing import Any

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.pages import Pager
from awsconform.conformance.emulator.service import ACCOUNT, REGION, Service, Value

Device = tuple[str, str]


class SageMakerEdge(Service):
    """Every device of every fleet is registered and has two deployments."""

    def __init__(self, clock: Clock, pager: Pager) -> None:
        super().__init__(clock, pager)
        self.heartbeats: dict[Device, Value] = {}

    def get_device_registration(self, request: Value) -> Value:
        """The registration, to be kept by the device for an hour."""
        fleet, device = _device(request)
        role = f"arn:aws:iam::{ACCOUNT}:role/{fleet}"
        return {
            "DeviceRegistration": f"{REGION}:{fleet}:{device}:{role}",
            "CacheTTL": "3600",
        }

    def get_deployments(self, request: Value) -> Value:
        """A model to load and one to unload, the same ones for the same device."""
        name = _digest(*_device(request))[:12]
        return {
            "Deployments": [
                _deployment(f"{name}-1", "ROLLBACK_ON_FAILURE", ("DEPLOY", "UNDEPLOY")),
                _deployment(f"{name}-2", "DO_NOTHING", ("DEPLOY",)),
            ]
        }

    def send_heartbeat(self, request: Value) -> Value:
        """Keeps the device's last heartbeat."""
        self.heartbeats[_device(request)] = request
        return {}


def _device(request: Value) -> Device:
    return request["DeviceFleetName"], request["DeviceName"]


def _deployment(name: str, policy: str, states: tuple[str, ...]) -> dict[str, Any]:
    return {
        "DeploymentName": name,
        "Type": "Model",
        "FailureHandlingPolicy": policy,
        "Definitions": [
            {
                "ModelHandle": f"{name}-{state.lower()}",
                "S3Url": f"s3://awsconform-models/{name}/{state.lower()}.tar.gz",
                "Checksum": {"Type": "SHA1", "Sum": _digest(name, state)},
                "State": state,
            }
            for state in states
        ],
    }


def _digest(*parts: str) -> str:
    return hashlib.sha1("/".join(parts).encode(), usedforsecurity=False).hexdigest()
