"""The audit itself: render, read back, compare, page by page and in as many processes as asked."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from awsconform.errors import PageError
from awsconform.specs.auditing import oracle
from awsconform.specs.auditing.comparing import Disagreement, compare
from awsconform.specs.auditing.explaining import explanation
from awsconform.specs.auditing.rendering import Audited, RenderedPage, audited
from awsconform.specs.auditing.selecting import Selected, chunks
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Format

if TYPE_CHECKING:
    from botocore.model import OperationModel

# Operations rendered at once: a start of Sphinx or of the AWS CLI is shared by so many.
_CHUNK = 40


@dataclass(frozen=True)
class Finding:
    """A disagreement and the reason for it, None where nobody knows one."""

    disagreement: Disagreement
    reason: str | None


@dataclass(frozen=True)
class AuditedPage:
    """What came of one page: facts compared by kind, what disagrees, the reader's doubts.

    `refused` is the reader's error for a page that it could not read. Times are in
    seconds of the processor.
    """

    service: str
    operation: str
    compared: Counter[str] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: bool = False
    reading: float = 0.0

    @property
    def name(self) -> str:
        """`service.Operation`."""
        return f"{self.service}.{self.operation}"


@dataclass(frozen=True)
class AuditedChunk:
    """Pages rendered together; `rendering` is in seconds of the processor, `absent` are
    operations without one."""

    pages: tuple[AuditedPage, ...]
    absent: tuple[Selected, ...]
    rendering: float


def audit(form: Format, selection: Sequence[Selected], *, jobs: int = 1) -> Iterator[AuditedChunk]:
    """Audit the pages of a format, in the order of the selection's services.

    Raises:
        UsageError: what renders the format is not installed.
    """
    work = [(form, service, names) for service, names in chunks(selection, _CHUNK)]
    if jobs == 1:
        yield from map(_audit_chunk, work)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        yield from pool.map(_audit_chunk, work)


def _audit_chunk(work: tuple[Format, str, Sequence[str]]) -> AuditedChunk:
    form, service, names = work
    format = audited(form)
    started = time.process_time()
    rendered = list(format.pages(service, names))
    rendering = time.process_time() - started
    model = oracle.service_model(service)
    pages = tuple(
        audit_page(page, format, model.operation_model(page.operation)) for page in rendered
    )
    there = {page.operation for page in rendered}
    absent = tuple((service, name) for name in names if name not in there)
    return AuditedChunk(pages, absent, rendering)


def audit_page(page: RenderedPage, format: Audited, operation: OperationModel) -> AuditedPage:
    """Read a rendered page and hold it against its operation's model.

    An error of the reader is a finding, whether it refused the page or failed otherwise.
    """
    name = f"{page.service}.{page.operation}"
    started = time.process_time()
    try:
        read = read_page(page.text, name=name)
    except Exception as error:
        message = str(error) if isinstance(error, PageError) else f"the reader failed: {error!r}"
        found = Disagreement("page", "", None, message)
        findings = (Finding(found, explanation(page.format, name, found)),)
        return AuditedPage(page.service, page.operation, findings=findings, refused=True)
    reading = time.process_time() - started
    found_format = Disagreement("page", "", page.format, read.format)
    comparison = compare(format.expected(operation), format.told(read))
    wrong = [found_format] if read.format != page.format else []
    return AuditedPage(
        page.service,
        page.operation,
        comparison.compared,
        tuple(
            Finding(each, explanation(page.format, name, each))
            for each in (*wrong, *comparison.disagreements)
        ),
        tuple(map(str, read.warnings)),
        reading=reading,
    )
