"""A fault's findings, replayed on it and on an implementation that is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.replaying.chosen import Chosen, named, with_contracts
from awsconform.conformance.replaying.replays import Replayed, Replays, Result
from awsconform.conformance.replaying.restoring import endpoint_in
from awsconform.conformance.reports.document import report_document
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.running import Run, RunOptions
from awsconform.conformance.targets.target import Target
from faulty.fault import CONTRACTS, EXAMPLES, Fault, Trial, in_process, tried
from faulty.listing import LIST, Users
from faulty.stateless import Stateless


@dataclass(frozen=True)
class Twice:
    """What came of each finding on the fault, and on what is right."""

    fault: Fault
    faulty: tuple[Replayed, ...]
    right: tuple[Replayed, ...]

    @property
    def wrong(self) -> Iterator[str]:
        """The replays that say something else than that it still fails, and that it is fixed."""
        for where, due, replays in (
            ("on the fault", Result.STILL_FAILING, self.faulty),
            ("on what is right", Result.FIXED, self.right),
        ):
            for each in replays:
                if each.result is not due:
                    reason = f": {each.reason}" if each.reason else ""
                    clause, finding = each.chosen.clause["id"], each.chosen.finding
                    told = f"{clause} ({finding['observation']}) {each.result}{reason}"
                    yield f"{where}, {told}"


def twice(fault: Fault) -> Twice:
    """Runs the fault's operation, and replays what was found."""
    document = document_of(tried(fault))
    chosen = chosen_of(fault, document)
    with fault.target() as target:
        faulty = tuple(replays(target, document).of(chosen))
    with right(fault) as target:
        return Twice(fault, faulty, tuple(replays(target, document).of(chosen)))


def document_of(trial: Trial) -> dict[str, Any]:
    """The report of a trial, as a file has it."""
    run = Run(str(trial.fault), RunOptions(examples=EXAMPLES), (trial.result,), 0.0)
    document: dict[str, Any] = json.loads(
        json.dumps(report_document(run, endpoint_of("emulator:")))
    )
    return document


def chosen_of(fault: Fault, document: dict[str, Any], name: str | None = None) -> list[Chosen]:
    """The findings of a report of the fault."""
    return with_contracts(named(document, name), document, lambda *_: fault.contract)


def replays(target: Target, document: dict[str, Any]) -> Replays:
    """The replays of a report on a target."""
    return Replays(target, endpoint_in(document))


def right(fault: Fault) -> AbstractContextManager[Target]:
    """An implementation of the same that is right."""
    if fault.operation in CONTRACTS:
        return nullcontext(in_process(Emulator(), "right"))
    if fault.contract is LIST:
        return nullcontext(Users())
    return nullcontext(Stateless(fault.contract))
