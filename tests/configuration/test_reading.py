"""What a file says is what is read; what cannot be meant is told by file, line and key."""

from __future__ import annotations

import copy
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.configuration import errors
from awsconform.configuration.reading import File, read_file
from awsconform.configuration.schema import configuration_schema, is_path, keys
from awsconform.configuration.toml_file import lines
from awsconform.errors import AwsconformError
from configuration.toml_text import NAMES, documents, written


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("read") / "awsconform.toml"


def read(path: Path, text: str) -> File:
    path.write_bytes(text.encode("utf-8"))
    return read_file(path)


def refused(path: Path, text: str) -> AwsconformError:
    with pytest.raises(errors.ConfigurationError) as raised:
        read(path, text)
    assert raised.value.location is not None
    assert raised.value.exit_code == 2
    return raised.value


@settings(max_examples=50)
@given(document=documents())
def test_gives_back_what_was_written(path: Path, document: dict[str, Any]) -> None:
    file = read(path, written(document))
    tables = {"": document, **document.get("targets", {})}
    for name, table in tables.items():
        found = file.targets[name] if name else file.values
        for key, value in table.items():
            if key in ("hooks", "targets"):
                continue
            if is_path(key):
                assert found[key] == os.path.normpath(path.parent / value)
            elif key not in ("start", "target"):
                assert found[key] == value
    assert file.hooks == document.get("hooks", {})


@settings(max_examples=50)
@given(document=documents())
def test_knows_the_line_of_each_key(path: Path, document: dict[str, Any]) -> None:
    file = read(path, f"# first\n\n{written(document)}\n")
    text = file.text.split("\n")
    for key in document.keys() - {"hooks", "targets"}:
        line = file.line_of(key)
        assert line is not None
        assert text[line - 1].startswith(f'"{key}" = ')


def test_a_statement_of_several_lines_begins_on_its_first() -> None:
    text = 'a = [\n  1,\n]\nb = """\nc = 1\n"""\n[t.u]\n\n# d = 1\nd = {e = 1}\n[[x]]\nf = 1\n'
    assert lines(text) == {
        ("a",): 1,
        ("b",): 4,
        ("t",): 7,
        ("t", "u"): 7,
        ("t", "u", "d"): 10,
        ("t", "u", "d", "e"): 10,
        ("x",): 11,
        ("x", "f"): 12,
    }


def test_a_table_of_pyproject_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[project]\nname = "x"\n\n[tool.awsconform]\nseed = 3\nhints = "a/h.json"\n'
        '[tool.awsconform.targets.mine]\ntarget = "http://localhost:1"\n'
    )
    file = read_file(path)
    assert file.values == {"seed": 3, "hints": str(tmp_path / "a" / "h.json")}
    assert file.targets == {"mine": {"target": "http://localhost:1"}}
    assert file.line_of("seed") == 5
    assert file.line_of("targets", "mine", "target") == 8


def located(path: Path) -> bool:
    """Whether a file can be used, or is told to be wrong with its place."""
    try:
        read_file(path)
    except errors.ConfigurationError as error:
        return error.location is not None
    return True


TABLES: list[tuple[str, ...]] = [(), ("targets", "mine"), ("hooks",)]


def known_in(table: tuple[str, ...]) -> list[str]:
    if table == ("hooks",):
        return list(configuration_schema()["$defs"]["hooks"]["properties"])
    return list(keys())


@settings(max_examples=50)
@given(st.data())
def test_an_unknown_key_anywhere_is_named_with_the_one_that_was_meant(
    path: Path, data: st.DataObject
) -> None:
    document: dict[str, Any] = data.draw(documents())
    table = data.draw(st.sampled_from(TABLES))
    meant = data.draw(st.sampled_from([each for each in known_in(table) if len(each) > 3]))
    at = data.draw(st.integers(1, len(meant) - 2))
    misspelt = meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :]
    here = copy.deepcopy(document)
    owner = here
    for step in table:
        owner = owner.setdefault(step, {})
    if misspelt in known_in(table) or misspelt in ("hooks", "targets"):
        return
    if table[:1] == ("targets",):
        owner.setdefault("target", "emulator:")
    owner[misspelt] = 1
    error = refused(path, written(here))
    assert isinstance(error, errors.UnknownKey)
    assert ".".join((*table, misspelt)) in error.message
    assert error.hint == f"did you mean {meant}?"
    assert error.location is not None
    assert error.location.line is not None
    assert misspelt in path.read_text(encoding="utf-8").split("\n")[error.location.line - 1]


