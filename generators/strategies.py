"""Hypothesis strategies of a contract: valid requests and responses, and violations."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from awsconform.errors import UsageError
from awsconform.generators.choices import DrawnChoices
from awsconform.generators.proof import judgeable
from awsconform.generators.shapes import Fill, Growth, Unsatisfiable
from awsconform.generators.values import Values, values_of
from awsconform.generators.violations import Planned, Violation, plan, unprovokable, violation
from awsconform.specs.contract import Contract


def requests(contract: Contract, *, seed: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Valid requests in logical JSON; `seed` decides which strings most values are made of.

    Raises:
        Unsatisfiable: the contract admits no request that can be sent.
    """
    return _valid(_satisfiable(contract, "request", seed), seed)


def responses(contract: Contract, *, seed: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Valid responses in logical JSON, else like `requests`.

    Raises:
        Unsatisfiable: the contract admits no response.
    """
    return _valid(_satisfiable(contract, "response", seed), seed)


def errors(contract: Contract, code: str, *, seed: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Valid members of one declared error, else like `responses`.

    Raises:
        UsageError: the operation declares no such error.
    """
    if code not in contract.errors:
        raise UsageError(
            f"{contract.id} declares no error {code!r}",
            hint=f"it declares {', '.join(contract.errors) or 'none'}",
        )
    return _valid(_satisfiable(contract, code, seed), seed)


def violations(
    contract: Contract, clause_id: str | None = None, *, seed: int = 0
) -> st.SearchStrategy[Violation]:
    """Requests that break exactly one clause: the one named, or any that can be broken.

    `seed` decides which words they are made of.

    Raises:
        UsageError: no such clause says what is rejected.
        Unsatisfiable: no request can break the clause, with the reason.
    """
    planned = [each for each in plan(contract)[0] if clause_id in (None, each.clause)]
    if planned:
        return _violation(contract, tuple(planned), seed)
    why = unprovokable(contract).get(clause_id or "")
    if why is not None:
        raise Unsatisfiable(f"{clause_id} cannot be brought up: {why}")
    if clause_id is None:
        raise Unsatisfiable(f"{contract.id} has no clause that a request can break")
    raise UsageError(
        f"{clause_id!r} is no clause of {contract.id} that a request can break",
        hint="`awsconform show` names them",
    )


def _satisfiable(contract: Contract, part: str, seed: int) -> Values:
    values = values_of(contract, part, seed)
    why = values.unsatisfiable or judgeable(contract, part)
    if why is not None:
        raise Unsatisfiable(f"{contract.id} has no valid {part} that can be sent: {why}")
    return values


@st.composite
def _valid(draw: st.DrawFn, values: Values, seed: int) -> dict[str, Any]:
    choices = DrawnChoices(draw, seed=seed)
    value: dict[str, Any] = values.whole(Growth(choices, Fill.RANDOM, pooled=True))
    return value


@st.composite
def _violation(
    draw: st.DrawFn, contract: Contract, planned: tuple[Planned, ...], seed: int
) -> Violation:
    choices = DrawnChoices(draw, seed=seed)
    chosen = choices.choice(planned)
    return violation(contract, chosen, lambda: Growth(choices, Fill.RANDOM, pooled=True))
