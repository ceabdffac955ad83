"""The deletion of something made for it, between reads that look for it.

What has to be gone is what the operation's own noun says, known by the names and ids that are its
own: a deleted access key's user is still there. It is looked for by reads of the same noun only,
one that asks for it and one that lists it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from awsconform.conformance.checks.deletions import DELETE, Deletion, is_it
from awsconform.conformance.checks.reading import AFTER, BEFORE
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.planning.reads import Reads
from awsconform.conformance.planning.session import Session
from awsconform.conformance.state.resources import Bindings, Resources
from awsconform.generators.overlay import texts
from awsconform.generators.samples import minimal
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.companions import companion, siblings
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads
from awsconform.specs.hints import Resource
from awsconform.specs.producing.verbs import action
from awsconform.specs.producing.words import key, tails

POLLS = 8
POLL_SECONDS = 10.0
SHORTEST_NAME = 3
READS_TRIED = 3
_VERBS = ("list", "get", "describe", "head")
_CONFIGURATION = ("configuration", "config")


def send_deletion(session: Session, contract: Contract, resources: Resources) -> None:
    """Makes what the operation deletes, looks for it, deletes it, and looks for it again."""
    clause = f"{contract.id}/request#deleted-is-gone"
    if not session.selects(clause):
        return
    resource = _deleted_by(contract, resources)
    named = _reads_of(contract, resources.hint.observe) if resource is not None else []
    if resource is None or not named:
        return
    bound = resources.fresh()
    value = resources.prepare(contract, minimal(contract, session.choices), bound)
    around = _around(resource, resources)
    identity = _identity(resource, around, bound, value)
    reads = Reads(session, contract, resources, clause, bound=bound, operations=named)
    steps: list[Observed] = []
    working: list[Contract] = []
    for group in _by_what_they_ask(reads, identity):
        for each in group:
            before = reads.whole(each, step=BEFORE, poll=0)
            steps.extend(before)
            if all(read.accepted for read in before):
                working.append(each)
                break
    facts = {"step": DELETE, "identity": identity, "around": around, "polls": POLLS}
    intent = Intent(Purpose.SCENARIO, clause, DELETE, facts=facts)
    steps.append(session.send(contract, Case(contract.id, intent, value)))
    if not steps[-1].accepted:
        return
    for poll in range(POLLS):
        for each in working:
            steps.extend(reads.whole(each, step=AFTER, poll=poll))
        if Deletion(steps).is_over or not session.wait(POLL_SECONDS):
            return


def _deleted_by(contract: Contract, resources: Resources) -> Resource | None:
    """The resource among those the operation needs that it removes, and is named after."""
    known = resources.hints.resources
    noun = _noun(contract.operation)
    needed = [known[name] for name in resources.hint.needs if name in known]
    named = [each for each in needed if noun in _nouns(each)]
    removed = [each for each in named if contract.operation in each.delete]
    return next(iter((*removed, *named)), None)


def _noun(operation: str) -> str:
    """What an operation is about; a bucket's lifecycle and its configuration are one thing."""
    done = action(operation)
    if done.beyond:
        return ""
    noun = done.noun[:-1] if done.noun[-1:] and done.noun[-1] in _CONFIGURATION else done.noun
    return key(noun or done.noun)


def _nouns(resource: Resource) -> set[str]:
    operation = resource.create.rpartition(".")[2]
    return {key(tuple(resource.name.split("-"))), _noun(operation), *tails(action(operation).noun)}


def _reads_of(contract: Contract, known: tuple[str, ...]) -> list[str]:
    """The operations that show what another one deletes; first those known to show it."""
    noun = _noun(contract.operation)
    done = {name: action(name) for name in siblings(contract)}
    found = [
        name
        for name, each in done.items()
        if each.verb in _VERBS and not each.many and noun and _noun(name) == noun
    ]
    found = [name for name in found if only_reads(companion(contract, name))]
    return sorted(found, key=lambda name: (name not in known, _VERBS.index(done[name].verb)))


def _by_what_they_ask(reads: Reads, identity: list[str]) -> list[list[Contract]]:
    """The reads that ask for just what is deleted, and those that list it among others.

    What has no name of its own cannot be told from others in a list.
    """
    asking: list[Contract] = []
    listing: list[Contract] = []
    for each in reads.contracts:
        try:
            asked = texts(reads.request(each))
        except Unsatisfiable:
            continue
        if any(is_it(text, identity) for text in asked):
            asking.append(each)
        elif identity or (each.pagination is None and action(each.operation).verb != "list"):
            listing.append(each)
    return [listing[:READS_TRIED], asking[:READS_TRIED]]


def _around(resource: Resource, resources: Resources) -> list[str]:
    """The resources that one belongs to."""
    found: list[str] = []
    left = list(resource.needs)
    while left:
        name = left.pop()
        if name not in found:
            found.append(name)
            known = resources.hints.resources.get(name)
            left.extend(known.needs if known else ())
    return found


def _identity(
    resource: Resource, around: list[str], bound: Bindings, value: dict[str, Any]
) -> list[str]:
    """The names and ids by which the request says what is to be deleted, and not where it is."""
    named = set(texts(value))
    others = set(_values_of(around, bound))
    given = (bound.get(name) for name in resource.gives)
    found = [each for each in given if isinstance(each, str) and each in named - others]
    return list(dict.fromkeys(each for each in found if len(each) >= SHORTEST_NAME))


def _values_of(names: list[str], bound: Bindings) -> Iterator[str]:
    for member, value in bound.items():
        if member.rpartition(".")[0] in names and isinstance(value, str):
            yield value
