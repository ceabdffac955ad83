"""`awsconform vectors`: exit codes, reports, and what is said of damaged folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import Call
from vectors.miniatures import PROTOCOLS, ast, suites, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with correct cases of every protocol, in both forms."""
    for protocol in PROTOCOLS:
        inputs, outputs = suites(protocol)
        write(tmp_path, f"input/{protocol}.json", inputs)
        write(tmp_path, f"output/{protocol}.json", outputs)
    write(tmp_path, "smithy/model.json", ast(*PROTOCOLS))
    return tmp_path


@pytest.fixture
def failing(folder: Path) -> Path:
    """The same folder, where one case expects what is wrong."""
    inputs, _ = suites("query")
    inputs[0]["cases"][0]["serialized"]["method"] = "GET"
    write(folder, "input/query.json", inputs)
    return folder


def test_ends_with_0_where_nothing_differs(folder: Path, call: Call) -> None:
    ended = call("vectors", str(folder))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-1].split() == ["all", "48", "0", "0", "0"]


def test_ends_with_1_where_something_differs_and_tells_it(failing: Path, call: Call) -> None:
    ended = call("vectors", str(failing))
    assert ended.code == 1
    assert "failed: query request query-request" in ended.out
    assert "input/query.json#/0/cases/0" in ended.out
    assert "method: GET expected, got POST" in ended.out


def test_the_json_report_holds_every_count_and_difference(failing: Path, call: Call) -> None:
    ended = call("vectors", str(failing), "--format", "json")
    report = json.loads(ended.out)
    assert ended.code == 1
    assert report["total"] == {"passed": 47, "failed": 1, "explained": 0, "notApplicable": 0}
    (query,) = [
        count
        for count in report["counts"]
        if (count["protocol"], count["kind"]) == ("query", "request")
    ]
    assert (query["passed"], query["failed"]) == (1, 1)
    assert report["differences"] == [
        {
            "id": "query-request",
            "protocol": "query",
            "kind": "request",
            "source": "input/query.json#/0/cases/0",
            "result": "failed",
            "differences": ["method: GET expected, got POST"],
        }
    ]


def test_one_protocol_may_be_asked_for(failing: Path, call: Call) -> None:
    assert call("vectors", str(failing), "--protocol", "json").code == 0
    both = call("vectors", str(failing), "--protocol", "json", "--protocol", "query")
    assert both.code == 1
    assert both.out.splitlines()[-1].split() == ["all", "15", "1", "0", "0"]


def test_one_file_is_enough(folder: Path, call: Call) -> None:
    assert call("vectors", str(folder / "smithy" / "model.json")).code == 0


def test_ends_with_3_where_there_is_no_case(tmp_path: Path, call: Call) -> None:
    ended = call("vectors", str(tmp_path))
    assert ended.code == 3
    assert "holds no test case" in ended.err
    write(tmp_path, "input/json.json", suites("json")[0])
    ended = call("vectors", str(tmp_path), "--protocol", "ec2")
    assert ended.code == 3
    assert "of ec2" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize("content", ["[{", '[{"cases": [{}]}]', '{"smithy": "2.0", "shapes": 1}'])
def test_ends_with_2_at_a_damaged_file_and_names_it(
    content: str, tmp_path: Path, call: Call
) -> None:
    (tmp_path / "own.json").write_text(content)
    ended = call("vectors", str(tmp_path))
    assert ended.code == 2
    assert ended.err.startswith("Error: own.json")


@pytest.mark.parametrize("words", [("nowhere",), (".", "--protocol", "smoke"), ()])
def test_ends_with_2_at_a_wrong_call(words: tuple[str, ...], call: Call) -> None:
    assert call("vectors", *words).code == 2


def test_what_its_publisher_does_not_run_is_run_and_told(failing: Path, call: Call) -> None:
    ignored = {"protocols": {"query": {"input": {"cases": ["query-request"]}}}}
    write(failing, "protocol-tests-ignore-list.json", ignored)
    ended = call("vectors", str(failing))
    assert ended.code == 1
    assert "not run by who publishes them: 0 passed, 1 failed" in ended.out
    report = json.loads(call("vectors", str(failing), "--format", "json").out)
    assert report["ignoredByPublisher"]["failed"] == 1


@pytest.mark.parametrize(
    "ignored",
    [
        {"general": {"input": {"suites": ["Things"]}}},
        {"general": {"input": {"cases": ["json-request"]}}},
        {"protocols": {"json": {"input": {"suites": ["Things"]}}}},
    ],
)
def test_a_list_may_name_suites_and_cases_for_all_files_or_one(
    ignored: object, tmp_path: Path, call: Call
) -> None:
    inputs, outputs = suites("json")
    write(tmp_path, "input/json.json", inputs)
    write(tmp_path, "output/json.json", outputs)
    write(tmp_path, "ignore.json", ignored)
    report = json.loads(call("vectors", str(tmp_path), "--format", "json").out)
    assert report["ignoredByPublisher"]["passed"] == 1


def _explained(folder: Path) -> None:
    inputs, _ = suites("json")
    case = inputs[0]["cases"][0]
    case["id"] = "SDKAppliedContentEncoding_awsJson1_1"
    case["serialized"]["headers"]["Content-Encoding"] = "gzip"
    write(folder, "input/json.json", inputs)


def test_explained_differences_are_counted_by_reason(tmp_path: Path, call: Call) -> None:
    _explained(tmp_path)
    ended = call("vectors", str(tmp_path))
    assert ended.code == 0
    assert "     1  compressing bodies" in ended.out
    assert "SDKAppliedContentEncoding" not in ended.out


def test_v_lists_them_one_by_one(tmp_path: Path, call: Call) -> None:
    _explained(tmp_path)
    ended = call("vectors", str(tmp_path), "-v")
    assert "request SDKAppliedContentEncoding_awsJson1_1" in ended.out
    assert "header Content-Encoding: 'gzip' expected, got none" in ended.out


def test_v_tells_explanations_that_nothing_needs(tmp_path: Path, call: Call) -> None:
    inputs, _ = suites("json")
    inputs[0]["cases"][0]["id"] = "SDKAppliedContentEncoding_awsJson1_1"
    write(tmp_path, "input/json.json", inputs)
    assert "without any difference" not in call("vectors", str(tmp_path)).out
    ended = call("vectors", str(tmp_path), "-v")
    assert "explained without any difference: SDKAppliedContentEncoding_awsJson1_1" in ended.out
