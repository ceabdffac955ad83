"""How the REST protocols tell operations apart: by method, path, and what else must be there.

Amazon S3 has many operations at one path. A request without the member that marks it is then not a
wrong one, but a right one for another operation: a part without its upload is an object.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from awsconform.errors import AwsconformError
from awsconform.specs import catalog
from awsconform.specs.contract import Contract, SegmentPath

_LABEL = re.compile(r"\{[^}+]+(\+?)\}")
_MARKING = ("querystring", "header")


@dataclass(frozen=True)
class Route:
    """What a request of an operation looks like to a router.

    `path` has no names in its labels, `constant` are the fixed parameters of the query, `needed`
    the wire names of the required members in query and headers.
    """

    method: str
    path: str
    constant: frozenset[str]
    needed: frozenset[str]


def taken_for(contract: Contract, path: SegmentPath) -> str | None:
    """The operation that a request is for which lacks a required member; None for none else."""
    place = contract.place("request", path)
    if len(path) != 1 or place is None or place.aws.get("location") not in _MARKING:
        return None
    routes = _routes(contract.service)
    own = routes.get(contract.operation)
    if own is None:
        return None
    left = own.needed - {str(place.aws.get("locationName", path[0])).lower()}
    for name, other in routes.items():
        alike = (other.method, other.path, other.constant) == (own.method, own.path, own.constant)
        if name != contract.operation and alike and other.needed <= left:
            return name
    return None


@functools.cache
def _routes(service: str) -> dict[str, Route]:
    try:
        model = catalog.default().models.model(service)
    except AwsconformError:
        model = None
    routes: dict[str, Route] = {}
    for name, stated in (model or {}).get("operations", {}).items():
        http = stated.get("http", {})
        uri, _, query = str(http.get("requestUri", "/")).partition("?")
        shape = model["shapes"].get(stated.get("input", {}).get("shape"), {}) if model else {}
        members = shape.get("members", {})
        needed = {
            str(members[each].get("locationName", each)).lower()
            for each in shape.get("required", ())
            if members.get(each, {}).get("location") in _MARKING
        }
        # `x-id` only tells a log which operation was meant.
        constant = {each for each in query.split("&") if each and not each.startswith("x-id=")}
        routes[name] = Route(
            http.get("method", "POST"),
            _LABEL.sub(r"{\1}", uri),
            frozenset(constant),
            frozenset(needed),
        )
    return routes
