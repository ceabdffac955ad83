"""The words of AWS's names: which noun a name is about, and which kind of identifier it is.

`DBInstanceIdentifier` is the identifier of a db instance, `QueueUrls` are urls of queues. Nouns are
compared as keys: one lower-case text without plural, the same for `EventBuses` and `eventBus`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

ARN, ID, NAME, URL, WHOLE = "arn", "id", "name", "url", ""

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[A-Z]+|[0-9]+")
_SUFFIXES = {
    "arn": ARN,
    "id": ID,
    "identifier": ID,
    "uuid": ID,
    "name": NAME,
    "url": URL,
    "uri": URL,
}
# A thing's key, token or handle is what identifies it where it has nothing else.
_WEAK = {"key": NAME, "handle": ID, "alia": NAME, "token": ID, "number": ID, "iterator": ID}
# Words that name the same things within one service: CreateApp answers an ApplicationId.
_SAME = {"application": "app"}
_PAST = re.compile(r"(?:ed|bound)$")


@dataclass(frozen=True)
class Named:
    """A name taken apart: the words of its noun, and the kind of identifier its last word says.

    `kind` is WHOLE where the last word says none: `Bucket`, `Rule`.
    """

    words: tuple[str, ...]
    kind: str

    @functools.cached_property
    def key(self) -> str:
        """The noun as it is compared; empty in `Id`, `Name`, `Arn`."""
        return key(self.words)


@functools.lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: `KMSKeyIDs` → kms, key, ids."""
    plain = re.sub(r"(ID|ARN|URL|URI)s(?![a-z])", lambda found: found[1].title() + "s", name)
    return tuple(word.lower() for word in _WORD.findall(plain))


@functools.lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A word's form without plural, for comparing alone: buses and bus both become bu."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("indices"):
        return word[:-4] + "ex"
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith(("se", "xe", "che", "she")):
        word = word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@functools.lru_cache(maxsize=65536)
def key(noun: tuple[str, ...]) -> str:
    """What nouns are compared by: no word boundaries, and the last word without plural."""
    if not noun:
        return ""
    return "".join(_SAME.get(word, word) for word in (*noun[:-1], singular(noun[-1])))


def tails(noun: tuple[str, ...]) -> list[str]:
    """The keys of a noun and of what is left without its first words, the longest first."""
    return [key(noun[start:]) for start in range(len(noun))]


@functools.lru_cache(maxsize=65536)
def named(name: str) -> Named:
    """A member's or a shape's name taken apart."""
    parts = words(name)
    if parts and singular(parts[-1]) in _SUFFIXES:
        kind = _SUFFIXES[singular(parts[-1])]
        # FunctionNameOrArn, PolicyArnOrId
        while len(parts) > 2 and parts[-2] in ("or", "and"):
            parts = parts[:-2]
            kind = _SUFFIXES.get(singular(parts[-1]), kind) if kind == ARN else kind
        stem = parts[:-1] if singular(parts[-1]) in _SUFFIXES else parts
        return Named(stem, kind)
    return Named(parts, WHOLE)


def is_account(name: str) -> bool:
    """Whether a name is that of an AWS account, which nobody makes but has."""
    told = named(name)
    return told.kind in (ID, NAME, ARN, WHOLE) and told.words[-1:] in (("account",), ("accounts",))


def weak_kind(name: str) -> str | None:
    """The kind of a name that is one word as `Key` is, which identifies only lacking better."""
    parts = words(name)
    return _WEAK.get(singular(parts[-1])) if parts else None


def is_plural(name: str) -> bool:
    """Whether a name's last word stands in the plural."""
    parts = words(name)
    last = parts[-1] if parts else ""
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "as"))


def one_of(noun: tuple[str, ...]) -> tuple[str, ...]:
    """A noun in the singular as people write it: instances become instance."""
    if not noun:
        return noun
    last = noun[-1]
    if last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith(("sses", "xes", "ches", "shes", "buses", "aliases")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is", "as")):
        last = last[:-1]
    return (*noun[:-1], last)


def hyphened(noun: tuple[str, ...]) -> str:
    """A resource's name: its words with hyphens."""
    return "-".join(noun)


def is_participle(word: str) -> bool:
    """Whether a word says what was done to the noun after it: Attached, Associated."""
    return _PAST.search(word) is not None
