"""Damaged files are told with file and place; nothing raises anything else."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsconform.conformance.vectors.folder import opened
from awsconform.conformance.vectors.judging import Verdict, judge
from awsconform.errors import ModelError, UsageError
from vectors.miniatures import ast, suites, write


def read(folder: Path) -> list[Verdict]:
    """The verdicts of a folder."""
    return [judge(vector) for vector in opened(folder).vectors()]


def refusal(tmp_path: Path, content: Any, name: str = "own.json") -> ModelError:
    """The error of a folder with one damaged file."""
    write(tmp_path, name, content)
    with pytest.raises(ModelError) as raised:
        read(tmp_path)
    assert raised.value.location is not None
    assert raised.value.location.file == name
    return raised.value


def test_a_file_that_is_no_json_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('[\n{"cases": [}\n]')
    with pytest.raises(ModelError) as raised:
        read(tmp_path)
    assert str(raised.value).startswith("own.json:2: no JSON")


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"[" * 100_000])
def test_bytes_that_are_no_text_and_bottomless_nesting_are_told(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "own.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"own\.json: "):
        read(tmp_path)


@pytest.mark.parametrize("key", ["metadata", "shapes", "cases"])
def test_a_suite_without_what_it_needs_is_told(key: str, tmp_path: Path) -> None:
    inputs, _ = suites("json")
    del inputs[0][key]
    error = refusal(tmp_path, inputs)
    assert error.message == f"{key!r} is missing"
    assert error.location is not None
    assert error.location.pointer == "/0"


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        (lambda case: case.pop("given"), "/0/cases/0", "'given' is missing"),
        (lambda case: case.pop("serialized"), "/0/cases/0", "'serialized' is missing"),
        (lambda case: case.update(params=[]), "/0/cases/0/params", "an object is due here"),
        (
            lambda case: case["serialized"].update(uri=7),
            "/0/cases/0/serialized/uri",
            "a string is due here, this is 7",
        ),
        (
            lambda case: case["serialized"].update(headers={"a/b": 1}),
            "/0/cases/0/serialized/headers/a~1b",
            "a string is due here",
        ),
        (
            lambda case: case["given"].update(input={"shape": "Nowhere"}),
            "/0/cases/0/given",
            "'Nowhere'",
        ),
        (lambda case: case["given"].update(http=[]), "/0/cases/0/given/http", "an object is due"),
    ],
)
def test_a_damaged_case_is_told_with_its_place(
    change: Any, pointer: str, said: str, tmp_path: Path
) -> None:
    inputs, _ = suites("json")
    change(inputs[0]["cases"][0])
    error = refusal(tmp_path, inputs)
    assert said in error.message
    assert error.location is not None
    assert error.location.pointer == pointer


@pytest.mark.parametrize("pointer", ["body", "response"])
def test_an_answer_without_what_it_needs_is_told(pointer: str, tmp_path: Path) -> None:
    _, outputs = suites("rpc-v2-cbor")
    case = outputs[0]["cases"][0]
    if pointer == "body":
        case["response"]["body"] = "no base64"
        assert refusal(tmp_path, outputs).message == "no base64"
    else:
        del case["response"]
        assert "'response' is missing" in refusal(tmp_path, outputs).message


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        ("own.things#MakeThing", "type"),
        ("own.things#Tags", "member"),
        ("own.things#Tags", None),
        ("own.things#MakeThing", None),
        ("own.things#ThingMissing", None),
    ],
)
def test_a_model_without_what_it_needs_is_told(shape: str, key: str | None, tmp_path: Path) -> None:
    model = ast("rest-json")
    if key is None:
        del model["shapes"][shape]
    else:
        del model["shapes"][shape][key]
    if (shape, key) == ("own.things#MakeThing", "type"):
        model["shapes"]["own.things#Things"]["operations"] = "own.things#MakeThing"
    assert "is missing" in str(refusal(tmp_path, model)) or "due here" in str(
        refusal(tmp_path, model)
    )


def test_an_operation_without_its_binding_is_told(tmp_path: Path) -> None:
    model = ast("rest-json")
    del model["shapes"]["own.things#MakeThing"]["traits"]["smithy.api#http"]
    assert "'smithy.api#http' is missing" in refusal(tmp_path, model).message


@pytest.mark.parametrize(
    ("parameters", "said"),
    [({"a": ["1"], "b": []}, "equally many values"), ({"b": ["1"]}, "no parameter 'a'")],
)
def test_parameters_that_do_not_fit_are_told(
    parameters: dict[str, list[str]], said: str, tmp_path: Path
) -> None:
    model = ast("rest-json")
    model["shapes"]["own.things#MakeThing"]["traits"]["smithy.test#httpMalformedRequestTests"] = [
        {
            "id": "own",
            "protocol": "aws.protocols#restJson1",
            "request": {"method": "PUT", "uri": "/things/a", "body": "$a:L"},
            "response": {"code": 400},
            "testParameters": parameters,
        }
    ]
    assert said in refusal(tmp_path, model).message


def test_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.json", {"name": "package"})
    write(tmp_path, "b.json", [1, 2])
    write(tmp_path, "c.json", "text")
    (tmp_path / "d.txt").write_text("no JSON")
    folder = opened(tmp_path)
    assert list(folder.vectors()) == []
    assert folder.others == ["a.json", "b.json", "c.json"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        opened(tmp_path / "nowhere")


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at]
    below = value.items() if isinstance(value, dict) else []
    below = enumerate(value) if isinstance(value, list) else below
    for key, item in below:
        found += _places(item, (*at, key))
    return found


_SUITES = [each for pair in (suites("rest-xml"), suites("query")) for each in pair]
_FILES = [*_SUITES, ast("rest-json", "json")]
_DAMAGES = st.sampled_from([None, 0, True, "", "text", [], {}, [{}], {"shape": "None"}, -1.5])


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_put_in_place_of_anything_nothing_but_a_told_error_comes_of_it(
    data: st.DataObject, tmp_path: Path
) -> None:
    content = json.loads(json.dumps(data.draw(st.sampled_from(_FILES))))
    *around, last = data.draw(st.sampled_from([place for place in _places(content) if place]))
    holder = content
    for key in around:
        holder = holder[key]
    holder[last] = data.draw(_DAMAGES)
    write(tmp_path, "own.json", content)
    with contextlib.suppress(ModelError):
        read(tmp_path)
