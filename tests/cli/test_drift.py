"""`drift`: on the command line, in every format, and as a gate."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from awsconform.specs.drift.changes import CLASSIFICATIONS
from awsconform.specs.drift.document import drift_schema
from cli.calling import Call
from drift.gardening import MODEL, PAGINATORS, mutated, write_models, write_wheel
from drift.mutations import CASES

VALIDATOR = jsonschema.Draft202012Validator(drift_schema())


def _compatible(model: Any, pages: Any) -> None:
    model["operations"]["FellTree"] = model["operations"]["CountTrees"]


def _for_callers(model: Any, pages: Any) -> None:
    del model["operations"]["CountTrees"]


def _for_implementers(model: Any, pages: Any) -> None:
    model["shapes"]["PlantTreeRequest"]["members"]["Age"] = {"shape": "Height"}


def _for_both(model: Any, pages: Any) -> None:
    model["operations"]["PlantTree"]["http"]["method"] = "PUT"


@pytest.fixture
def old(tmp_path: Path) -> str:
    return str(write_wheel(tmp_path / "old.whl", MODEL, PAGINATORS))


def new(tmp_path: Path, mutate: Any) -> str:
    model, paginators = mutated(mutate)
    return str(write_wheel(tmp_path / "new.whl", model, paginators))


@pytest.mark.parametrize(
    ("mutate", "ends"),
    [
        (_compatible, {None: 0, "callers": 0, "implementers": 0, "any": 0}),
        (_for_callers, {None: 0, "callers": 1, "implementers": 0, "any": 1}),
        (_for_implementers, {None: 0, "callers": 0, "implementers": 1, "any": 1}),
        (_for_both, {None: 0, "callers": 1, "implementers": 1, "any": 1}),
    ],
)
def test_the_gate_ends_with_1_where_something_breaks_for_those_named(
    mutate: Any, ends: dict[str | None, int], old: str, tmp_path: Path, call: Call
) -> None:
    changed = new(tmp_path, mutate)
    for gate, code in ends.items():
        words = ["--gate", gate] if gate else []
        assert call("drift", old, changed, *words).code == code
    assert call("drift", old, changed, "--gate").code == ends["any"]


@pytest.mark.parametrize("case", CASES, ids=[f"{each.kind}-{each.keyword}" for each in CASES])
def test_every_change_is_reported_by_the_schema(
    case: Any, old: str, tmp_path: Path, call: Call
) -> None:
    ended = call("drift", old, new(tmp_path, case.mutate), "--format", "json")
    document = json.loads(ended.out)
    VALIDATOR.validate(document)
    assert {change["kind"] for change in document["changes"]} == {case.kind}
    assert sum(document["counts"].values()) == len(document["changes"])


def test_the_schema_notices_what_is_missing_or_too_much(
    old: str, tmp_path: Path, call: Call
) -> None:
    jsonschema.Draft202012Validator.check_schema(drift_schema())
    whole = json.loads(call("drift", old, new(tmp_path, _for_both), "--format", "json").out)
    for name in list(whole):
        broken = copy.deepcopy(whole)
        del broken[name]
        assert not VALIDATOR.is_valid(broken)
    for name in list(whole["changes"][0]):
        broken = copy.deepcopy(whole)
        del broken["changes"][0][name]
        assert not VALIDATOR.is_valid(broken), name
    assert not VALIDATOR.is_valid({**whole, "more": 1})


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_the_same_sources_give_the_same_text(
    form: str, old: str, tmp_path: Path, call: Call
) -> None:
    changed = new(tmp_path, CASES[0].mutate)
    first, second = (call("drift", old, changed, "--format", form).out for _ in range(2))
    assert first == second != ""


@pytest.mark.parametrize("width", [60, 200])
def test_the_table_names_who_is_broken_what_changed_and_where(
    width: int, old: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = call("drift", old, new(tmp_path, _for_implementers)).out
    assert max(map(len, out.splitlines()[:-2])) <= width
    told = "".join(out.split())
    assert "implementersoptionalmemberadded:Age(integer)" in told
    assert "gardening.PlantTree/request/Age#member" in told
    assert "1 change: 1 breaking for implementers" in out


def test_places_of_one_shape_are_folded_in_tables_and_named_in_json(
    old: str, tmp_path: Path, call: Call
) -> None:
    changed = new(tmp_path, lambda model, pages: model["shapes"]["Text"].update(max=9))
    for form in ("table", "markdown"):
        assert "…and 6 more places of shape Text" in call(
            "drift", old, changed, "--format", form
        ).out.replace("\n", " ")
    document = json.loads(call("drift", old, changed, "--format", "json").out)
    assert [len(change["places"]) for change in document["changes"]] == [7, 5, 6]


def test_markdown_is_escaped_and_hides_what_is_compatible(
    old: str, tmp_path: Path, call: Call
) -> None:
    def mutate(model: Any, pages: Any) -> None:
        model["shapes"]["Kind"]["enum"].append("A|B*<i>")

    out = call("drift", old, new(tmp_path, mutate), "--format", "markdown").out
    assert "A\\|B\\*\\<i\\>" in out
    assert "<summary>2 compatible</summary>" in out
    for line in out.splitlines():
        cells = line.replace("\\|", "").count("|")
        assert cells in (0, 4, 5)
    assert out.index("implementers |") < out.index("<details>")


def test_the_report_can_be_written_to_a_file(old: str, tmp_path: Path, call: Call) -> None:
    file = tmp_path / "report.md"
    changed = new(tmp_path, _for_both)
    ended = call("drift", old, changed, "--format", "markdown", "-o", str(file))
    assert ended.out == ""
    assert file.read_text().startswith("## Drift from ")


def test_no_change_is_said_so(old: str, call: Call) -> None:
    out = call("drift", old, old).out
    assert out.splitlines()[0] == "no change"
    assert "1 service equal to the letter" in out


def test_documented_pages_have_one_change_to_the_installed_models(call: Call) -> None:
    ended = call("drift", "--documented", "--format", "json")
    [change] = json.loads(ended.out)["changes"]
    assert change["after"] == "PERSISTENT_VOLUME"
    assert change["classification"] in CLASSIFICATIONS
    assert change["places"] == [
        "deadline.GetSessionsStatisticsAggregation/response/statistics/*/usageType#enum"
    ]
    assert ended.code == 0


def test_services_are_chosen_by_name(tmp_path: Path, call: Call) -> None:
    folder = write_models(tmp_path / "data", MODEL)
    ended = call("drift", str(folder), str(folder), "--services", "digging")
    assert ended.code == 2
    assert "digging" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["installed"],
        ["installed", "no/such/file"],
        ["installed", "--documented"],
        ["installed", "installed", "--gate", "nobody"],
    ],
)
def test_a_wrong_call_ends_with_2(words: list[str], call: Call) -> None:
    ended = call("drift", *words)
    assert ended.code == 2
    assert ended.err
    assert ended.out == ""


def test_help_names_every_form_of_a_source(call: Call) -> None:
    out = call("drift", "--help").out
    for form in ("installed, botocore:", "FOLDER", "FILE.whl", "FILE.json", "FILE "):
        assert form in out


@pytest.mark.parametrize("services", ["", ",", " , "])
def test_refuses_a_list_of_services_that_names_none(services: str, old: str, call: Call) -> None:
    ended = call("drift", old, old, "--services", services)
    assert ended.code == 2
    assert "names none" in ended.err
