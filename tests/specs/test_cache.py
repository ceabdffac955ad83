"""What was compiled is kept on disk, and nothing that is wrong there does any harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsconform.specs import cache
from awsconform.specs.catalog import Catalog, of_folder
from awsconform.specs.contract import Contract
from awsconform.specs.model_folders import ModelFolders
from model_miniatures import thing_model, write_model


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.FOLDER, str(folder))
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_model(tmp_path / "models", "things", thing_model())
    return tmp_path / "models"


def files(folder: Path) -> dict[str, Path]:
    return {path.name: path for path in folder.glob("contracts/*/*/*")}


def load(models: Path, operation: str = "GetThing", **options: Any) -> Contract:
    return of_folder(models).load("things", operation, **options)


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def refuse(*arguments: Any) -> None:
        raise AssertionError("a contract was compiled")

    monkeypatch.setattr(Catalog, "_made_compiler", refuse)
    monkeypatch.setattr("awsconform.specs.model_folders.parse", refuse)
    return monkeypatch


def test_a_contract_is_loaded_again_without_its_model(
    kept: Path, models: Path, request: pytest.FixtureRequest
) -> None:
    first = load(models)
    assert files(kept).keys() == {"summary", "rest-json.GetThing"}
    request.getfixturevalue("no_compiler")
    assert load(models).document == first.document
    assert load(models, protocol="rest-json").document == first.document
    assert of_folder(models).operations("things") == ["GetThing", "ListThings"]


def test_a_contract_is_the_same_with_and_without_the_cache(
    kept: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold, warm = load(models), load(models)
    monkeypatch.setenv(cache.FOLDER, "")
    assert cold.document == warm.document == load(models).document
    assert json.dumps(cold.document) == json.dumps(warm.document)


def test_nothing_is_kept_where_the_cache_is_switched_off(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.FOLDER, "")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    load(models)
    assert sorted(tmp_path.rglob("*")) == before
    assert cache.folder() is None


def test_the_cache_is_usually_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import platformdirs

    monkeypatch.delenv(cache.FOLDER)
    assert str(cache.folder()) == platformdirs.user_cache_dir("awsconform", appauthor=False)


def damaged(content: bytes) -> dict[str, bytes]:
    unpacked = json.loads(zlib.decompress(content))
    return {
        "nothing": b"",
        "cut off": content[: len(content) // 2],
        "bytes": b"\0" * 40,
        "not packed": zlib.decompress(content),
        "no object": zlib.compress(b"[]"),
        "no JSON": zlib.compress(b"{"),
        "no key": zlib.compress(json.dumps(unpacked["value"]).encode()),
        "of another": zlib.compress(json.dumps({**unpacked, "key": ["a", "b", "c"]}).encode()),
        "without value": zlib.compress(json.dumps({**unpacked, "value": None}).encode()),
    }


@pytest.mark.parametrize("entry", ["summary", "rest-json.GetThing"])
@pytest.mark.parametrize("how", sorted(damaged(zlib.compress(b'{"value": 1}'))))
def test_a_damaged_entry_is_made_again(entry: str, how: str, kept: Path, models: Path) -> None:
    sound = load(models).document
    file = files(kept)[entry]
    content = file.read_bytes()
    file.write_bytes(damaged(content)[how])
    assert load(models).document == sound
    assert file.read_bytes() == content


def test_a_summary_of_another_form_is_made_again(kept: Path, models: Path) -> None:
    load(models)
    file = files(kept)["summary"]
    content = file.read_bytes()
    unpacked = json.loads(zlib.decompress(content))
    del unpacked["value"]["operations"]
    file.write_bytes(zlib.compress(json.dumps(unpacked).encode()))
    assert of_folder(models).operations("things") == ["GetThing", "ListThings"]
    assert file.read_bytes() == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60), packed=st.booleans())
def test_whatever_an_entry_holds_it_is_as_good_as_none(
    content: bytes, packed: bool, kept: Path
) -> None:
    cache.write("things", "sum", "entry", {"sound": True})
    assert cache.read("things", "sum", "entry") == {"sound": True}
    files(kept)["entry"].write_bytes(zlib.compress(content) if packed else content)
    assert cache.read("things", "sum", "entry") is None


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "file" / "cache"))
    assert load(models).document == load(models).document


def test_a_folder_in_place_of_an_entry_is_no_hindrance(kept: Path, models: Path) -> None:
    sound = load(models).document
    file = files(kept)["rest-json.GetThing"]
    file.unlink()
    file.mkdir()
    assert load(models).document == sound
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_entries_of_another_compiler_or_model_are_not_read(
    kept: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(models)
    (first,) = (kept / "contracts" / "things").iterdir()
    changed = thing_model(serviceId="Changed")
    write_model(models, "things", changed)
    assert load(models).aws["serviceId"] == "Changed"
    assert len(list((kept / "contracts" / "things").iterdir())) == 2
    monkeypatch.setattr(cache, "compiler", lambda: "another")
    assert cache.read("things", of_folder(models).models.checksum("things"), "summary") is None
    assert first.exists()


def test_paginators_and_extras_belong_to_what_an_entry_is_made_of(kept: Path, models: Path) -> None:
    assert load(models, "ListThings").aws["pagination"]["sources"] == ["inferred"]
    pages = {"input_token": "nextToken", "output_token": "nextToken", "result_key": "things"}
    write_model(models, "things", {"pagination": {"ListThings": pages}}, kind="paginators-1")
    fresh = Catalog(ModelFolders((models,)), {})
    assert fresh.load("things", "ListThings").aws["pagination"]["sources"] == ["model"]


def test_of_a_service_the_newest_sets_of_entries_are_kept(kept: Path) -> None:
    place = kept / "contracts" / "things"
    for number in range(6):
        cache.write("things", f"sum {number}", "entry", {"number": number})
        for age, path in enumerate(sorted(place.iterdir(), key=lambda path: path.stat().st_mtime)):
            os.utime(path, (age, age))
    assert len(list(place.iterdir())) == cache.KEPT
    assert cache.read("things", "sum 5", "entry") == {"number": 5}
    assert cache.read("things", "sum 4", "entry") == {"number": 4}
    cache.write("others", "sum 0", "entry", {})
    assert cache.read("things", "sum 5", "entry") == {"number": 5}


def test_the_compilers_checksum_follows_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents").mkdir()
    seen = set()
    monkeypatch.setattr(cache, "_SOURCES", tmp_path)
    for content in ("a", "b"):
        (tmp_path / "one.py").write_text(content, encoding="utf-8")
        cache.compiler.cache_clear()
        seen.add(cache.compiler())
    (tmp_path / "documents" / "two.py").write_text("", encoding="utf-8")
    cache.compiler.cache_clear()
    seen.add(cache.compiler())
    monkeypatch.setattr(cache, "_releases", lambda package: ["regex-1.dist-info"])
    cache.compiler.cache_clear()
    seen.add(cache.compiler())
    cache.compiler.cache_clear()
    assert len(seen) == 4


PROGRAM = """
import sys
from pathlib import Path
from awsconform.specs.catalog import of_folder

digests = []
for operation in ("GetThing", "ListThings") * 20:
    document = of_folder(Path(sys.argv[1])).load("things", operation).document
    digests.append(str(document))
print(len(set(digests)), hash(tuple(digests)))
"""


def test_processes_may_share_the_folder(kept: Path, models: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(models)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(4)
    ]
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], ended
    assert len({out for out, _ in ended}) == 1
    assert ended[0][0].startswith("2 ")
    assert not [name for name in files(kept) if name.startswith(".")]
    for name, file in files(kept).items():
        assert json.loads(zlib.decompress(file.read_bytes()))["key"][2] == name
