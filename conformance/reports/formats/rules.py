"""The kinds of clauses in general words: what a finding of each kind is about, and how grave.

Statements of clauses name members and values; these name none, so they are the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from awsconform.conformance.reports.statement import (
    NO_REJECTION,
    NO_SUCCESS,
    REJECTION,
    SILENCE,
    SUCCESS,
)

_ANY_ANSWER = "One answer in which it does not hold is a finding."
_REFUSED = f"Wanted is {REJECTION}; {NO_REJECTION} is a finding. {SILENCE}"
_TAKEN = f"Wanted is {SUCCESS}; {NO_SUCCESS} is a finding. {SILENCE}"
_WALKS = "Lists are walked over all their pages, with several page sizes, over items made for it."


@dataclass(frozen=True)
class Rule:
    """A kind of clause. `id` is `part#kind`; `level` the strongest that a clause of it has."""

    id: str
    level: str
    sentence: str
    judged: str

    @property
    def part(self) -> str:
        """The family of its clauses."""
        return self.id.partition("#")[0]


_BREACHES = {
    "required": "is missing or null",
    "type": "is of another type than documented",
    "enum": "is none of the documented values",
    "minLength": "is shorter than documented",
    "maxLength": "is longer than documented",
    "minimum": "is less than documented",
    "maximum": "is greater than documented",
    "minItems": "has fewer items than documented",
    "maxItems": "has more items than documented",
    "minProperties": "has fewer entries than documented",
    "maxProperties": "has more entries than documented",
    "pattern": "does not match the documented pattern",
    "union": "is a union with none or several of its members",
}
_EDGES = {
    "enum": "is any of the documented values",
    "minLength": "is as short as documented",
    "maxLength": "is as long as documented",
    "minimum": "is as small as documented",
    "maximum": "is as great as documented",
    "minItems": "has as few items as documented",
    "maxItems": "has as many items as documented",
    "minProperties": "has as few entries as documented",
    "maxProperties": "has as many entries as documented",
    "union": "is a union with just one of its members",
}
_REQUESTS = {
    "accepted": ("MUST", "A valid request is accepted.", _TAKEN),
    "malformed": ("MUST", "A request whose body is not well-formed is rejected.", _REFUSED),
    "unknown-member": (
        "MUST",
        "A request with a member no document names is accepted, as AWS does.",
        _TAKEN,
    ),
    "rejected-changes-nothing": (
        "MUST",
        "A rejected request changes nothing.",
        "What the operation could change is read before and after rejected requests.",
    ),
    "keeps-reads": (
        "MUST",
        "An accepted write does not break later reads.",
        "What worked before an accepted write is read again after it.",
    ),
    "deleted-is-gone": (
        "SHOULD",
        "What was deleted is no longer found.",
        "What was found before an accepted deletion is looked for after it.",
    ),
}
_VALUES = {
    "required": ("MUST", "a required member is there and not null"),
    "type": ("MUST", "a member is of its documented type"),
    "enum": ("MUST", "a member is one of its documented values"),
    "minLength": ("SHOULD", "a member is no shorter than documented"),
    "maxLength": ("SHOULD", "a member is no longer than documented"),
    "minimum": ("SHOULD", "a member is no less than documented"),
    "maximum": ("SHOULD", "a member is no greater than documented"),
    "minItems": ("SHOULD", "a member has no fewer items than documented"),
    "maxItems": ("SHOULD", "a member has no more items than documented"),
    "minProperties": ("SHOULD", "a member has no fewer entries than documented"),
    "maxProperties": ("SHOULD", "a member has no more entries than documented"),
    "pattern": ("SHOULD", "a member matches its documented pattern"),
    "union": ("SHOULD", "a union has exactly one of its members"),
    "timestamp": ("MUST", "a timestamp has the form its protocol writes it in"),
    "blob": ("MUST", "a blob has the form its protocol writes it in"),
    "members": ("SHOULD", "there is no member the documents do not name"),
}
_ERRORS = {
    "no-server-fault": ("MUST", "No request, valid or not, leads to a server fault."),
    "status": ("MUST", "An error comes with the HTTP status its shape states."),
    "discriminator": ("MUST", "An error names its type."),
    "discriminator-place": ("SHOULD", "An error names its type where the protocol wants it."),
    "code": (
        "MUST",
        "An error's code is one the operation declares, or one every operation may answer.",
    ),
    "unknown-operation": (
        "MUST",
        "An operation that does not exist is refused as the client's mistake.",
    ),
}
_WIRE = {
    "status": ("MUST", "A success has the HTTP status the operation states."),
    "content-type": ("MUST", "An answer with a body has the protocol's content type."),
    "request-id": ("SHOULD", "An answer carries a request id."),
    "json": ("MUST", "A body is one well-formed JSON object."),
    "xml": (
        "MUST",
        "A body is one well-formed XML document, with the elements the protocol has.",
    ),
    "cbor": ("MUST", "A body is one well-formed CBOR map, with the types the protocol has."),
    "protocol-header": ("MUST", "An answer names the protocol in the header smithy-protocol."),
    "eventstream": (
        "MUST",
        "A stream of events is a sequence of whole messages, each of a documented kind.",
    ),
}
_PAGINATION = {
    "paginator": ("MUST", "The SDK's own paginator yields everything the pages hold."),
    "implies-token": (
        "MUST",
        "A page has a token just where the answer says that more results exist.",
    ),
    "limit-respected": ("MUST", "A page has no more items than the request asks for."),
    "out-of-range-rejected": (
        "MUST",
        "A page size below its minimum or above its maximum is rejected.",
    ),
    "page-size-may-change": ("MUST", "The page size may change from page to page of one walk."),
    "accepted": ("MUST", "A token the target gave is accepted."),
    "terminates": ("MUST", "A walk comes to its last page."),
    "complete": ("MUST", "A walk returns every item once."),
    "string": ("MUST", "A token is a string."),
    "unique": ("MUST", "Each page has a token of its own."),
    "end": ("MUST", "The last page has no token."),
    "invalid-rejected": ("MUST", "A made-up token is refused with a client error."),
    "expires": ("MUST", "A token is no longer good after its documented time."),
}
_BEHAVIOUR = {
    "requires-call": ("MUST", "An operation needs an earlier call of another one."),
    "available-for": ("MUST", "What another operation made can be had for its documented time."),
    "error-while": ("MUST", "An operation fails while another one is under way."),
    "documented-values": ("MUST", "A member has documented values only, in every state."),
    "same-argument": (
        "SHOULD",
        "A member has to have the value that another operation was given.",
    ),
}


def rules() -> tuple[Rule, ...]:
    """Every kind, always in the same order."""
    requests = [
        *(
            Rule(
                f"request#{kind}",
                "MUST",
                f"A request in which a member {breach} is rejected.",
                _REFUSED,
            )
            for kind, breach in _BREACHES.items()
        ),
        *(
            Rule(
                f"request#{kind}.accepted",
                "MUST",
                f"A request in which a member {edge} is accepted.",
                _TAKEN,
            )
            for kind, edge in _EDGES.items()
        ),
        *(Rule(f"request#{kind}", *told) for kind, told in _REQUESTS.items()),
    ]
    values = [
        Rule(f"{part}#{kind}", level, f"In {where}, {says}.", _ANY_ANSWER)
        for part, where in (("response", "a response"), ("errors", "an error"))
        for kind, (level, says) in _VALUES.items()
    ]
    others = [
        Rule(f"{part}#{kind}", level, sentence, judged)
        for part, told, judged in (
            ("errors", _ERRORS, _ANY_ANSWER),
            ("wire", _WIRE, _ANY_ANSWER),
            ("pagination", _PAGINATION, _WALKS),
            ("behaviour", _BEHAVIOUR, "The operations are called in turn, as the documents say."),
        )
        for kind, (level, sentence) in told.items()
    ]
    return (*requests, *values, *others)


def unnamed_rule(clause: dict[str, Any]) -> Rule:
    """The rule of a clause whose kind is not known here, as a later version may have some."""
    name = f"{clause['part']}#{clause['kind']}"
    return Rule(name, clause["level"], f"Clauses of the kind {name} hold.", _ANY_ANSWER)
