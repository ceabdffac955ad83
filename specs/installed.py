"""Where botocore looks for models on this machine, found out without importing it.

The order is botocore's: `AWS_DATA_PATH` (or `data_path` of the AWS configuration),
`~/.aws/models`, the package's own `data`.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from pathlib import Path

from awsconform.errors import ModelError
from awsconform.specs.model_folders import ModelFolders


def models() -> ModelFolders:
    """The models of the installed botocore and of its search path, as the environment says now."""
    return of_folders(_search_path())


def models_in(folder: Path) -> ModelFolders:
    """The models in one folder alone.

    Raises:
        ModelError: there is no model in it; the hint names a folder nearby that has some.
    """
    found = of_folders((folder.absolute(),))
    if found.services:
        return found
    better = _nearby(folder)
    raise ModelError(
        f"{folder} has no service models",
        hint=f"did you mean {better}?"
        if better
        else "wanted is a folder like botocore's data: <service>/<api-version>/service-2.json",
    )


def _nearby(folder: Path) -> Path | None:
    """The folder that was meant, where one within or around this one was given."""
    for inner in (folder / "data", folder / "botocore" / "data"):
        if of_folders((inner.absolute(),)).services:
            return inner
    if any(folder.glob("*/service-2.json*")):
        return folder.absolute().parent
    if any(folder.glob("service-2.json*")):
        return folder.absolute().parent.parent
    return None


@functools.lru_cache(maxsize=8)
def of_folders(folders: tuple[Path, ...]) -> ModelFolders:
    """The models in folders, the same object for the same folders."""
    return ModelFolders(folders)


def _search_path() -> tuple[Path, ...]:
    stated = os.environ.get("AWS_DATA_PATH")
    if stated is None:
        stated = _configured()
    given = [os.path.expanduser(os.path.expandvars(path)) for path in stated.split(os.pathsep)]
    own = os.path.join(os.path.expanduser("~"), ".aws", "models")
    return tuple(Path(path).absolute() for path in (*filter(None, given), own, _data()))


def _configured() -> str:
    """`data_path` of the AWS configuration; botocore reads it, which takes a while."""
    file = Path(os.environ.get("AWS_CONFIG_FILE", "~/.aws/config")).expanduser()
    try:
        if b"data_path" not in file.read_bytes():
            return ""
    except OSError:
        return ""
    from botocore.exceptions import BotoCoreError
    from botocore.session import get_session

    try:
        return str(get_session().get_config_variable("data_path") or "")
    except BotoCoreError:
        return ""


@functools.cache
def _data() -> str:
    found = importlib.util.find_spec("botocore")
    locations = found.submodule_search_locations if found else None
    if not locations:
        raise ModelError("botocore is not installed", hint="pip install botocore")
    return os.path.join(locations[0], "data")
