"""`plan`: who makes what operations need, and in which order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import Call
from model_miniatures import write_model
from service_miniatures import Parts, service_model

FARMS: dict[str, Parts] = {
    "CreateFarm": ({"displayName!": "Text", "roleArn!": "Arn"}, {"farmId": "FarmId"}),
    "GetFarm": ({"/farmId!": "FarmId"}, {"displayName": "Text"}),
    "ListFarms": ({}, {"farms": [{"farmId": "FarmId"}]}),
    "DeleteFarm": ({"/farmId!": "FarmId"}, {}),
    "CreateQueue": ({"/farmId!": "FarmId", "sourceArn!": "Arn"}, {"queueId": "QueueId"}),
    "GetQueue": ({"/farmId!": "FarmId", "/queueId!": "QueueId"}, {}),
    "CheckNothing": ({}, {}),
}


@pytest.fixture
def models(tmp_path: Path) -> str:
    write_model(tmp_path / "models", "things", service_model(FARMS))
    return str(tmp_path / "models")


def lines(out: str) -> list[list[str]]:
    return [line.split() for line in out.splitlines()]


def test_shows_the_resources_of_a_service_and_what_each_operation_needs(
    call: Call, models: str
) -> None:
    ended = call("plan", "things", "--models", models)
    assert ended.code == 0
    shown = lines(ended.out)
    assert shown[0] == ["things", "2", "resources,", "7", "operations"]
    assert ["farm", "CreateFarm", "farmId", "iam:role", "DeleteFarm", "3", "ListFarms"] in shown
    assert ["queue", "CreateQueue", "queueId", "farm", "1"] in shown
    assert ["ListFarms", "farm", "x", "7"] in shown
    assert ["CheckNothing"] in shown
    assert "written" not in ended.out


def test_shows_an_operation_step_by_step(call: Call, models: str) -> None:
    ended = call("plan", "things.GetQueue", "things.CreateQueue", "--models", models)
    assert ended.code == 0
    first, second = ended.out.split("things.CreateQueue")
    told = [line.strip() for line in first.splitlines()]
    assert told[0] == "things.GetQueue"
    assert told[1].startswith("set-up      iam.CreateRole: iam.role")
    assert told[2:4] == ["CreateFarm: farm gives farmId", "CreateQueue: queue gives queueId"]
    assert "clean-up    DeleteFarm → iam.DeleteRole" in told
    assert "sourceArn: nobody is known to make it" in second
    assert "observed by" in second or "clean-up" in second


def test_says_where_nobody_knows_how_to_make_what_is_needed(
    call: Call, tmp_path: Path, models: str
) -> None:
    cluster: dict[str, Parts] = {"CreateCluster": ({"vpcId!": "Text"}, {"clusterId": "Id"})}
    write_model(tmp_path / "models", "clusters", service_model(cluster))
    ended = call("plan", "clusters.CreateCluster", "--models", models)
    assert "ec2:vpc: nothing says how to make it" in ended.out
    assert "vpcId = ec2:vpc.VpcId" in ended.out


def test_says_what_is_written_down(call: Call) -> None:
    ended = call("plan", "deadline.GetSessionsStatisticsAggregation")
    assert ended.code == 0
    assert "sessions-statistics-aggregation* gives aggregationId" in ended.out
    assert "written     count, needs, observe, owns" in " ".join(ended.out.split("\n"))


def test_tells_programs_the_same(call: Call, models: str) -> None:
    ended = call("plan", "things", "things.GetFarm", "--format", "json", "--models", models)
    assert ended.code == 0
    (told,) = json.loads(ended.out)["services"]
    assert told["service"] == "things"
    assert list(told["operations"]) == sorted(FARMS)
    farm = told["resources"]["farm"]
    assert farm["create"] == "CreateFarm"
    assert farm["gives"] == {"farmId": ["response", "farmId"]}
    assert farm["neededBy"] == ["CreateQueue", "DeleteFarm", "GetFarm"]
    assert farm["listedBy"] == ["ListFarms"]
    assert farm["written"] is False
    queue = told["operations"]["GetQueue"]
    assert [step["operation"] for step in queue["setUp"]] == [
        "iam.CreateRole",
        "things.CreateFarm",
        "things.CreateQueue",
    ]
    assert queue["cleanUp"] == ["things.DeleteFarm", "iam.DeleteRole"]
    assert told["operations"]["CreateQueue"]["madeUp"] == ["sourceArn"]
    assert told["operations"]["ListFarms"]["count"] == 7
    assert told["operations"]["CreateFarm"]["binds"] == {"roleArn": "iam:role.RoleArn"}


def test_output_is_the_same_each_time(call: Call, models: str) -> None:
    first = call("plan", "things", "--format", "json", "--models", models)
    assert first == call("plan", "things", "--format", "json", "--models", models)


@pytest.mark.parametrize(
    ("name", "hint"), [("thing", "things"), ("things.GetFram", "things.GetFarm")]
)
def test_unknown_names_end_with_2_and_the_nearest(
    call: Call, models: str, name: str, hint: str
) -> None:
    ended = call("plan", name, "--models", models)
    assert ended.code == 2
    assert f"did you mean {hint}" in ended.err


def test_wants_a_name(call: Call) -> None:
    assert call("plan").code == 2


def test_shows_what_a_users_own_hints_change(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    stated = {"needs": [], "values": {"MessageBody": "hello ${unique}"}}
    file.write_text(json.dumps({"sqs": {"operations": {"SendMessage": stated}}}), encoding="utf-8")
    before = call("plan", "sqs.SendMessage", "--format", "json")
    after = call("plan", "sqs.SendMessage", "--format", "json", "--hints", str(file))
    shown = [
        json.loads(each.out)["services"][0]["operations"]["SendMessage"] for each in (before, after)
    ]
    assert [bool(each["setUp"]) for each in shown] == [True, False]
    assert shown[1]["values"] == stated["values"]
    assert {"needs", "values"} <= set(shown[1]["written"])


def test_hints_that_cannot_be_followed_are_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"sqs": {"operations": {"SendMesage": {}}}}', encoding="utf-8")
    ended = call("plan", "sqs", "--hints", str(file))
    assert ended.code == 2
    assert "mine.json#/sqs/operations/SendMesage" in ended.err
    assert "did you mean SendMessage" in ended.err
