"""`awsconform replay`."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from awsconform.conformance.emulator.application import Emulator
from cli.calling import Call

QUICK = ["--examples", "0", "--seed", "3"]
APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

class Mock:
    def list_farms(self, **_):
        return {"farms": [{"farmId": 3}]}

lax = Lax()
"""
REQUIRED = "deadline.CreateFarm/request/displayName#required"


@pytest.fixture
def applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module with implementations that are wrong."""
    (tmp_path / "replayed_applications.py").write_text(APPLICATIONS)
    monkeypatch.syspath_prepend(tmp_path)
    return "replayed_applications"


@pytest.fixture
def report(applications: str, tmp_path: Path, call: Call) -> Path:
    """The report of a target that takes a farm without a name."""
    path = tmp_path / "report.json"
    run = ["run", "deadline.CreateFarm", "-k", REQUIRED, *QUICK]
    ended = call(*run, "--target", f"wsgi:{applications}:lax", "--format", "json", "-o", str(path))
    assert ended.code == 1
    return path


def test_a_finding_comes_up_again_on_the_target_of_the_report(report: Path, call: Call) -> None:
    ended = call("replay", str(report))
    assert ended.code == 1
    assert f"{REQUIRED}" in ended.out
    assert ended.out.startswith("still failing")
    assert "1 still failing; on wsgi:replayed_applications:lax, exit code 1" in ended.out
    assert "on wsgi:replayed_applications:lax, which was judged" in ended.err


def test_what_is_configured_holds_but_for_the_target(
    report: Path, tmp_path: Path, call: Call
) -> None:
    file = tmp_path / "other.toml"
    file.write_text('target = "emulator:"\nregion = "eu-west-1"\n')
    ended = call("replay", str(report), "--config", str(file))
    assert ended.code == 1
    assert ended.out.startswith("still failing")
    file.write_text('target = "emulator:"\nregion = 7\n')
    ended = call("replay", str(report), "--config", str(file))
    assert ended.code == 2
    assert "other.toml:2" in ended.err


def test_a_finding_is_fixed_on_another_target(report: Path, call: Call) -> None:
    ended = call("replay", str(report), REQUIRED, "--target", "emulator:", "-v")
    assert ended.code == 0
    assert "1 fixed" in ended.out
    assert "POST /2023-10-12/farms" in ended.out


def test_what_cannot_be_reached_is_not_judged(report: Path, call: Call) -> None:
    ended = call("replay", str(report), "--target", "http://127.0.0.1:9")
    assert ended.code == 3
    assert "nothing answers" in ended.out


def test_real_aws_is_not_asked(report: Path, call: Call) -> None:
    ended = call("replay", str(report), "--target", "https://deadline.us-east-1.amazonaws.com")
    assert ended.code == 2
    assert "real AWS" in ended.err


def test_a_word_that_names_no_finding_is_wrong(report: Path, call: Call) -> None:
    ended = call("replay", str(report), "deadline.CreateFarm/request/displayName#requird")
    assert ended.code == 2
    assert f"did you mean {REQUIRED}" in ended.err


def test_the_document_says_what_came(report: Path, call: Call) -> None:
    ended = call("replay", str(report), "--target", "emulator:", "--format", "json")
    document = json.loads(ended.out)
    assert document["format"] == "awsconform-replay"
    assert document["results"]["fixed"] == 1
    [finding] = document["findings"]
    assert finding["clause"] == REQUIRED
    assert finding["result"] == "fixed"
    assert finding["then"]["observation"] == "accepted"
    assert finding["sent"][-1]["request"]["body"] == {"text": "{}"}


def test_another_contract_is_told(report: Path, call: Call) -> None:
    document = json.loads(report.read_text())
    document["contracts"]["deadline.CreateFarm"] = "0" * 64
    report.write_text(json.dumps(document))
    ended = call("replay", str(report), "--target", "emulator:")
    assert "deadline.CreateFarm: judged by another contract than then" in ended.err


def test_a_record_is_replayed_as_a_report_is(applications: str, tmp_path: Path, call: Call) -> None:
    record = tmp_path / "record.jsonl"
    target = ["--target", f"wsgi:{applications}:lax"]
    run = ["run", "deadline.CreateFarm", "-k", REQUIRED, *QUICK, *target]
    assert call(*run, "--record", str(record)).code == 1
    assert "1 still failing" in call("replay", str(record)).out
    assert "1 fixed" in call("replay", str(record), "--target", "emulator:").out


def test_a_client_that_shows_no_wire_is_called_again(
    applications: str, tmp_path: Path, call: Call
) -> None:
    path = tmp_path / "report.json"
    target = f"client:{applications}:Mock"
    clause = "deadline.ListFarms/response/farms/*/farmId#type"
    run = ["run", "deadline.ListFarms", "-k", clause, *QUICK, "--target", target]
    assert call(*run, "--format", "json", "-o", str(path)).code == 1
    ended = call("replay", str(path))
    assert (ended.code, ended.out.split("  ")[0]) == (1, "still failing")


def test_a_program_needs_boto3_alone(report: Path, tmp_path: Path, call: Call) -> None:
    script = tmp_path / "script.py"
    assert call("replay", str(report), "--script", "-o", str(script)).code == 0
    tree = ast.parse(script.read_text())
    asked = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert asked - set(sys.stdlib_module_names) == {"boto3", "botocore"}
    lax: Any = type("Lax", (Emulator,), {"validate": lambda self, contract, request: []})
    for application, code, told in ((lax(), 1, "the same"), (Emulator(), 0, "another")):
        with served(application) as url:
            ended = subprocess.run(
                [sys.executable, "-I", str(script)],
                env={"AWS_ENDPOINT_URL": url, "AWS_EC2_METADATA_DISABLED": "true"},
                capture_output=True,
                text=True,
                check=False,
            )
        assert ended.returncode == code, ended.stderr
        assert f"now: {told} answer" in ended.stdout


@contextmanager
def served(application: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
