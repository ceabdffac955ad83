"""SageMaker Edge Manager, seen by boto3."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.sagemaker_edge import SageMakerEdge
from emulator.calling import HEARTBEAT

DEVICE = {"DeviceName": "camera-1", "DeviceFleetName": "gate"}


def test_every_device_is_registered(edge: Any) -> None:
    answer = edge.get_device_registration(**DEVICE)
    assert "camera-1" in answer["DeviceRegistration"]
    assert int(answer["CacheTTL"]) > 0


def test_deployments_show_every_member_and_value(edge: Any) -> None:
    deployments = edge.get_deployments(**DEVICE)["Deployments"]
    assert deployments == edge.get_deployments(**DEVICE)["Deployments"]
    other = edge.get_deployments(**(DEVICE | {"DeviceName": "camera-2"}))["Deployments"]
    assert deployments != other
    definitions = [each for one in deployments for each in one["Definitions"]]
    model = edge.meta.service_model
    for values, shape in ((deployments, "EdgeDeployment"), (definitions, "Definition")):
        assert all(value.keys() == set(model.shape_for(shape).members) for value in values)
    assert {each["FailureHandlingPolicy"] for each in deployments} == set(
        model.shape_for("FailureHandlingPolicy").enum
    )
    assert {each["State"] for each in definitions} == set(model.shape_for("ModelState").enum)


def test_the_last_heartbeat_is_kept(edge: Any, emulator: Emulator) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    metric = {"Dimension": "CPU", "MetricName": "Load", "Value": 0.5, "Timestamp": at}
    edge.send_heartbeat(**HEARTBEAT)
    answer = edge.send_heartbeat(**HEARTBEAT, AgentMetrics=[metric])
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    service = emulator.services["sagemaker-edge"]
    assert isinstance(service, SageMakerEdge)
    [kept] = service.heartbeats.values()
    assert kept["AgentMetrics"] == [metric | {"Timestamp": "2026-01-02T03:04:05Z"}]


def test_an_invalid_heartbeat_changes_nothing(edge: Any, emulator: Emulator) -> None:
    with pytest.raises(ClientError) as caught:
        edge.send_heartbeat(**(HEARTBEAT | {"DeviceName": "-"}))
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    service = emulator.services["sagemaker-edge"]
    assert isinstance(service, SageMakerEdge)
    assert not service.heartbeats
