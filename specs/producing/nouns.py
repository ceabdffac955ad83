"""What an operation, or a structure of a response, is about: its noun."""

from __future__ import annotations

from awsconform.specs.producing.service_model import OperationModel

# What a structure is called beyond its noun: KeyMetadata, TableDescription.
_DECORATION = frozenset(
    (
        *("metadata", "description", "descriptions", "detail", "details", "summary", "summaries"),
        *("info", "information", "response", "result", "output", "object", "item", "entry", "list"),
        *("data", "model", "properties", "overview", "listing", "record", "type", "set", "member"),
        *("input", "config", "configuration", "definition", "request", "spec", "specification"),
    )
)
# Operations that relate two things name both; neither is what they make.
RELATING = frozenset(("attach", "associate", "add", "link", "grant", "assign", "share", "join"))
_UNRELATING = {
    "detach": "attached",
    "disassociate": "associated",
    "dissociate": "associated",
    "attach": "attached",
    "associate": "associated",
}
_BOTH = RELATING | {"remove", "unlink", "revoke", "unassign", "unshare", *_UNRELATING}


def noun_of(operation: OperationModel) -> tuple[str, ...]:
    """What an operation makes or removes, by its name; both nouns of AddUserToGroup.

    An attached policy is not the same thing as a policy.
    """
    done = operation.action
    noun = done.whole if done.verb in _BOTH else done.noun
    related = _UNRELATING.get(done.verb)
    return (related, *noun) if related else noun


def undecorated(noun: tuple[str, ...]) -> tuple[str, ...]:
    """A noun without what structures are called beyond it."""
    while len(noun) > 1 and noun[-1] in _DECORATION:
        noun = noun[:-1]
    return noun
