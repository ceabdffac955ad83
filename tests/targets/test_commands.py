"""What is started: a preset by its name, or a line that is split as a shell does."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.targets.commands import command_of, located
from awsconform.conformance.targets.presets import filled, preset, presets
from awsconform.errors import TargetError
from awsconform.specs.catalog import operations

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)


@given(st.lists(WORDS, max_size=5))
def test_a_line_is_split_as_a_shell_splits_it(words: list[str]) -> None:
    line = " ".join(map(shlex.quote, ["program", *words, "--port={port}"]))
    command = command_of(line)
    assert list(command.words) == ["program", *words, "--port={port}"]
    assert command.filled_words(81, "/d")[-1] == "--port=81"


def test_words_in_front_are_the_environment() -> None:
    command = command_of("A=1 PORT={port} B='x y' program C=3")
    assert command.words == ("program", "C=3")
    made = command.filled_environment(4000, "/data")
    assert (made["A"], made["PORT"], made["B"]) == ("1", "4000", "x y")
    assert command.shown(4000) == "A=1 PORT=4000 B='x y' program C=3"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "no command"),
        ("A=1", "no command"),
        ("program", "where the port goes"),
        ("program 'x", "No closing quotation"),
        ("Moto", "where the port goes"),
    ],
)
def test_says_what_is_wrong_with_a_line(line: str, told: str) -> None:
    with pytest.raises(TargetError, match=told) as caught:
        command_of(line)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("line", "meant"), [("minystack", "ministack"), ("Moto", "moto")])
def test_a_preset_that_is_nearly_named_is_offered(line: str, meant: str) -> None:
    with pytest.raises(TargetError) as caught:
        command_of(line)
    assert f"did you mean {meant}?" in str(caught.value)


@pytest.mark.parametrize("name", presets())
def test_a_preset_says_where_its_port_goes_and_how_it_is_got(name: str) -> None:
    known = preset(name)
    command = command_of(name)
    assert command.preset is known
    said = (*command.words, *command.environment.values())
    assert any("{port}" in each for each in said)
    assert known.install
    assert "{port}" in known.address
    assert operations(known.service)


def option(words: tuple[str, ...], name: str) -> int:
    return int(words[words.index(name) + 1])


@pytest.mark.parametrize(("name", "noun"), [("dynalite", "Table"), ("kinesalite", "Stream")])
def test_what_is_slow_on_purpose_is_started_without_long_delays(name: str, noun: str) -> None:
    words = tuple(command_of(name).words)
    assert all(option(words, f"--{each}{noun}Ms") <= 100 for each in ("create", "update", "delete"))


def test_kinesalite_has_room_for_the_streams_of_a_page_walk() -> None:
    assert option(tuple(command_of("kinesalite").words), "--shardLimit") >= 100


def test_there_are_the_known_presets() -> None:
    wanted = {"moto", "ministack", "dynalite", "kinesalite", "localstack", "aws-emulator"}
    assert wanted <= presets().keys()
    with pytest.raises(TargetError, match="no preset is called 'motto'"):
        preset("motto")


def test_the_program_of_a_preset_is_that_preset_wherever_it_lies() -> None:
    command = command_of("/elsewhere/bin/ministack")
    assert command.preset is preset("ministack")
    assert command.environment["GATEWAY_PORT"] == "{port}"
    own = command_of("GATEWAY_PORT=1{port} /elsewhere/bin/ministack")
    assert own.environment["GATEWAY_PORT"] == "1{port}"
    alone = command_of("/elsewhere/moto_server")
    assert alone.words == ("/elsewhere/moto_server", *preset("moto").command[1:])
    stated = command_of("moto_server -p {port} -s")
    assert stated.words == ("moto_server", "-p", "{port}", "-s")


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="ascii")
    path.chmod(0o755)
    return path


def test_a_program_is_found_on_path_and_in_node_modules_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    inside = tmp_path / "project" / "folder"
    inside.mkdir(parents=True)
    with pytest.raises(TargetError, match="no command 'dynalite'") as caught:
        located(command_of("dynalite"), str(inside))
    assert caught.value.hint == "npm install dynalite"
    installed = program(tmp_path / "project" / "node_modules" / ".bin" / "dynalite")
    assert located(command_of("dynalite"), str(inside)).words[0] == str(installed)
    first = program(tmp_path / "bin" / "dynalite")
    assert located(command_of("dynalite"), str(inside)).words[0] == str(first)


def test_the_environment_is_ours_but_for_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "secret")
    monkeypatch.setenv("UNRELATED", "kept")
    made = command_of("moto").filled_environment(1, "/d")
    assert "AWS_SESSION_TOKEN" not in made
    assert made["UNRELATED"] == "kept"
    assert made["PATH"] == os.environ["PATH"]


def test_other_braces_stay() -> None:
    assert filled("{port} {other} {", port=5) == "5 {other} {"
