"""Pages of the AWS CLI, rendered by whichever awscli is installed (1.x or 2.x).

The help of a command is reStructuredText. The published reference is made of it by Sphinx; the
text is what a browser copies of that: paragraphs in a line each, bullets, no indentation.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awsconform.errors import UsageError
from awsconform.specs.auditing.rendering import RenderedPage
from awsconform.specs.auditing.sphinx_pages import build
from awsconform.specs.documents.tree import Format

# awscli has no type hints.
Untyped = Any

_DATA_PATH = "AWS_DATA_PATH"
_SETTINGS = {
    "report_level": 5,
    "line_length_limit": 50_000_000,
    "smart_quotes": True,
    "file_insertion_enabled": False,
    "doctitle_xform": False,
}
_ROLE = re.compile(r":(?:ref|doc):`([^`<]*?) ?<[^>`]*>`")


@dataclass(frozen=True)
class Command:
    """The command of an operation: its help (reST), its arguments by name, its model."""

    rest: str
    arguments: dict[str, Untyped]
    model: Untyped


def version() -> str:
    """The version of the installed AWS CLI.

    Raises:
        UsageError: there is none.
    """
    try:
        return str(_awscli()[0].__version__)
    except ImportError:
        raise UsageError(
            "pages of this format are made with awscli, which is not installed",
            hint="pip install awscli",
        ) from None


@functools.lru_cache(maxsize=64)
def command(service: str, operation: str) -> Command | None:
    """The command of an operation, by botocore's names; None where the CLI has none."""
    table = _operations(service)
    if operation not in table:
        return None
    help_command = table[operation].create_help_command()
    written = _Written()
    help_command.renderer = written
    help_command.doc.target = "html"
    with warnings.catch_warnings():
        # awscli leaves the files of its examples open.
        warnings.simplefilter("ignore", ResourceWarning)
        help_command(None, None)
    return Command(written.text, dict(help_command.arg_table), help_command.obj)


def pages(form: Format, service: str, operations: Sequence[str]) -> Iterator[RenderedPage]:
    """The pages of some operations of a service.

    Raises:
        UsageError: awscli is not installed, or Sphinx for HTML.
    """
    version()
    if form == "cli-text":
        for operation in operations:
            made = command(service, operation)
            if made is not None:
                yield RenderedPage(service, operation, form, as_text(made.rest).encode())
        return
    with tempfile.TemporaryDirectory(prefix="awsconform-") as folder:
        root = Path(folder)
        (root / "in").mkdir()
        (root / "in" / "index.rst").write_text("Commands\n========\n")
        known = [operation for operation in operations if operation in _operations(service)]
        for operation in known:
            made = command(service, operation)
            assert made is not None
            (root / "in" / f"{operation}.rst").write_text(made.rest, encoding="utf-8")
        build(root / "in", root / "out", "html")
        for operation in known:
            built = (root / "out" / f"{operation}.html").read_bytes()
            yield RenderedPage(service, operation, form, built)


def as_text(rest: str) -> str:
    """A page as a browser copies it."""
    core: Untyped = importlib.import_module("docutils.core")
    lines = _Lines()
    document = core.publish_doctree(_ROLE.sub(r"\1", rest), settings_overrides=_SETTINGS)
    for child in document.children:
        lines.write(child)
    return "\n".join(lines.lines)


class _Written:
    """Keeps the help instead of showing it."""

    text = ""

    def render(self, contents: bytes) -> None:
        self.text = contents.decode()


class _Lines:
    """Writes the elements of a document as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, node: Untyped, bullet: str = "") -> None:
        """An element, a line a paragraph; what nobody sees is left out."""
        kind = node.tagname
        if kind in ("meta", "target", "comment", "system_message", "substitution_definition"):
            return
        if kind == "literal_block":
            self.lines += [*node.astext().split("\n"), ""]
        elif kind in ("paragraph", "title", "term", "#text", "rubric"):
            self.lines += [bullet + " ".join(node.astext().split()), ""]
        elif kind == "list_item":
            for index, child in enumerate(node.children):
                self.write(child, "" if index else "\u2022 ")
        else:
            if kind in ("note", "warning", "danger"):
                self.lines += [kind.title(), ""]
            for child in node.children:
                self.write(child)


@functools.cache
def _awscli() -> tuple[Untyped, str | None]:
    """The package, and the data path it sets, which is not left to the rest of the process."""
    before = os.environ.get(_DATA_PATH)
    module = importlib.import_module("awscli")
    path = os.environ.get(_DATA_PATH)
    _set_data_path(before)
    return module, path


@functools.cache
def _driver() -> Untyped:
    before = os.environ.get(_DATA_PATH)
    _set_data_path(_awscli()[1])
    try:
        driver = importlib.import_module("awscli.clidriver").create_clidriver()
        driver.session.get_component("data_loader")
        driver._get_command_table()
    finally:
        _set_data_path(before)
    return driver


def _set_data_path(path: str | None) -> None:
    if path is None:
        os.environ.pop(_DATA_PATH, None)
    else:
        os.environ[_DATA_PATH] = path


@functools.lru_cache(maxsize=4)
def _operations(service: str) -> dict[str, Untyped]:
    """The commands of a service that are its operations, by the operations' names."""
    for each in _services().get(service, ()):
        table = each._get_command_table()
        return {
            command._operation_model.name: command
            for command in table.values()
            if hasattr(command, "_operation_model")
        }
    return {}


@functools.cache
def _services() -> dict[str, list[Untyped]]:
    """The commands that stand for botocore's services."""
    found: dict[str, list[Untyped]] = {}
    for each in _driver()._get_command_table().values():
        if hasattr(each, "service_model"):
            found.setdefault(str(each._service_name), []).append(each)
    return found
