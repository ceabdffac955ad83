"""`awsconform config` shows what holds and who says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from awsconform.configuration.schema import configuration_schema, is_secret, keys
from cli.calling import Call
from configuration.toml_text import written

SECRET = "hunter2hunter2"


def shown(call: Call, *words: str) -> dict[str, dict[str, Any]]:
    document = json.loads(call("config", "--format", "json", *words).out)
    return {each["key"]: each for each in document["values"]}


def test_each_value_has_its_source(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "awsconform.toml").write_text('level = "should"\nseed = 1\nregion = "eu-west-1"\n')
    monkeypatch.setenv("AWSCONFORM_SEED", "2")
    found = shown(call, "sqs", "--level", "must")
    assert found.keys() == keys().keys() | {
        "allow-aws", "allow-writes", "resume", "update-baseline"
    }  # fmt: skip
    told = {
        name: (found[name]["value"], found[name]["source"], found[name]["name"])
        for name in ("services", "level", "seed", "region", "examples", "no-verify", "target")
    }
    assert told == {
        "services": (["sqs"], "flag", "the command line"),
        "level": ("must", "flag", "--level"),
        "seed": ("2", "environment", "AWSCONFORM_SEED"),
        "region": ("eu-west-1", "file", "region"),
        "examples": (20, "default", None),
        "no-verify": (False, "default", None),
        "target": ("emulator:", "default", None),
    }
    assert found["region"]["line"] == 3
    table = call("config").out
    assert "awsconform.toml:3" in table
    assert "AWSCONFORM_SEED" in table


@pytest.mark.parametrize("key", [key for key in keys() if is_secret(key)])
def test_no_secret_is_shown_wherever_it_comes_from(
    key: str, folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"X-Api: {SECRET}" if key == "header" else SECRET
    value: Any = [text] if key == "header" else text
    (folder / "awsconform.toml").write_text(
        written({key: value, "targets": {"t": {"target": "moto:", key: value}}})
    )
    monkeypatch.setenv("AWSCONFORM_SESSION_TOKEN", SECRET)
    for words in ((), ("--target", "t"), (f"--{key}", text)):
        for form in ("text", "json"):
            ended = call("config", "--format", form, *words)
            assert ended.code == 0
            assert "[hidden]" in ended.out
            assert SECRET not in ended.out


def test_says_which_file_is_not_read(folder: Path, call: Call) -> None:
    assert "No file is read." in call("config").out
    (folder / "pyproject.toml").write_text("[tool.awsconform]\nseed = 1\n")
    assert "pyproject.toml is read." in call("config").out
    (folder / "awsconform.toml").write_text("seed = 2\n")
    told = call("config").out
    assert "[tool.awsconform] of pyproject.toml is not" in told
    assert json.loads(call("config", "--format", "json").out)["passedOver"] == "pyproject.toml"
    assert "No file is read." in call("config", "--no-config").out


def test_a_misspelt_variable_is_told_with_the_one_that_was_meant(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWSCONFORM_TAGRET", "moto:")
    assert "AWSCONFORM_TAGRET means nothing. Did you mean AWSCONFORM_TARGET?" in (
        call("config").out
    )


def test_loads_no_hook_and_shows_where_it_is_named(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text("[hooks]\nsetup = 'nowhere:at_all'\n")
    ended = call("config")
    assert ended.code == 0
    assert "hooks.setup" in ended.out
    assert "awsconform.toml:2" in ended.out


def test_prints_the_schema(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text("[")
    assert json.loads(call("config", "--schema").out) == configuration_schema()


def test_every_key_is_in_the_table_of_a_target_as_in_the_file() -> None:
    schema = configuration_schema()
    table = schema["$defs"]["named-target"]["properties"]
    assert table == {key: schema["properties"][key] for key in keys()}


def test_a_report_repeats_its_requests_without_the_file(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text("services = ['deadline.ListFarms']\nexamples = 0\n")
    words = ("run", "-k", "#enum", "--format", "json")
    assert json.loads(call(*words).out)["endpoint"]["flags"] == ["--no-config"]
    words = (*words, "deadline.ListFarms", "--no-config")
    assert json.loads(call(*words).out)["endpoint"]["flags"] == []


def test_a_scoreboard_is_of_all_targets_that_have_a_name(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text(
        "target = 'one'\nservices = ['deadline.ListFarms']\nexamples = 0\nseed = 1\n"
        "[targets.one]\ntarget = 'emulator:'\nregion = 'eu-west-1'\n"
        "[targets.two]\ntarget = 'emulator:'\n"
    )
    words = ("scoreboard", "-k", "#enum", "--format", "json")
    board = json.loads(call(*words).out)
    assert [each["label"] for each in board["targets"]] == ["one", "two"]
    board = json.loads(call(*words, "--target", "old=two").out)
    assert [each["label"] for each in board["targets"]] == ["old"]


def test_a_baseline_that_is_configured_need_not_be_named(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text(
        "services = ['deadline.ListFarms']\nclauses = '#enum'\nexamples = 0\n"
        "baseline = 'known.json'\n"
    )
    words = ("run", "--format", "json", "-o", "report.json")
    assert call(*words, "--update-baseline").code == 0
    assert call(*words).code == 0
    assert call("baseline", "check", "report.json").code == 0
    assert call("baseline", "update", "other.json", "report.json").code == 0
    assert (folder / "other.json").exists()
    ended = call("baseline", "check", "--no-config", "report.json")
    assert ended.code == 2
    assert "FILE" in ended.err


def test_a_doctor_asks_the_services_of_what_is_judged(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text(
        "services = ['deadline.ListFarms', 'deadline.GetFarm']\n"
    )
    document = json.loads(call("doctor", "--format", "json").out)
    assert [each["service"] for each in document["services"]] == ["deadline"]
    assert call("doctor", "deadline.ListFarms").code == 2


def test_a_plan_is_of_what_is_judged(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text("services = ['sqs.SendMessage']\n")
    assert "CreateQueue" in call("plan").out
    assert call("plan", "--no-config").code == 2
