"""The action this repository is: its steps, run as a runner of GitHub runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
JUDGE = next(step for step in STEPS if step.get("id") == "run")
PRINTS_ITS_ARGUMENTS = f"""#!{sys.executable}
import json, pathlib, sys
pathlib.Path("called.json").write_text(json.dumps(sys.argv[1:]))
sys.exit(7)
"""
HOSTILE = "$(touch owned) `touch owned` ; touch owned & ' \" * \\"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


class Ended(NamedTuple):
    """How a step ended: its exit code, its log, and its outputs."""

    code: int
    log: str
    outputs: dict[str, str]


class Runner:
    """A step in a folder; inputs are put into the step's environment as a runner does."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.program = program

    def judge(self, **inputs: str) -> Ended:
        """The step that judges."""
        given = {name: each["default"] for name, each in ACTION["inputs"].items()} | inputs
        environment = {
            **os.environ,
            **_filled_in(JUDGE["env"], given),
            "PROGRAM": str(self.program),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }
        (self.folder / "outputs").write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", JUDGE["run"]],
            cwd=self.folder,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines = (self.folder / "outputs").read_text().splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Ended(done.returncode, done.stdout, outputs)

    def arguments(self, **inputs: str) -> list[str]:
        """What the program is called with."""
        assert self.judge(**inputs).code == 7
        called: list[str] = json.loads((self.folder / "called.json").read_text())
        return called


def _filled_in(values: Mapping[str, str], inputs: Mapping[str, str]) -> dict[str, str]:
    expression = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
    return {
        name: expression.sub(lambda found: inputs[found[1]], value)
        for name, value in values.items()
    }


@pytest.fixture
def stub(tmp_path: Path) -> Runner:
    """A runner whose awsconform writes down its arguments and ends with 7."""
    program = tmp_path / "program"
    program.write_text(PRINTS_ITS_ARGUMENTS)
    program.chmod(0o755)
    return Runner(tmp_path, program)


@pytest.fixture
def real(tmp_path: Path) -> Runner:
    """A runner that has awsconform."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m awsconform "$@"\n')
    program.chmod(0o755)
    return Runner(tmp_path, program)


def test_no_input_is_part_of_a_script() -> None:
    assert not [step["name"] for step in STEPS if "${{" in step["run"]]


def test_an_input_is_one_argument_whatever_is_in_it(stub: Runner) -> None:
    called = stub.arguments(
        target=HOSTILE, start=HOSTILE, baseline=HOSTILE, arguments=f"-k\n{HOSTILE}\n"
    )
    assert called[:9] == [
        "run", "--target", HOSTILE, "--start", HOSTILE, "--baseline", HOSTILE, "-k", HOSTILE
    ]  # fmt: skip
    assert not (stub.folder / "owned").exists()


def test_operations_are_words_and_no_patterns_of_files(stub: Runner) -> None:
    (stub.folder / "sqs.txt").touch()
    called = stub.arguments(operations=" sqs.*  deadline\nkms ")
    assert called[:4] == ["run", "sqs.*", "deadline", "kms"]


def test_without_inputs_the_default_target_is_judged(stub: Runner) -> None:
    assert stub.arguments()[:2] == ["run", "--record"]


def test_the_step_ends_as_the_run_does_and_says_so_in_its_outputs(stub: Runner) -> None:
    ended = stub.judge(reports="out of it")
    assert ended.code == 7
    assert ended.outputs == {"exit-code": "7", "reports": "out of it"}
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.run.outputs.{name} }}}}"


def test_writes_all_reports_again_and_again(real: Runner) -> None:
    for _ in range(2):
        ended = real.judge(operations="deadline.GetFarm", arguments="--examples\n0\n--seed=1")
        assert ended.code == 0, ended.log
    folder = real.folder / ended.outputs["reports"]
    assert {each.name for each in folder.iterdir()} == {
        "badge.json", "junit.xml", "record.jsonl", "report.html", "report.sarif"
    }  # fmt: skip
    assert (real.folder / "summary.md").read_text().count("100 % conform") == 2


def _workflows() -> list[tuple[str, str]]:
    """The schema and the text of each file for a CI in the documents."""
    text = (ROOT / "docs" / "CI.md").read_text(encoding="utf-8")
    kinds = {"GitHub": "vendor.github-workflows", "GitLab": "vendor.gitlab-ci"}
    parts = re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return [
        (kinds[name], block)
        for name, part in parts
        for block in re.findall(r"^```yaml\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    ]


def valid(schema: str, file: Path) -> None:
    words = ["-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run([sys.executable, *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_has_the_form_github_reads() -> None:
    valid("vendor.github-actions", ROOT / "action.yml")


def test_the_files_in_the_documents_have_the_form_their_ci_reads(tmp_path: Path) -> None:
    found = _workflows()
    assert len(found) == 2
    for schema, text in found:
        file = tmp_path / f"{schema}.yml"
        file.write_text(text)
        valid(schema, file)


def test_the_workflow_in_the_documents_gives_inputs_the_action_has() -> None:
    [text] = [text for schema, text in _workflows() if schema == "vendor.github-workflows"]
    [job] = yaml.safe_load(text)["jobs"].values()
    [step] = [each for each in job["steps"] if each.get("uses") == "./awsconform"]
    assert step["with"].keys() <= ACTION["inputs"].keys()
