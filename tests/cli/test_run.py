"""`run`, against the embedded emulator and things that are none."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from awsconform.commands.run import command
from awsconform.conformance.running import DEFAULT_EXAMPLES
from awsconform.conformance.targets.options import Options
from awsconform.specs.clauses import Level
from cli.calling import Call

QUICK = ["--examples", "0"]
APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()

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
    seconds = re.compile(r"\d+\.\d s")
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
