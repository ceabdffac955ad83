"""botocore's own view of its models: the oracle, read by none of our code."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from awsconform.errors import UsageError

if TYPE_CHECKING:
    from botocore.model import ServiceModel
    from botocore.session import Session


@functools.cache
def session() -> Session:
    """A session of this process; it finds out what is installed only once."""
    from botocore.session import get_session

    return get_session()


@functools.cache
def services() -> tuple[str, ...]:
    """The names of all services."""
    return tuple(session().get_available_services())


@functools.lru_cache(maxsize=4)
def service_model(service: str) -> ServiceModel:
    """The model of a service.

    Raises:
        UsageError: botocore has no such service; the hint has the nearest name.
    """
    if service not in services():
        raise UsageError(f"no service is called {service!r}", hint=_nearest(service, services()))
    return session().get_service_model(service)


def operations(service: str, operation: str = "") -> tuple[str, ...]:
    """One operation of a service or, without a name, all of them.

    Raises:
        UsageError: there is no such service or operation; the hint has the nearest name.
    """
    known = tuple(service_model(service).operation_names)
    if not operation:
        return known
    if operation not in known:
        raise UsageError(
            f"{service} has no operation {operation!r}", hint=_nearest(operation, known)
        )
    return (operation,)


def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    import difflib

    near = difflib.get_close_matches(name, known, n=3)
    return f"did you mean {', '.join(near)}?" if near else None
