"""One deletion, step by step: reads that find something, its deletion, the same reads again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from awsconform.conformance.checks.not_found import is_refused, says_not_found
from awsconform.conformance.checks.reading import AFTER, BEFORE, PASSING, identical
from awsconform.conformance.checks.verdicts import Word, conforms, silent, violates
from awsconform.conformance.evidence import Observed
from awsconform.conformance.outcomes import Verdict
from awsconform.generators.overlay import texts
from awsconform.specs.producing.words import key, words

DELETE = "delete"
_ENDING = "it is being deleted"
_HURRIED = "no time was left to wait until it is gone"
_UNSAID = "nothing is said of what was deleted"
# A member that only what is being deleted has: DeletedDate, DeletionDate, PendingDeletion.
_DELETING_MEMBER = re.compile(
    r"(?i)(delet|terminat|deregist)\w*(date|time|at|on|timestamp|window\w*|scheduled)"
    r"|(pending|scheduled)_?\w*delet\w*|delete_?marker\w*|expir\w*|recovery_?window\w*"
)
# What codes say around the noun of what is not there.
_SAID_OF = re.compile(r"NoSuch|NotFound|(Does)?Not?Exists?|(Exception|Error|Fault)$|Non[Ee]xistent")
# S3 calls its objects by their keys.
_CALLED_BY_CODES = {"key": "object"}
_STATUS = re.compile(r"(?i).*(status|state)\w*")
# Values of a status that says that something is no longer there, or soon will not be.
_ENDED = re.compile(
    r"(?i).*(delet|terminat|shutting|inactive|removed|disabl|closed|archiv|deregist|expire|cancel)\w*"
)


class Deletion:
    """What the steps of one deletion say.

    `identity` are the names and ids that what is deleted has for itself. A setting has none, as a
    bucket's policy: it is known by the read of it alone. `around` are the nouns of what it is part
    of, which is still there. `polls` is how often it is looked for, with time in between, before it
    is said to be there still.
    """

    def __init__(self, steps: Sequence[Observed]) -> None:
        self.deletion = next((e for e in steps if e.facts.get("step") == DELETE), None)
        self.before = _by_operation(e for e in steps if e.facts.get("step") == BEFORE)
        self.after = _by_operation(e for e in steps if e.facts.get("step") == AFTER)
        facts = self.deletion.facts if self.deletion else {}
        self.identity: list[str] = facts.get("identity", [])
        self.polls: int = facts.get("polls", 1)
        around: list[str] = facts.get("around", [])
        self.around = {key(tuple(name.rpartition(":")[2].split("-"))) for name in around}

    def words(self) -> Iterator[Word]:
        """A word for each operation that reads."""
        if self.deletion is None:
            return
        if not self.deletion.accepted:
            yield silent(self.deletion, f"it was not deleted: {self.deletion.describe()}")
            return
        if not self.after:
            failed = [
                e for polls in self.before.values() for reads in polls.values() for e in reads
            ]
            for each in failed:
                if not each.accepted:
                    told = f"{each.contract.operation} did not work before: {each.describe()}"
                    yield silent(each, told)
        for name, polls in self.after.items():
            before = [each for reads in self.before.get(name, {}).values() for each in reads]
            word = self._word(before, polls[max(polls)])
            if word.verdict is Verdict.VIOLATES and max(polls) + 1 < self.polls:
                word = silent(polls[max(polls)][-1], f"{_HURRIED}: {word.observation}")
            yield word

    @property
    def is_over(self) -> bool:
        """Whether no later read would say anything else."""
        return not any(
            word.verdict is Verdict.VIOLATES
            or word.observation.startswith((_ENDING, _UNSAID, _HURRIED))
            for word in self.words()
        )

    def _word(self, before: list[Observed], after: list[Observed]) -> Word:
        last = after[-1]
        read = last.contract.operation
        if not before or not all(each.accepted for each in before):
            return silent(last, f"{read} did not work before")
        told = f"{read}: {last.describe()}"
        other = next((e for e in after if not e.accepted and not says_not_found(e)), None)
        if other is not None:
            told = f"{read}: {other.describe()}"
            return silent(other, f"{_UNSAID}: {told}" if is_refused(other) else told)
        if any(self._is_of_what_is_around(each) for each in after):
            return silent(last, f"{told}, so what it was part of is gone")
        return self._of_one(before, after) if self.identity else self._of_setting(before, after)

    def _of_setting(self, before: list[Observed], after: list[Observed]) -> Word:
        """What has no name of its own is gone where nothing is answered for it.

        An answer may be what holds where nothing is set, as the encryption of a bucket is.
        """
        last = after[-1]
        read = last.contract.operation
        if last.contract.pagination is not None:
            return silent(last, f"{read} lists what has no name to look for")
        if not last.accepted or _said(last.value) < _said(before[-1].value):
            return conforms(last)
        return silent(last, f"{read} may answer what holds where nothing is set")

    def _of_one(self, before: list[Observed], after: list[Observed]) -> Word:
        assert self.deletion is not None
        last = after[-1]
        read = last.contract.operation
        named, found = self._names(last), self._finds(before)
        if not found and not named:
            return silent(last, f"{read} did not find it before")
        if not all(each.accepted for each in after):
            # Only who asks for just this is told that it is not there.
            return conforms(last) if named else silent(last, f"{read}: {last.describe()}")
        if found and not self._finds(after):
            return conforms(last)
        if not found and not (last.value and identical(before[-1], last)):
            return silent(last, f"{read} does not say whether it found it")
        ending = self._ending(after)
        if ending is not None:
            return silent(last, f"{_ENDING}: {ending}")
        detail = f"{self.deletion.describe()}; afterwards {read} still finds {self.identity[0]}"
        return violates(self.deletion, f"{read} still finds it", detail, later=last)

    def _is_of_what_is_around(self, read: Observed) -> bool:
        """Whether a refusal speaks of what the deleted thing is part of: NoSuchBucket."""
        code = read.answer.code if read.answer else None
        noun = key(words(_SAID_OF.sub("", code))) if code else ""
        return _CALLED_BY_CODES.get(noun, noun) in self.around

    def _names(self, read: Observed) -> bool:
        """Whether a read asks for just what is deleted."""
        return any(is_it(text, self.identity) for text in texts(read.exchange.case.value))

    def _finds(self, reads: Sequence[Observed]) -> bool:
        return any(is_it(text, self.identity) for read in reads for text in texts(read.value))

    def _ending(self, after: Sequence[Observed]) -> str | None:
        """What says that a deletion takes its time, in its own answer or around what was found."""
        assert self.deletion is not None
        own = next(_endings(self.deletion.value), None)
        named = any(self._names(read) for read in after)
        around = (_endings(each) for read in after for each in self._around(read.value, named))
        return own or next((ending for endings in around for ending in endings), None)

    def _around(self, value: Any, whole: bool) -> Iterator[Any]:
        """The entries of lists that tell of it, or the whole answer where there is no list."""
        if isinstance(value, list):
            for below in value:
                if any(is_it(text, self.identity) for text in texts(below)):
                    yield below
        elif isinstance(value, dict):
            lists = [below for below in value.values() if isinstance(below, list | dict)]
            if whole or not lists:
                yield value
            for below in lists:
                yield from self._around(below, False)


def _endings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, below in value.items():
            if isinstance(below, str) and _STATUS.fullmatch(name):
                if _ENDED.fullmatch(below) or PASSING.fullmatch(below):
                    yield f"{name} {below}"
            elif _DELETING_MEMBER.fullmatch(name) and below not in (None, "", False, [], {}):
                yield name
            yield from _endings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _endings(below)


def is_it(text: str, identity: Sequence[str]) -> bool:
    """Whether a text names what has an identity, by its arn or url too."""
    return any(text == each or text.endswith((f"/{each}", f":{each}")) for each in identity)


def _said(value: Any, path: tuple[str, ...] = ()) -> frozenset[tuple[str, ...]]:
    """The places of an answer where anything stands."""
    if isinstance(value, dict):
        return frozenset().union(*(_said(below, (*path, name)) for name, below in value.items()))
    return frozenset() if value in (None, "", []) else frozenset((path,))


def _by_operation(reads: Iterator[Observed]) -> dict[str, dict[int, list[Observed]]]:
    """Reads by operation and by the number of the poll they belong to."""
    found: dict[str, dict[int, list[Observed]]] = {}
    for each in reads:
        polls = found.setdefault(each.contract.id, {})
        polls.setdefault(each.facts.get("poll", 0), []).append(each)
    return found
