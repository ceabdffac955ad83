"""A seed repeats a run: on a fresh target the same requests are sent, in any process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import as_target
from awsconform.specs import catalog
from awsconform.specs.contract import Contract

NAMES = ("deadline.CreateFarm", "deadline.ListFarms", "deadline.GetFarm")
MADE_BY_TARGET = "made by the target"


class Lax(Emulator):
    """Accepts whatever is sent, so that there are findings to be tried again."""

    def validate(self, contract: Contract, request: dict[str, Any]) -> list[Any]:
        return []


class Recorder:
    """A target that notes the requests, without the ids and tokens that it made itself."""

    def __init__(self, thing: object) -> None:
        self.target = as_target(thing)
        self.sent: list[str] = []
        self._made: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)

    def send(self, contract: Contract, case: Case) -> Exchange:
        intent = case.intent
        value = self._plain(case.value)
        told = [contract.id, intent.purpose, intent.clause, intent.label, value, repr(case.body)]
        self.sent.append(json.dumps(told, sort_keys=True))
        exchange = self.target.send(contract, case)
        self._learn(observe(contract, exchange).value)
        return exchange

    def _plain(self, value: Any, name: str = "") -> Any:
        if name == "nextToken" and isinstance(value, str):
            # Made-up ones are made of its own, too.
            return MADE_BY_TARGET
        if isinstance(value, dict):
            return {name: self._plain(below, name) for name, below in value.items()}
        if isinstance(value, list):
            return [self._plain(below) for below in value]
        return MADE_BY_TARGET if value in self._made else value

    def _learn(self, value: Any) -> None:
        if isinstance(value, str):
            self._made.add(value)
        for below in value.values() if isinstance(value, dict) else ():
            self._learn(below)
        for below in value if isinstance(value, list) else ():
            self._learn(below)


def requests(seed: int, thing: object = "emulator:") -> list[str]:
    recorder = Recorder(thing)
    run(catalog.select(NAMES), recorder, RunOptions(seed=seed, examples=3))
    return recorder.sent


@pytest.mark.parametrize("faulty", [False, True])
def test_two_runs_of_one_seed_send_the_same_requests(faulty: bool) -> None:
    first, second = (requests(5, Lax() if faulty else "emulator:") for _ in range(2))
    assert first == second


def test_another_seed_sends_other_requests() -> None:
    assert requests(5) != requests(6)


def test_processes_send_the_same_requests_whatever_order_their_sets_have() -> None:
    program = (
        "import hashlib, runpy\n"
        f"here = runpy.run_path({__file__!r})\n"
        "sent = here['requests'](5, here['Lax']())\n"
        "print(len(sent), hashlib.sha256('\\n'.join(sent).encode()).hexdigest())\n"
    )
    said = set()
    for order in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": order}
        words = [sys.executable, "-c", program]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        said.add(done.stdout)
    assert len(said) == 1
