"""What can be compared: reference pages, contracts, botocore's models installed or not.

A source is named by one string: `installed`, or the path of a file or folder.
"""

from __future__ import annotations

import json
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from awsconform.errors import AwsconformError, ContractError, Location, UsageError
from awsconform.specs import installed
from awsconform.specs.drift.model_sources import ModelSource, models_in_folder, models_in_wheel
from awsconform.specs.drift.soundness import flaw

Document = dict[str, Any]

INSTALLED = ("installed", "botocore:")


class DocumentSource(ABC):
    """Contracts or page documents, by operation."""

    name: str
    # Whether what is not there is meant to be no part of the whole.
    whole: bool

    @abstractmethod
    def operations(self) -> dict[str, list[str]]:
        """The operations of each service, both in alphabetical order."""

    @abstractmethod
    def document(self, service: str, operation: str) -> Document:
        """The document of one of them."""


class _Single(DocumentSource):
    whole = False

    def __init__(self, name: str, document: Document) -> None:
        self.name = name
        self._document = document

    def operations(self) -> dict[str, list[str]]:
        aws = self._document["aws"]
        return {aws["service"]: [aws["operation"]]}

    def document(self, service: str, operation: str) -> Document:
        return self._document


class Folder(DocumentSource):
    """A folder of contracts in the layout of the committed ones; with `pages`, of page documents.

    Of several API versions of an operation the newest counts, as it does in botocore.

    Raises:
        UsageError: there are none.
        ContractError: what stands where a service's contracts would is something else.
    """

    whole = True

    def __init__(self, name: str, folder: Path, *, pages: bool = False) -> None:
        self.name = name
        self._files: dict[str, dict[str, Path]] = {}
        for path in sorted(folder.glob("*/*/*.json")):
            if path.name.endswith(".page.json") is pages:
                operation = path.name.partition(".")[0]
                self._files.setdefault(path.parent.parent.name, {})[operation] = path
        if not self._files:
            raise UsageError(
                f"{folder} holds neither models nor contracts",
                hint="models are in <service>/<api-version>/service-2.json, contracts in "
                "<service>/<api-version>/<Operation>.json",
            )
        # A service that only one side has is compared by name alone, so it is looked at here.
        for files in self._files.values():
            _document(next(iter(files.values())))

    def operations(self) -> dict[str, list[str]]:
        """The operations the folder has a document of."""
        return {service: sorted(files) for service, files in sorted(self._files.items())}

    def document(self, service: str, operation: str) -> Document:
        """The document of an operation."""
        return _document(self._files[service][operation])


Source = DocumentSource | ModelSource


def source(text: str) -> Source:
    """The source a string names.

    Raises:
        UsageError: there is nothing of that name, or nothing to compare in it.
        ContractError: a file is damaged.
        PageError: a file is no reference page.
        ModelError: a model is damaged.
    """
    if text in INSTALLED:
        return ModelSource("the installed botocore", installed.models())
    path = Path(text)
    if path.is_dir():
        models = models_in_folder(path)
        return ModelSource(text, models) if models is not None else Folder(text, path)
    if not path.exists():
        raise UsageError(
            f"there is no file or folder {text}",
            hint="`awsconform drift --help` names what can be compared",
        )
    if zipfile.is_zipfile(path):
        return ModelSource(text, models_in_wheel(path))
    if path.suffix == ".whl":
        raise UsageError(f"{text} is no wheel", hint="download it again")
    if path.suffix == ".json":
        return _Single(text, _document(path))
    return _Single(text, _page(text, path))


def _document(path: Path) -> Document:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ContractError(f"not readable: {error}", location=Location(str(path))) from None
    missing = list(_missing(document))
    if missing:
        raise ContractError(
            f"neither a contract nor a page document: {missing[0]} is missing",
            location=Location(str(path)),
        )
    wrong = flaw(document)
    if wrong is not None:
        raise ContractError(f"damaged at {wrong}", location=Location(str(path)))
    checked: Document = document
    return checked


def _missing(document: Any) -> Iterator[str]:
    """What every contract and every page document has, and this one lacks."""
    if not isinstance(document, dict) or not isinstance(document.get("aws"), dict):
        yield "`aws`"
        return
    wanted = ["service", "operation", "apiVersion", "errors"]
    wanted += ["protocol", "http", "signing"] if "$defs" in document else ["format"]
    yield from (f"`aws.{name}`" for name in wanted if name not in document["aws"])
    if not isinstance(document.get("properties"), dict):
        yield "`properties`"


def _page(name: str, path: Path) -> Document:
    from awsconform.specs.pages import extract

    try:
        return extract(path.read_bytes(), name=name).document
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from None
    except AwsconformError as error:
        error.hint = error.hint or "`awsconform drift --help` names what can be compared"
        raise
