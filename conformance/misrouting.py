"""Whether a target takes an operation on a part of something for the one on the whole.

In S3's protocol `PUT /{Bucket}?cors` is told from `PUT /{Bucket}` by its query string alone. A
server that does not know the part makes a bucket, deletes it, or answers an object's content, and
all of that looks like a success. So what an accepted request did is looked at once: whether it
makes the whole where there was none, whether the whole is gone, whether its content was the answer.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable, Sequence

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Case, Intent, Purpose, View
from awsconform.specs import catalog
from awsconform.specs.contract import Contract

NOT_YET = "whether there is what was never made"
NEVER_MADE = "the same for what was never made"
MADE = "whether there is now what was never made"
STILL_THERE = "whether the whole is still there"
CONTENT = "the whole itself"
_LABELS = re.compile(r"\{(\w+)\+?\}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NOT_FOUND = 404


def flag_of(contract: Contract) -> str | None:
    """What the query string of an operation's path names: `cors`; None where it names nothing."""
    if not contract.protocol.startswith("rest-"):
        return None
    flag = contract.uri.partition("?")[2].split("&")[0]
    return flag if flag and "=" not in flag else None


def looks(observed: Observed, seed: int) -> list[tuple[Contract, Case]]:
    """What to send after the first answer to an operation that may be on a part."""
    contract = observed.contract
    if flag_of(contract) is None or observed.exchange.view is not View.WIRE:
        return []
    labels = _LABELS.findall(contract.uri)
    value = observed.exchange.case.value
    if not labels or any(name in observed.facts.get("made_up", ()) for name in labels):
        return []
    named = {name: value[name] for name in labels if name in value}
    match contract.method:
        case "PUT" if observed.accepted and _whole(contract, "PUT"):
            choices = random.Random(f"{seed} {contract.id} {NEVER_MADE}")
            never = {labels[-1]: "".join(choices.choice(_LETTERS) for _ in range(20))}
            whole = _whole(contract, "HEAD")
            if whole is None:
                return []
            return [
                (whole, Case(whole.id, _intent(NOT_YET), named | never)),
                (contract, Case(contract.id, _intent(NEVER_MADE), value | never)),
                (whole, Case(whole.id, _intent(MADE), named | never)),
            ]
        case "DELETE" if observed.accepted:
            whole = _whole(contract, "HEAD")
            return [(whole, Case(whole.id, _intent(STILL_THERE), named))] if whole else []
        case "GET" if _has_content(observed):
            whole = _whole(contract, "GET")
            return [(whole, Case(whole.id, _intent(CONTENT), named))] if whole else []
    return []


def look(
    send: Callable[..., Observed],
    requests: Sequence[tuple[Contract, Case]],
    evidence: Evidence,
    left: list[str],
) -> None:
    """Sends what looks, and removes what that made; `left` is told of what it cannot remove."""
    try:
        for contract, case in requests:
            send(contract, case)
    finally:
        undo = _undoing(evidence) if requests else None
        if undo is not None:
            removed = send(*undo, keep=False)
            if not removed.accepted:
                named = "/".join(map(str, undo[1].value.values()))
                left.append(f"{named}: {undo[0].operation} answered {removed.describe()}")


def misrouted(evidence: Evidence) -> str | None:
    """What shows that another operation answers; None where nothing does."""
    own = evidence.contract
    first = next((e for e in evidence.own() if e.purpose is not Purpose.SCENARIO), None)
    if first is None:
        return None
    made = _made(evidence)
    if made is not None:
        told = f"{first.describe()}, and makes what was never there"
        return f"{told}, as {_name(_whole(own, 'PUT'))} would"
    for each in evidence.observed:
        label = each.exchange.case.intent.label
        if label == STILL_THERE and each.answer and each.answer.status == _NOT_FOUND:
            told = f"{first.describe()}, and the whole is gone"
            return f"{told}, as after {_name(_whole(own, 'DELETE'))}"
        if label == CONTENT and each.accepted and _is_answer_of(each, evidence):
            return f"{first.describe()}, with the answer of {each.contract.operation}"
    return None


def _undoing(evidence: Evidence) -> tuple[Contract, Case] | None:
    """The request that removes what looking made; None where that made nothing."""
    made, whole = _made(evidence), _whole(evidence.contract, "DELETE")
    if made is None or whole is None:
        return None
    return whole, Case(whole.id, Intent(Purpose.SETUP), made.exchange.case.value)


def _made(evidence: Evidence) -> Observed | None:
    """The look that found what was not there before the same request was sent for it."""
    looked = {each.exchange.case.intent.label: each for each in evidence.observed}
    before, sent, after = (looked.get(label) for label in (NOT_YET, NEVER_MADE, MADE))
    if before is None or sent is None or after is None or before.accepted:
        return None
    return after if sent.accepted and after.accepted else None


def _name(contract: Contract | None) -> str:
    return contract.operation if contract else "another operation"


def _intent(label: str) -> Intent:
    return Intent(Purpose.SCENARIO, label=label)


def _has_content(observed: Observed) -> bool:
    response = observed.exchange.response
    return response is not None and response.status == 200 and bool(response.body)


def _is_answer_of(whole: Observed, evidence: Evidence) -> bool:
    """Whether an operation answered what another one does, and nothing that is its own.

    A mock may have the same document for whatever is asked, and stands for what it documents.
    """
    same = [each for each in evidence.own() if _body(each) and _body(each) == _body(whole)]
    return bool(same) and not any(_says_its_own(each) for each in same)


def _says_its_own(observed: Observed) -> bool:
    response, answer = observed.exchange.response, observed.answer
    kind = (response.header("content-type") or "") if response is not None else ""
    read = observed.accepted and answer is not None and any(answer.present - {()})
    return read and "xml" in kind


def _body(observed: Observed) -> bytes:
    response = observed.exchange.response
    return response.body if response is not None and response.status == 200 else b""


def _whole(contract: Contract, method: str) -> Contract | None:
    """The operation of a method on what an operation's path names, without its query string."""
    path = contract.uri.partition("?")[0]
    name = _at(contract.service, contract.protocol).get((method, path))
    return catalog.load(contract.service, name, protocol=contract.protocol) if name else None


@functools.cache
def _at(service: str, protocol: str) -> dict[tuple[str, str], str]:
    """The operations of a service without a query string, by method and path.

    Of several the one with the fewest words in its name is that of the whole: PutObject, of which
    UploadPart and CopyObject only differ in their members.
    """
    found: dict[tuple[str, str], str] = {}
    for name in sorted(catalog.operations(service), key=_rank):
        contract = catalog.load(service, name, protocol=protocol)
        if "?" not in contract.uri:
            found.setdefault((contract.method, contract.uri), name)
    return found


_PLAINEST = ("Put", "Get", "Head", "Delete", "Create", "List")


def _rank(name: str) -> tuple[int, int, str]:
    words = re.findall(r"[A-Z][a-z]*", name)
    plain = _PLAINEST.index(words[0]) if words and words[0] in _PLAINEST else len(_PLAINEST)
    return len(words), plain, name
