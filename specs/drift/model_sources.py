"""Service models of a botocore that need not be installed: a folder, or a wheel."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, Protocol

from awsconform.errors import Location, ModelError, UsageError
from awsconform.specs.installed import of_folders
from awsconform.specs.model_folders import MODEL, PAGINATORS

_MEMBER = re.compile(
    r"botocore/data/(?P<service>[^/]+)/(?P<version>[^/]+)/(?P<kind>[\w.-]+?)\.json(\.gz)?"
)
_EXTRAS = ".sdk-extras"

Model = dict[str, Any]


class Models(Protocol):
    """Service models by service, as `ModelFolders` has them."""

    @property
    def services(self) -> tuple[str, ...]:
        """The names of all services."""
        ...

    def model(self, service: str) -> Model | None:
        """A service's model, None where there is none."""
        ...

    def paginators(self, service: str) -> Model:
        """Its paginators by operation."""
        ...


class ModelSource:
    """The models of one botocore."""

    whole = True

    def __init__(self, name: str, models: Models) -> None:
        self.name = name
        self.models = models


class Wheel:
    """The models in a wheel of botocore, read where they lie.

    Raises:
        UsageError: it is a wheel of something else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = zipfile.ZipFile(path)
        self._service = ""
        self._kept: dict[str, Model | None] = {}
        self._members: dict[str, dict[str, dict[str, str]]] = {}
        for name in self._archive.namelist():
            met = _MEMBER.fullmatch(name)
            if met:
                versions = self._members.setdefault(met["service"], {})
                kinds = versions.setdefault(met["version"], {})
                # The plain file wins over the packed one.
                if met["kind"] not in kinds or name.endswith(".json"):
                    kinds[met["kind"]] = name
        self._newest = {
            service: max(named)
            for service, versions in self._members.items()
            if (named := [version for version, kinds in versions.items() if MODEL in kinds])
        }
        if not self._newest:
            raise UsageError(f"{path} has no service models", hint="a wheel of botocore has")

    @property
    def services(self) -> tuple[str, ...]:
        """The names of all services, in alphabetical order."""
        return tuple(sorted(self._newest))

    def model(self, service: str) -> Model | None:
        """A service's model of its newest version.

        Raises:
            ModelError: it is damaged.
        """
        return self._stated(service, MODEL)

    def paginators(self, service: str) -> Model:
        """A service's paginators by operation; empty where it has none.

        Raises:
            ModelError: they are damaged.
        """
        found: Model = (self._stated(service, PAGINATORS) or {}).get("pagination", {})
        return found

    def _stated(self, service: str, kind: str) -> Model | None:
        """What one service states, which is kept until the next is asked for."""
        if service != self._service:
            self._service, self._kept = service, {}
        if kind not in self._kept:
            self._kept[kind] = self._read(service, kind)
        return self._kept[kind]

    def _read(self, service: str, kind: str) -> Model | None:
        if service not in self._newest:
            return None
        kinds = self._members[service][self._newest[service]]
        if kind not in kinds:
            return None
        stated = self._parsed(kinds[kind])
        if kind + _EXTRAS in kinds:
            from botocore.loaders import ExtrasProcessor

            ExtrasProcessor().process(stated, [self._parsed(kinds[kind + _EXTRAS])])
        return stated

    def _parsed(self, name: str) -> Model:
        try:
            data = self._archive.read(name)
            found = json.loads(zlib.decompress(data, 31) if name.endswith(".gz") else data)
        except (OSError, ValueError, zlib.error, zipfile.BadZipFile, RecursionError) as error:
            raise ModelError(
                f"{name} is not readable: {error}", location=Location(str(self._path))
            ) from None
        if not isinstance(found, dict):
            raise ModelError(f"{name} holds no object", location=Location(str(self._path)))
        return found


def models_in_wheel(path: Path) -> Models:
    """The models in a wheel.

    Raises:
        UsageError: it has none, or is damaged.
    """
    try:
        return Wheel(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None


def models_in_folder(folder: Path) -> Models | None:
    """The models of an unpacked botocore: its `data`, the package, or what has it installed."""
    for inner in (folder, folder / "data", folder / "botocore" / "data"):
        found = of_folders((inner.absolute(),))
        if found.services:
            return found
    return None
