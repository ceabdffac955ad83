"""Which operation of which service a page is about, in botocore's names.

What the page does not state is looked up in the service models installed with botocore, which
are loaded only then.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from awsconform.errors import Location, PageError
from awsconform.specs import installed
from awsconform.specs.documents.naming import operation_name
from awsconform.specs.documents.tree import CLI_FORMATS, Page, PageWarning

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
    model = installed.models().model(chosen, version)
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
    if page.format not in CLI_FORMATS and _class_name(metadata, service) != page.title:
        message = f"{service} is {_class_name(metadata, service)!r}, not {page.title!r}"
        found.append(PageWarning(page.title_line, message))
    return found


def _service_of(page: Page) -> str:
    if page.format in CLI_FORMATS:
        name = _COMMANDS.get(page.title, page.title)
        if installed.models().newest(name):
            return name
    else:
        models = installed.models()
        for name in sorted(models.services, key=lambda name: -_resemblance(name, page.title)):
            if _class_name(models.metadata(name), name) == page.title:
                return name
    raise PageError(
        f"no installed service model is named {page.title!r}",
        hint="name the service with --service",
        location=Location(page.name, page.title_line),
    )


def _resemblance(name: str, title: str) -> float:
    return SequenceMatcher(None, name.replace("-", ""), title.lower()).ratio()


def _latest(page: Page, service: str) -> str:
    newest = installed.models().newest(service)
    if newest:
        return newest
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

    return str(xform_name(operation, "-" if page.format in CLI_FORMATS else "_"))


def _class_name(metadata: dict[str, Any], service: str) -> str:
    """The client class boto3 documents for a service, from the metadata of its model."""
    full = metadata.get("serviceAbbreviation", metadata.get("serviceFullName", service))
    return re.sub(r"\W+", "", full.replace("Amazon", "").replace("AWS", ""))
