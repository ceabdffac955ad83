"""The AWS CLI and boto3 work against `awsconform serve`, and get what the pages document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import jsonschema
import pytest
from botocore.config import Config

from awsconform.specs import catalog

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of an emulator that was started by the command, on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "awsconform", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        if "http://" in line:
            address = "http://" + line.partition("http://")[2].split()[0]
            break
    try:
        yield address
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def aws(url: str, *arguments: str) -> dict[str, Any]:
    """What the AWS CLI prints, as JSON; an empty answer where it prints nothing."""
    finished = subprocess.run(
        [sys.executable, "-m", "awscli", *arguments, "--endpoint-url", url, "--output", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **ENVIRONMENT},
    )
    assert finished.returncode == 0, finished.stderr
    printed: dict[str, Any] = json.loads(finished.stdout or "{}")
    return printed


def client(service: str, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(inject_host_prefix=False, retries={"total_max_attempts": 1}),
    )


def as_documented(operation: str, answer: Any) -> None:
    """Holds an answer against what the operation's page says of its response."""
    path = catalog.page_file(catalog.load(*operation.split(".")))
    assert path is not None
    page = json.loads(path.read_text(encoding="utf-8"))
    response = page["properties"]["response"]
    jsonschema.validate(answer, response)
    assert set(answer) <= set(response.get("properties", {}))


@pytest.fixture(scope="module")
def aggregation(url: str) -> dict[str, str]:
    deadline = client("deadline", url)
    farm = deadline.create_farm(displayName="a farm")["farmId"]
    started = deadline.start_sessions_statistics_aggregation(
        farmId=farm,
        resourceIds={"queueIds": ["queue-" + "0" * 32]},
        startTime=START,
        endTime=START + timedelta(days=1),
        groupBy=["QUEUE_ID"],
        statistics=["SUM"],
    )
    identified = {"farmId": farm, "aggregationId": started["aggregationId"]}
    for _ in range(10):
        answer = deadline.get_sessions_statistics_aggregation(**identified)
        if answer["status"] != "IN_PROGRESS":
            return identified
    raise AssertionError("the aggregation does not end")


@pytest.fixture(scope="module")
def scheduler(url: str) -> str:
    lookout = client("lookoutequipment", url)
    lookout.create_inference_scheduler(
        ModelName="a-model",
        InferenceSchedulerName="a-scheduler",
        DataUploadFrequency="PT5M",
        DataInputConfiguration={"S3InputConfiguration": {"Bucket": "a-bucket"}},
        DataOutputConfiguration={"S3OutputConfiguration": {"Bucket": "a-bucket"}},
        RoleArn="arn:aws:iam::123456789012:role/a-role",
        ClientToken="a-token",
    )
    return "a-scheduler"


def test_the_cli_sends_a_heartbeat_and_gets_nothing_back(url: str) -> None:
    models = [
        {
            "ModelHandle": "handle",
            "DesiredState": "DEPLOY",
            "State": "UNDEPLOY",
            "Status": "SUCCESS",
        }
    ]
    result = {"DeploymentName": "deployment", "DeploymentModels": models}
    answer = aws(
        url, "sagemaker-edge", "send-heartbeat", "--agent-version", "1.0",
        "--device-name", "device", "--device-fleet-name", "fleet",
        "--deployment-result", json.dumps(result),
        "--agent-metrics", "MetricName=latency,Value=1.5,Timestamp=2026-01-01T00:00:00Z",
    )  # fmt: skip
    assert answer == {}


def test_boto3_sends_a_heartbeat_and_gets_nothing_back(url: str) -> None:
    answer = client("sagemaker-edge", url).send_heartbeat(
        AgentVersion="1.0",
        DeviceName="device",
        DeviceFleetName="fleet",
        AgentMetrics=[{"MetricName": "latency", "Value": 1.5, "Timestamp": START}],
    )
    assert set(answer) == {"ResponseMetadata"}
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_the_cli_describes_a_scheduler_as_documented(url: str, scheduler: str) -> None:
    answer = aws(
        url, "lookoutequipment", "describe-inference-scheduler",
        "--inference-scheduler-name", scheduler,
    )  # fmt: skip
    assert answer["InferenceSchedulerName"] == scheduler
    assert answer["DataUploadFrequency"] == "PT5M"
    answer["CreatedAt"] = answer["UpdatedAt"] = "2026-01-01T00:00:00Z"
    as_documented("lookoutequipment.DescribeInferenceScheduler", answer)


def test_boto3_describes_a_scheduler_as_documented(url: str, scheduler: str) -> None:
    answer = client("lookoutequipment", url).describe_inference_scheduler(
        InferenceSchedulerName=scheduler
    )
    del answer["ResponseMetadata"]
    assert isinstance(answer["CreatedAt"], datetime)
    printable = json.loads(json.dumps(answer, default=lambda when: when.isoformat()))
    as_documented("lookoutequipment.DescribeInferenceScheduler", printable)


def test_boto3_knows_the_errors_by_their_classes(url: str) -> None:
    lookout = client("lookoutequipment", url)
    with pytest.raises(lookout.exceptions.ResourceNotFoundException):
        lookout.describe_inference_scheduler(InferenceSchedulerName="nobody")


def test_the_cli_pages_through_an_aggregation(url: str, aggregation: dict[str, str]) -> None:
    identified = (
        "--farm-id", aggregation["farmId"], "--aggregation-id", aggregation["aggregationId"],
    )  # fmt: skip
    command = ("deadline", "get-sessions-statistics-aggregation", *identified)
    first = aws(url, *command, "--max-items", "150", "--page-size", "40")
    assert len(first["statistics"]) == 150
    rest = aws(url, *command, "--starting-token", first["NextToken"])
    whole = aws(url, *command)
    assert first["statistics"] + rest["statistics"] == whole["statistics"]
    first["nextToken"] = first.pop("NextToken")
    kinds = {item.pop("usageType") for item in first["statistics"]}
    assert kinds <= {"COMPUTE", "LICENSE", "PERSISTENT_VOLUME"}
    as_documented("deadline.GetSessionsStatisticsAggregation", first)


def test_boto3s_paginator_yields_every_item_once(url: str, aggregation: dict[str, str]) -> None:
    paginator = client("deadline", url).get_paginator("get_sessions_statistics_aggregation")
    walks = []
    for size in (100, 33):
        pages = paginator.paginate(**aggregation, PaginationConfig={"PageSize": size})
        walks.append([item for page in pages for item in page["statistics"]])
        assert len(walks[-1]) > 200
    assert walks[0] == walks[1]
