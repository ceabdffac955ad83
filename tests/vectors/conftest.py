"""Folders of test cases written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.vectors.folder import opened
from awsconform.conformance.vectors.judging import Verdict, judge
from vectors.miniatures import write

Judged = Callable[..., list[Verdict]]


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """A function that judges one file of test cases."""

    def judge_file(content: Any, name: str = "input/own.json") -> list[Verdict]:
        write(tmp_path, name, content)
        return [judge(vector) for vector in opened(tmp_path).vectors()]

    return judge_file
