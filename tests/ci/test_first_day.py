"""The transcript of the first day: its commands give what it says they give."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "first-day"
TEXT = (FOLDER / "README.md").read_text(encoding="utf-8")
# What fetches and installs is tried where packages are.
FETCHING = ("git submodule", "pip install")
LEFT_OUT = "…"
MOST_COMMANDS = 9

needed = [each for each in ("bash", "git", "sed") if shutil.which(each) is None]
pytestmark = pytest.mark.skipif(bool(needed), reason=f"there is no {', '.join(needed)}")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines that are shown of what it prints."""
    for block in re.findall(r"^```console\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            yield command, lines


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the files of the page."""
    for name in ("queues.py", "awsconform.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a shell that has awsconform and python."""
    programs = tmp_path_factory.mktemp("programs")
    for name, words in (("awsconform", "-m awsconform"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        (programs / name).chmod(0o755)
    kept = {name: text for name, text in os.environ.items() if name != "AWSCONFORM_NO_CONFIG"}
    who = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    path = os.pathsep.join([str(programs), kept["PATH"]])
    return {**kept, **who, "PATH": path, "COLUMNS": "100"}


def is_shown(lines: list[str], printed: list[str]) -> bool:
    """Whether lines were printed: one after the other but for what is left out."""
    if not lines:
        return True
    pattern = "".join(
        r"(?:.*\n)*?"
        if line == LEFT_OUT
        else ".*".join(map(re.escape, line.split(LEFT_OUT))) + r" *\n"
        for line in lines
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def test_the_commands_print_what_the_page_shows(
    repository: Path, environment: dict[str, str]
) -> None:
    for command, lines in commands():
        if command.startswith(FETCHING):
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=repository,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert is_shown(lines, done.stdout.splitlines()), f"{command}\n{done.stdout}{done.stderr}"
        told = re.search(r"exit code (\d)$", lines[-1]) if lines else None
        assert done.returncode == (int(told[1]) if told else 0)


def test_the_page_has_few_commands_and_shows_its_files_as_they_are() -> None:
    assert len(list(commands())) <= MOST_COMMANDS
    assert f"```toml\n{(FOLDER / 'awsconform.toml').read_text(encoding='utf-8')}```" in TEXT
    [shown] = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert shown in (FOLDER / "conformance.yml").read_text(encoding="utf-8")
