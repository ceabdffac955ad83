"""What can be found out of a target without changing anything: who answers, what, and how fast."""

from __future__ import annotations

import email.utils
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse
from awsconform.conformance.targets.connection import TLS
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.identity import Identified, identified
from awsconform.conformance.targets.readiness import Kind, Sign, signs
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.conformance.targets.target import Target
from awsconform.specs.contract import Contract

SERVICES = (
    "cloudwatch", "dynamodb", "ec2", "events", "iam", "kinesis", "kms", "lambda", "logs", "s3",
    "secretsmanager", "sns", "sqs", "ssm", "stepfunctions", "sts",
)  # fmt: skip
# What tells most of a service, of all its reads.
_RANKED = (Kind.ANSWERS, Kind.FAULT, Kind.NOT_IMPLEMENTED, Kind.SILENT)


@dataclass(frozen=True)
class ServiceSign:
    """What a service's cheap reads showed; `operation` is the one that shows it, in words `told`.

    `milliseconds` is how long that answer took, None where there was none.
    """

    service: str
    kind: Kind
    operation: str | None
    told: str
    milliseconds: float | None


@dataclass(frozen=True)
class Examination:
    """All that was found out; `clock` is how many seconds the target's clock is ahead of ours."""

    target: str
    address: str | None
    who: Identified
    services: tuple[ServiceSign, ...]
    latency: float | None
    clock: float | None
    tls: TLS | None

    @property
    def answers(self) -> bool:
        """Whether any service answers."""
        return any(each.kind is Kind.ANSWERS for each in self.services)


def examine(
    target: Target,
    services: Sequence[str] = SERVICES,
    *,
    progress: Callable[[str], None] = lambda service: None,
) -> Examination:
    """Asks a target the cheap reads of some services.

    Raises:
        TargetUnreachable: a started target ends, or never answers.
    """
    answers: list[HTTPResponse] = []
    times: list[float] = []
    offsets: list[float] = []
    found = []

    def send(contract: Contract, case: Case) -> Exchange:
        if isinstance(target, StartedTarget) and target.http is None:
            # The first answer comes after the start, which is no part of it.
            target.send(contract, case)
        began = time.monotonic()
        exchange = target.send(contract, case)
        took = time.monotonic() - began
        if exchange.response is not None:
            times.append(took)
            answers.append(exchange.response)
            date = _date(exchange.response)
            if date is not None:
                offsets.append((date - datetime.now(UTC)).total_seconds())
        return exchange

    silent = 0
    for service in services:
        progress(service)
        if silent >= 2 and not answers:
            found.append(ServiceSign(service, Kind.SILENT, None, "nothing answered before", None))
            continue
        sign = _service(service, send, times)
        silent += sign.kind is Kind.SILENT
        found.append(sign)
    plain = target.http if isinstance(target, StartedTarget) else target
    who = identified(target, answers) if answers or target.name.endswith(":") else Identified()
    return Examination(
        target.name,
        getattr(target, "address", None),
        who,
        tuple(found),
        statistics.median(times) * 1000 if times else None,
        # The header has whole seconds, so half of one is no difference.
        round(statistics.median(offsets) + 0.5, 1) if offsets else None,
        plain.tls if isinstance(plain, HTTPTarget) else None,
    )


def _service(
    service: str, send: Callable[[Contract, Case], Exchange], times: list[float]
) -> ServiceSign:
    seen: list[tuple[Sign, float | None]] = []
    for sign, took in _timed(service, send, times):
        seen.append((sign, took))
        if sign.kind in (Kind.ANSWERS, Kind.SILENT):
            break
    if not seen:
        return ServiceSign(service, Kind.SILENT, None, "no read can be asked without members", None)
    sign, took = min(seen, key=lambda each: _RANKED.index(each[0].kind))
    milliseconds = None if took is None else took * 1000
    return ServiceSign(service, sign.kind, sign.contract.operation, sign.told, milliseconds)


def _timed(
    service: str, send: Callable[[Contract, Case], Exchange], times: list[float]
) -> Iterator[tuple[Sign, float | None]]:
    before = len(times)
    for sign in signs(send, service):
        yield sign, times[-1] if len(times) > before else None
        before = len(times)


def _date(response: HTTPResponse) -> datetime | None:
    try:
        made = email.utils.parsedate_to_datetime(response.header("date") or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return made if made.tzinfo is not None else made.replace(tzinfo=UTC)
