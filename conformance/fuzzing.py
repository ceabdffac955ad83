"""The fuzzing phase: Hypothesis draws requests, and shrinks those that bring up a new violation.

One finding must not hide the next: a clause that is known to be violated no longer stops the
search, and the search goes on until a round finds nothing new.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Flaky
from hypothesis.strategies import SearchStrategy

from awsconform.conformance.checks.requests import acceptance, rejection
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.planning.session import Session, Stop
from awsconform.conformance.planning.violations import violating_case
from awsconform.conformance.state.resources import Resources
from awsconform.generators.shapes import Unsatisfiable
from awsconform.generators.strategies import requests, violations
from awsconform.generators.violations import Violation
from awsconform.specs.contract import Contract

ROUNDS = 5
LABEL = "fuzzed"

T = TypeVar("T")
Probe = tuple[Case, Callable[[Observed], set[str]]]


class _NewViolation(Exception):
    """A request that shows a violation nobody knew of yet."""


def fuzz_valid(
    session: Session, contract: Contract, resources: Resources, *, seed: int, examples: int
) -> None:
    """Draws valid requests; each has to be accepted, and its answer to keep the contract."""
    clause = f"{contract.id}/request#accepted"

    def probe(value: dict[str, Any]) -> Probe | None:
        bound = resources.fresh() if resources.hint.fresh else resources.bindings()
        prepared = resources.prepare(contract, value, bound)
        facts = resources.facts(contract, prepared)

        def shown(observed: Observed) -> set[str]:
            wrong = {clause} if acceptance(observed).verdict is Verdict.VIOLATES else set()
            return wrong | observed.faults

        intent = Intent(Purpose.VALID, clause, LABEL, facts=facts, drawn=True)
        return Case(contract.id, intent, prepared), shown

    if contract.input_shape is None or not session.selects(clause):
        return
    with contextlib.suppress(Unsatisfiable):
        strategy = requests(contract, seed=seed)
        _search(session, contract, strategy, probe, seed=seed, examples=examples)


def fuzz_violations(
    session: Session, contract: Contract, resources: Resources, *, seed: int, examples: int
) -> None:
    """Draws requests that violate one clause each; each has to be rejected."""

    def probe(each: Violation) -> Probe | None:
        if not session.selects(each.clause) or session.spares(each.clause):
            return None
        case = violating_case(contract, resources, resources.bindings(), each)
        if case is None:
            return None
        case = replace(case, intent=replace(case.intent, drawn=True))

        def shown(observed: Observed) -> set[str]:
            wrong = {each.clause} if rejection(observed).verdict is Verdict.VIOLATES else set()
            return wrong | observed.faults

        return case, shown

    with contextlib.suppress(Unsatisfiable):
        _search(
            session, contract, violations(contract, seed=seed), probe, seed=seed, examples=examples
        )


def _known(session: Session) -> set[str]:
    """What the requests sent so far have already shown."""
    known: set[str] = set()
    for earlier in session.evidence.own():
        known |= earlier.faults
        clause = earlier.exchange.case.intent.clause
        word = {Purpose.VALID: acceptance, Purpose.VIOLATES: rejection}.get(earlier.purpose)
        if clause and word and word(earlier).verdict is Verdict.VIOLATES:
            known.add(clause)
    return known


def _search(
    session: Session,
    contract: Contract,
    strategy: SearchStrategy[T],
    probe: Callable[[T], Probe | None],
    *,
    seed: int,
    examples: int,
) -> None:
    """Rounds of drawing; what a round finds is shrunk, kept as evidence, and known from then on."""
    if examples <= 0:
        return
    known = _known(session)
    for number in range(ROUNDS):
        drawn_from = zlib.crc32(f"{seed} {contract.id} {number}".encode())
        observed, found, stop = _round(
            session, contract, strategy, probe, known, seed=drawn_from, examples=examples
        )
        if observed is not None:
            session.evidence.add(observed)
            known |= found
        if stop is not None:
            raise stop
        if observed is None:
            return


def _round(
    session: Session,
    contract: Contract,
    strategy: SearchStrategy[T],
    probe: Callable[[T], Probe | None],
    known: set[str],
    *,
    seed: int,
    examples: int,
) -> tuple[Observed | None, set[str], Stop | None]:
    """The smallest request that shows something unknown, what it shows, and what ended it early.

    Hypothesis would try a request again that ended the sending, so it is not told.
    """
    smallest: list[Observed] = []
    found: set[str] = set()
    stops: list[Stop] = []

    @seeded(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def search(drawn: T) -> None:
        if stops:
            return
        try:
            probed = probe(drawn)
            if probed is None:
                return
            case, shown = probed
            observed = session.send(contract, case, keep=False)
        except Stop as stop:
            stops.append(stop)
            return
        new = shown(observed) - known
        if not new:
            session.evidence.add(observed)
            return
        smallest[:] = [observed]
        found.clear()
        found.update(new)
        raise _NewViolation

    # A target that answers otherwise the second time makes Hypothesis say so.
    with contextlib.suppress(_NewViolation, Flaky):
        search()
    return smallest[0] if smallest else None, found, stops[0] if stops else None
