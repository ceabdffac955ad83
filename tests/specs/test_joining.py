"""Page and model joined: both are named as sources, and where they differ it is kept."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import botocore
import jsonschema
import pytest

from awsconform.errors import ContractError
from awsconform.specs import catalog
from awsconform.specs.committing import contract_of, main, make
from awsconform.specs.joining import join
from awsconform.specs.models import compile_contract
from awsconform.specs.pages import to_text

PAGES = [path for path in catalog.DATA.glob("*/*/*.page.json")]
CONTRACTS = list(catalog.committed().items())


def page_and_model(name: str = "GetSessionsStatisticsAggregation") -> tuple[Any, Any]:
    path = next(each for each in PAGES if each.name == f"{name}.page.json")
    page = json.loads(path.read_text(encoding="utf-8"))
    return page, compile_contract(page["aws"]["service"], name, date="2026-11-21")


@pytest.mark.parametrize(("name", "path"), CONTRACTS, ids=[name for name, _ in CONTRACTS])
def test_a_committed_contract_is_what_page_and_model_give(name: str, path: Path) -> None:
    committed = json.loads(path.read_text(encoding="utf-8"))
    if committed["aws"]["documents"]["model"]["botocore"] != botocore.__version__:
        pytest.skip("made from another version of botocore")
    date = committed["aws"]["documents"]["model"]["date"]
    assert to_text(make(path, date)) == path.read_text(encoding="utf-8")


def test_the_contract_of_a_committed_page_is_the_committed_contract() -> None:
    for path in PAGES:
        page = json.loads(path.read_text(encoding="utf-8"))
        committed = path.with_name(path.name.replace(".page.json", ".json"))
        stated = json.loads(committed.read_text(encoding="utf-8"))
        if stated["aws"]["documents"]["model"]["botocore"] == botocore.__version__:
            assert contract_of(page) == stated


def test_making_contracts_again_keeps_what_botocore_no_longer_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "nosuchservice" / "2026-01-01" / "GetThing.json"
    gone.parent.mkdir(parents=True)
    gone.write_text("{}")
    farm = tmp_path / "deadline" / "2023-10-12" / "GetFarm.json"
    farm.parent.mkdir(parents=True)
    farm.write_text("{}")
    assert main([str(tmp_path), "--date", "2026-11-21"]) == 0
    told = capsys.readouterr().out
    assert gone.read_text() == "{}"
    assert json.loads(farm.read_text())["aws"]["operation"] == "GetFarm"
    assert "kept     GetThing.json" in told
    assert "changed  GetFarm.json" in told


@pytest.mark.parametrize(
    "path",
    [*PAGES, *(path for _, path in CONTRACTS)],
    ids=lambda path: path.name,
)
def test_committed_documents_are_valid_json_schema(path: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_three_operations_are_documented_by_a_page() -> None:
    assert {path.name.split(".")[0] for path in PAGES} == {
        "SendHeartbeat",
        "GetSessionsStatisticsAggregation",
        "DescribeInferenceScheduler",
    }


def test_a_committed_contract_validates_an_exchange_as_it_stands() -> None:
    document = json.loads(
        catalog.committed()["lookoutequipment.DescribeInferenceScheduler"].read_text("utf-8")
    )
    validator = jsonschema.Draft202012Validator(document)
    good = {"request": {"InferenceSchedulerName": "a"}, "response": {"Status": "RUNNING"}}
    bad = {"request": {}, "response": {"Status": "ACTIVE"}}
    assert validator.is_valid(good)
    assert {error.validator for error in validator.iter_errors(bad)} == {"required", "enum"}


def test_the_model_wins_where_neither_is_newer_and_the_difference_is_kept() -> None:
    page, model = page_and_model()
    contract = join(page, model)
    assert contract["$defs"]["UsageType"]["enum"] == ["COMPUTE", "LICENSE", "PERSISTENT_VOLUME"]
    assert contract["aws"]["drift"] == [
        {
            "at": "response/statistics/*/usageType",
            "keyword": "enum",
            "page": ["COMPUTE", "LICENSE"],
            "model": ["COMPUTE", "LICENSE", "PERSISTENT_VOLUME"],
            "kept": "model",
        }
    ]
    assert contract["$defs"]["UsageType"]["sources"]["enum"] == {
        "COMPUTE": ["page", "model"],
        "LICENSE": ["page", "model"],
        "PERSISTENT_VOLUME": ["model"],
    }


def test_a_newer_page_wins() -> None:
    page, model = page_and_model()
    page["aws"]["date"] = "2026-12-01"
    contract = join(page, model)
    assert contract["$defs"]["UsageType"]["enum"] == ["COMPUTE", "LICENSE"]
    assert contract["aws"]["drift"][0]["kept"] == "page"


def test_a_requirement_only_the_page_states_is_drift() -> None:
    page, model = page_and_model()
    page["properties"]["request"]["required"].append("maxResults")
    (drift,) = [each for each in join(page, model)["aws"]["drift"] if each["keyword"] == "required"]
    assert drift["page"] == ["farmId", "aggregationId", "maxResults"]
    assert drift["kept"] == "model"


def test_a_member_only_the_page_has_is_drift() -> None:
    page, model = page_and_model()
    page["properties"]["response"]["properties"]["colour"] = {
        "type": "string",
        "aws": {"type": "string"},
    }
    places = {each["at"] for each in join(page, model)["aws"]["drift"]}
    assert "response/colour" in places


def test_another_type_on_the_page_is_drift() -> None:
    page, model = page_and_model()
    page["properties"]["response"]["properties"]["statusMessage"]["aws"]["type"] = "integer"
    (drift,) = [each for each in join(page, model)["aws"]["drift"] if each["keyword"] == "type"]
    assert (drift["page"], drift["model"]) == ("integer", "string")


def test_a_page_of_another_operation_is_refused() -> None:
    page, _ = page_and_model()
    _, other = page_and_model("SendHeartbeat")
    with pytest.raises(ContractError):
        join(page, other)


def test_joining_changes_neither_document() -> None:
    page, model = page_and_model()
    before = copy.deepcopy((page, model))
    join(page, model)
    assert (page, model) == before


def test_rules_of_the_page_carry_their_source() -> None:
    contract = join(*page_and_model())
    expiry = next(r for r in contract["aws"]["rules"] if r["rule"] == "token-expires")
    assert expiry["hours"] == 24
    assert expiry["sources"] == ["page"]
