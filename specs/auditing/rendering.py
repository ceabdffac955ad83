"""What a renderer offers to the bench: pages, and what its formats state."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from awsconform.specs.auditing.facts import Facts
from awsconform.specs.documents.tree import CLI_FORMATS, Format, Page

if TYPE_CHECKING:
    from botocore.model import OperationModel


@dataclass(frozen=True)
class RenderedPage:
    """A page of an operation, by botocore's names, as a user would save it."""

    service: str
    operation: str
    format: Format
    text: bytes


@dataclass(frozen=True)
class Audited:
    """A page format under audit.

    `pages(service, operations)` renders the pages of some operations of a service (botocore's
    names) in their order; it leaves out those that have no page, and raises `UsageError` with a
    hint where the renderer is not installed. `expected` is what a page of this format is to say
    of an operation, in the page's terms, by the model; `told` is what a page that was read says.
    The two have the same keys where page and model agree.
    """

    pages: Callable[[str, Sequence[str]], Iterator[RenderedPage]]
    expected: Callable[[OperationModel], Facts]
    told: Callable[[Page], Facts]


# Modules with a mapping `FORMATS` of `Audited` by format.
_RENDERERS: Mapping[Format, str] = {
    "boto3-rst": "awsconform.specs.auditing.boto3_pages",
    "boto3-text": "awsconform.specs.auditing.sphinx_pages",
    "boto3-html": "awsconform.specs.auditing.sphinx_pages",
    "cli-text": "awsconform.specs.auditing.cli_pages",
    "cli-html": "awsconform.specs.auditing.cli_pages",
}


def prepare(forms: Iterable[str]) -> None:
    """Load the AWS CLI for its formats, before botocore: it may bring a botocore of its own.

    Raises:
        UsageError: awscli is not installed.
    """
    if any(form in CLI_FORMATS for form in forms):
        from awsconform.specs.auditing import cli_rendering

        cli_rendering.version()


def audited(format: Format) -> Audited:
    """What there is to audit a format with; raises `UsageError` like its `pages`."""
    formats: Mapping[Format, Audited] = importlib.import_module(_RENDERERS[format]).FORMATS
    return formats[format]


def formats() -> tuple[Format, ...]:
    """The formats that can be audited."""
    return tuple(_RENDERERS)
