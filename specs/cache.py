"""What was compiled before, kept on disk so that models need not be read again.

An entry is found by the service and by a checksum of all it was made from: the bytes of the
model's files and this package's own source. It is a packed JSON document; one that is damaged,
cut off or somebody else's is as good as none. Entries are written beside and moved into place, so
processes may share the folder. A folder that cannot be written costs time, never a run.

`AWSCONFORM_CACHE_DIR` names another folder; set to nothing it switches the cache off.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import Any

FOLDER = "AWSCONFORM_CACHE_DIR"
# Checksums kept of one service, so that comparing two sets of models does not thrash.
KEPT = 2
_SOURCES = Path(__file__).parent
# This package, and the engines that decide which patterns can be translated.
_PACKAGES = ("awsconform", "regex", "jsonschema_rs")
_SHORT = 32


def folder() -> Path | None:
    """The folder of the cache as the environment says now, None where it is switched off."""
    stated = os.environ.get(FOLDER)
    if stated is None:
        return _usual_folder()
    return Path(os.path.expanduser(stated)) if stated else None


def read(service: str, checksum: str, name: str) -> dict[str, Any] | None:
    """What was kept under a name for that checksum, None where nothing sound was."""
    place = _place(service, checksum)
    if place is None:
        return None
    try:
        kept = json.loads(zlib.decompress((place / name).read_bytes()))
    except (OSError, ValueError, zlib.error, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.get("key") != [service, checksum, name]:
        return None
    value = kept.get("value")
    return value if isinstance(value, dict) else None


def write(service: str, checksum: str, name: str, value: dict[str, Any]) -> None:
    """Keeps a document under a name; silently does not where the folder cannot be written."""
    place = _place(service, checksum)
    if place is None:
        return
    kept = {"key": [service, checksum, name], "value": value}
    packed = zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 1)
    with contextlib.suppress(OSError):
        if not place.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            _drop_old(place)
        handle, beside = tempfile.mkstemp(dir=place, prefix=".")
        try:
            with open(handle, "wb") as file:
                file.write(packed)
            os.replace(beside, place / name)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise


def _drop_old(newest: Path) -> None:
    """Removes what was kept for older checksums of the same service."""
    others = [path for path in newest.parent.iterdir() if path.is_dir() and path != newest]
    for path in sorted(others, key=_age, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _place(service: str, checksum: str) -> Path | None:
    root = folder()
    if root is None:
        return None
    together = hashlib.sha256(f"{checksum} {compiler()}".encode()).hexdigest()
    return root / "contracts" / service / together[:_SHORT]


@functools.cache
def _usual_folder() -> Path | None:
    import platformdirs

    usual = Path(platformdirs.user_cache_dir("awsconform", appauthor=False))
    # It is relative where the user has no home folder.
    return usual if usual.is_absolute() else None


@functools.cache
def compiler() -> str:
    """A checksum of what makes contracts of models: this package's source and its engines."""
    found = hashlib.sha256()
    for file in sorted((*_SOURCES.glob("*.py"), *_SOURCES.glob("documents/*.py"))):
        found.update(file.name.encode() + file.read_bytes())
    for package in _PACKAGES:
        found.update(repr(_releases(package)).encode())
    return found.hexdigest()


def _releases(package: str) -> list[str]:
    """What is installed beside a package of its name; `importlib.metadata` takes too long."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return []
    site = Path(found.origin).parents[1]
    return sorted(name for name in os.listdir(site) if name.startswith(f"{package}-"))
