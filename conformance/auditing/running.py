"""The audit itself, operation by operation and in as many processes as asked."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from awsconform.conformance.auditing.answers import audit_answers
from awsconform.conformance.auditing.findings import AuditedOperation
from awsconform.conformance.auditing.requests import audit_requests, audit_violations
from awsconform.errors import ModelError
from awsconform.specs import catalog
from awsconform.specs.auditing.selecting import Selected, chunks
from awsconform.specs.contract import Contract

# Operations of one service that share a process and the model read for them.
_CHUNK = 20
_UNKNOWN = "none"

Work = tuple[str, Sequence[str], int, int]


def audit(
    selection: Sequence[Selected], *, seed: int, requests: int, jobs: int = 1
) -> Iterator[AuditedOperation]:
    """Audits operations, in the order of the selection's services."""
    work = [(service, names, seed, requests) for service, names in chunks(selection, _CHUNK)]
    if jobs == 1:
        for each in work:
            yield from _audit_chunk(each)
        return
    # Processes do not share what they have read, and Hypothesis is not meant for threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        for chunk in pool.map(_audit_chunk, work):
            yield from chunk


def _audit_chunk(work: Work) -> list[AuditedOperation]:
    service, names, seed, requests = work
    found = []
    for name in names:
        try:
            contract = catalog.load(service, name)
        except ModelError as error:
            refused = AuditedOperation(f"{service}.{name}", _UNKNOWN, seed)
            refused.apart[error.message] += 1
            found.append(refused)
            continue
        found.append(audit_operation(contract, seed=seed, requests=requests))
    return found


def audit_operation(contract: Contract, *, seed: int, requests: int) -> AuditedOperation:
    """Audits one operation; whatever fails on the way is a disagreement."""
    found = AuditedOperation(contract.id, contract.protocol, seed)
    started = time.process_time()
    parts: dict[str, Callable[[], None]] = {
        "requests": lambda: audit_requests(contract, found, requests=requests),
        "violations": lambda: audit_violations(contract, found),
        "answers": lambda: audit_answers(contract, found),
    }
    for part, audit_part in parts.items():
        try:
            audit_part()
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
            found.disagree("an exception", part, f"{type(error).__name__} at {place}: {error}")
    found.seconds = time.process_time() - started
    return found
