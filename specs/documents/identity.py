"""Which operation of which service a page is about, in botocore's names.

What the page does not state is looked up in the service models installed with botocore, which
are loaded only then.
"""

from __future__ import annotations

import datetime
import functools
import gzip
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from awsconform.errors import Location, PageError
from awsconform.specs.documents.naming import operation_name
from awsconform.specs.documents.tree import Page, PageWarning

# Commands of the AWS CLI that are named otherwise than botocore's services.
_COMMANDS = {"s3api": "s3", "deploy": "codedeploy", "configservice": "config"}


@dataclass(frozen=True)
class Identity:
    """Service (botocore's name), API version, operation, and what was doubtful about them."""

    service: str
    api_version: str
    operation: str
    warnings: tuple[PageWarning, ...] = ()


def identify(
    page: Page,
    *,
    service: str | None = None,
    api_version: str | None = None,
    operation: str | None = None,
) -> Identity:
    """What the page is about; arguments win over the page, the page over the model.

    Raises `PageError` where neither tells, or where the page contradicts itself.
    """
    warnings: list[PageWarning] = []
    chosen = service or page.service or _service_of(page)
    if page.service and service and page.service != service:
        warnings.append(PageWarning(page.title_line, f"the page says service {page.service!r}"))
    version = api_version or page.api_version or _latest(page, chosen)
    _check_date(page, version)
    model = _model(chosen, version)
    warnings += _doubts(page, chosen, model)
    name = operation or page.operation or _operation_of(page, model)
    if page.operation and _method(page, page.operation) != page.method:
        raise PageError(
            f"the page is on {page.method!r} and links to {page.operation!r}",
            location=Location(page.name, page.stated_line),
        )
    if model is not None and name not in model["operations"]:
        message = f"{chosen} {version} has no operation {name!r}"
        warnings.append(PageWarning(page.method_line, message))
    return Identity(chosen, version, name, tuple(warnings))


def _check_date(page: Page, version: str) -> None:
    """API versions are dates, sometimes with something behind."""
    if re.match(r"\d{4}-\d{2}-\d{2}", version):
        try:
            datetime.date.fromisoformat(version[:10])
        except ValueError as error:
            raise PageError(
                f"the API version {version!r} is no date",
                location=Location(page.name, page.stated_line),
            ) from error


def _doubts(page: Page, service: str, model: dict[str, Any] | None) -> list[PageWarning]:
    """Where page and model name the service differently."""
    if model is None:
        if page.endpoint is not None and page.endpoint != service:
            message = f"the page says service {service!r} and endpoint {page.endpoint!r}"
            return [PageWarning(page.stated_line, message)]
        return []
    metadata = model["metadata"]
    found = []
    uid = f"{page.endpoint}-{page.api_version}"
    if page.endpoint is not None and metadata.get("uid") != uid:
        message = f"the page links to {uid}, the model is {metadata.get('uid')}"
        found.append(PageWarning(page.stated_line, message))
    if page.format != "cli-text" and _class_name(metadata, service) != page.title:
        message = f"{service} is {_class_name(metadata, service)!r}, not {page.title!r}"
        found.append(PageWarning(page.title_line, message))
    return found


def _service_of(page: Page) -> str:
    if page.format == "cli-text":
        name = _COMMANDS.get(page.title, page.title)
        if name in _services():
            return name
    else:
        for name in sorted(_services(), key=lambda name: -_resemblance(name, page.title)):
            if _class_name(_metadata(name), name) == page.title:
                return name
    raise PageError(
        f"no installed service model is named {page.title!r}",
        hint="name the service with --service",
        location=Location(page.name, page.title_line),
    )


def _resemblance(name: str, title: str) -> float:
    return SequenceMatcher(None, name.replace("-", ""), title.lower()).ratio()


def _latest(page: Page, service: str) -> str:
    if service in _services():
        return max(_versions(service))
    raise PageError(
        f"the page does not say which API version of {service!r} it is on",
        hint="give it with --api-version",
        location=Location(page.name, page.title_line),
    )


def _operation_of(page: Page, model: dict[str, Any] | None) -> str:
    if model is None:
        return operation_name(page.method)
    for name in model["operations"]:
        if _method(page, name) == page.method:
            return str(name)
    raise PageError(
        f"{page.title} has no operation that would be called {page.method!r}",
        hint="name the operation with --operation",
        location=Location(page.name, page.method_line),
    )


def _method(page: Page, operation: str) -> str:
    from botocore import xform_name

    return str(xform_name(operation, "-" if page.format == "cli-text" else "_"))


def _class_name(metadata: dict[str, Any], service: str) -> str:
    """The client class boto3 documents for a service, from the metadata of its model."""
    full = metadata.get("serviceAbbreviation", metadata.get("serviceFullName", service))
    return re.sub(r"\W+", "", full.replace("Amazon", "").replace("AWS", ""))


@functools.cache
def _folders() -> tuple[Path, ...]:
    from botocore.loaders import Loader

    return tuple(path for path in map(Path, Loader().search_paths) if path.is_dir())


@functools.cache
def _services() -> frozenset[str]:
    found = (file.parent.parent.name for f in _folders() for file in f.glob("*/*/service-2.json*"))
    return frozenset(found)


def _versions(service: str) -> list[str]:
    return [p.parent.name for f in _folders() for p in f.glob(f"{service}/*/service-2.json*")]


def _file(service: str, version: str) -> Path | None:
    files = (p for f in _folders() for p in f.glob(f"{service}/{version}/service-2.json*"))
    return next(files, None)


@functools.lru_cache(maxsize=8)
def _model(service: str, version: str) -> dict[str, Any] | None:
    """The installed model, None where there is none of that version."""
    file = _file(service, version)
    if file is None:
        return None
    data = file.read_bytes()
    model: dict[str, Any] = json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)
    return model


@functools.cache
def _metadata(service: str) -> dict[str, Any]:
    """The metadata of the newest model, read from its beginning where it stands there."""
    version = max(_versions(service))
    file = _file(service, version)
    assert file is not None
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as stream:
        head = re.match(
            r'\s*\{\s*"version":\s*"[\d.]+",\s*"metadata":\s*', text := stream.read(8192)
        )
    if head is not None:
        try:
            metadata: dict[str, Any] = json.JSONDecoder().raw_decode(text, head.end())[0]
        except ValueError:
            pass
        else:
            return metadata
    model = _model(service, version)
    assert model is not None
    found: dict[str, Any] = model["metadata"]
    return found
