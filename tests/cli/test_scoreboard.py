"""`scoreboard`, over the embedded emulator and applications made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from awsconform.conformance.targets.locator import Options, emulator_target
from awsconform.conformance.targets.target import Target
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


@pytest.fixture
def nothing_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a call has to be found before anything is judged."""

    def judged(*_: object, **__: object) -> None:
        raise AssertionError("a target was judged")

    monkeypatch.setattr("awsconform.commands.scoreboard.judged", judged)


@pytest.mark.usefixtures("nothing_judged")
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
        (("--target", "=emulator:"), "no kind of target is called '=emulator'"),
        (("--target", "emulator:", "--target", "a=nosuch:"), "no kind of target is called 'nosuch"),
        (("--target", "https://deadline.us-east-1.amazonaws.com"), "--allow-aws"),
        (("--header", "bad"), "NAME:VALUE"),
        (("-o", "/no/such/folder/board"), "cannot write /no/such/folder/board"),
    ],
)
def test_a_wrong_call_ends_with_2_before_anything_is_judged(
    call: Call, words: tuple[str, ...], told: str
) -> None:
    ended = call("scoreboard", "deadline.ListFarms", *QUICK, *words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


BOARD = ("scoreboard", *QUICK, "--format", "json")
MINE = ("--target", "mine=emulator:")


@pytest.fixture
def kept(call: Call, tmp_path: Path) -> str:
    """A board of one operation and one target, `mine`."""
    file = tmp_path / "old.json"
    call(*BOARD, "deadline.ListFarms", *MINE, "-k", "response", "-o", str(file))
    return str(file)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--target", "other=emulator:", "-k", "response"), "those in it are mine"),
        ((*MINE, "-k", "response/farms"), "with -k 'response', this one would be made with -k"),
        (MINE, "with -k 'response', this one would be made without -k"),
        ((*MINE, "-k", "response", "--level", "must"), "with the levels MAY, MUST, SHOULD"),
    ],
)
def test_unlike_boards_are_refused_before_anything_is_judged(
    call: Call, kept: str, words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("awsconform.commands.scoreboard.judged")
    ended = call(*BOARD, "deadline.ListFarms", *words, "--compare", kept)
    assert ended.code == 2
    assert f"{kept}: " in ended.err
    assert told in ended.err


def test_boards_without_a_common_operation_are_nothing_to_compare(
    call: Call, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("awsconform.commands.scoreboard.judged")
    ended = call(*BOARD, "deadline.GetFarm", *MINE, "-k", "response", "--compare", kept)
    assert ended.code == 3
    assert "has none of the operations" in ended.err


def test_a_target_of_which_the_older_board_says_nothing_is_not_compared(
    call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "old.json"
    words = (*BOARD, "deadline.ListFarms", *MINE)
    call(*words, "--target", "gone=http://127.0.0.1:1", "-o", str(file))
    ended = call(*words, "--target", "gone=emulator:", "--compare", str(file))
    assert ended.code == 3
    compared = json.loads(ended.out)["comparisons"]
    assert [each["operations"] for each in compared] == [1, 0]


def test_other_values_than_those_of_the_older_board_are_warned_of(call: Call, kept: str) -> None:
    words = ("scoreboard", "deadline.ListFarms", *MINE, "-k", "response", "--compare", kept)
    same = call(*words, *QUICK)
    assert (same.code, same.err) == (0, "")
    other = call(*words, "--examples", "1", "--seed", "4")
    assert other.code == 0
    assert "made with --seed 3, not 4" in other.err
    assert "made with --examples 0, not 1" in other.err


def test_no_start_outlasts_the_run(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[float] = []

    def open_target(name: str, *, options: Options) -> Target:
        opened.append(options.start_timeout)
        return emulator_target(options)

    monkeypatch.setattr("awsconform.conformance.targets.locator.open_target", open_target)
    for command in ("run", "scoreboard"):
        call(command, "deadline.ListFarms", *QUICK, "--start", "moto", "--max-time", "5")
    assert opened == [5.0, 5.0]


def test_what_was_written_before_stays_until_there_is_more(
    call: Call, kept: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def judged(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("awsconform.commands.scoreboard.judged", judged)
    before = Path(kept).read_bytes()
    for file in (kept, str(tmp_path / "new.json")):
        assert call(*BOARD, "deadline.ListFarms", *MINE, "-o", file).code == 130
    assert Path(kept).read_bytes() == before
    assert not (tmp_path / "new.json").exists()
