"""What can be compared with what, and what is refused."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from awsconform.errors import AwsconformError, ContractError, ModelError, UsageError
from awsconform.specs import catalog
from awsconform.specs.documents.tree import Member
from awsconform.specs.drift.comparing import drift
from awsconform.specs.drift.model_sources import ModelSource
from awsconform.specs.drift.sources import Folder, source
from awsconform.specs.models import contract_document
from awsconform.specs.pages import to_text
from drift.gardening import MODEL, PAGINATORS, Models, source_of, write_models, write_wheel
from reference_pages import Sheet, boto3_text, structure

NEW = copy.deepcopy(MODEL)
NEW["shapes"]["Kind"]["enum"].append("YEW")
GAINED = {"gardening.PlantTree/request/Tree/Kind#enum",
          "gardening.PlantTree/response/Tree/Kind#enum",
          "gardening.PlantTree/errors/GardenFull/Tree/Kind#enum"}  # fmt: skip


def places(old: Any, new: Any) -> set[str]:
    return {place for change in drift(old, new).changes for place in change.places}


def contracts_in(folder: Path, model: Any, *operations: str) -> Path:
    for operation in operations or model["operations"]:
        path = folder / "gardening" / "2020-01-01" / f"{operation}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_text(contract_document("gardening", operation, model, PAGINATORS)))
    return folder


def test_every_form_of_the_same_models_gives_the_same_drift(tmp_path: Path) -> None:
    data = write_models(tmp_path / "botocore" / "data", NEW)
    new = [
        source(str(data)),
        source(str(tmp_path / "botocore")),
        source(str(tmp_path)),
        source(str(write_wheel(tmp_path / "botocore-9.whl", NEW))),
        source(str(contracts_in(tmp_path / "contracts", NEW))),
    ]
    old = [source_of(MODEL), source(str(contracts_in(tmp_path / "before", MODEL)))]
    for one in old:
        for other in new:
            paging = {p for p in places(one, other) if "pagination" in p}
            assert places(one, other) - paging == GAINED


def test_a_wheel_has_paginators_and_extras(tmp_path: Path) -> None:
    path = write_wheel(tmp_path / "botocore-9.whl", MODEL, PAGINATORS)
    with zipfile.ZipFile(path, "a") as archive:
        extras = {"version": 1.0, "merge": {"shapes": {"Kind": {"enum": ["OAK"]}}}}
        folder = "botocore/data/gardening/2020-01-01"
        archive.writestr(f"{folder}/service-2.sdk-extras.json", json.dumps(extras))
    assert places(source(str(path)), source_of(MODEL, PAGINATORS)) == GAINED


def test_a_contract_is_compared_with_its_own_operation_alone(tmp_path: Path) -> None:
    file = contracts_in(tmp_path, MODEL, "PlantTree") / "gardening/2020-01-01/PlantTree.json"
    assert places(source(str(file)), source_of(NEW, PAGINATORS)) == GAINED
    assert places(source_of(NEW, PAGINATORS), source(str(file))) == GAINED


def test_what_a_folder_of_contracts_lacks_is_not_removed_from_models(tmp_path: Path) -> None:
    some = source(str(contracts_in(tmp_path, MODEL, "PlantTree")))
    assert places(source_of(MODEL, PAGINATORS), some) == set()
    assert places(some, source_of(MODEL, PAGINATORS)) == set()


def test_what_one_of_two_folders_lacks_is_added_or_removed(tmp_path: Path) -> None:
    some = source(str(contracts_in(tmp_path / "some", MODEL, "PlantTree")))
    every = source(str(contracts_in(tmp_path / "every", MODEL)))
    [added] = drift(some, every).changes
    [removed] = drift(every, some).changes
    assert (added.found.kind, removed.found.kind) == ("operation-added", "operation-removed")
    assert added.places == removed.places == ("gardening.CountTrees#operation",)


def test_an_operation_that_models_no_longer_have_is_removed(tmp_path: Path) -> None:
    without = copy.deepcopy(MODEL)
    del without["operations"]["PlantTree"]
    kept = source(str(contracts_in(tmp_path, MODEL, "PlantTree")))
    [change] = drift(kept, source_of(without)).changes
    assert change.found.kind == "operation-removed"


def test_services_are_added_and_removed_as_a_whole() -> None:
    old = ModelSource("old", Models({"gardening": MODEL, "digging": MODEL}))
    new = ModelSource("new", Models({"gardening": MODEL, "watering": MODEL}))
    found = drift(old, new)
    assert [(each.found.kind, each.places) for each in found.changes] == [
        ("service-removed", ("digging#service",)),
        ("service-added", ("watering#service",)),
    ]
    assert (found.same, found.services) == (1, 0)


def test_services_can_be_chosen() -> None:
    old = ModelSource("old", Models({"gardening": MODEL, "digging": MODEL}))
    new = ModelSource("new", Models({"gardening": NEW, "digging": NEW}))
    found = drift(old, new, services=["digging"])
    assert {each.found.service for each in found.changes} == {"digging"}
    with pytest.raises(UsageError, match="'mowing'"):
        drift(old, new, services=["mowing"])


def test_two_documents_without_a_common_operation_are_refused(tmp_path: Path) -> None:
    file = contracts_in(tmp_path, MODEL, "PlantTree") / "gardening/2020-01-01/PlantTree.json"
    farm = catalog.DATA / "deadline" / "2023-10-12" / "GetFarm.json"
    with pytest.raises(UsageError, match="no operation in common"):
        drift(source(str(file)), source(str(farm)))


def test_a_page_is_compared_with_a_model_in_what_it_states(tmp_path: Path) -> None:
    page = tmp_path / "page.json"
    page.write_text(
        next(catalog.DATA.glob("*/*/GetSessionsStatisticsAggregation.page.json")).read_text()
    )
    [change] = drift(source(str(page)), source("installed")).changes
    assert change.found.after == "PERSISTENT_VOLUME"
    assert change.found.kind == "enum-value-gained"


def test_committed_pages_and_installed_models_differ_in_one_value() -> None:
    pages = Folder("pages", catalog.DATA, pages=True)
    found = drift(pages, source("botocore:"))
    place = "deadline.GetSessionsStatisticsAggregation/response/statistics/*/usageType#enum"
    assert [(each.places, each.found.after) for each in found.changes] == [
        ((place,), "PERSISTENT_VOLUME")
    ]
    assert found.operations == 3


def test_a_page_of_an_unknown_service_is_refused_with_a_hint(tmp_path: Path) -> None:
    sheet = Sheet(structure(Member("displayName", "string", 0)), structure())
    path = tmp_path / "page.txt"
    path.write_text(boto3_text(sheet), encoding="utf-8")
    with pytest.raises(AwsconformError) as raised:
        source(str(path))
    assert raised.value.hint


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("nothing", None, UsageError),
        ("broken.json", b"{", ContractError),
        ("other.json", b'{"aws": {}}', ContractError),
        ("list.json", b"[]", ContractError),
        ("page.txt", b"no page", AwsconformError),
        ("botocore.whl", b"PK no zip", UsageError),
    ],
)
def test_what_cannot_be_compared_is_refused(
    name: str, content: bytes | None, error: type[AwsconformError], tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error):
        source(str(path))


def test_an_empty_folder_and_an_unrelated_wheel_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither models nor contracts"):
        source(str(tmp_path))
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/__init__.py", "")
    with pytest.raises(UsageError, match="no service models"):
        source(str(tmp_path / "other.whl"))


def test_a_damaged_model_in_a_wheel_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "botocore.whl", "w") as archive:
        archive.writestr("botocore/data/gardening/2020-01-01/service-2.json", "{")
        archive.writestr("botocore/data/digging/2020-01-01/service-2.json.gz", b"no gzip")
        archive.writestr("botocore/data/mowing/2020-01-01/service-2.json", "[]")
    found = source(str(tmp_path / "botocore.whl"))
    assert isinstance(found, ModelSource)
    for service in found.models.services:
        with pytest.raises(ModelError):
            found.models.model(service)


def without(place: tuple[str, ...]) -> Any:
    def change(document: Any) -> None:
        for name in place[:-1]:
            document = document[name]
        del document[place[-1]]

    return change


def having(place: tuple[str, ...], value: Any) -> Any:
    def change(document: Any) -> None:
        for name in place[:-1]:
            document = document[name]
        document[place[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without(("$defs", "Tree")), "leads nowhere"),
        (without(("$defs", "GardenFull")), "GardenFull"),
        (having(("$defs", "Tree"), 5), "/$defs/Tree"),
        (having(("$defs", "Tree", "properties"), ["Kind"]), "/$defs/Tree/properties"),
        (having(("$defs", "Tree", "required"), None), "/$defs/Tree/required"),
        (having(("$defs", "Kind", "enum"), 5), "/$defs/Kind/enum"),
        (having(("$defs", "Kind", "minLength"), "1"), "/$defs/Kind/minLength"),
        (having(("aws", "http"), {}), "/aws/http"),
        (having(("aws", "signing"), {}), "/aws/signing"),
        (having(("aws", "service"), {}), "/aws/service"),
        (having(("aws", "errors"), ["GardenFull"]), "/aws/errors"),
        (having(("aws", "pagination"), {}), "/aws/pagination"),
        (having(("aws", "output"), "Nowhere"), "Nowhere"),
    ],
)
def test_a_damaged_contract_is_refused_with_the_place(
    tmp_path: Path, change: Any, told: str
) -> None:
    document = json.loads(to_text(contract_document("gardening", "PlantTree", MODEL, PAGINATORS)))
    path = tmp_path / "PlantTree.json"
    path.write_text(json.dumps(document))
    assert not drift(source(str(path)), source(str(path))).changes
    change(document)
    path.write_text(json.dumps(document))
    with pytest.raises(ContractError, match="damaged at") as caught:
        source(str(path))
    assert told in caught.value.message
    assert caught.value.location is not None


def test_a_folder_of_other_json_is_refused_even_where_only_names_would_be_compared(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings" / "editor" / "keys.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    with pytest.raises(ContractError, match="neither a contract nor a page document"):
        source(str(tmp_path))
