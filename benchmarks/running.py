"""A whole run against the bare replay of the requests it sent, on the same target.

The emulator draws its ids from a seeded source here, so that the replay meets the same farms and
tokens as the run did. Run and replay alternate in one process, each on an emulator of its own; what
is printed is the median of the repetitions and the ratio of the medians.

    python benchmarks/running.py --repetitions 5
"""

from __future__ import annotations

import argparse
import random
import secrets
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import urllib3

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.exchange import Case, Exchange, HTTPRequest
from awsconform.conformance.running import DEFAULT_EXAMPLES, RunOptions, run
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wsgi import WSGITarget, call
from awsconform.specs.catalog import select
from awsconform.specs.contract import Contract

GOAL = 2.5
LIMIT = 1 << 24
Step = HTTPRequest | float


def seed_ids() -> None:
    """Makes the emulator's ids and tokens the same for the same sequence of requests."""
    chance = random.Random(0)
    uuid.uuid4 = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
    secrets.token_urlsafe = lambda size=32: chance.randbytes(size or 32).hex()


class Recording:
    """A target that keeps what is sent to it, and how its clock is moved."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.name, self.view = target.name, target.view
        self.steps: list[Step] = []
        self.advance_clock: Callable[[float], None] | None = self._advance

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and keeps its request."""
        exchange = self.target.send(contract, case)
        if exchange.request is not None:
            self.steps.append(exchange.request)
        return exchange

    def _advance(self, seconds: float) -> None:
        assert self.target.advance_clock is not None
        self.steps.append(seconds)
        self.target.advance_clock(seconds)

    def close(self) -> None:
        """Closes the target."""
        self.target.close()


def record(target: Target, examples: int) -> list[Step]:
    """Runs every operation; gives what was done to the target."""
    recording = Recording(target)
    done = run(select([]), recording, RunOptions(seed=1, examples=examples))
    assert done.exit_code == 0, "the emulator does not conform"
    return recording.steps


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_process(examples: int) -> tuple[float, float, int]:
    """Seconds of a run and of its replay on the emulator in this process; requests sent."""

    def fresh() -> Emulator:
        seed_ids()
        return Emulator()

    emulator = fresh()
    steps: list[Step] = []
    target = WSGITarget(
        emulator, name="emulator:", signed=False, advance_clock=emulator.clock.advance
    )
    took = timed(lambda: steps.extend(record(target, examples)))
    replayed = fresh()

    def replay() -> None:
        for step in steps:
            if isinstance(step, HTTPRequest):
                call(replayed, step, LIMIT)
            else:
                replayed.clock.advance(step)

    return took, timed(replay), len(steps)


SERVER = """
import sys
sys.path.insert(0, {folder!r})
from running import seed_ids
seed_ids()
from awsconform.conformance.emulator.serving import serve
serve("127.0.0.1", 0)
"""


@contextmanager
def served() -> Iterator[str]:
    """A seeded emulator behind a socket, in a process of its own."""
    folder = str(__file__).rpartition("/")[0] or "."
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", SERVER.format(folder=folder)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        yield "http" + line.rpartition("http")[2].split()[0]
    finally:
        process.terminate()
        process.wait()


def over_http(examples: int) -> tuple[float, float, int]:
    """The same over loopback, keep-alive, on a served emulator."""
    steps: list[Step] = []
    with served() as url:
        target = HTTPTarget(url)
        took = timed(lambda: steps.extend(record(target, examples)))
        target.close()
    with served() as url:
        pool = urllib3.PoolManager()

        def replay() -> None:
            for step in steps:
                if isinstance(step, HTTPRequest):
                    pool.request(
                        step.method, url + step.path, headers=dict(step.headers),
                        body=step.body or None, redirect=False, retries=False,
                    )  # fmt: skip
                else:
                    pool.request("POST", url + "/_awsconform/clock", json={"advance": step})

        return took, timed(replay), len(steps)


def main() -> int:
    """Prints both comparisons; exit code 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--examples", type=int, default=DEFAULT_EXAMPLES)
    asked = parser.parse_args()
    slow = False
    for name, measure in (("in process", in_process), ("over HTTP", over_http)):
        pairs = [measure(asked.examples) for _ in range(asked.repetitions)]
        runs, replays = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        ratio = statistics.median(taken / bare for taken, bare in zip(runs, replays, strict=True))
        print(
            f"{name:11} {pairs[0][2]:5} requests  run {statistics.median(runs):6.2f} s  "
            f"replay {statistics.median(replays):6.2f} s  ratio {ratio:5.2f}"
        )
        slow = ratio > GOAL
    print(f"goal over HTTP: at most {GOAL}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
