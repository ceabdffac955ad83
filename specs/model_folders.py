"""Folders of service models in botocore's form: which services they hold, and reading them.

A model is `<service>/<api-version>/service-2.json` or `.json.gz`, with `paginators-1` beside it and
`….sdk-extras` laid over both. Which file wins is the rule of `botocore.loaders`: the newest version
of all folders, then the first folder that has it, then the plain file. botocore itself is not
imported, which costs more than looking a contract up.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import os
import re
import zlib
from pathlib import Path
from typing import Any

from awsconform.errors import Location, ModelError

MODEL = "service-2"
PAGINATORS = "paginators-1"
_KINDS = (MODEL, PAGINATORS)
_SUFFIXES = (".json", ".json.gz")
_MODEL_FILES = frozenset(MODEL + suffix for suffix in _SUFFIXES)
_EXTRAS = ".sdk-extras"
_RELEASE = re.compile(r"^__version__ = '([^']+)'", re.MULTILINE)
_HEAD = re.compile(r'\s*\{\s*"version":\s*"[\d.]+",\s*"metadata":\s*')
_HEAD_BYTES = 8192
_NAME = re.compile(r"[\w.-]*\w")


class ModelFolders:
    """The models in some folders, the first of which wins; none is read before it is asked for."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self._versions: dict[str, list[str]] = {}
        self._files: dict[Path, frozenset[str]] = {}

    def __repr__(self) -> str:
        return f"ModelFolders({', '.join(map(str, self.folders))})"

    @functools.cached_property
    def services(self) -> tuple[str, ...]:
        """The names of all services, in alphabetical order."""
        named = {name for folder in self.folders for name in _folders_in(folder)}
        return tuple(sorted(name for name in named if self.newest(name)))

    def newest(self, service: str) -> str | None:
        """The newest API version of a service, None where there is no such."""
        versions = self.versions(service)
        return versions[-1] if versions else None

    def versions(self, service: str) -> list[str]:
        """The API versions of a service, the oldest first."""
        # What is no plain name would lead out of the folders.
        if service not in self._versions and _NAME.fullmatch(service):
            self._versions[service] = sorted(
                {
                    version
                    for folder in self.folders
                    for version in _folders_in(folder / service)
                    if _MODEL_FILES & self._files_in(folder / service / version)
                }
            )
        return self._versions.get(service, [])

    def file(self, service: str, kind: str = MODEL, version: str | None = None) -> Path | None:
        """The file that states a service's model, paginators or what is laid over them."""
        version = version or self.newest(service)
        if version is None or version not in self.versions(service):
            return None
        for folder in self.folders:
            place = folder / service / version
            here = self._files_in(place)
            for suffix in _SUFFIXES:
                if kind + suffix in here:
                    return place / (kind + suffix)
        return None

    def model(self, service: str, version: str | None = None) -> dict[str, Any] | None:
        """A service's model, of its newest version or the one named; None where there is none.

        Raises:
            ModelError: a file of it is damaged.
        """
        file = self.file(service, MODEL, version)
        if file is None:
            return None
        extras = self.file(service, MODEL + _EXTRAS, version)
        return _read(file, _state(file), extras, _state(extras))

    def paginators(self, service: str) -> dict[str, Any]:
        """The paginators of a service by operation; empty where it has none.

        Raises:
            ModelError: a file of them is damaged.
        """
        file = self.file(service, PAGINATORS)
        if file is None:
            return {}
        extras = self.file(service, PAGINATORS + _EXTRAS)
        stated = _read(file, _state(file), extras, _state(extras)).get("pagination")
        if not isinstance(stated, dict):
            raise ModelError(
                "there is no object here", location=Location(str(file), None, "/pagination")
            )
        return stated

    def metadata(self, service: str) -> dict[str, Any]:
        """What a model says of itself, read from its beginning alone where it stands there.

        Raises:
            ModelError: there is no such model, or its file is damaged.
        """
        file = self.file(service)
        if file is None:
            raise ModelError(f"there is no model of {service!r}")
        try:
            with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
                text = stream.read(_HEAD_BYTES).decode("utf-8", errors="replace")
            head = _HEAD.match(text)
            stated = json.JSONDecoder().raw_decode(text, head.end())[0] if head else None
        except (OSError, EOFError, ValueError, zlib.error):
            stated = None
        if not isinstance(stated, dict):
            stated = (self.model(service) or {}).get("metadata")
        return stated if isinstance(stated, dict) else {}

    def digest(self, service: str) -> str:
        """SHA-256 of a service's model, whatever the order and white space of its file.

        Raises:
            ModelError: there is no such model, or its file is damaged.
        """
        file = self.file(service)
        if file is None:
            raise ModelError(f"there is no model of {service!r}")
        extras = self.file(service, MODEL + _EXTRAS)
        return _digest(file, _state(file), extras, _state(extras))

    def checksum(self, service: str) -> str:
        """SHA-256 of the bytes of all files that make up a service's model and paginators."""
        kinds = [kind + extras for kind in _KINDS for extras in ("", _EXTRAS)]
        files = [self.file(service, kind) for kind in kinds]
        return _checksum(tuple((file, _state(file)) for file in files), self.release(service))

    def release(self, service: str) -> str | None:
        """The version of the botocore that a service's model belongs to, None where to none."""
        file = self.file(service)
        return _release(file.parents[3]) if file else None

    def _files_in(self, folder: Path) -> frozenset[str]:
        if folder not in self._files:
            try:
                with os.scandir(folder) as entries:
                    names = frozenset(entry.name for entry in entries if entry.is_file())
            except OSError:
                names = frozenset()
            self._files[folder] = names
        return self._files[folder]


