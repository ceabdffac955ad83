"""`--max-requests` and `--rate` of a run, and of one that is gone on with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.calling import Call

TWO = ("run", "deadline.ListFarms", "deadline.GetFarm", "--seed", "3", "--examples", "0")
JSON = ("--format", "json")


def verdicts(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {
        clause["id"]: (clause["verdict"], clause["reason"])
        for operation in document["operations"]
        for clause in operation["clauses"]
    }


def test_what_is_not_reached_names_the_budget_and_is_no_pass(call: Call) -> None:
    document = json.loads(call(*TWO, *JSON, "--max-requests", "30").out)
    assert document["options"]["maxRequests"] == 30
    reasons = {reason for verdict, reason in verdicts(document).values() if verdict != "conforms"}
    assert "the requests for the run, 30, were sent" in reasons
    assert call(*TWO, "--max-requests", "1").code == 3


def test_a_resumed_run_has_what_is_left_of_its_requests(call: Call, tmp_path: Path) -> None:
    record = tmp_path / "run.jsonl"
    words = (*TWO, *JSON, "--max-requests", "90", "--record", str(record))
    unbroken = verdicts(json.loads(call(*words).out))
    assert any("were sent" in reason for _, reason in unbroken.values())
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    ended = next(at for at, line in enumerate(lines) if json.loads(line)["kind"] == "operation")
    record.write_text("".join(lines[: ended + 1]), encoding="utf-8")
    otherwise = call(*words[:-3], "99", *words[-2:], "--resume")
    assert otherwise.code == 2
    assert "maxRequests was 90 and is 99" in otherwise.err
    assert verdicts(json.loads(call(*words, "--resume").out)) == unbroken


@pytest.mark.parametrize(
    "words",
    [("--max-requests", "0"), ("--rate", "0"), ("--rate", "nan"), ("--rate", "inf")],
)
def test_what_is_no_budget_is_refused(words: tuple[str, str], call: Call) -> None:
    ended = call(*TWO, *words)
    assert ended.code == 2
    assert words[0] in ended.err


def test_a_baseline_loses_nothing_to_a_run_whose_budget_was_spent(
    call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "baseline.json"
    words = (*TWO, "--baseline", str(file), "--update-baseline")
    assert call(*words).code == 0
    before = file.read_bytes()
    ended = call(*words, "--max-requests", "90")
    assert ended.code == 1
    assert "is left as it is: the budget of the run was spent" in " ".join(ended.out.split())
    assert file.read_bytes() == before
    report = tmp_path / "report.json"
    call(*TWO, *JSON, "--max-requests", "90", "-o", str(report))
    assert call("baseline", "update", str(file), str(report)).code == 2
    assert file.read_bytes() == before