WRONG: list[Any] = ["", 0, -1, True, [], [1], 1.5, {"a": 1}, "\0", ["\0"]]


@settings(max_examples=50)
@given(st.data())
def test_a_wrong_value_anywhere_is_told_with_its_key_and_what_was_expected(
    path: Path, data: st.DataObject
) -> None:
    import jsonschema_rs

    key = data.draw(st.sampled_from(sorted(keys())))
    value = data.draw(st.sampled_from(WRONG))
    document: dict[str, Any] = {key: value}
    if jsonschema_rs.is_valid(configuration_schema(), document):
        return
    if data.draw(st.booleans()):
        document = {"targets": {"t": {"target": "emulator:", key: value}}}
    error = refused(path, written(document))
    assert isinstance(error, errors.WrongType | errors.InvalidValue)
    assert re.search(rf"\b{re.escape(key)}(\.0)? has to be ", error.message)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("seed = 2020-01-01", "seed has to be a whole number, not 2020-01-01"),
        ("timeout = nan", "timeout has to be a number above 0, up to 1000000, not nan"),
        ("rate = inf", "rate has to be a number from 0.001 on, not inf"),
        ("level = 'often'", "level has to be one of must, should, may, not 'often'"),
        ("services = ['a b']", "services.0 has to be a text, not empty, not 'a b'"),
        ("services = []", "services has to be a list of texts, not empty"),
        ("header = 'A: b'", "header has to be a list of texts"),
        ("targets = 1", "targets has to be a table, not 1"),
        ("[targets]\nmine = 'moto:'", "targets.mine has to be a table, not 'moto:'"),
        ("[targets.mine]\nseed = 1", "targets.mine names a target by target or by start"),
        ("[targets.'a:b']\ntarget = 'moto:'", "'a:b' can be no name of a target"),
        ("session-token = 7", "session-token has to be a text, not empty"),
        ("allow-aws = true", "allow-aws is said on the command line alone"),
        ("[hooks]\nsetup = 'nothing'", "hooks.setup has to be a function, as package.module:"),
        ("levels = 1", "the key levels means nothing"),
        ("seed = \nlevel = 1", "is no TOML at column 8"),
        ("[targets", "is no TOML at the end of the file"),
        ("seed = 1\nseed = 2", "is no TOML at"),
    ],
)
def test_what_is_wrong_is_said_in_words(path: Path, text: str, told: str) -> None:
    assert refused(path, text).message.startswith(told)


def test_a_secret_is_not_repeated_in_an_error(path: Path) -> None:
    assert "hunter2" not in str(refused(path, "secret-access-key = ['hunter2']"))


@given(text=st.text() | st.text("[]{}='\"\\\n#.,abc1_- ").map(lambda text: f"seed = 1\n{text}"))
def test_any_text_is_read_or_refused(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert located(path)


@settings(max_examples=50)
@given(document=documents(), data=st.data())
def test_any_damage_to_a_file_is_read_or_refused(
    path: Path, document: dict[str, Any], data: st.DataObject
) -> None:
    whole = written(document).encode()
    at = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :])
    assert located(path)


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "seed = " + "9" * 5_000])
def test_what_python_gives_up_on_is_refused(path: Path, text: str) -> None:
    assert isinstance(refused(path, text), errors.NotTOML)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigurationUnreadable):
        read_file(tmp_path)


@given(name=NAMES)
def test_every_name_is_one(path: Path, name: str) -> None:
    assert list(read(path, f'[targets."{name}"]\ntarget = "moto:"').targets) == [name]


def test_a_command_relative_to_the_file_is_found_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "awsconform.toml"
    path.parent.mkdir()
    path.write_text("start = 'PORT={port} ./emu --data ../d x/./y'")
    there = f"'{path.parent}'"
    assert read_file(path).values["start"] == (
        f"PORT={{port}} {there}/./emu --data {there}/../d x/./y"
    )


def test_the_example_of_the_documentation_is_right(tmp_path: Path) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "CONFIGURATION.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", docs, re.DOTALL)
    file = read(tmp_path / "awsconform.toml", example)
    assert file.targets.keys() == {"mine", "staging"}
    told = set(re.findall(r"`([a-z-]+)`", docs))
    assert keys().keys() <= told
