"""The marks by which a sentence shows that it states a rule, even where it is damaged."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from awsconform.specs.documents.likeness import alike


@dataclass(frozen=True)
class _Topic:
    """A kind of rule: words of which `enough` must be met, each alternative once."""

    name: str
    words: tuple[frozenset[str], ...]
    enough: int


def _topic(name: str, words: str, enough: int) -> _Topic:
    return _Topic(name, tuple(frozenset(word.split("|")) for word in words.split()), enough)


_TOPICS = (
    _topic(
        "expiry of tokens",
        "pagination|nexttoken token expires|expire|expired hours|hour|minutes|days",
        3,
    ),
    _topic("unique tokens", "unique token|nexttoken page value|each", 3),
    _topic("keeping arguments", "keep other arguments|parameters unchanged|same", 3),
    _topic("the end of paging", "results|pages remain|remaining|more|nomore no|none null", 3),
    _topic(
        "rejected tokens",
        "token|nexttoken valid|invalid|isn't|expired http receive|return|error exception",
        3,
    ),
    _topic("an operation to call first", "before must call first operation", 4),
    _topic("availability", "available hours|hour|minutes|days after call operation", 4),
    _topic("equal arguments", "same used call operation", 3),
    _topic("where a value comes from", "returned identifier operation|call", 3),
    _topic("errors of another operation", "call operation when|while receive exception", 3),
)
_CODES = frozenset({"throttlingexception", "validationexception"})


_ERRORS = frozenset({"receive", "http"})
_ALL = frozenset(mark for topic in _TOPICS for choices in topic.words for mark in choices)


def suspected(sentence: str) -> str | None:
    """The topic of a rule the sentence shows enough marks of, None for other sentences.

    A word counts as a mark also with a slip in it. The codes of validation and throttling beside
    a word on their reception are marks of an error to expect.
    """
    words = (re.sub(r"[^\w']", "", word).lower() for word in sentence.split())
    met = frozenset().union(*(_marks(word) for word in words))
    if len(met) < 2:
        return None
    for topic in _TOPICS:
        if sum(not met.isdisjoint(choices) for choices in topic.words) >= topic.enough:
            return topic.name
    if not met.isdisjoint(_CODES) and not met.isdisjoint(_ERRORS):
        return "errors"
    return None


@functools.lru_cache(maxsize=1 << 16)
def _marks(word: str) -> frozenset[str]:
    """The marks a word may stand for."""
    met = {mark for mark in _ALL | _CODES | _ERRORS if alike(word, mark)}
    return frozenset(met | {"exception"} if word.endswith("exception") else met)
