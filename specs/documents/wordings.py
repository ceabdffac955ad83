"""The wordings of rules, as patterns over plain text (see `passages.plain`).

Letters count as equal in either case, except in the names of operations, values and errors.
"""

from __future__ import annotations

import re

_DURATION = r"(?P<number>\d+|[a-z]+(?:-[a-z]+)?)[ -](?P<unit>minute|hour|day|week)(?P<plural>s?)\b"
_NOUN = r"(?: API)? (?:operation|action|API)\b"
_OPERATION = rf"(?:the )?(?-i:(?P<operation>[A-Z][A-Za-z0-9]+)){_NOUN}"
_OTHER = rf"(?:the )?(?-i:(?P<other>[A-Z][A-Za-z0-9]+)){_NOUN}"
_CODE = r"(?-i:(?P<code>[A-Z][A-Za-z0-9]+(?:Exception|Error|Fault|Token)))"
_NAME = r"(?:the )?(?:value of )?(?P<name>[a-z][a-z0-9]*)"
_NONE_LEFT = r"(?:no (?:more )?results remain|there are no (?:more|remaining) results)"
_RECEIVE = r",? (?:then )?you(?:'ll| will)? (?:receive|get) an? "

_PATTERNS = (
    ("token-unique-per-page", rf"{_NAME} is a unique (?:pagination )?token for each page\b"),
    ("keep-arguments", r"\bkeep all (?:the )?other arguments unchanged\b"),
    (
        "end-token-null",
        rf"\bif {_NONE_LEFT}(?: to return)?,? (?:then )?{_NAME} is (?:set to )?null\b",
    ),
    ("end-token-null", rf"\b(?:returns|or) null (?:if|when) {_NONE_LEFT}\b"),
    ("end-token-null", rf"{_NAME} is (?:set to )?null (?:if|when) {_NONE_LEFT}\b"),
    (
        "token-expires",
        rf"\b(?:each|the|a) (?:pagination |next )?token expires (?:after|in) {_DURATION}",
    ),
    (
        "invalid-token-rejected",
        r"\bif you provide a (?:pagination )?token that (?:isn't valid|is not valid|is invalid)"
        rf"{_RECEIVE}HTTP (?P<status>4\d\d) {_CODE}(?: error)?\b",
    ),
    (
        "invalid-token-rejected",
        r"\busing an? (?:expired|invalid) (?:pagination )?token (?:will return|returns|results in)"
        rf" an? HTTP (?P<status>4\d\d) {_CODE} error\b",
    ),
    (
        "requires-call",
        rf"\bbefore you (?:can )?call {_OTHER},? you must (?:first )?call {_OPERATION}",
    ),
    ("available-for", rf"\b(?:is|are) available for {_DURATION} after you call {_OPERATION}"),
    (
        "same-argument",
        r"\b(?:this|it) (?:should|must) be the same as the (?P<argument>[\w ]+?)"
        rf" (?:that you )?used in the call to {_OPERATION}",
    ),
    (
        "produced-by",
        r"\bthe (?:unique )?(?:identifier|ID|ARN) (?:that (?:is|was) )?returned by "
        rf"{_OPERATION}",
    ),
    (
        "error-while",
        rf"\bif you call {_OPERATION} (?:when|while) the (?P<name>\w+) is "
        rf"(?-i:(?P<value>[A-Z][A-Z0-9_]+)){_RECEIVE}"
        r"(?-i:(?P<code>[A-Z]\w+(?:Exception|Error|Fault)))\b",
    ),
)

WORDINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PATTERNS
)
