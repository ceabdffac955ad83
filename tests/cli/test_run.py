"""`run`, against the embedded emulator and things that are none."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from awsconform.commands.run import command
from awsconform.conformance.running import DEFAULT_EXAMPLES
from awsconform.conformance.targets.options import Options
from awsconform.specs.clauses import Level
from cli.calling import Call

QUICK = ["--examples", "0"]
APPLICATIONS = """
import atexit, gc, os, signal, sys
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()

def interrupted_and_drops_it(environ, start_response):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        pass
    return lax(environ, start_response)

def interrupted_and_fails(environ, start_response):
    try:
        return interrupted_and_drops_it(environ, start_response)
    finally:
        assert False, "something else came of it"

def interrupted(environ, start_response):
    os.kill(os.getpid(), signal.SIGINT)
    return lax(environ, start_response)

class Terminated(Emulator):
    # It tells what lived on it when it was told to end, and at the very end.
    requests = 0

    def __call__(self, environ, start_response):
        self.requests += 1
        if self.requests == 40:
            farms = self.services["deadline"].farms
            atexit.register(lambda: print(len(farms), file=sys.stderr))
            print(len(farms), file=sys.stderr)
            os.kill(os.getpid(), signal.SIGTERM)
        return super().__call__(environ, start_response)

terminated = Terminated()

class Late:
    # The hundredth request is a drawn one.
    requests = 0

    def __call__(self, environ, start_response):
        self.requests += 1
        removes = environ["REQUEST_METHOD"] == "DELETE"
        assert self.requests <= 100 or removes, "goes on after the interruption"
        application = interrupted_and_drops_it if self.requests == 100 else lax
        return application(environ, start_response)

class Collected(Late):
    # Interrupted where Python drops all exceptions.
    def __call__(self, environ, start_response):
        self.requests += 1
        removes = environ["REQUEST_METHOD"] == "DELETE"
        assert self.requests <= 100 or removes, "goes on after the interruption"
        if self.requests == 100:
            gc.callbacks.append(lambda *_: os.kill(os.getpid(), signal.SIGINT))
            gc.collect(0)
            gc.callbacks.pop()
        return lax(environ, start_response)

late = Late()
collected = Collected()

def ends(environ=None, start_response=None):
    raise SystemExit(0)

