"""`compile`, and `--models` of the commands that look operations up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from awsconform.specs.botocore_loading import cost_of_loading
from awsconform.specs.catalog import load, of_folder
from awsconform.specs.contract import Contract
from awsconform.specs.measuring import peak_memory
from cli.calling import Call
from model_miniatures import thing_model, write_model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_model(tmp_path / "models", "things", thing_model())
    write_model(tmp_path / "models", "stuff", thing_model(protocol="json", protocols=["json"]))
    return tmp_path / "models"


def test_compiles_all_operations_of_the_services_that_are_named(call: Call) -> None:
    ended = call("compile", "sqs", "sdb", "sqs")
    assert ended.code == 0
    lines = [line.split() for line in ended.out.splitlines()]
    number = len(of_installed("sqs")) + len(of_installed("sdb"))
    assert f"2 services, {number} operations, each a valid JSON Schema (2020-12)" in ended.out
    assert ["json", "1", "services", str(len(of_installed("sqs"))), "operations"] in lines
    assert ["query", "1", "services", str(len(of_installed("sdb"))), "operations"] in lines
    assert ["awsconform", "botocore"] in lines
    for words in (["wall", "time"], ["CPU", "time"], ["peak", "memory"]):
        (row,) = [line for line in lines if line[:2] == words]
        assert [float(row[2]) > 0, float(row[4]) > 0] == [True, True]


def of_installed(service: str) -> list[str]:
    from awsconform.specs.catalog import operations

    return operations(service)


def test_tells_programs_the_same(call: Call, models: Path) -> None:
    ended = call("compile", "--all", "--models", str(models), "--format", "json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert (told["services"], told["operations"], told["failed"]) == (2, 4, [])
    assert told["protocols"] == {
        "json": {"services": 1, "operations": 2},
        "rest-json": {"services": 1, "operations": 2},
    }
    for cost in (told["cost"], told["botocore"]):
        assert cost["wall"] > 0
        assert cost["cpu"] > 0
        assert cost["peak"] > 1_000_000


def test_writes_the_contracts_as_the_committed_ones_lie(
    call: Call, models: Path, tmp_path: Path
) -> None:
    into = tmp_path / "new" / "contracts"
    assert call("compile", "--all", "--models", str(models), "--into", str(into)).code == 0
    found = {str(path.relative_to(into)) for path in into.rglob("*.json")}
    assert found == {
        f"{service}/2026-01-01/{operation}.json"
        for service in ("things", "stuff")
        for operation in ("GetThing", "ListThings")
    }
    catalog = of_folder(models)
    for path in into.rglob("*.json"):
        contract = Contract.from_file(path)
        assert contract.document == catalog.load(contract.service, contract.operation).document
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(contract.document, indent=2, ensure_ascii=False) + "\n"


def test_tells_every_failure_and_ends_with_1(call: Call, models: Path, tmp_path: Path) -> None:
    model = thing_model()
    model["operations"]["GetThing"]["output"]["shape"] = "Lost"
    file = write_model(models, "things", model)
    write_model(models, "broken", {"metadata": {}})
    into = tmp_path / "into"
    ended = call("compile", "--all", "--models", str(models), "--into", str(into))
    assert ended.code == 1
    assert f"failed  things.GetThing: {file}#/operations/GetThing/output/shape" in ended.out
    assert "failed  broken: " in ended.out
    assert "3 services, 4 operations\n" in ended.out
    assert not list(into.rglob("things/*/GetThing.json"))
    assert list(into.rglob("things/*/ListThings.json"))
    told = json.loads(call("compile", "--all", "--models", str(models), "--format", "json").out)
    assert {(each["service"], each["operation"]) for each in told["failed"]} == {
        ("things", "GetThing"),
        ("broken", None),
    }


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["compile"], "awsconform list"),
        (["compile", "sqs", "--all"], "awsconform list"),
        (["compile", "SQS"], "did you mean sqs?"),
        (["compile", "sqs.SendMessage"], "did you mean sqs"),
    ],
)
def test_what_is_to_be_compiled_has_to_be_said(words: list[str], hint: str, call: Call) -> None:
    ended = call(*words)
    assert ended.code == 2
    assert hint in ended.err


def test_botocore_is_measured_in_a_process_of_its_own(models: Path) -> None:
    cost = cost_of_loading([models], ["things", "stuff"])
    assert cost is not None
    assert cost.peak is not None
    mine = peak_memory()
    assert mine is not None
    assert 1_000_000 < cost.peak < mine
    assert cost_of_loading([models], ["lost"]) is None


def test_a_cost_that_is_not_known_is_told_as_such(
    call: Call, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "awsconform.specs.botocore_loading.cost_of_loading", lambda folders, services: None
    )
    ended = call("compile", "things", "--models", str(models))
    assert ended.code == 0
    assert ended.out.count("not known") == 3


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "things"],
        ["show", "things.GetThing"],
        ["show", "things.GetThing", "--json"],
        ["explain", "things.GetThing"],
    ],
)
def test_commands_take_operations_from_the_models_they_are_given(
    words: list[str], call: Call, models: Path
) -> None:
    ended = call(*words, "--models", str(models))
    assert ended.code == 0
    assert "things" in ended.out.lower()
    assert "deadline" not in ended.out
    # Nothing of it is left for the next call in the same process.
    assert call("show", "things.GetThing").code == 2
    assert load("deadline", "GetFarm").api_version == "2023-10-12"


APPLICATION = """
def app(environ, start_response):
    known = environ["PATH_INFO"].startswith("/things/")
    status = "200 OK" if known else "400 Bad Request"
    start_response(status, [("Content-Type", "application/json")])
    return [b"[]"]
"""


def test_a_run_takes_operations_from_the_models_and_says_so_to_whoever_repeats_it(
    call: Call, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "things_that_answer.py").write_text(APPLICATION, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    words = ["--target", "wsgi:things_that_answer:app", "-k", "GetThing/request#accepted"]
    ended = call("run", "things.GetThing", *words, "--examples", "0", "--models", str(models))
    assert ended.code == 1
    assert f"--models {models}" in ended.out


@pytest.mark.parametrize("command", [["list"], ["show", "things.GetThing"], ["compile", "--all"]])
def test_a_folder_without_models_is_a_clear_error(
    command: list[str], call: Call, tmp_path: Path
) -> None:
    ended = call(*command, "--models", str(tmp_path))
    assert ended.code == 2
    assert f"{tmp_path} has no service models" in ended.err
    missing = call(*command, "--models", str(tmp_path / "missing"))
    assert missing.code == 2
    assert "does not exist" in missing.err


def test_shows_what_only_protocols_of_xml_have(call: Call) -> None:
    for name in ("ec2.DescribeInstances", "s3.PutBucketAcl", "sns.Publish", "iam.ListUsers"):
        ended = call("show", name)
        assert ended.code == 0
        assert f", signed for {name.split('.')[0]}" in ended.out
