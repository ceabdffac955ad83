"""What a service is called and which operations it has, without its whole model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from awsconform.errors import ModelError
from awsconform.specs import cache
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.model_form import check_model
from awsconform.specs.protocols import spoken

_ENTRY = "summary"
_NAMES = ("serviceId", "serviceAbbreviation", "serviceFullName", "endpointPrefix", "signingName")


@dataclass(frozen=True)
class Summary:
    """A service: botocore's name, the newest API version, what it speaks and offers.

    `protocols` begins with the one botocore resolves to, and is empty where none is supported.
    """

    service: str
    api_version: str
    protocols: tuple[str, ...]
    operations: tuple[str, ...]


def summary(models: ModelFolders, service: str) -> Summary | None:
    """What there is to know of a service, None where there is no such; kept on disk.

    Raises:
        ModelError: its model is damaged.
    """
    if models.file(service) is None:
        return None
    checksum = models.checksum(service)
    kept = cache.read(service, checksum, _ENTRY)
    if kept is not None:
        try:
            return _from_json(kept)
        except (KeyError, TypeError):
            pass
    made = _made(models, service)
    cache.write(service, checksum, _ENTRY, asdict(made))
    return made


def _from_json(kept: dict[str, Any]) -> Summary:
    listed = {key: tuple(kept[key]) for key in ("protocols", "operations")}
    return Summary(kept["service"], kept["api_version"], **listed)


def _made(models: ModelFolders, service: str) -> Summary:
    model = models.model(service)
    check_model(model, str(models.file(service)))
    assert model is not None
    metadata = model["metadata"]
    try:
        protocols = spoken(service, metadata)
    except ModelError:
        protocols = ()
    operations = tuple(sorted(model["operations"]))
    return Summary(service, metadata["apiVersion"], protocols, operations)


def other_names(models: ModelFolders, service: str) -> list[str]:
    """What else a service is called, its id, titles and endpoint; none where it cannot be read."""
    try:
        metadata = models.metadata(service)
    except ModelError:
        return []
    return [metadata[key] for key in _NAMES if isinstance(metadata.get(key), str)]
