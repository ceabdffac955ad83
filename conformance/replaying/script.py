"""Findings as one program that needs boto3 alone: it sends their requests and shows the answers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from awsconform.conformance.course import Step as Sent
from awsconform.conformance.evidence import Observed, observe
from awsconform.conformance.exchange import Exchange
from awsconform.conformance.replaying.chosen import Chosen
from awsconform.conformance.replaying.following import following
from awsconform.conformance.replaying.restoring import (
    asked_contract,
    course_in,
    endpoint_in,
    exchange_in,
)
from awsconform.conformance.replaying.sendable import NotReplayable
from awsconform.conformance.reports.boto3_code import ALONE, Step, boto3_program
from awsconform.conformance.reports.carrying import given_before
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.python_literals import literal
from awsconform.conformance.reports.reproduction import recorded_request

_HEAD = '''\
"""Sends again what {count} of `awsconform` rest{s} on, and shows what is answered now.

It needs boto3 and nothing else. AWS_ENDPOINT_URL names another address than the recorded one.

It ends with 1 where an answer has the status and the code that it had then, of findings that are
about these, with 3 where boto3 can read no answer, and with 0 otherwise: of all other findings
look at what is printed.
"""

import os
import sys

{first}RECORDED = {literal}
ENDPOINT = os.environ.get("AWS_ENDPOINT_URL", RECORDED).rstrip("/")


def here(url):
    """An address of the recorded endpoint at the one that is asked now."""
    return ENDPOINT + url[len(RECORDED) :] if url.startswith(RECORDED) else url
'''
_TAIL = '''\


def answered(response):
    """The status and the code of an answer."""
    if isinstance(response, Exception):
        return None, None
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return status, response.get("Error", {}).get("Code")


def main():
    failing = unread = 0
    for send, clause, expected, then, status, code, decided in FINDINGS:
        print(f"\\n{clause}")
        try:
            response = send()
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
            response = error
        now = answered(response)
        same = now == (status, code)
        print("expected:", expected)
        print("then:", then)
        if now == (None, None):
            print("now: nothing that boto3 can read")
            unread += 1
        elif decided:
            print("now:", "the same answer" if same else "another answer")
            failing += same
    return 1 if failing else 3 if unread else 0


if __name__ == "__main__":
    sys.exit(main())
'''
# Findings that status and code of the answer show.
_DECIDED = ("request",)
_SHOWN_BY_STATUS = frozenset(
    (
        "no-server-fault",
        "unknown-operation",
        "status",
        "code",
        "invalid-rejected",
        "out-of-range-rejected",
        "expires",
    )
)


@dataclass(frozen=True)
class _Program:
    """The source that sends the requests of a finding, and the name of the last answer."""

    source: str
    answer: str


def script_of(document: Document, chosen: Sequence[Chosen]) -> str:
    """The program of some findings of a report.

    A finding of which the report has not all is told in a comment.
    """
    endpoint = endpoint_in(document)
    parts: list[str] = []
    rows: list[str] = []
    for each in chosen:
        name = f"finding_{each.fingerprint}_{len(rows) + 1}"
        try:
            program = _program(each, endpoint)
        except NotReplayable as why:
            parts.append(f"# {each.clause['id']} is left out: {why}.\n")
            continue
        body = f"{_elsewhere(program.source, endpoint)}\nreturn {program.answer}\n"
        parts.append(f"def {name}():\n{textwrap.indent(body, '    ')}")
        rows.append(f"    ({name}, {', '.join(_row(each))}),\n")
    count = "a finding" if len(chosen) == 1 else f"{len(chosen)} findings"
    first = f"# {' '.join(endpoint.first.split())} starts it.\n" if endpoint.first else ""
    head = _HEAD.format(
        count=count,
        s="s" if len(chosen) == 1 else "",
        first=first,
        literal=literal(endpoint.url),
    )
    table = f"FINDINGS = [\n{''.join(rows)}]\n"
    return "\n\n".join([head, *parts, table]) + _TAIL


def _row(chosen: Chosen) -> list[str]:
    """What is said of a finding, as source."""
    seen = _observed(chosen, exchange_in(chosen.finding["shownBy"] or chosen.finding))
    status = seen.answer.status if seen.answer is not None else None
    code = seen.answer.code if seen.answer is not None else None
    clause, finding = chosen.clause, chosen.finding
    decided = finding["shownBy"] is None and (
        clause["part"] in _DECIDED or clause["kind"] in _SHOWN_BY_STATUS
    )
    told = (clause["id"], finding["expected"], finding["observed"], status, code)
    return [*(repr(each) for each in told), repr(decided and seen.answer is not None)]


def _program(chosen: Chosen, endpoint: Endpoint) -> _Program:
    finding = chosen.finding
    walked = None if endpoint.factory else _walk(chosen)
    if walked is not None:
        before = [each.exchange for each in course_in(chosen.operation, finding).before]
        sent = [*before, walked.exchange]
        notes = [*("Made before:" for _ in before), "The first page:"]
    else:
        shown = finding["shownBy"]
        before = [exchange_in(each) for each in finding["before"]]
        sent = [*before, exchange_in(finding), *([exchange_in(shown)] if shown else [])]
        notes = ["Made before:"] * len(before) + ["The request:", "What shows it:"]
    seen = [_observed(chosen, each) for each in sent]
    known = given_before(seen)
    steps = [
        Step(
            each.contract,
            each.exchange.case,
            recorded_request(each.contract, each.exchange, endpoint),
            note if len(seen) > 1 else "",
            given,
        )
        for each, note, given in zip(seen, notes, known, strict=False)
    ]
    source = boto3_program(steps, endpoint)
    answer = ALONE if len(steps) == 1 else f"response_{len(steps)}"
    if walked is not None:
        source += following(chosen.contract, walked, source, answer)
    return _Program(source, answer)


def _walk(chosen: Chosen) -> Sent | None:
    """The walk that a finding is about: that with the arguments of its page."""
    finding, contract = chosen.finding, chosen.contract
    if finding["intent"]["purpose"] != "page" or contract.pagination is None:
        return None
    tokens = contract.pagination.input_token
    asked = {name: each for name, each in finding["value"].items() if name not in tokens}
    walks = [each for each in course_in(chosen.operation, finding).steps if each.sizes]
    same = (each for each in walks if each.exchange.case.value == asked)
    return next(same, next(iter(walks), None))


def _observed(chosen: Chosen, exchange: Exchange) -> Observed:
    return observe(asked_contract(chosen.contract, exchange), exchange)


def _elsewhere(source: str, endpoint: Endpoint) -> str:
    """The program, at the address that is asked now."""
    if endpoint.factory:
        return source
    stated = f'    endpoint_url="{endpoint.url}",'
    source = source.replace(stated, "    endpoint_url=ENDPOINT,")
    return re.sub(r'(?m)^(    params\["url"\] = )(.*)$', r"\1here(\2)", source)
