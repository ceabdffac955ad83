"""What an operation does, by the first word of its name."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from awsconform.specs.producing.words import key, words


class Role(enum.Enum):
    """What an operation does to the thing it is named after."""

    CREATE = "creates"
    DELETE = "deletes"
    READ = "reads"
    LIST = "lists"
    END = "ends"
    CHANGE = "changes"


# The verbs of operations that make something; of two for one noun the first does it most plainly.
MAKING = (
    *("create", "register", "allocate", "run", "put", "request", "import", "provision", "start"),
    *("open", "launch", "issue", "define", "submit", "initiate", "add", "subscribe", "attach"),
    *("associate", "authorize", "grant", "link", "publish", "upload", "purchase", "reserve"),
    *("activate", "connect", "generate", "build", "send", "begin", "schedule", "invite", "claim"),
    *("join", "share", "post", "enroll", "assign", "restore", "copy", "replicate", "clone"),
    *("export", "execute", "bundle", "invoke", "sign"),
)
# What these make may have no identifier of its own: a bucket's policy, a table's item.
SETTING = frozenset(
    (
        *("put", "create", "attach", "associate", "add", "register", "authorize", "grant"),
        *("assign", "set", "update", "modify"),
    )
)
# The verbs of operations that remove something, the plainest first.
DELETING = (
    *("delete", "terminate", "deregister", "unregister", "release", "remove", "unsubscribe"),
    *("revoke", "disassociate", "dissociate", "detach", "cancel", "deprovision", "unlink"),
    *("unassign", "unshare", "destroy", "close", "purge", "abort", "stop"),
)
# What an operation of these verbs was done to cannot be done to it again.
_ENDING = frozenset(
    ("complete", "accept", "reject", "approve", "decline", "retire", "commit", "end")
)
_LISTING = frozenset(("list", "search", "query", "scan", "lookup", "filter"))
_READING = frozenset(
    (
        *("get", "describe", "head", "retrieve", "view", "read", "download", "preview", "count"),
        *("check", "validate", "evaluate", "discover", "detect", "select", "estimate", "verify"),
        *("compare", "is", "contains", "simulate", "render", "batchget", "poll", "receive"),
    )
)
# Verbs of two words, and words before the verb that do not change what is done.
_BEFORE = frozenset(("batch", "bulk", "admin", "transact"))
_LINKS = frozenset(
    ("for", "from", "to", "by", "in", "of", "with", "on", "into", "as", "at", "and", "using", "via")
)

# Those that follow a verb, where others begin a noun: InAppTemplate, OnPremisesInstance.
_AFTER_VERBS = frozenset(("for", "from", "to", "with", "as"))


@dataclass(frozen=True)
class Action:
    """An operation's name taken apart: `ListTagsForResource` lists `tags`, beyond is `resource`.

    `noun` are the words up to the first preposition, `beyond` those after it.
    """

    verb: str
    role: Role
    noun: tuple[str, ...]
    beyond: tuple[str, ...]
    many: bool = False

    @property
    def key(self) -> str:
        """The noun as it is compared."""
        return key(self.noun)

    @property
    def whole(self) -> tuple[str, ...]:
        """All words after the verb but the preposition."""
        return (*self.noun, *self.beyond)


def action(operation: str) -> Action:
    """What an operation does, by its name."""
    parts = list(words(operation))
    many = False
    while len(parts) > 2 and parts[0] in _BEFORE:
        many = many or parts[0] != "admin"
        parts.pop(0)
    verb, *rest = parts or [""]
    if verb == "schedule" and rest and rest[-1] == "deletion":
        return Action(verb, Role.DELETE, tuple(rest[:-1]), (), many)
    if verb == "cancel" and rest and rest[-1] == "deletion":
        return Action(verb, Role.CHANGE, tuple(rest[:-1]), (), many)
    cut = next((at for at, word in enumerate(rest) if at and word in _LINKS), len(rest))
    if rest and rest[0] in _AFTER_VERBS:
        cut = 0
    noun, beyond = tuple(rest[:cut]), tuple(rest[cut + 1 :])
    return Action(verb, _role(verb), noun, beyond, many)


def _role(verb: str) -> Role:
    if verb in _LISTING:
        return Role.LIST
    if verb in _READING:
        return Role.READ
    if verb in DELETING:
        return Role.DELETE
    if verb in _ENDING:
        return Role.END
    return Role.CREATE if verb in MAKING else Role.CHANGE
