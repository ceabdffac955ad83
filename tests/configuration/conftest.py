"""A folder with nothing above it that counts, and an environment that says nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cli.calling import Call, caller


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, the root of a repository."""
    for name in [name for name in os.environ if name.startswith("AWSCONFORM_")]:
        if name != "AWSCONFORM_CACHE_DIR":
            monkeypatch.delenv(name)
    (tmp_path / ".git").mkdir()
    # What is found beside one file is not to be found by the next.
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(tmp_path)
    return tmp_path
