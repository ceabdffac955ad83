"""Which models are found in which folders is what botocore's loader finds there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from botocore.loaders import Loader, create_loader

from awsconform.errors import ModelError
from awsconform.specs import installed
from awsconform.specs.catalog import default, load, of_folder
from awsconform.specs.model_folders import ModelFolders
from model_miniatures import thing_model, write_model


def loader_of(*folders: Path) -> Loader:
    return Loader(extra_search_paths=[str(f) for f in folders], include_default_search_paths=False)


def test_models_of_aws_data_path_are_found_beside_the_installed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "one", "things", thing_model())
    write_model(tmp_path / "two", "stuff", thing_model(serviceId="Stuff"))
    path = f"{tmp_path / 'one'}{os.pathsep}$MORE/two"
    monkeypatch.setenv("MORE", str(tmp_path))
    monkeypatch.setenv("AWS_DATA_PATH", path)
    models = installed.models()
    assert list(models.services) == create_loader(path).list_available_services("service-2")
    assert load("things", "GetThing").input_shape == "GetThingRequest"
    assert load("stuff", "GetThing").aws["serviceId"] == "Stuff"
    assert "ec2" in default().services
    monkeypatch.delenv("AWS_DATA_PATH")
    assert "things" not in default().services


def test_the_data_path_of_the_aws_configuration_counts_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "models", "things", thing_model())
    config = tmp_path / "config"
    config.write_text(f"[default]\ndata_path = {tmp_path / 'models'}\n", encoding="utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    assert installed.models().newest("things") == "2026-01-01"
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path / "elsewhere"))
    assert installed.models().newest("things") is None
    monkeypatch.delenv("AWS_DATA_PATH")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert installed.models().newest("things") is None


def test_the_newest_version_wins_then_the_first_folder_then_the_plain_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_model(first, "things", thing_model(uid="first"))
    write_model(second, "things", thing_model(uid="second"))
    write_model(first, "things", thing_model(uid="packed"), packed=True)
    models, loader = ModelFolders((first, second)), loader_of(first, second)
    assert models.model("things") == loader.load_service_model("things", "service-2")
    assert models.metadata("things")["uid"] == "first"
    write_model(second, "things", thing_model(uid="newer"), version="2026-02-02", packed=True)
    models, loader = ModelFolders((first, second)), loader_of(first, second)
    assert models.versions("things") == ["2026-01-01", "2026-02-02"]
    assert models.model("things") == loader.load_service_model("things", "service-2")
    assert models.metadata("things")["uid"] == "newer"


def test_extras_are_laid_over_model_and_paginators(tmp_path: Path) -> None:
    write_model(tmp_path, "things", thing_model())
    pages = {
        "pagination": {"ListThings": {"input_token": "nextToken", "output_token": "nextToken"}}
    }
    write_model(tmp_path, "things", pages, kind="paginators-1")
    merge = {"merge": {"metadata": {"serviceId": "Extra"}}}
    write_model(tmp_path, "things", merge, kind="service-2.sdk-extras")
    limit = {"merge": {"pagination": {"ListThings": {"limit_key": "most"}}}}
    write_model(tmp_path, "things", limit, kind="paginators-1.sdk-extras")
    models, loader = ModelFolders((tmp_path,)), loader_of(tmp_path)
    assert models.model("things") == loader.load_service_model("things", "service-2")
    found = loader.load_service_model("things", "paginators-1")["pagination"]
    assert models.paginators("things") == found
    assert models.paginators("things")["ListThings"]["limit_key"] == "most"


@pytest.mark.parametrize("name", ["..", "../things", "things/2026-01-01", "", "/etc", "a\0b"])
def test_a_name_never_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    write_model(tmp_path, "things", thing_model())
    models = ModelFolders((tmp_path / "things" / "..",))
    assert models.newest("things") == "2026-01-01"
    assert models.newest(name) is None
    assert models.model(name) is None
    assert models.model("things", name or "..") is None


def test_the_digest_does_not_depend_on_form_but_the_checksum_does(tmp_path: Path) -> None:
    model = thing_model()
    write_model(tmp_path / "a", "things", model)
    write_model(tmp_path / "b", "things", dict(reversed(model.items())), packed=True)
    one, other = ModelFolders((tmp_path / "a",)), ModelFolders((tmp_path / "b",))
    assert one.digest("things") == other.digest("things")
    assert one.checksum("things") != other.checksum("things")
    write_model(tmp_path / "b", "things", thing_model(serviceId="Other"), packed=True)
    assert one.digest("things") != other.digest("things")


def test_a_model_belongs_to_the_release_of_the_package_it_lies_in(tmp_path: Path) -> None:
    write_model(tmp_path / "botocore" / "data", "things", thing_model())
    models = ModelFolders((tmp_path / "botocore" / "data",))
    assert models.release("things") is None
    package = tmp_path / "other"
    write_model(package / "data", "things", thing_model())
    (package / "__init__.py").write_text("__version__ = '1.2.3'\n", encoding="utf-8")
    assert ModelFolders((package / "data",)).release("things") == "1.2.3"
    document = of_folder(package / "data").load("things", "GetThing").document
    assert document["aws"]["documents"]["model"]["botocore"] == "1.2.3"


def test_metadata_are_read_from_wherever_they_stand(tmp_path: Path) -> None:
    model = thing_model()
    last = {key: model[key] for key in ("shapes", "operations", "metadata", "version")}
    write_model(tmp_path, "things", last)
    assert ModelFolders((tmp_path,)).metadata("things") == model["metadata"]


def test_a_folder_without_models_is_an_error_that_names_the_one_that_was_meant(
    tmp_path: Path,
) -> None:
    package = tmp_path / "botocore"
    write_model(package / "data", "things", thing_model())
    data = package / "data"
    for wrong in (package, tmp_path, data / "things", data / "things" / "2026-01-01"):
        with pytest.raises(ModelError, match="has no service models") as caught:
            of_folder(wrong)
        assert caught.value.hint == f"did you mean {data}?"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="has no service models") as caught:
        of_folder(tmp_path / "empty")
    assert "service-2.json" in str(caught.value.hint)
    assert of_folder(data).services == ["things"]


def test_asking_for_a_service_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    models = ModelFolders((tmp_path,))
    assert models.paginators("things") == {}
    for ask in (models.digest, models.metadata):
        with pytest.raises(ModelError, match="no model of 'things'"):
            ask("things")
