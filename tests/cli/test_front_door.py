"""What holds for every command, and the public names."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

import awsconform
from awsconform import cli
from awsconform.errors import AwsconformError, TargetUnreachable
from cli.calling import Call

HEAVY = ("botocore", "boto3", "hypothesis", "jsonschema", "jsonschema_rs", "rich", "werkzeug")


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["list", "-h"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys\n"
        "from awsconform.cli import main\n"
        "try:\n"
        f"    main({words})\n"
        "except SystemExit as ended:\n"
        "    assert ended.code == 0, ended.code\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    # Its version is read from metadata; nothing else may be needed for it.
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_has_help_of_its_own(call: Call) -> None:
    listed = call("--help").out
    for name, (_, text) in cli.COMMANDS.items():
        assert f"{name} " in listed
        assert text in listed
        ended = call(name, "--help")
        assert ended.code == 0
        assert f"awsconform {name}" in ended.out


def test_no_arguments_at_all_show_the_help(call: Call) -> None:
    ended = call()
    assert ended.code == 2
    assert "Commands:" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["shw"], "Did you mean show?"),
        (["zzz"], "No such command 'zzz'"),
        (["run", "--nonsense"], "No such option"),
        (["run", "--level", "could"], "'could' is not one of"),
        (["run", "--examples", "-1"], "-1"),
        (["show"], "Missing argument"),
    ],
)
def test_a_wrong_call_ends_with_2(words: list[str], told: str, call: Call) -> None:
    ended = call(*words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (KeyboardInterrupt(), 130),
        (click.exceptions.Abort(), 130),
        (AwsconformError("wrong", hint="better"), 2),
        (TargetUnreachable("silence"), 3),
        (BrokenPipeError(), 141),
    ],
)
def test_each_end_has_its_exit_code(
    raised: BaseException, code: int, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "_silenced", lambda: 141)
    monkeypatch.setattr("awsconform.commands.show.one_contract", fail)
    ended = call("show", "deadline.GetFarm")
    assert ended.code == code
    if isinstance(raised, AwsconformError):
        assert ended.err.startswith(f"Error: {raised.message}")


@pytest.fixture
def buggy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that has a bug."""

    @click.command
    def command() -> None:
        raise LookupError("nobody thought of this")

    module = type(sys)("buggy")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "buggy", module)
    monkeypatch.setitem(cli.COMMANDS, "list", ("buggy", ""))


@pytest.mark.usefixtures("buggy")
def test_a_bug_of_the_suite_is_told_as_one_and_is_no_finding(call: Call) -> None:
    ended = call("list")
    assert ended.code == 3
    assert "a bug of awsconform" in ended.err
    assert "LookupError: nobody thought of this" in ended.err
    assert len(ended.err.splitlines()) == 2


@pytest.mark.usefixtures("buggy")
def test_a_bug_of_the_suite_shows_its_traceback_on_demand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(cli.TRACEBACK, "1")
    with pytest.raises(SystemExit) as ended:
        cli.main(["list"])
    assert ended.value.code == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--help"], ["show", "deadline.GetFarm", "--json"], ["show", "deadline.GetFarm"]]
)
def test_a_reader_that_goes_away_leaves_no_traceback(words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "awsconform", *words], stdout=write, stderr=subprocess.PIPE
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141


CALLS = [
    ["--help"],
    ["list"],
    ["show", "deadline.GetFarm"],
    ["show", "deadline.GetFarm", "--json"],
    ["run", "deadline.GetFarm", "--examples", "0"],
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("words", CALLS)
def test_an_output_that_cannot_be_written_ends_with_2_and_one_line(words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "awsconform", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("Error: cannot write the output: ")


@pytest.mark.parametrize("words", CALLS)
@pytest.mark.parametrize("closed", [(1,), (1, 2)])
def test_nothing_is_lost_in_a_closed_output(words: list[str], closed: tuple[int, ...]) -> None:
    program = " ".join(["exec", '"$@"', *(f"{number}>&-" for number in closed)])
    done = subprocess.run(
        ["sh", "-c", program, "sh", sys.executable, "-m", "awsconform", *words],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    if 2 not in closed:
        assert done.stderr.startswith("Error: ")
        assert "standard output is closed" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_closed_output_is_not_missed_where_a_file_is_written(tmp_path: Path) -> None:
    words = ["run", "deadline.GetFarm", "--examples", "0", "-o", str(tmp_path / "report.txt")]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 1>&-', "sh", sys.executable, "-m", "awsconform", *words],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "GetFarm" in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_a_current_folder_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    call = "from awsconform.cli import main; main()"
    words = ["-c", call, "run", "deadline.GetFarm", "--examples", "0"]
    done = subprocess.run(
        ["sh", "-c", program, "sh", str(gone), sys.executable, *words],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == "Error: the current folder does not exist any more\n"


def test_serves_until_interrupted_and_then_ends_well() -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "awsconform", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    assert started.stdout is not None
    url = started.stdout.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    assert any(f"AWS_ENDPOINT_URL={url}" in started.stdout.readline() for _ in range(4))
    started.send_signal(signal.SIGINT)
    _, err = started.communicate()
    assert "Traceback" not in err
    assert started.returncode == 0


def test_does_not_serve_other_machines_unasked(call: Call) -> None:
    ended = call("serve", "--host", "0.0.0.0", "--port", "0")
    assert ended.code == 2
    assert "0.0.0.0" in ended.err
    assert "--allow-remote" in ended.err


def test_every_public_name_is_there() -> None:
    for name in awsconform.__all__:
        assert getattr(awsconform, name) is not None
        assert name in dir(awsconform)
    with pytest.raises(AttributeError, match="nonsense"):
        awsconform.nonsense  # type: ignore[attr-defined]  # noqa: B018
