"""`scoreboard`, over the embedded emulator and applications made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import Call

APPLICATIONS = """
from awsconform.conformance.emulator.application import Emulator

class Lax(Emulator):
    def validate(self, contract, request):
        return []

lax = Lax()
right = Emulator()
"""
QUICK = ("--examples", "0", "--seed", "3")


@pytest.fixture
def applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"board_applications_{abs(hash(str(tmp_path)))}"
    (tmp_path / f"{name}.py").write_text(APPLICATIONS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return f"wsgi:{name}"


def test_targets_stand_side_by_side(call: Call, applications: str) -> None:
    ended = call(
        "scoreboard", "deadline.ListFarms", "--target", "emulator:",
        "--target", f"lax={applications}:lax", "--differences", "-v", *QUICK,
    )  # fmt: skip
    assert ended.code == 1
    assert "emulator → lax" in ended.out
    assert "ListFarms/request/maxResults#minimum" in ended.out
    assert "On the operations both are judged on" in ended.out


def test_what_is_right_ends_with_0(call: Call) -> None:
    ended = call("scoreboard", "deadline.ListFarms", *QUICK)
    assert ended.code == 0
    assert "deadline" in ended.out


def test_a_committed_board_is_compared_with_a_later_one(
    call: Call, applications: str, tmp_path: Path
) -> None:
    first = ("scoreboard", "deadline.ListFarms", *QUICK, "--format", "json", "--stable")
    kept = tmp_path / "old.json"
    assert call(*first, "--target", f"mine={applications}:lax", "-o", str(kept)).code == 1
    written = kept.read_text(encoding="utf-8")
    call(*first, "--target", f"mine={applications}:lax", "-o", str(kept))
    assert kept.read_text(encoding="utf-8") == written
    ended = call(*first, "--target", f"mine={applications}:right", "--compare", str(kept))
    assert ended.code == 0
    [found] = json.loads(ended.out)["comparisons"]
    assert found["before"] == "mine in old.json"
    changes = {each["clause"]: each["change"] for each in found["differences"]}
    assert changes["deadline.ListFarms/request/maxResults#minimum"] == "mended"


def test_a_target_that_is_not_there_does_not_lose_the_others(call: Call) -> None:
    ended = call(
        "scoreboard", "deadline.ListFarms", *QUICK, "--format", "json",
        "--target", "gone=http://127.0.0.1:1", "--target", "emulator:",
    )  # fmt: skip
    assert ended.code == 3
    document = json.loads(ended.out)
    gone, here = document["targets"]
    assert gone["trouble"]
    assert here["trouble"] is None
    assert here["conformance"]["judged"] > 0
    assert "gone: nothing answers" in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--target", "emulator:", "--target", "emulator:"), "two targets are called emulator"),
        (
            ("--start", "moto", "--start", "/usr/bin/moto --port {port}"),
            "two targets are called moto",
        ),
        (("--target", "emulator:", "--differences"), "--differences is about several targets"),
        (("-k", "nothing#fits"), "no clause fits"),
        (("--target", "odd"), "names no target"),
        (("--header", "bad"), "NAME:VALUE"),
    ],
)
def test_a_wrong_call_ends_with_2_or_says_which_target_is_wrong(
    call: Call, words: tuple[str, ...], told: str
) -> None:
    ended = call("scoreboard", "deadline.ListFarms", *QUICK, *words)
    assert ended.code in (2, 3)
    assert told in ended.err


def test_a_board_that_does_not_have_the_target_says_which_it_has(
    call: Call, tmp_path: Path
) -> None:
    kept = tmp_path / "old.json"
    words = ("scoreboard", "deadline.ListFarms", *QUICK, "--format", "json")
    call(*words, "--target", "mine=emulator:", "-o", str(kept))
    ended = call(*words, "--target", "other=emulator:", "--compare", str(kept))
    assert ended.code == 2
    assert "those in it are mine" in ended.err
