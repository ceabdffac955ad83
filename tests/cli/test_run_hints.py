"""`awsconform run --hints`: what a user knows of how things are made."""

from __future__ import annotations

import json
from pathlib import Path

from cli.calling import Call

OPERATION = "deadline.GetFarm"


def hints(tmp_path: Path, **document: object) -> str:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"deadline": document}), encoding="utf-8")
    return str(file)


def accepted(call: Call, *words: str) -> int:
    ended = call("run", OPERATION, "--seed", "1", "--examples", "0", "--format", "json", *words)
    (operation,) = json.loads(ended.out)["operations"]
    return int(operation["accepted"])


def test_they_decide_what_is_made_before_an_operation(call: Call, tmp_path: Path) -> None:
    elsewhere = {"farm": {"create": "ListFarms"}}
    assert accepted(call) > 0
    assert accepted(call, "--hints", hints(tmp_path, resources=elsewhere)) == 0


def test_what_is_wrong_in_them_ends_the_call_with_its_place(call: Call, tmp_path: Path) -> None:
    file = hints(tmp_path, operations={"GetFarm": {"needs": ["farmhouse"]}})
    ended = call("run", OPERATION, "--hints", file)
    assert ended.code == 2
    assert "mine.json#/deadline/operations/GetFarm/needs" in ended.err
    assert "farmhouse" in ended.err
