"""`example`: on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from awsconform.specs import catalog
from awsconform.specs.validation import failures
from cli.calling import Call
from drift.gardening import MODEL, write_models


def test_prints_a_valid_request(call: Call) -> None:
    ended = call("example", "deadline.CreateFarm")
    assert ended.code == 0
    assert ended.err == ""
    contract = catalog.load("deadline", "CreateFarm")
    assert failures(contract, "request", json.loads(ended.out)) == []


@pytest.mark.parametrize("words", [["--input"], ["--output"], ["--error", "ValidationException"]])
@pytest.mark.parametrize("fill", [[], ["--minimal"], ["--maximal"]])
def test_json_and_yaml_say_the_same(words: list[str], fill: list[str], call: Call) -> None:
    operation = "deadline.GetSessionsStatisticsAggregation"
    as_json = call("example", operation, *words, *fill)
    as_yaml = call("example", operation, *words, *fill, "--yaml")
    assert json.loads(as_json.out) == yaml.safe_load(as_yaml.out)
    part = {"--input": "request", "--output": "response"}.get(words[0], words[-1])
    contract = catalog.load(*operation.split("."))
    assert failures(contract, part, json.loads(as_json.out)) == []


def test_the_seed_decides(call: Call) -> None:
    first, again, other = (
        call("example", "deadline.CreateQueue", "--seed", seed).out for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_yaml_tells_what_is_required_and_what_may_stand_there(call: Call) -> None:
    out = call("example", "dynamodb.CreateTable", "--yaml", "--maximal").out
    assert "AttributeType: " in out
    [told] = {line.partition("# ")[2] for line in out.splitlines() if "AttributeType:" in line}
    assert told == "required; one of S, N, B"
    out = call("example", "deadline.CreateQueue", "--yaml", "--maximal").out
    assert "schedulingConfiguration:  # one of priorityFifo, " in out
    assert 'displayName: "example-display"  # required' in out


def test_long_lists_of_values_are_cut(call: Call) -> None:
    out = call("example", "ec2.RunInstances", "--yaml", "--maximal").out
    [told] = [line for line in out.splitlines() if line.startswith("InstanceType:")]
    assert " more" in told
    assert len(told) < 300


def test_streams_are_named_with_the_option_that_takes_them(call: Call) -> None:
    ended = call("example", "s3.PutObject", "--minimal")
    assert json.loads(ended.out) == {"Bucket": "example-bucket", "Key": "example-key"}
    assert "aws s3api put-object --body FILE" in ended.err
    ended = call("example", "s3.GetObject", "--output", "--minimal")
    assert "Body is left out: it is a stream of bytes" in ended.err


def test_streams_of_events_are_beyond_the_cli(call: Call) -> None:
    ended = call("example", "lexv2-runtime.StartConversation")
    assert "no command" in ended.err
    assert "requestEventStream" not in json.loads(ended.out)


def test_binary_values_are_explained_where_there_are_some(call: Call) -> None:
    assert "base64" in call("example", "kms.Encrypt").err
    assert call("example", "deadline.GetFarm").err == ""


def test_another_folder_of_models_can_be_named(tmp_path: Path, call: Call) -> None:
    folder = write_models(tmp_path, MODEL)
    ended = call("example", "gardening.PlantTree", "--models", str(folder), "--minimal")
    assert json.loads(ended.out) == {"Garden": "example-garden"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["deadline"], "one of its operations"),
        (["deadline.GetFrm"], "GetFarm"),
        (["deadline.GetFarm", "--error", "ValidatonException"], "did you mean ValidationException"),
        (["sts.GetCallerIdentity", "--error", "X"], "it declares none"),
        (["deadline.GetFarm", "--seed", "x"], "--seed"),
    ],
)
def test_a_wrong_call_ends_with_2(words: list[str], told: str, call: Call) -> None:
    ended = call("example", *words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    "options",
    [("--minimal", "--maximal"), ("--input", "--output"), ("--output", "--error", "Any")],
)
def test_refuses_options_that_say_contrary_things(options: tuple[str, ...], call: Call) -> None:
    ended = call("example", "deadline.CreateFarm", *options)
    assert ended.code == 2
    assert "say contrary things" in ended.err
