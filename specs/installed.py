"""The service models of the installed botocore, each read once; botocore is imported when asked."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any


@functools.cache
def services() -> tuple[str, ...]:
    """The names of all services."""
    return tuple(_loader().list_available_services("service-2"))


@functools.lru_cache(maxsize=8)
def service_model(service: str) -> dict[str, Any] | None:
    """The model of a service in botocore's JSON form, None where botocore has no such service."""
    from botocore.exceptions import UnknownServiceError

    try:
        model: dict[str, Any] = _loader().load_service_model(service, "service-2")
    except UnknownServiceError:
        return None
    return model


@functools.lru_cache(maxsize=8)
def paginators(service: str) -> dict[str, Any]:
    """The paginators of a service by operation; empty where it has none."""
    from botocore.exceptions import DataNotFoundError, UnknownServiceError

    try:
        found: dict[str, Any] = _loader().load_service_model(service, "paginators-1")["pagination"]
    except (DataNotFoundError, UnknownServiceError):
        return {}
    return found


@functools.lru_cache(maxsize=512)
def digest(service: str) -> str:
    """SHA-256 of a service's model, whatever the order and white space of its file."""
    return hashlib.sha256(json.dumps(service_model(service), sort_keys=True).encode()).hexdigest()


@functools.cache
def _loader() -> Any:
    from botocore.session import get_session

    return get_session().get_component("data_loader")
