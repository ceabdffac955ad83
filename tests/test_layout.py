"""The folders and what pyproject.toml says of them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tracing import UNTRACED

ROOT = Path(__file__).parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS: dict[str, str] = PYPROJECT["tool"]["setuptools"]["package-dir"]


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module on disk: the package it lies in, and its file."""
    for name, folder in FOLDERS.items():
        for file in sorted((ROOT / folder).rglob("*.py")):
            inner = file.parent.relative_to(ROOT / folder).parts
            yield ".".join([name, *inner]), file


def imported_at_run_time(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level name of every absolute import, but for those made for type checkers."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
        yield from imported_at_run_time(node)


def distribution(requirement: str) -> str:
    """Name what a requirement asks for, in the form package indexes compare."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def test_lists_every_package_that_is_on_disk_and_no_other() -> None:
    assert sorted(PYPROJECT["tool"]["setuptools"]["packages"]) == sorted(
        {package for package, _ in modules()}
    )


def test_every_folder_with_modules_is_a_regular_package() -> None:
    bare = {file.parent for _, file in modules() if not (file.parent / "__init__.py").is_file()}
    assert not bare


@pytest.mark.parametrize("package", ["awsconform", *sorted(FOLDERS.keys() - {"awsconform"})])
def test_every_room_has_modules(package: str) -> None:
    assert any(owner == package for owner, _ in modules())


def test_declares_every_library_it_imports() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    declared = {
        distribution(requirement)
        for requirement in [
            *PYPROJECT["project"]["dependencies"],
            *extras["audit"],
            *extras["moto"],
        ]
    }
    providers = packages_distributions()
    undeclared = {
        (str(file.relative_to(ROOT)), name)
        for _, file in modules()
        for name in imported_at_run_time(ast.parse(file.read_bytes()))
        if name != "awsconform"
        and name not in sys.stdlib_module_names
        and declared.isdisjoint(distribution(found) for found in providers.get(name, [name]))
    }
    assert not undeclared


def test_the_tests_that_are_not_traced_are_there() -> None:
    assert [name for name in sorted(UNTRACED) if not (ROOT / "tests" / name).is_file()] == []
