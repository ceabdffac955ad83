"""The wordings of rules, as patterns over plain text (see `passages.plain`).

Letters count as equal in either case, except in the names of operations, values and errors. Each
wording was met on pages or in models, and every sentence it accepts there was read: a rule that
nobody stated makes a wrong verdict. What a sentence says besides can turn its meaning: `unless` of
a wording is what no sentence that is accepted may have in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_UNIT = r"(?P<unit>second|minute|hour|day|week)(?P<plural>s?)\b"
_DURATION = rf"(?P<number>\d+|[a-z]+(?:-[a-z]+)?)[ -]{_UNIT}"
_NOUN = r"(?: API)? (?:operation|action|API)\b"
_OPERATION = rf"(?:the )?(?-i:(?P<operation>[A-Z][A-Za-z0-9]+)){_NOUN}"
_OTHER = rf"(?:the )?(?-i:(?P<other>[A-Z][A-Za-z0-9]+)){_NOUN}"
_CODE = r"(?-i:(?P<code>[A-Z][A-Za-z0-9]+(?:Exception|Error|Fault|Token)))"
_NAME = (
    r"(?:the |this )?(?:previous response object's )?(?:value of )?(?P<name>[a-z][a-z0-9]*)"
    r"(?: (?:value|(?:response )?(?:parameter|element|field)(?: value)?))?"
)
_NULL = r'(?:is|becomes|will be|returns) (?:set to )?["`\']{0,2}null["`\']{0,2}'
_LEFT = r"(?:results?|items?|pages?|entries|records|blocks|jobs|parts|uploads|data)"
_NONE_LEFT = (
    rf"(?:(?:there (?:are|is) )?no (?:more|additional|remaining|further) {_LEFT}\b"
    rf"|no (?:more )?{_LEFT} remain\b|the request returns all results\b"
    r"|no additional page exists\b)"
)
_ASIDE = (
    r"(?: (?:to (?:return|display|retrieve|request|list|describe|be (?:returned|listed))"
    r"|(?:are|is) available|remain|exist|of [\w ]+? to return))?"
)
_RECEIVE = r",? (?:then )?you(?:'ll| will)? (?:receive|get) an? "
_TOKEN = r"(?:pagination |next )?token"
_PARAMETERS = r"(?:arguments?|parameters?|parameter values)"


class Wording(NamedTuple):
    """A way to state a rule.

    `mark` is in every text the pattern is found in, in lower case; `unless` is what makes a
    sentence say something else.
    """

    rule: str
    mark: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


# An empty token is no null one, and what holds of null tokens is not when tokens are null.
_OTHER_ENDS = r"\bempty\b|\bunless\b|\bnon-null\b|\bonly necessary\b"

_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "token-unique-per-page",
        "unique",
        rf"{_NAME} is a unique (?:pagination )?token for each page\b",
    ),
    (
        "token-unique-per-page",
        "unique",
        r"(?:^|(?<=[.!?] ))a unique pagination token for each page\b",
    ),
    ("keep-arguments", "unchanged", r"\bkeep(?:ing)? all (?:the )?other arguments unchanged\b"),
    ("keep-arguments", "unchanged", r"\bwith all other arguments unchanged\b"),
    (
        "keep-arguments",
        "must be",
        rf"\b(?:all|the) other {_PARAMETERS} must be (?:identical to|the same as) the "
        r"(?:initial call|ones (?:that are )?specified in the initial request)\b",
    ),
    (
        "keep-arguments",
        "must be passed",
        r"\b(?:this|the) token must be passed in with the same parameters "
        r"(?:that were specified in the original call|as the previous call)\b",
    ),
    (
        "keep-arguments",
        "must use the same",
        r"\bsubsequent requests that use the token must use the same request parameters as\b",
    ),
    ("end-token-null", "null", rf"\bif {_NONE_LEFT}{_ASIDE},? (?:then )?{_NAME} {_NULL}"),
    ("end-token-null", "null", rf"\bwhen {_NONE_LEFT}{_ASIDE},? {_NAME} {_NULL}"),
    ("end-token-null", "null", rf"\b(?:returns|or) '{{0,2}}null'{{0,2}} (?:if|when) {_NONE_LEFT}"),
    ("end-token-null", "null", rf"{_NAME} {_NULL} (?:only )?(?:if|when) {_NONE_LEFT}"),
    ("end-token-null", "null", rf"(?<=[.!?;,] )(?:and )?{_NULL} (?:if|when) {_NONE_LEFT}"),
    ("end-token-null", "null", rf"(?:^|(?<=[.!?;] ))null (?:if|when) {_NONE_LEFT}"),
    (
        "token-expires",
        "expire",
        rf"\b(?:each|the|an?) {_TOKEN} (?:expires|will expire) (?:after|in) {_DURATION}",
    ),
    ("token-expires", "valid for", rf"\beach {_TOKEN} is valid for {_DURATION}"),
    (
        "token-expires",
        "tokens expire",
        rf"(?:^|(?<=[.!?] )|\bthe pagination )tokens expire after {_DURATION}",
    ),
    (
        "token-expires",
        "expires",
        rf"\ban? (?P<name>[a-z]*token) expires {_DURATION}"
        r" after it(?:'s| is) (?:issued|returned)\b",
    ),
    (
        "invalid-token-rejected",
        "provide a",
        r"\bif you provide a (?:pagination )?token that (?:isn't valid|is not valid|is invalid)"
        rf"{_RECEIVE}HTTP (?P<status>4\d\d) {_CODE}(?: error)?\b",
    ),
    (
        "invalid-token-rejected",
        "using a",
        r"\busing an? (?P<when>expired|invalid) (?:pagination )?token"
        r" (?:will return|returns|results in)"
        rf" an? HTTP (?P<status>4\d\d) {_CODE} error\b",
    ),
    (
        "invalid-token-rejected",
        "if you try",
        r"\bif you try to make an? \w+(?: API)? call with an (?P<when>expired) token"
        rf"{_RECEIVE}HTTP (?P<status>4\d\d) {_CODE} error\b",
    ),
    (
        "requires-call",
        "before you",
        rf"\bbefore you (?:can )?call {_OTHER},? you must (?:first )?call {_OPERATION}",
    ),
    (
        "available-for",
        "available for",
        rf"\b(?:is|are) available for {_DURATION} after you call {_OPERATION}",
    ),
    (
        "same-argument",
        "the same as",
        r"\b(?:this|it) (?:should|must) be the same as the (?P<argument>[\w ]+?)"
        rf" (?:that you )?used in the call to {_OPERATION}",
    ),
    (
        "produced-by",
        "returned by",
        r"\bthe (?:unique )?(?:identifier|ID|ARN) (?:that (?:is|was) )?returned by "
        rf"{_OPERATION}",
    ),
    (
        "error-while",
        "if you call",
        rf"\bif you call {_OPERATION} (?:when|while) the (?P<name>\w+) is "
        rf"(?-i:(?P<value>[A-Z][A-Z0-9_]+)){_RECEIVE}"
        r"(?-i:(?P<code>[A-Z]\w+(?:Exception|Error|Fault)))\b",
    ),
)
_UNLESS = {"end-token-null": re.compile(_OTHER_ENDS, re.IGNORECASE)}

WORDINGS: tuple[Wording, ...] = tuple(
    Wording(rule, mark, re.compile(pattern, re.IGNORECASE), _UNLESS.get(rule))
    for rule, mark, pattern in _PATTERNS
)
TOKEN_RULES = (
    "token-unique-per-page",
    "keep-arguments",
    "end-token-null",
    "token-expires",
    "invalid-token-rejected",
)
# Words that stand for the member a sentence is written under.
SPEAKS_OF_ITSELF = frozenset(
    {"token", "it", "this", "value", "field", "parameter", "string", "element", "marker"}
)
