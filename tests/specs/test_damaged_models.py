"""A model with surprises is an error that says where, whatever the surprise."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.errors import ModelError
from awsconform.specs.catalog import of_folder
from awsconform.specs.compiling import compile_service
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.models import ServiceCompiler
from cli.calling import Call, caller
from model_miniatures import thing_model, write_model

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return caller(capsys)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda m: m.pop("metadata"), "/metadata"),
        (lambda m: m.pop("operations"), "/operations"),
        (lambda m: m.pop("shapes"), "/shapes"),
        (lambda m: m.update(shapes=[]), "/shapes"),
        (lambda m: m["metadata"].pop("apiVersion"), "/metadata/apiVersion"),
        (lambda m: m["metadata"].pop("endpointPrefix"), "/metadata/endpointPrefix"),
        (lambda m: m["metadata"].update(protocols=7), "/metadata/protocols"),
        (lambda m: m["operations"].update(GetThing=None), "/operations/GetThing"),
        (lambda m: m["operations"]["GetThing"].pop("http"), "/operations/GetThing"),
        (lambda m: m["shapes"].pop("GetThingRequest"), "/operations/GetThing/input/shape"),
        (lambda m: m["shapes"].pop("NotFound"), "/shapes/NotFound"),
        (lambda m: m["shapes"].pop("Color"), "/shapes/Thing/members/color/shape"),
        (lambda m: m["shapes"]["Thing"].update(type="thing"), "/shapes/Thing"),
        (lambda m: m["shapes"]["Id"].update(min="one"), "/shapes/Id"),
        (lambda m: m["shapes"]["Color"].update(enum="RED"), "/shapes/Color"),
        (lambda m: m["shapes"]["Id"].update(pattern=3), "/shapes/Id"),
        (lambda m: m["shapes"]["Tags"].pop("key"), "/shapes/Tags"),
        (lambda m: m["shapes"]["Thing"]["members"].update({"a/b~": {}}), "/shapes/Thing"),
    ],
)
def test_a_part_that_is_missing_or_of_another_form_is_named_by_file_and_pointer(
    change: Change, pointer: str, tmp_path: Path, call: Call
) -> None:
    model = thing_model()
    change(model)
    file = write_model(tmp_path, "things", model)
    with pytest.raises(ModelError) as caught:
        of_folder(tmp_path).load("things", "GetThing")
    assert caught.value.location is not None
    assert caught.value.location.file == str(file)
    assert str(caught.value.location.pointer).startswith(pointer)
    for words in (["show", "things.GetThing"], ["run", "things"]):
        ended = call(*words, "--models", str(tmp_path))
        assert ended.code == 2
        assert f"{file}#{pointer}" in ended.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("service-2.json", b"{"),
        ("service-2.json", b"[]"),
        ("service-2.json", b"\xff\xfe"),
        ("service-2.json", b"[" * 200_000),
        ("service-2.json.gz", b"no gzip"),
        ("service-2.json.gz", b""),
    ],
)
def test_a_damaged_file_is_named(name: str, content: bytes, tmp_path: Path, call: Call) -> None:
    place = tmp_path / "things" / "2026-01-01"
    place.mkdir(parents=True)
    (place / name).write_bytes(content)
    write_model(tmp_path, "stuff", thing_model())
    ended = call("show", "things.GetThing", "--models", str(tmp_path))
    assert ended.code == 2
    assert f"Error: {place / name}: not a" in ended.err
    listed = call("list", "--models", str(tmp_path))
    assert listed.code == 2
    assert ["things", "damaged"] in [line.split() for line in listed.out.splitlines()]
    assert ["stuff", "2", "rest-json"] in [line.split() for line in listed.out.splitlines()]
    assert str(place / name) in listed.err


def test_a_model_that_is_cut_off_is_named(tmp_path: Path) -> None:
    file = write_model(tmp_path, "things", thing_model(), packed=True)
    content = file.read_bytes()
    for end in (1, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:end])
        with pytest.raises(ModelError, match="not a readable model") as caught:
            ModelFolders((tmp_path,)).model("things")
        assert str(file) in str(caught.value)


def test_damaged_paginators_are_named(tmp_path: Path) -> None:
    write_model(tmp_path, "things", thing_model())
    file = write_model(tmp_path, "things", {"pagination": 3}, kind="paginators-1")
    with pytest.raises(ModelError) as caught:
        of_folder(tmp_path).load("things", "GetThing")
    assert f"{file}#/pagination" in str(caught.value)


def test_a_protocol_nobody_supports_is_named_and_the_service_still_listed(
    tmp_path: Path, call: Call
) -> None:
    write_model(tmp_path, "things", thing_model(protocol="telepathy", protocols=["telepathy"]))
    ended = call("show", "things.GetThing", "--models", str(tmp_path))
    assert ended.code == 2
    assert "telepathy" in ended.err
    assert "supported are json, rest-json" in ended.err
    assert "none supported" in call("list", "--models", str(tmp_path)).out


JUNK = st.sampled_from([None, 7, -1.5, True, "x", "", [], [1], {}, {"shape": "Text"}, {"a": {}}])


@st.composite
def changed_models(draw: st.DrawFn) -> dict[str, Any]:
    """The miniature with some of its values replaced or removed, anywhere."""
    model = copy.deepcopy(thing_model())
    for _ in range(draw(st.integers(1, 3))):
        here: Any = model
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            below = here[key]
            if isinstance(below, dict | list) and below and draw(st.integers(0, 5)):
                here = below
                continue
            if draw(st.booleans()):
                here[key] = copy.deepcopy(draw(JUNK))
            else:
                del here[key]
            break
    return model


@given(model=changed_models())
def test_whatever_a_model_holds_its_contracts_are_valid_schemas_or_errors(
    model: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("models")
    write_model(folder, "things", model)
    kept: list[dict[str, Any]] = []
    compiled = compile_service(ModelFolders((folder,)), "things", keep=kept.append)
    failed = {each.operation for each in compiled.failed}
    if None not in failed:
        sound = {document["aws"]["operation"] for document in kept}
        assert sound | failed == set(model["operations"])
        assert not sound & failed


def test_every_failure_is_told_and_hides_no_other_operation(tmp_path: Path) -> None:
    model = thing_model()
    model["operations"]["Broken"] = {"name": "Broken"}
    model["operations"]["Odd#Name"] = model["operations"]["GetThing"]
    model["shapes"]["Id"]["enum"] = []
    model["shapes"]["ListThingsRequest"]["required"] = ["x", "x"]
    write_model(tmp_path, "things", model)
    kept: list[str] = []
    compiled = compile_service(
        ModelFolders((tmp_path,)), "things", keep=lambda made: kept.append(made["aws"]["operation"])
    )
    assert compiled.operations == 4
    told = {each.operation: each.error for each in compiled.failed}
    assert told.keys() == {"Broken", "Odd#Name", "ListThings"}
    assert told["ListThings"] == "no valid JSON Schema: ListThingsRequest"
    assert told["Odd#Name"] == "no valid JSON Schema"
    assert "'http' is missing" in told["Broken"]
    assert kept == ["GetThing"]


def test_contracts_of_one_compiler_share_their_schemas() -> None:
    compiler = ServiceCompiler("things", thing_model(), {})
    get, listed = compiler.contract("GetThing"), compiler.contract("ListThings")
    assert get["$defs"]["Thing"] is listed["$defs"]["Thing"]