def nothing(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/html")])
    return [b"<h1>Not Found</h1>"]
"""


@pytest.fixture
def applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "applications_under_test.py").write_text(APPLICATIONS)
    monkeypatch.syspath_prepend(tmp_path)


def test_judges_the_emulator_by_default_and_prints_a_seed_that_repeats_it(call: Call) -> None:
    first = call("run", "deadline.GetFarm", *QUICK)
    assert first.code == 0
    assert first.err == ""
    found = re.search(r"--seed (\d+) repeats", first.out)
    assert found
    second = call("run", "deadline.GetFarm", *QUICK, "--seed", found[1])
    seconds = re.compile(r"\d+\.\d s|\d+ requests/s")
    assert seconds.sub("", second.out) == seconds.sub("", first.out)


def test_ends_with_1_and_shows_the_finding_where_something_violates(
    applications: None, call: Call
) -> None:
    clause = "deadline.ListFarms/request/maxResults#minimum"
    ended = call(
        "run", "deadline.ListFarms", "-k", clause, "--target", "wsgi:applications_under_test:lax"
    )
    assert ended.code == 1
    assert f"1 of 1  {clause}\n" in ended.out
    assert "client.list_farms(maxResults=0)" in ended.out


def test_ends_with_3_and_says_why_where_nothing_was_judged(applications: None, call: Call) -> None:
    ended = call("run", "deadline", *QUICK, "--target", "wsgi:applications_under_test:nothing")
    assert ended.code == 3
    assert "NOTHING WAS JUDGED: the target has none of the operations" in ended.out
    assert "Unimplemented" in ended.out


def test_ends_with_3_where_nothing_answers(call: Call) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        ended = call(
            "run", "deadline.GetFarm", "--target", f"http://127.0.0.1:{unused.getsockname()[1]}"
        )
    assert ended.code == 3
    assert ended.err.startswith("Error: ")
    assert "hint:" in ended.err


def test_an_output_that_cannot_be_written_is_told_before_anything_is_sent(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("awsconform.commands.run.judged")
    ended = call("run", "deadline.GetFarm", "-o", "/no/such/folder/report", *QUICK)
    assert ended.code == 2
    assert "cannot write /no/such/folder/report" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["deadlin"], "did you mean deadline"),
        (["deadline.GetFrm"], "GetFarm"),
        (["-k", "nonsense"], "no clause fits"),
        (["deadline.GetFarm", "-k", "deadline.GetFarm/request/farmId#patern"], "farmId#pattern"),
        (["--target", "nonsense"], "names no target"),
        (["--target", "wsgi:no_such_module:app"], "no_such_module"),
        (["--target", "https://deadline.us-east-1.amazonaws.com"], "--allow-aws"),
        (["--allow-writes"], "--allow-aws"),
        (["deadline.GetFarm", "-o", "/no/such/folder/report"], "cannot write"),
        (["deadline.GetFarm", "--ca-bundle", "/no/such/bundle.pem"], "/no/such/bundle.pem"),
        (["deadline.GetFarm", "--level", "must", "-k", "response#members"], "--level must"),
        (["--target", "http://169.254.169.254"], "169.254.169.254"),
        *((["--timeout", each], "--timeout") for each in ("nan", "inf", "0", "-1")),
    ],
)
def test_a_wrong_call_ends_with_2(words: list[str], told: str, call: Call) -> None:
    ended = call("run", *words, *QUICK)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


def test_writes_one_json_document_for_programs(call: Call) -> None:
    ended = call("run", "deadline.GetFarm", *QUICK, "--seed", "5", "--format", "json")
    document = json.loads(ended.out)
    assert document["exitCode"] == ended.code == 0
    assert document["seed"] == 5
    assert document["options"]["examples"] == 0
    assert [each["id"] for each in document["operations"]] == ["deadline.GetFarm"]


def test_writes_a_file_without_colours(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "report.txt"
    ended = call("run", "deadline.GetFarm", *QUICK, "--seed", "5", "--output", str(path))
    assert ended.out == ""
    assert "seed 5" in ended.err
    text = path.read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert "All " in text


@pytest.mark.parametrize(
    ("level", "levels"), [("must", ["MUST"]), ("SHOULD", ["MUST", "SHOULD"]), ("may", list(Level))]
)
def test_judges_the_level_and_what_binds_more(level: str, levels: list[str], call: Call) -> None:
    words = ["run", "deadline.GetFarm", *QUICK, "--level", level, "--format", "json"]
    document = json.loads(call(*words).out)
    assert document["options"]["levels"] == levels
    judged = {each["level"] for each in document["operations"][0]["clauses"]}
    assert judged <= set(levels)
    assert "MUST" in judged


def test_leaves_out_operations_without_a_clause_that_fits(call: Call) -> None:
    document = json.loads(call("run", "-k", "usageType#enum", *QUICK, "--format", "json").out)
    assert [each["operation"] for each in document["operations"]] == [
        "GetSessionsStatisticsAggregation"
    ]
    assert [each["kind"] for each in document["operations"][0]["clauses"]] == ["enum"]


def test_its_defaults_are_those_of_the_library() -> None:
    defaults = {parameter.name: parameter.default for parameter in command.params}
    assert defaults["examples"] == DEFAULT_EXAMPLES
    assert defaults["region"] == Options().region
    assert defaults["timeout"] == Options().timeout


@pytest.mark.parametrize(
    "application",
    ["interrupted", "interrupted_and_drops_it", "interrupted_and_fails", "late", "collected"],
)
def test_an_interruption_ends_the_run_wherever_it_comes(
    application: str, applications: None, tmp_path: Path
) -> None:
    words = ["run", "deadline.ListFarms", "--target", f"wsgi:applications_under_test:{application}"]
    done = subprocess.run(
        [sys.executable, "-m", "awsconform", *words, "--seed", "1", "--examples", "400"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_sigterm_ends_a_run_as_an_interruption_does_and_what_was_made_is_removed(
    applications: None, tmp_path: Path
) -> None:
    words = ["run", "deadline.GetFarm", "--target", "wsgi:applications_under_test:terminated"]
    done = subprocess.run(
        [sys.executable, "-m", "awsconform", *words, "--seed", "1"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL) and None,
    )
    assert (done.returncode, done.stdout) == (143, "")
    before, told, after = done.stderr.splitlines()
    assert told == "interrupted"
    assert int(before) > int(after) == 0


def test_leaves_nothing_in_the_current_folder(tmp_path: Path) -> None:
    folder = tmp_path / "current"
    folder.mkdir()
    words = ["run", "deadline.ListFarms", "--seed", "1", "--examples", "3", "-k", "request"]
    environment = {key: value for key, value in os.environ.items() if "HYPOTHESIS" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "awsconform", *words],
        cwd=folder,
        env={**environment, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    assert done.returncode == 0
    assert list(folder.iterdir()) == []


def test_credentials_that_cannot_be_had_end_with_2(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    ended = call(
        "run", "deadline.GetFarm", "--account-credentials", "--target", "http://127.0.0.1:4570"
    )
    assert ended.code == 2
    assert "no-such-profile" in ended.err


@pytest.mark.parametrize("kind", ["client", "wsgi"])
def test_a_target_that_ends_the_program_does_not_end_the_run(
    kind: str, applications: None, call: Call
) -> None:
    ended = call(
        "run", "deadline.GetFarm", *QUICK, "--target", f"{kind}:applications_under_test:ends"
    )
    assert ended.code != 0
    assert "SystemExit" in ended.err + ended.out


def test_a_finding_is_seen_again_with_the_options_of_its_run(
    applications: None, call: Call
) -> None:
    clause = "deadline.ListFarms/request/maxResults#minimum"
    target = "wsgi:applications_under_test:lax"
    given = ["--timeout", "3.0", "--level", "must", "--region", "eu-west-1", "--examples", "0"]
    given += ["--no-verify", "--target", target, "--seed", "5"]
    ended = call("run", "deadline.ListFarms", "-k", clause, "--format", "json", *given)
    clauses = json.loads(ended.out)["operations"][0]["clauses"]
    [told] = [each for each in clauses if each["id"] == clause]
    again = shlex.split(told["findings"][0]["reproduction"]["awsconform"])
    assert again[:3] == ["awsconform", "run", "deadline.ListFarms"]
    assert sorted(again[3:]) == sorted([*given, "-k", clause])


@pytest.mark.parametrize("told", ["0", "1", "10"])
def test_the_report_can_be_read_whatever_width_is_told(
    told: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", told)
    out = call("run", "sagemaker-edge.SendHeartbeat", "--examples", "0").out
    assert "conforms" in out
    assert "Heartbeat" in out
