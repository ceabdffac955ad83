"""Which findings of a report are meant, and the contracts they are judged by."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from awsconform.conformance.reports.document import digest_of
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.errors import AwsconformError, UsageError
from awsconform.specs.contract import Contract

_NAMED = 5
_HINT = "a fingerprint or its beginning, a clause's id, or an operation's"

# Gives the contract of an operation, by its id, in a protocol.
Load = Callable[[str, str], Contract]


@dataclass(frozen=True)
class Named:
    """A finding of a report, with the clause and the operation it is of."""

    operation: Document
    clause: Document
    finding: Document

    @property
    def fingerprint(self) -> str:
        """Names clause and class of observation."""
        return str(self.finding["fingerprint"])


@dataclass(frozen=True)
class Chosen(Named):
    """A finding, with the contract it is judged by; `changed` if it was another one then."""

    contract: Contract
    changed: bool = False


def findings_in(document: Document) -> Iterator[Named]:
    """All findings of a report."""
    for operation in document["operations"]:
        for clause in operation["clauses"]:
            for finding in clause["findings"]:
                yield Named(operation, clause, finding)


def named(document: Document, name: str | None) -> list[Named]:
    """The findings a name means: a fingerprint or its beginning, a clause's id, an operation's.

    Raises:
        UsageError: it means none, or is the beginning of several fingerprints.
    """
    found = list(findings_in(document))
    if name is None:
        return found
    exact = [e for e in found if name in (e.fingerprint, e.clause["id"], e.operation["id"])]
    if exact:
        return exact
    begun = [each for each in found if each.fingerprint.startswith(name)]
    several = sorted({each.fingerprint for each in begun})
    if len(several) > 1:
        raise UsageError(
            f"{name!r} is the beginning of {len(several)} fingerprints",
            hint=f"say more of it: {', '.join(several[:_NAMED])}",
        )
    if not begun:
        raise UsageError(f"no finding is called {name!r}", hint=_near(found, name))
    return begun


def with_contracts(found: list[Named], document: Document, load: Load) -> list[Chosen]:
    """The findings with the contracts that are known here.

    Raises:
        UsageError: an operation is not known here.
    """
    made: dict[str, Contract] = {}
    chosen: list[Chosen] = []
    for each in found:
        operation = each.operation["id"]
        if operation not in made:
            try:
                made[operation] = load(operation, each.operation["protocol"])
            except AwsconformError as error:
                raise UsageError(
                    f"{operation} is not known here: {error.message}",
                    hint="say --models if the run was made with it",
                ) from None
        contract = made[operation]
        changed = document["contracts"].get(operation) != digest_of(contract)
        chosen.append(Chosen(each.operation, each.clause, each.finding, contract, changed))
    return chosen


def _near(found: list[Named], name: str) -> str:
    known = {e.clause["id"] for e in found} | {e.operation["id"] for e in found}
    known |= {each.fingerprint for each in found}
    near = difflib.get_close_matches(name, sorted(known), n=_NAMED, cutoff=0.6)
    near += sorted(each for each in known - {*near} if name in each)[: _NAMED - len(near)]
    if near:
        return f"did you mean {', '.join(near)}?"
    return f"the report has {len(found)} findings; say {_HINT}" if found else "it has no findings"
