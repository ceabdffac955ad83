"""Whether a target really answers operations: neither an open port nor a health page says so."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse
from awsconform.conformance.targets.cheap_reads import (
    COMMON_SERVICES,
    asking,
    cheap_reads,
    is_cheap,
)
from awsconform.conformance.wire.answer import Answer
from awsconform.conformance.wire.answers import read, read_parsed
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.conformance.wire.lacking import is_web_page
from awsconform.specs.contract import Contract

READS_OF_A_SERVICE = 6
# A server may answer its first requests with an error while it still starts.
SECONDS_OF_DOUBT = 3.0
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 0.5


class Kind(StrEnum):
    """What one answer says of a service; `FAULT` may be a server's that is still starting."""

    ANSWERS = "answers"
    NOT_IMPLEMENTED = "not implemented"
    FAULT = "fault"
    SILENT = "silent"


@dataclass(frozen=True)
class Sign:
    """What came back for one cheap read; `ready` where it shows that operations are served."""

    contract: Contract
    kind: Kind
    ready: bool
    told: str


Send = Callable[[Contract, Case], Exchange]


def sign_of(contract: Contract, exchange: Exchange) -> Sign:
    """What an exchange says of its service."""
    answer: Answer | None = None
    if exchange.parsed is not None:
        answer = read_parsed(contract, exchange.parsed)
    elif exchange.response is not None:
        answer = read(contract, exchange.response)
    reaction = classify(contract, exchange, answer)
    if exchange.trouble is not None:
        told = f"{exchange.trouble}: {exchange.detail}" if exchange.detail else exchange.trouble
    else:
        told = _told(exchange.response, answer, reaction)
    page = exchange.response is not None and is_web_page(exchange.response)
    typed = answer is not None and answer.code is not None
    match reaction:
        case Reaction.ACCEPTED | Reaction.REJECTED | Reaction.REFUSED | Reaction.UNKNOWN_ERROR:
            kind, ready = Kind.ANSWERS, True
        case Reaction.UNIMPLEMENTED:
            kind, ready = Kind.NOT_IMPLEMENTED, typed or not page
        case Reaction.DROPPED | Reaction.TIMEOUT | Reaction.UNREACHABLE | Reaction.CLIENT_REFUSED:
            kind, ready = Kind.SILENT, False
        case _:
            kind, ready = Kind.FAULT, False
    return Sign(contract, kind, ready, told)


def signs(send: Send, service: str, *, reads: int = READS_OF_A_SERVICE) -> Iterator[Sign]:
    """What the cheap reads of a service bring, one after the other."""
    for contract in itertools.islice(cheap_reads(service), reads):
        yield sign_of(contract, send(contract, asking(contract)))


def wait_until_ready(
    send: Send,
    *,
    wanted: Contract | None,
    service: str | None,
    seconds: float,
    ended: Callable[[], bool],
) -> str | None:
    """Waits for the first answer that shows operations served; None, or what came instead.

    `wanted` is the contract whose service is judged, `service` one that is certainly there;
    where neither answers, widely known services are asked. `ended` says that nothing will come.
    """
    until = time.monotonic() + seconds
    pause = _FIRST_PAUSE
    faults_since: float | None = None
    told = "nothing was asked"
    asked = _candidates(wanted, service)
    while True:
        kinds = set()
        for contract in asked():
            sign = sign_of(contract, send(contract, asking(contract)))
            if sign.ready:
                return None
            if Kind.SILENT not in kinds or sign.kind is not Kind.SILENT:
                told = f"{contract.id}: {sign.told}"
            kinds.add(sign.kind)
            if sign.kind is Kind.SILENT or ended() or time.monotonic() >= until:
                break
            if _in_own_form(sign):
                now = time.monotonic()
                faults_since = now if faults_since is None else faults_since
                if now - faults_since >= SECONDS_OF_DOUBT:
                    return None
        if ended() or time.monotonic() >= until:
            return told
        time.sleep(min(pause, max(0.0, until - time.monotonic())))
        pause = min(_LONGEST_PAUSE, pause * 1.5)


def _in_own_form(sign: Sign) -> bool:
    """Whether a fault is told in AWS's form: then it is an answer, if it stays the only one."""
    return sign.kind is Kind.FAULT and sign.told.startswith("error ")


def _candidates(wanted: Contract | None, service: str | None) -> Callable[[], Iterable[Contract]]:
    """What is asked in each round, found once and only as far as it is needed."""
    found: list[Contract] = []
    seen: set[str] = set()

    def search() -> Iterator[Contract]:
        services = [wanted.service] if wanted is not None else []
        services += [service] if service is not None else []
        if wanted is not None and is_cheap(wanted):
            yield wanted
        for name in (*services, *COMMON_SERVICES):
            if name not in seen:
                seen.add(name)
                number = READS_OF_A_SERVICE if name in services else 1
                yield from itertools.islice(cheap_reads(name), number)

    source = search()

    def each() -> Iterator[Contract]:
        yield from list(found)
        for contract in source:
            found.append(contract)
            yield contract

    return each


def _told(response: HTTPResponse | None, answer: Answer | None, reaction: Reaction) -> str:
    status = response.status if response is not None else answer.status if answer else None
    if answer is not None and answer.code is not None:
        return f"error {answer.code} with status {status}"
    if response is not None and is_web_page(response):
        return f"status {status} with a page that is no answer of AWS's"
    if reaction is Reaction.ACCEPTED:
        return f"status {status}"
    return f"status {status}, {reaction}"
