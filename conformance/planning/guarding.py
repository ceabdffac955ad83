"""The guard of reads: after writes that were accepted, reads that worked before still have to.

A read follows each accepted violation, since those are what breaks reads, and every few of the
other writes. So the requests since the last good read are one or a few. Where they are several,
they are sent again one at a time with a read after each, on a target that was started afresh, or
where nobody can start it, after all that was made has been removed. Halving them would need a fresh
target for each half, and starting one takes longer than some reads. Where neither helps, the
finding says that it was one of them and names the likeliest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from awsconform.conformance.checks.reading import (
    AFTER,
    BEFORE,
    READS,
    Breakage,
    breakage,
    caused_by,
)
from awsconform.conformance.checks.requests import Fault, fault_of
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.planning.acceptance import path_of
from awsconform.conformance.planning.reads import Reads
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads

WRITES_BETWEEN = 4
WITNESSES = 2
RESTARTS = 40
FOUND_BEFORE_VIOLATIONS = 2
SENT_AGAIN = 12
KEPT = 3
_HARMLESS = (
    Reaction.REJECTED,
    Reaction.CLIENT_REFUSED,
    Reaction.UNIMPLEMENTED,
    Reaction.UNREACHABLE,
)


@dataclass(frozen=True)
class Poison:
    """What broke a read for good: the request, told in words, and what the read answers since."""

    by: str
    seen: Observed

    @property
    def fault(self) -> Fault | None:
        """What tells this fault from another."""
        return fault_of(self.seen)


class Guard:
    """Guards the reads of what one operation writes.

    `poisoned` are the reads that earlier operations broke, by the id of the operation that reads;
    what this one breaks for good is added to it.
    """

    def __init__(
        self,
        session: Session,
        contract: Contract,
        resources: Resources,
        poisoned: dict[str, Poison],
    ) -> None:
        self.session = session
        self.contract = contract
        self.resources = resources
        self.poisoned = poisoned
        self.clause = f"{contract.id}/request#keeps-reads"
        self.harmful: set[str] = set()
        self._reads = Reads(session, contract, resources, self.clause)
        self._wanted = (
            not only_reads(contract)
            and session.selects(self.clause)
            and bool(self._reads.contracts)
        )
        self._good: dict[str, list[Observed]] = {}
        self._kept: dict[str, int] = {}
        self._pending: list[Observed] = []
        self._begun = self._proven = self._busy = False
        self._restarts = 0
        self._found_so_far = 0
        self._known: set[Fault | None] = set()
        # What a read that can be read still has been wrong since, by the id of who reads.
        self._wrong_since: dict[str, Observed] = {}
        self._paused = False

    def resume(self) -> None:
        """Violations are next: reads that valid requests broke again and again are made to work."""
        self.begin()
        if not self._paused:
            return
        self._paused, self._busy = False, True
        try:
            for contract in self._reads.contracts[:WITNESSES]:
                if contract.id in self._good and not self._is_well(contract):
                    self._heal(contract, self._pending or self._good[contract.id])
        finally:
            self._busy = False
            self._pending.clear()

    def begin(self, *, proven: bool = False) -> None:
        """Reads for the first time; `proven` where a valid request was accepted before."""
        if not self._wanted or self._begun:
            return
        self._begun, self._proven, self._busy = True, proven, True
        try:
            for contract in self._reads.contracts[:WITNESSES]:
                seen = self._reads.first(contract, step=BEFORE)
                poison = self.poisoned.get(contract.id)
                if seen.accepted:
                    self._good[contract.id] = [seen]
                    self.poisoned.pop(contract.id, None)
                elif poison is not None:
                    seen.facts["doubt"] = f"{contract.operation} is broken since {poison.by}"
        finally:
            self._busy = False

    def after(self, observed: Observed) -> None:
        """Told of every request; reads where one is due."""
        intent = observed.exchange.case.intent
        if not self._wanted or self._busy or intent.group == READS:
            return
        if observed.reaction in _HARMLESS or only_reads(observed.contract):
            return
        own = observed.contract.id == self.contract.id
        if not self._begun:
            if own and observed.accepted and observed.purpose is Purpose.VALID:
                self.begin(proven=True)
            return
        self._pending.append(observed)
        violates = own and observed.accepted and observed.purpose is Purpose.VIOLATES
        if (violates and not intent.drawn) or len(self._pending) >= WRITES_BETWEEN:
            self.check()

    def check(self) -> None:
        """Reads, if anything was written since the last time."""
        if not self._pending or self._busy or self._paused:
            return
        pending, self._pending = self._pending, []
        self._busy = True
        try:
            for contract in self._reads.contracts[:WITNESSES]:
                if contract.id in self._good:
                    self._look(contract, pending)
        finally:
            self._busy = False

    def forget(self) -> None:
        """The target's state is another one."""
        self._reads.forget()
        self._pending.clear()
        self._wrong_since.clear()

    def _look(self, contract: Contract, pending: list[Observed]) -> None:
        seen, broken = self._read(contract)
        if broken is None:
            self._remember(seen, pending)
        elif broken.faults:
            self._learn(seen, broken, pending)
        else:
            # What does not last is nobody's doing.
            seen, broken = self._read(contract)
            if broken is None:
                self._remember(seen, pending)
            elif not broken.faults:
                self._found(contract, seen, pending)

    def _read(self, contract: Contract) -> tuple[Observed, Breakage | None]:
        seen = self._reads.first(contract, keep=False, step=AFTER)
        return seen, breakage(self._good[contract.id], seen)

    def _remember(self, seen: Observed, pending: list[Observed]) -> None:
        """A read that still works; it shows something only after a write that was accepted."""
        self._good[seen.contract.id].append(seen)
        if not any(each.accepted and each.contract.id == self.contract.id for each in pending):
            return
        seen.facts["written"] = True
        self._kept[seen.contract.id] = self._kept.get(seen.contract.id, 0) + 1
        if self._kept[seen.contract.id] <= KEPT:
            self.session.evidence.add(seen)

    def _learn(self, seen: Observed, broken: Breakage, pending: list[Observed]) -> None:
        """An answer that can be read and is wrong; from now on it is known to be."""
        suspects = [each for each in reversed(pending) if caused_by(each, broken)]
        self._good[seen.contract.id].append(seen)
        if suspects:
            self._wrong_since[seen.contract.id] = suspects[0]
        self._keep(seen, suspects[:1] or [pending[-1]])

    def _found(self, contract: Contract, seen: Observed, pending: list[Observed]) -> None:
        self._found_so_far += 1
        suspects = self._by_likelihood(pending)
        violated = any(each.purpose is Purpose.VIOLATES for each in pending)
        if fault_of(seen) not in self._known or any(map(self._is_new, pending)):
            self._known.add(fault_of(seen))
            earlier = self._wrong_since.get(contract.id)
            suspects, singled_out = self._narrowed(contract, pending)
            if earlier is not None and not singled_out:
                told_of = told(earlier)
                seen.facts["doubt"] = f"{contract.operation} is wrong since {told_of} already"
            self._keep(seen, suspects)
        if not violated and self._found_so_far >= FOUND_BEFORE_VIOLATIONS:
            # Enough is known of what valid requests do; violations are to be looked at yet.
            self._paused = True
        elif not self._is_well(contract):
            self._heal(contract, suspects, seen)

    def _keep(self, seen: Observed, suspects: list[Observed]) -> None:
        likeliest = suspects[0]
        name = seen.contract.operation
        clause = likeliest.exchange.case.intent.clause
        seen.facts["suspects"] = suspects
        if likeliest.contract.id != self.contract.id:
            seen.facts["doubt"] = f"{name} was broken in set-up, by {likeliest.contract.id}"
        elif likeliest.purpose is not Purpose.VIOLATES and not self._proven:
            seen.facts["doubt"] = f"{name} fails as soon as there is something to read"
        elif clause is not None and likeliest.purpose is Purpose.VIOLATES and len(suspects) == 1:
            self.harmful.add(clause)
        self.session.evidence.add(seen)

    def _is_new(self, observed: Observed) -> bool:
        """Whether a request is an accepted violation that is not known to break reads."""
        accepted = observed.accepted and observed.purpose is Purpose.VIOLATES
        return accepted and observed.exchange.case.intent.clause not in self.harmful

    def _narrowed(self, contract: Contract, pending: list[Observed]) -> tuple[list[Observed], bool]:
        """The request that broke a read, or all that may have, the likeliest first.

        And whether one was singled out: where the read was wrong before, by one that broke it when
        it was sent again, with nothing left of what was wrong.
        """
        alone = len(pending) == 1 and contract.id not in self._wrong_since
        if alone or not self._healed(contract):
            return self._by_likelihood(pending), alone
        for each in pending[:SENT_AGAIN]:
            if each.contract.id != self.contract.id:
                continue
            self._send_again(each)
            if not self._is_well(contract):
                return [each], True
        return self._by_likelihood(pending), False

    def _send_again(self, earlier: Observed) -> None:
        case = earlier.exchange.case
        path = path_of(case.intent.clause or "")
        value = self.resources.prepare(
            earlier.contract, case.value, self.resources.bindings(), path
        )
        self.session.send(earlier.contract, replace(case, value=value), keep=False)

    def _is_well(self, contract: Contract) -> bool:
        broken = self._read(contract)[1]
        return broken is None or bool(broken.faults)

    def _heal(
        self, contract: Contract, suspects: list[Observed], seen: Observed | None = None
    ) -> None:
        """Makes a read work again, or remembers who broke it for good."""
        if not self._healed(contract):
            del self._good[contract.id]
            self.poisoned[contract.id] = Poison(told(suspects[0]), seen or suspects[0])

    def _healed(self, contract: Contract) -> bool:
        """Whether a fresh target, or removing all that was made, makes a read work again."""
        if self._restarts < RESTARTS and self.session.restart():
            self._restarts += 1
        else:
            self.resources.clean_up()
        self._reads.forget()
        well = self._is_well(contract)
        if well:
            self._wrong_since.clear()
        return well

    def _by_likelihood(self, pending: list[Observed]) -> list[Observed]:
        """Accepted violations of the operation's own first, of equal ones the last first."""

        def unlikely(each: Observed) -> tuple[bool, bool]:
            own = each.contract.id == self.contract.id
            violates = own and each.accepted and each.purpose is Purpose.VIOLATES
            return not violates, not each.accepted

        return sorted(reversed(pending), key=unlikely)


def told(observed: Observed) -> str:
    """A request in words: the operation, and what was wrong with it."""
    intent = observed.exchange.case.intent
    clause = (intent.clause or "").partition("/")[2]
    what = ", ".join(text for text in (clause, intent.label) if text)
    return f"{observed.contract.id} ({what})" if what else observed.contract.id
