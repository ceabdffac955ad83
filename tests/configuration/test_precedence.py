"""Flags beat the environment, that beats the target's table, that beats the file."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from awsconform.commands import config, doctor, plan, run, scoreboard
from awsconform.commands.configured import (
    ON_THE_COMMAND_LINE,
    ConfiguredCommand,
    by_key,
    form_of,
    held_configuration,
)
from awsconform.configuration.environment import Form, variable
from awsconform.configuration.schema import keys
from awsconform.configuration.values import Source
from awsconform.errors import AwsconformError
from cli.calling import Call
from configuration.toml_text import written

PARAMETERS = by_key(run.command)
LAYERS = ("flag", "environment", "table", "file")
OWN = {
    "level": ["must", "should", "may", "must"],
    "services": [["deadline"], ["sqs", "kms"], ["iam.GetRole"], ["s3"]],
    "header": [["A: 1", "B: 2"], ["A: 2"], ["A: 3", "B: x y"], ["C: d"]],
    "target": ["http://a:1", "http://b:1", "http://c:1", "http://d:1"],
    "region": ["eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1"],
}


def samples(key: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A value of a key for each layer."""
    if key in OWN:
        return dict(zip(LAYERS, OWN[key], strict=True))
    kind = keys()[key].get("type")
    if kind == "boolean":
        return dict(zip(LAYERS, [True, False, True, False], strict=True))
    if kind in ("integer", "number"):
        return dict(zip(LAYERS, [1, 2, 3, 4], strict=True))
    made = {layer: f"{key}-{layer}" for layer in LAYERS}
    if key == "models":
        monkeypatch.setattr("awsconform.specs.catalog.of_folder", lambda folder: folder)
        for name in made.values():
            (folder / name).mkdir()
    if key in ("hints", "ca-bundle"):
        for name in made.values():
            (folder / name).write_text("{}")
    return made


def flags(key: str, value: Any) -> list[str]:
    """A value as it is given on the command line."""
    if key == "services":
        return list(value)
    parameter = PARAMETERS[key]
    name = parameter.opts[0]
    if isinstance(value, bool):
        return [name] if value else parameter.secondary_opts[:1]
    return [
        word
        for each in (value if isinstance(value, list) else [value])
        for word in (name, str(each))
    ]


