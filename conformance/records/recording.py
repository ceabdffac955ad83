"""Recording a run: what is sent is written when its answer came, an operation when it ended."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from awsconform.conformance.exchange import Case, Exchange
from awsconform.conformance.known import Known
from awsconform.conformance.records.exchange_lines import exchange_line
from awsconform.conformance.records.format import FOOTER, FORMAT, FORMAT_VERSION, HEADER
from awsconform.conformance.records.numbering import Numbers
from awsconform.conformance.records.operation_lines import operation_line
from awsconform.conformance.records.resuming import NOT_RESUMED, Resumed
from awsconform.conformance.records.writing import RecordFile
from awsconform.conformance.reports.conditions import Conditions
from awsconform.conformance.reports.document import footer_document, header_document
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.operation_documents import operation_document
from awsconform.conformance.reports.totals import exit_code_of
from awsconform.conformance.results import OperationResult
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wrapped import WrappedTarget
from awsconform.conformance.wire.secrets import Secrets
from awsconform.specs.contract import Contract


class Recorder:
    """Writes what it is told of a run to a file; a `Watcher`.

    `conditions` are asked for when they are written, since a target that is started has its address
    only then. `resumed` is the earlier part of a run that is gone on with.

    No line has a secret that was met until then, see `Secrets`; a later part of a run does not know
    the cookies that were set in an earlier one.
    """

    def __init__(
        self,
        file: RecordFile,
        conditions: Callable[[], Conditions],
        resumed: Resumed = NOT_RESUMED,
    ) -> None:
        self.file = file
        self.conditions = conditions
        self._verdicts = [{"verdicts": each["verdicts"]} for each in resumed.operations]
        self._seconds = sum(each["seconds"] for each in resumed.operations)
        self._spent = 0.0
        self.ended_operations = {each["id"] for each in resumed.operations}
        self._number = resumed.number
        self._known = Secrets()
        self._operation = ""
        self._numbers, self._cases = Numbers(), Numbers()
        for exchange, number in resumed.exchanges:
            self._numbers.note(exchange, number)

    def target(self, target: Target) -> Target:
        """The target, whose exchanges are recorded."""
        return RecordedTarget(target, self)

    def begin(self, contracts: Iterable[Contract]) -> None:
        """Writes the header of a record of those contracts.

        Raises:
            RecordUnwritable: the machine does not take it, here and below.
        """
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        header = header_document(self.conditions(), contracts)
        start = {"kind": HEADER, "format": FORMAT, "version": FORMAT_VERSION, "begun": now}
        self.file.line({**start, **header})

    def began(self, contract: Contract) -> None:
        """What is sent from now on is sent for this operation."""
        self._operation = contract.id

    def sent(self, exchange: Exchange) -> int:
        """Writes an exchange; gives its number."""
        self._known.learn(exchange)
        self._number += 1
        number = self._number
        line = exchange_line(
            exchange, self._known, self.file.content, number=number, sent_for=self._operation
        )
        self.file.line(line)
        self._numbers.note(exchange, number)
        self._cases.note(exchange.case, number)
        return number

    def ended(self, result: OperationResult, known: Known) -> None:
        """Writes what came of an operation, and what was learnt from it."""
        self._operation = result.contract.id
        document = operation_document(result, self.conditions(), self._known)
        state = self._state(known)
        line = operation_line(document, result, state, self._number_of, self._known)
        self.file.line(line)
        self._verdicts.append({"verdicts": document["verdicts"]})
        self._spent += result.seconds
        self.ended_operations.add(result.contract.id)

    def end(self, seconds: float | None = None) -> None:
        """Writes the footer: the run came to its end.

        This part of it took so many `seconds`; by default as many as its operations.
        """
        footer = footer_document(self._seconds + (self._spent if seconds is None else seconds))
        self.file.line({"kind": FOOTER, **footer, "exitCode": exit_code_of(self._verdicts)})

    def _number_of(self, exchange: Exchange) -> int:
        number = self._numbers.of(exchange)
        # Without one it was not sent by way of our target: it is of another's evidence.
        return self.sent(exchange) if number is None else number

    def _state(self, known: Known) -> Document:
        wrong = (self._cases.of(case) for _, case in known.wrong)
        return {
            "givenUp": known.given_up,
            "wrong": [number for number in wrong if number is not None],
            "poisoned": {
                name: {"by": each.by, "exchange": self._number_of(each.seen.exchange)}
                for name, each in known.poisoned.items()
            },
        }


class RecordedTarget(WrappedTarget):
    """A target whose exchanges are written down."""

    def __init__(self, target: Target, recorder: Recorder) -> None:
        super().__init__(target)
        self.recorder = recorder

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case.

        Raises:
            RecordUnwritable: the machine does not take the record any more; told once.
        """
        exchange = super().send(contract, case)
        # That nothing more is taken was told once and ends the run; what was made is removed then.
        if not self.recorder.file.failed:
            self.recorder.sent(exchange)
        return exchange
