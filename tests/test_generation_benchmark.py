"""The benchmark's last line names everything that is too slow."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parent.parent / "benchmarks" / "generation.py"


@pytest.fixture(scope="module")
def generation() -> Any:
    spec = importlib.util.spec_from_file_location("generation_benchmark", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_names_every_miss_with_its_batch(generation: Any) -> None:
    fast = generation.Measured("a.B", 1, 500.0, 100.0, 5.0)
    slow = generation.Measured("ecs.PutAttributes", 10, 440.0, 100.0, 4.4)
    assert generation.summary([fast], 5.0) == "below 5 times: none"
    told = generation.summary([fast, slow], 5.0)
    assert told == "below 5 times: ecs.PutAttributes at batch 10 (4.4)"


def test_only_valid_requests_count(generation: Any) -> None:
    integers = generation.st.integers(0, 9)
    assert generation.rate(integers, 5, 2, lambda value: False) == 0
    assert generation.rate(integers, 5, 2) > 0