def in_the_environment(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return (", " if key == "services" else "\n").join(value)
    return str(value)


def told(command: click.Command, words: list[str]) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """What a command would be called with, and what holds."""
    with command.make_context("it", words) as context:
        held = held_configuration().values
        return context.params, held


@pytest.mark.parametrize("key", sorted(keys()))
def test_the_strongest_that_says_something_holds(
    key: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = samples(key, folder, monkeypatch)
    if key in ("target", "start"):
        # The table is chosen by the one, and stands for the other.
        said.pop("table")
    for number in range(1, len(said) + 1):
        for layers in itertools.combinations(said, number):
            stated: dict[str, Any] = {"targets": {"t": {"target": "emulator:"}}}
            if "table" in said:
                stated["target"] = "t"
            if "file" in layers:
                stated[key] = said["file"]
            if "table" in layers:
                stated["targets"]["t"][key] = said["table"]
            (folder / "awsconform.toml").write_text(written(stated))
            monkeypatch.delenv(variable(key), raising=False)
            if "environment" in layers:
                monkeypatch.setenv(variable(key), in_the_environment(key, said["environment"]))
            words = flags(key, said["flag"]) if "flag" in layers else []
            if key == "path-style" and "flag" in layers:
                words = ["--path-style"]
            params, held = told(run.command, words)
            strongest = said[layers[0]]
            source = {"table": "file"}.get(layers[0], layers[0])
            assert held[key].origin.source == Source(source)
            monkeypatch.delenv(variable(key), raising=False)
            alone, _ = told(run.command, ["--no-config", *flags(key, strongest)])
            assert params[str(PARAMETERS[key].name)] == alone[str(PARAMETERS[key].name)]


@pytest.mark.parametrize("key", sorted(keys()))
def test_every_key_of_the_file_is_a_flag_of_run(key: str) -> None:
    assert key in PARAMETERS
    stated = keys()[key].get("type")
    form = form_of(PARAMETERS[key])
    assert (form is Form.TRUTH) == (stated == "boolean")
    assert (form in (Form.LINES, Form.WORDS)) == (stated == "array")


def test_every_flag_of_run_is_a_key_or_about_one_call() -> None:
    of_one_call = ON_THE_COMMAND_LINE | {"format", "output", "verbose"}
    assert PARAMETERS.keys() - of_one_call == keys().keys()


@pytest.mark.parametrize(
    "command", [run.command, scoreboard.command, plan.command, doctor.command, config.command]
)
def test_the_help_needs_no_file_that_is_right(
    command: click.Command, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "awsconform.toml").write_text("[")
    assert isinstance(command, ConfiguredCommand)
    with pytest.raises(click.exceptions.Exit):
        command.make_context("it", ["--help"], help_option_names=["--help"])
    assert "--no-config" in capsys.readouterr().out
    with pytest.raises(AwsconformError):
        command.make_context("it", [])


@pytest.mark.parametrize(
    ("said", "words", "holds", "gone"),
    [
        ({"target": "http://localhost:1"}, ["--start", "moto"], "start", "target"),
        ({"start": "moto"}, ["--target", "http://localhost:1"], "target", "start"),
        ({"no-verify": True}, ["--ca-bundle", "x"], "ca-bundle", "no-verify"),
        ({"ca-bundle": "x"}, ["--no-verify"], "no-verify", "ca-bundle"),
        (
            {"account-credentials": True},
            ["--access-key-id", "a", "--secret-access-key", "b"],
            "access-key-id",
            "account-credentials",
        ),
        (
            {"access-key-id": "a", "secret-access-key": "b", "session-token": "c"},
            ["--account-credentials"],
            "account-credentials",
            "session-token",
        ),
    ],
)
def test_a_flag_takes_the_place_of_what_contradicts_it(
    said: dict[str, Any], words: list[str], holds: str, gone: str, folder: Path
) -> None:
    (folder / "awsconform.toml").write_text(written(said))
    _, held = told(run.command, words)
    assert holds in held
    assert gone not in held


def test_keys_of_the_file_go_with_the_secret_of_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "awsconform.toml").write_text('access-key-id = "a"')
    monkeypatch.setenv("AWSCONFORM_SECRET_ACCESS_KEY", "b")
    params, _ = told(run.command, [])
    assert (params["access_key_id"], params["secret_access_key"]) == ("a", "b")


def test_an_empty_variable_says_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWSCONFORM_SEED", "")
    monkeypatch.setenv("AWSCONFORM_CONFIG", "")
    assert told(run.command, [])[1] == {}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("AWSCONFORM_SEED", "x", "AWSCONFORM_SEED: 'x' is not a valid int"),
        ("AWSCONFORM_EXAMPLES", "-1", "AWSCONFORM_EXAMPLES: -1 is not in the range"),
        ("AWSCONFORM_NO_VERIFY", "perhaps", "AWSCONFORM_NO_VERIFY has to be true or false"),
        ("AWSCONFORM_SERVICES", "--resume", "AWSCONFORM_SERVICES names services"),
        (
            "AWSCONFORM_HINTS",
            "nowhere.json",
            "AWSCONFORM_HINTS: File 'nowhere.json' does not exist",
        ),
        ("AWSCONFORM_NO_CONFIG", "2", "AWSCONFORM_NO_CONFIG has to be true or false"),
        ("AWSCONFORM_CONFIG", "nowhere.toml", "nowhere.toml: AWSCONFORM_CONFIG: there is no such"),
    ],
)
def test_what_a_variable_says_wrongly_is_told_by_its_name(
    name: str, text: str, wanted: str, folder: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setenv(name, text)
    ended = call("run")
    assert ended.code == 2
    assert f"Error: {wanted}" in ended.err


def test_what_click_refuses_of_a_file_is_told_by_its_place(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text('\nhints = "nowhere.json"\n')
    ended = call("run")
    assert ended.code == 2
    assert "Error: awsconform.toml:2: hints: File 'nowhere.json' does not exist" in ended.err


@pytest.mark.parametrize("name", ["AWSCONFORM_ALLOW_AWS", "AWSCONFORM_RESUME"])
def test_what_reaches_aws_or_is_about_one_call_is_no_variable(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.setenv(name, "1")
    params, _ = told(run.command, [])
    assert params["resume"] is False
    assert f"The variable {name} means nothing" in call("config").out


def test_a_target_is_called_by_its_name(folder: Path, call: Call) -> None:
    (folder / "awsconform.toml").write_text(
        written({"targets": {"mine": {"target": "emulator:", "examples": 0, "seed": 4}}})
    )
    words = ("run", "deadline.ListFarms", "-k", "#enum", "--format", "json")
    report = json.loads(call(*words, "--target", "mine").out)
    assert report["target"] == "emulator:"
    assert (report["seed"], report["options"]["examples"]) == (4, 0)
    ended = call(*words, "--target", "mien")
    assert ended.code == 2
    assert "did you mean mine?" in ended.err


def test_without_a_file_a_kind_of_target_is_what_was_meant(folder: Path, call: Call) -> None:
    ended = call("run", "--target", "emulater")
    assert ended.code == 2
    assert "did you mean emulator:?" in ended.err
