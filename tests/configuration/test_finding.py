"""Which file is read: the nearest, unless one is named or none is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from awsconform.configuration import errors
from awsconform.configuration.finding import find
from awsconform.configuration.holding import file_to_read
from awsconform.errors import UsageError

TABLE = "[tool.awsconform]\nseed = 1\n"


def test_the_nearest_file_is_found_from_below(folder: Path) -> None:
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    (folder / "awsconform.toml").touch()
    found = find(below)
    assert found is not None
    assert found.path == Path("awsconform.toml")
    (folder / "a" / "pyproject.toml").write_text(TABLE)
    found = find(below)
    assert found is not None
    assert found.path == folder / "a" / "pyproject.toml"


def test_our_own_file_stands_for_the_shared_one_beside_it(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(TABLE)
    (folder / "awsconform.toml").touch()
    found = find(folder)
    assert found is not None
    assert (found.path.name, found.passed_over) == ("awsconform.toml", Path("pyproject.toml"))


@pytest.mark.parametrize(
    "text", ["", "[tool.other]\n# awsconform\n", "[broken", "tool = 1 #awsconform"]
)
def test_a_pyproject_without_our_table_is_passed_by(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)
    assert find(folder) is None


def test_a_broken_pyproject_that_may_have_our_table_is_told(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.awsconform")
    with pytest.raises(errors.NotTOML):
        find(folder)


def test_nothing_is_looked_for_above_a_repository(folder: Path) -> None:
    (folder / "awsconform.toml").touch()
    inner = folder / "inner"
    (inner / ".git").mkdir(parents=True)
    assert find(inner) is None


def test_a_file_is_named_by_flag_or_variable_and_none_by_either(folder: Path) -> None:
    (folder / "awsconform.toml").write_text("seed = 1")
    (folder / "mine.toml").write_text("seed = 2")
    (folder / "other.toml").write_text("seed = 3")

    def seed(environment: dict[str, str], path: str | None = None, none: bool = False) -> object:
        file = file_to_read(path=path, none=none, environment=environment)
        return None if file is None else file.values["seed"]

    assert seed({}) == 1
    assert seed({"AWSCONFORM_CONFIG": "mine.toml"}) == 2
    assert seed({"AWSCONFORM_CONFIG": "mine.toml"}, "other.toml") == 3
    assert seed({"AWSCONFORM_CONFIG": "mine.toml"}, none=True) is None
    assert seed({"AWSCONFORM_CONFIG": "mine.toml", "AWSCONFORM_NO_CONFIG": "1"}) is None
    assert seed({"AWSCONFORM_NO_CONFIG": "1"}, "other.toml") == 3
    with pytest.raises(UsageError):
        seed({}, "other.toml", none=True)


@pytest.mark.parametrize("name", ["nowhere.toml", "", "\0"])
def test_a_named_file_that_is_not_there_is_told(folder: Path, name: str) -> None:
    with pytest.raises(errors.ConfigurationError):
        file_to_read(path=name, none=False, environment={})


def test_a_named_pyproject_needs_our_table(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("")
    with pytest.raises(errors.ConfigurationMissing):
        file_to_read(path="pyproject.toml", none=False, environment={})
