"""A folder of published test cases: which of its files hold any, and all of them in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from awsconform.conformance.vectors import botocore_cases, documents, smithy_cases
from awsconform.conformance.vectors.botocore_cases import IgnoreList
from awsconform.conformance.vectors.cases import Vector
from awsconform.conformance.vectors.documents import Node
from awsconform.conformance.vectors.models import damage_told
from awsconform.errors import UsageError


@dataclass
class Folder:
    """The test cases below a folder.

    `files` are those that may hold test cases, by the names that messages use; `others` the JSON
    files that are something else.
    """

    path: Path
    files: list[tuple[str, Path]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def vectors(self) -> Iterator[Vector]:
        """Every test case, file by file; those of one file are made as they are asked for.

        Raises:
            ModelError: a file is damaged; the location says where.
        """
        ignored = IgnoreList()
        nodes = {}
        for name, path in self.files:
            node = documents.read(path, name)
            if botocore_cases.is_ignore_list(node):
                ignored = IgnoreList.read(node)
            elif botocore_cases.is_suites(node) or smithy_cases.is_ast(node):
                nodes[name, path] = node
            else:
                self.others.append(name)
        for (_, path), node in nodes.items():
            yield from _vectors(node, path, ignored)


def _vectors(node: Node, path: Path, ignored: IgnoreList) -> Iterator[Vector]:
    with damage_told(node):
        if smithy_cases.is_ast(node):
            yield from smithy_cases.vectors(node)
        else:
            yield from botocore_cases.vectors(node, path.stem, ignored, path.parent.name)


def opened(path: Path) -> Folder:
    """The folder at `path`, or one file.

    Raises:
        UsageError: there is no such folder, or it cannot be read.
    """
    if path.is_file():
        return Folder(path, [(path.name, path)])
    if not path.is_dir():
        raise UsageError(
            f"{path} is no folder",
            hint="point to botocore's tests/unit/protocols, or to Smithy models as JSON",
        )
    try:
        found = sorted(each for each in path.rglob("*.json") if each.is_file())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    return Folder(path, [(str(each.relative_to(path)), each) for each in found])
