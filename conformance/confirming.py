"""Findings are tried again: one that does not come up a second time, nor a third, is flaky.

First the requests that showed them are sent again by themselves, as they were but for the names and
ids that live on the target. For what does not show then, the operation is brought up once more,
with nothing but what those findings need. An answer that says nothing the second time (a conflict,
a refusal, a canned answer that is used up) makes no finding flaky.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from awsconform.conformance.absence import present_after_all
from awsconform.conformance.bringing_up import OperationRun
from awsconform.conformance.checks.registry import judge
from awsconform.conformance.checks.requests import SMALLEST
from awsconform.conformance.exchange import Case, Purpose
from awsconform.conformance.outcomes import JUDGED, Finding, Outcome, Verdict
from awsconform.conformance.planning.acceptance import path_of, send_valid
from awsconform.conformance.planning.deleting import send_deletion
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.planning.scenarios import Scenarios
from awsconform.conformance.planning.snapshots import Snapshots
from awsconform.conformance.wire.classification import Reaction
from awsconform.generators.requests import Labelled
from awsconform.generators.samples import minimal
from awsconform.specs.validation import failures

Start = Callable[[frozenset[str], int], OperationRun]
Script = Callable[[], None]


def confirmed(outcomes: Sequence[Outcome], start: Start) -> list[Outcome]:
    """The outcomes with those findings marked that do not come up again.

    `start` makes a run of the operation that sends nothing for other clauses than those given; its
    second argument tells the attempts apart.
    """
    unseen = {each.fingerprint for outcome in outcomes for each in outcome.findings}
    contradicted: set[str] = set()
    for attempt in (1, 2):
        left = [o for o in outcomes if unseen & {each.fingerprint for each in o.findings}]
        if not left:
            break
        findings = [f for outcome in left for f in outcome.findings if f.fingerprint in unseen]
        run = start(_needed(findings), attempt)
        if attempt == 1:
            run.play(_again(run, findings))
        else:
            run.bring_up()
        run.evidence.reconsider(present_after_all)
        for outcome in left:
            second = judge(outcome.clause, run.evidence)
            unseen -= {each.fingerprint for each in second.findings}
            if second.verdict in JUDGED:
                contradicted.add(outcome.clause.id)
    return [_marked(outcome, unseen, contradicted) for outcome in outcomes]


def _marked(outcome: Outcome, unseen: set[str], contradicted: set[str]) -> Outcome:
    if outcome.clause.id not in contradicted:
        return outcome
    findings = tuple(
        replace(each, flaky=True) if each.fingerprint in unseen else each
        for each in outcome.findings
    )
    return replace(outcome, findings=findings)


def _needed(findings: Sequence[Finding]) -> frozenset[str]:
    """The clauses requests have to be sent for, so that findings can come up again."""
    needed: set[str] = set()
    for finding in findings:
        needed.add(finding.clause.id)
        intent = finding.exchange.case.intent
        if intent.clause is not None:
            needed.add(intent.clause)
        if intent.purpose is Purpose.PAGE:
            needed.add(f"{finding.clause.operation}/pagination#walk")
        if intent.purpose is Purpose.SCENARIO:
            needed.add(f"{finding.clause.operation}/errors#scenario")
    return frozenset(needed)


def _again(run: OperationRun, findings: Sequence[Finding]) -> Iterator[Script]:
    """What is sent to see findings again, each request once."""
    contract, resources = run.contract, run.resources
    parts = {finding.clause.part for finding in findings}
    kinds = {finding.clause.kind for finding in findings}
    intents = [finding.exchange.case.intent for finding in findings]
    walked = "pagination" in parts or any(each.purpose is Purpose.PAGE for each in intents)
    if walked and contract.pagination:
        yield PageWalks(run, contract, resources).send
    if "behaviour" in parts:
        yield Scenarios(run, contract, resources).send
    if "deleted-is-gone" in kinds:
        yield lambda: send_deletion(run, contract, resources)
    yield lambda: _send_smallest(run)
    yield run.guard.resume
    sent: set[tuple[Any, ...]] = set()
    for finding in findings:
        case = finding.exchange.case
        key = (case.intent.clause, case.intent.label, str(case.value), case.body)
        if case.operation == contract.id and finding.clause.part != "behaviour" and key not in sent:
            sent.add(key)
            snapshots = finding.clause.kind == "rejected-changes-nothing"
            yield functools.partial(_send, run, case, snapshots=snapshots)


def _send_smallest(run: OperationRun) -> None:
    value = minimal(run.contract, run.choices)
    smallest = Labelled(f"{run.contract.id}/request#accepted", SMALLEST, value)
    send_valid(run, run.contract, run.resources, smallest)


def _send(run: OperationRun, case: Case, *, snapshots: bool) -> None:
    contract, resources, intent = run.contract, run.resources, case.intent
    if intent.purpose is Purpose.VALID and intent.clause is not None:
        if intent.label != SMALLEST:
            send_valid(run, contract, resources, Labelled(intent.clause, intent.label, case.value))
        return
    if intent.purpose is Purpose.VIOLATES:
        case = replace(case, value=_fitted(run, case))
    around = Snapshots(run, contract, resources) if snapshots else None
    if around is not None:
        around.begin()
    observed = run.send(contract, case)
    if around is not None and observed.reaction is Reaction.REJECTED:
        around.rejected(observed)
        around.close()


def _fitted(run: OperationRun, case: Case) -> dict[str, Any]:
    """The request among what lives now, if it is still wrong in just the same way."""
    path = path_of(case.intent.clause or "")
    value = run.resources.prepare(run.contract, case.value, run.resources.bindings(), path)

    def wrong(request: dict[str, Any]) -> set[tuple[Any, str]]:
        found = failures(run.contract, "request", request)
        return {(each.pointer, each.keyword) for each in found}

    return value if wrong(value) == wrong(case.value) else case.value


def has_findings(outcomes: Sequence[Outcome]) -> bool:
    """Whether there is anything to try again."""
    return any(outcome.verdict is Verdict.VIOLATES for outcome in outcomes)
