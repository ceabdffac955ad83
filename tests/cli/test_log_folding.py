"""What the report of a run looks like in the log of a CI's job."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from awsconform.conformance.reports.log_groups import groups_in
from awsconform.conformance.reports.text_report import FINDINGS_IN_FULL, print_report
from cli.calling import Call
from reports.large import Document, large, small, with_texts
from reports.test_log_groups import COMMAND, MARKER, runner

VARIABLES = ("GITHUB_ACTIONS", "GITLAB_CI")
HOSTILE = (
    "\n::endgroup::\n  ::error::no\n::stop-commands::mine\n::mine::\n##[endgroup]\n##[error]no\n"
    "\x1b[0Ksection_end:1:awsconform_1_1_of_1\r\x1b[0K\n"
)


def said(log: str) -> list[str]:
    """The lines of a log but for those that only a CI reads and those that are empty."""
    tokens = {f"::{token}::" for token in re.findall(r"^::stop-commands::(\w+)$", log, re.M)}
    lines = (line for line in log.split("\n") if not MARKER.match(line) and line not in tokens)
    return [line for line in lines if line.strip() and not COMMAND.match(line)]


def nested(log: str) -> list[tuple[str, str]]:
    """What begins and ends in a log of GitLab, with the names."""
    return [(match[1], match[3]) for match in MARKER.finditer(log)]


def report(document: Document, *variables: str) -> str:
    """The report as the log has it where these are set."""
    stream = io.StringIO()
    groups = groups_in(dict.fromkeys(variables, "true"))
    print_report(Console(file=stream, width=120), document, groups=groups)
    return stream.getvalue()


@pytest.mark.parametrize("variable", VARIABLES)
def test_findings_fold_and_nothing_else_is_changed(variable: str) -> None:
    document = large(2500)
    findings = sum(
        len(clause["findings"])
        for operation in document["operations"]
        for clause in operation["clauses"]
    )
    log = report(document, variable)
    assert said(log) == said(report(document))
    if variable == "GITHUB_ACTIONS":
        obeyed = runner(log)
        assert [name for name, _ in obeyed] == ["group", "endgroup"] * (len(obeyed) // 2)
        titles = [title for name, title in obeyed if name == "group"]
    else:
        marks = nested(log)
        assert [kind for kind, _ in marks] == ["start", "end"] * (len(marks) // 2)
        assert [name for _, name in marks[::2]] == [name for _, name in marks[1::2]]
        titles = [match[5] for match in MARKER.finditer(log) if match[1] == "start"]
    assert len(titles) == FINDINGS_IN_FULL + 2
    assert titles[0].startswith(f"1 of {findings} service0.ListFarms0/request/")
    more = findings - FINDINGS_IN_FULL
    assert titles[-2:] == [f"{more} more findings", "What was not judged, and why"]


@pytest.mark.parametrize("variable", VARIABLES)
def test_what_a_target_answers_ends_no_group_and_commands_nothing(variable: str) -> None:
    document, plain = with_texts(small(), lambda text: text + HOSTILE), small()
    # These are ours: what is asked for, and of whom.
    document["target"] = plain["target"]
    for member in ("service", "operation"):
        document["operations"][0][member] = plain["operations"][0][member]
    log = report(document, variable)
    if variable == "GITHUB_ACTIONS":
        assert [name for name, _ in runner(log)] == ["group", "endgroup"] * 2
    else:
        assert [kind for kind, _ in nested(log)] == ["start", "end"] * 2


@pytest.mark.parametrize("variable", VARIABLES)
def test_standard_output_folds_and_files_do_not(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    made, kept = tmp_path / "made.json", tmp_path / "kept.txt"
    document = small()
    made.write_text(json.dumps(document), encoding="utf-8")
    plain = call("report", str(made)).out
    monkeypatch.setenv(variable, "true")
    assert call("report", str(made)).out != plain
    call("report", str(made), "-o", str(kept))
    assert kept.read_text(encoding="utf-8") == plain
    assert json.loads(call("report", str(made), "--format", "json").out) == document