def _folders_in(folder: Path) -> list[str]:
    """The names of the folders in one; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return []


_State = tuple[int, int] | None


def _state(file: Path | None) -> _State:
    """What changes when a file does."""
    if file is None:
        return None
    known = file.stat()
    return known.st_size, known.st_mtime_ns


@functools.lru_cache(maxsize=4)
def _read(file: Path, state: _State, extras: Path | None, extras_state: _State) -> dict[str, Any]:
    model = parse(file)
    if extras is not None:
        from botocore.loaders import ExtrasProcessor

        ExtrasProcessor().process(model, [parse(extras)])
    return model


@functools.lru_cache(maxsize=512)
def _digest(file: Path, state: _State, extras: Path | None, extras_state: _State) -> str:
    model = _read(file, state, extras, extras_state)
    return hashlib.sha256(json.dumps(model, sort_keys=True).encode()).hexdigest()


@functools.lru_cache(maxsize=512)
def _checksum(files: tuple[tuple[Path | None, _State], ...], release: str | None) -> str:
    found = hashlib.sha256(repr(release).encode())
    for file, _ in files:
        content = _content(file) if file else b""
        found.update(f"{len(content)}:".encode())
        found.update(content)
    return found.hexdigest()


@functools.cache
def _release(package: Path) -> str | None:
    try:
        stated = _RELEASE.search((package / "__init__.py").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stated[1] if stated else None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from None


def _unreadable(file: Path, reason: str) -> ModelError:
    return ModelError(
        f"not a readable model: {reason}",
        hint="restore the file, or install botocore again",
        location=Location(str(file)),
    )


def parse(file: Path) -> dict[str, Any]:
    """The JSON object of a file, unpacked where its name ends in `.gz`.

    Raises:
        ModelError: the file cannot be read, is damaged, or holds no object.
    """
    try:
        data = _content(file)
        found = json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)
    except (OSError, EOFError, ValueError, zlib.error, RecursionError) as error:
        raise _unreadable(file, str(error)) from None
    if not isinstance(found, dict):
        raise ModelError("not a model: there is no JSON object", location=Location(str(file)))
    return found
