"""The first step of the action this repository is: it installs what the second one calls."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NOT_SOURCE = (".*", "__pycache__", "*.egg-info", "build", "dist")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_action_installs_itself_beside_what_is_there(tmp_path: Path) -> None:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    install = action["runs"]["steps"][0]
    source, outputs = tmp_path / "its own copy", tmp_path / "outputs"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYTHON": sys.executable,
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(source),
        "GITHUB_OUTPUT": str(outputs),
        # What it depends on is installed where the wheel is tried.
        "PIP_NO_DEPS": "1",
    }
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", install["run"]]
    subprocess.run(words, cwd=tmp_path, env=environment, check=True)
    name, _, program = outputs.read_text().strip().partition("=")
    assert name == "program"
    assert os.access(program, os.X_OK)
