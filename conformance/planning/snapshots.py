"""Snapshots: reads of all that an operation could change, around requests that are rejected."""

from __future__ import annotations

from awsconform.conformance.checks.reading import changed, moving
from awsconform.conformance.evidence import Observed
from awsconform.conformance.planning.reads import Reads
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Resources
from awsconform.specs.contract import Contract

MOST = 14
REJECTIONS_BETWEEN = 8


class Snapshots:
    """Numbered snapshots, and the rejected requests since the last one.

    A change is looked into at once: the rejected requests are sent again one at a time, each
    between two snapshots, so that the one that changes something can be named.
    """

    def __init__(self, session: Session, contract: Contract, resources: Resources) -> None:
        self.session = session
        self.clause = f"{contract.id}/request#rejected-changes-nothing"
        self.reads = Reads(session, contract, resources, self.clause)
        self.wanted = session.selects(self.clause) and bool(self.reads.contracts)
        self._taken: dict[int, list[Observed]] = {}
        self._rejected: list[Observed] = []
        self._requests = -1
        self._disturbances = -1

    def begin(self) -> None:
        """Reads everything twice: what differs then changes of itself."""
        if self.wanted:
            self._take()
            self._take()

    def before_next(self) -> None:
        """Opens a new window where the last one was spoiled, closes one that is long enough."""
        if not self.wanted or len(self._taken) >= MOST:
            return
        if self.session.disturbances != self._disturbances:
            self._rejected.clear()
            self._take()
        elif len(self._rejected) >= REJECTIONS_BETWEEN:
            self.close()

    def rejected(self, observed: Observed) -> None:
        """Notes a request that was rejected."""
        self._rejected.append(observed)

    def close(self) -> None:
        """Compares with the last snapshot, if nothing but rejected requests came since."""
        spoiled = self.session.disturbances != self._disturbances
        if not self.wanted or not self._rejected or spoiled:
            return
        suspects, self._rejected = self._rejected, []
        if not self._take(suspects):
            return
        # The second look shows whether it goes on changing without any request.
        self._take()
        for suspect in suspects:
            case = suspect.exchange.case
            self.session.send(suspect.contract, case, keep=False)
            if self.session.disturbances != self._disturbances or self._take([suspect]):
                return

    def forget(self) -> None:
        """What was read is gone."""
        self.reads.forget()
        self._disturbances = -1

    def _take(self, suspects: list[Observed] | None = None) -> bool:
        """Reads everything once; whether that differs from the last snapshot without reason."""
        number = len(self._taken)
        facts = {
            "snapshot": number,
            "quiet": self.session.disturbances == self._disturbances,
            "still": self.session.requests == self._requests,
            "suspects": list(suspects or ()),
        }
        reads = [each for c in self.reads.contracts for each in self.reads.whole(c, **facts)]
        self._taken[number] = reads
        self._requests, self._disturbances = self.session.requests, self.session.disturbances
        if number == 0 or not facts["quiet"] or facts["still"]:
            return False
        before = self._taken[number - 1]
        if not all(each.accepted for each in (*before, *reads)):
            return False
        return changed(before, reads, moving(self._taken)) is not None
