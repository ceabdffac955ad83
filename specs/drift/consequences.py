"""What each kind of change means for callers and for implementers: the table, as data.

A change is breaking for **callers** where a caller that kept the old contract can now be refused,
can miss what it was promised, or cannot reach the operation any more. It is breaking for
**implementers** where an implementation that kept every clause of the old contract may fail one of
the new: constraints on requests are enforced, so what requests may be matters to them in either
direction. Whatever else changes is **compatible**.

Two rules are AWS's own. Enumerations are open for clients, which have to take values they do not
know, and closed for servers. Constraints are enforced on input, and are advice on output.
"""

from __future__ import annotations

from dataclasses import dataclass

from awsconform.specs.drift.changes import Consequence, Side

_REQUEST = (Side.REQUEST,)
_ANSWER = (Side.RESPONSE, Side.ERROR)
_BODIES = (*_REQUEST, *_ANSWER)
_WHOLE = (Side.OPERATION,)
_NOBODY, _CALLERS, _IMPLEMENTERS, _BOTH = (
    (False, False),
    (True, False),
    (False, True),
    (True, True),
)


@dataclass(frozen=True)
class Row:
    """A kind of change on some sides: its name, words for people, and what follows."""

    kind: str
    sides: tuple[Side, ...]
    words: str
    breaks: tuple[bool, bool]
    reason: str


ROWS: tuple[Row, ...] = (
    Row("enum-value-gained", _REQUEST, "enum value gained", _IMPLEMENTERS,
        "callers need not send it; implementers have to accept it"),
    Row("enum-value-gained", _ANSWER, "enum value gained", _NOBODY,
        "enumerations are open for clients; nobody has to send it"),
    Row("enum-value-lost", _REQUEST, "enum value lost", _BOTH,
        "callers that send it are refused; implementers have to refuse it"),
    Row("enum-value-lost", _ANSWER, "enum value lost", _IMPLEMENTERS,
        "callers never meet it again; implementers that send it send an undocumented value"),
    Row("enum-gained", _REQUEST, "enumeration introduced", _BOTH,
        "other values are refused from now on"),
    Row("enum-gained", _ANSWER, "enumeration introduced", _IMPLEMENTERS,
        "callers met these values before; implementers may send no others"),
    Row("enum-dropped", _REQUEST, "enumeration dropped", _IMPLEMENTERS,
        "callers may send what they sent; implementers have to accept other values"),
    Row("enum-dropped", _ANSWER, "enumeration dropped", _NOBODY,
        "enumerations are open for clients; implementers may send what they sent"),
    Row("required-gained", _REQUEST, "now required", _BOTH,
        "requests without it are refused from now on"),
    Row("required-gained", _ANSWER, "now required", _IMPLEMENTERS,
        "callers may rely on it; implementers have to send it"),
    Row("required-dropped", _REQUEST, "no longer required", _IMPLEMENTERS,
        "callers may go on sending it; implementers have to accept requests without it"),
    Row("required-dropped", _ANSWER, "no longer required", _CALLERS,
        "callers that rely on it may miss it; implementers may go on sending it"),
    Row("bound-widened", _REQUEST, "bound widened", _IMPLEMENTERS,
        "what callers sent still fits; implementers have to accept more"),
    Row("bound-widened", _ANSWER, "bound widened", _NOBODY,
        "constraints are advice on output, and clients do not enforce them"),
    Row("bound-narrowed", _REQUEST, "bound narrowed", _BOTH,
        "values that were valid are refused from now on"),
    Row("bound-narrowed", _ANSWER, "bound narrowed", _NOBODY,
        "constraints are advice on output: leaving them is no violation"),
    Row("pattern-gained", _REQUEST, "pattern introduced", _BOTH,
        "values that do not match it are refused from now on"),
    Row("pattern-gained", _ANSWER, "pattern introduced", _NOBODY,
        "constraints are advice on output: leaving them is no violation"),
    Row("pattern-dropped", _REQUEST, "pattern dropped", _IMPLEMENTERS,
        "what callers sent still fits; implementers have to accept more"),
    Row("pattern-dropped", _ANSWER, "pattern dropped", _NOBODY,
        "constraints are advice on output, and clients do not enforce them"),
    Row("pattern-changed", _REQUEST, "pattern changed", _BOTH,
        "whether the new pattern takes all that the old one took is not decided here"),
    Row("pattern-changed", _ANSWER, "pattern changed", _NOBODY,
        "constraints are advice on output, and clients do not enforce them"),
    Row("member-added", _REQUEST, "optional member added", _IMPLEMENTERS,
        "callers need not send it; implementers have to know it and judge its values"),
    Row("member-added", _ANSWER, "optional member added", _NOBODY,
        "clients ignore members they do not know; nobody has to send it"),
    Row("required-member-added", _REQUEST, "required member added", _BOTH,
        "requests without it are refused from now on"),
    Row("required-member-added", _ANSWER, "required member added", _IMPLEMENTERS,
        "clients ignore members they do not know; implementers have to send it"),
    Row("member-removed", _REQUEST, "optional member removed", _CALLERS,
        "clients refuse to send it, and it has no effect; servers ignore members they do not know"),
    Row("member-removed", _ANSWER, "optional member removed", _BOTH,
        "callers that read it miss it; implementers that send it send an undocumented member"),
    Row("required-member-removed", _REQUEST, "required member removed", _BOTH,
        "clients refuse to send it; implementers that want it refuse requests without it"),
    Row("required-member-removed", _ANSWER, "required member removed", _BOTH,
        "callers that rely on it miss it; implementers that send it send an undocumented member"),
    Row("type-changed", _BODIES, "type changed", _BOTH,
        "neither side reads what the other writes"),
    Row("type-widened", _REQUEST, "type widened", _IMPLEMENTERS,
        "what callers sent still fits; implementers have to accept larger numbers"),
    Row("type-widened", _ANSWER, "type widened", _CALLERS,
        "callers may get numbers their type cannot hold"),
    Row("type-narrowed", _REQUEST, "type narrowed", _BOTH,
        "larger numbers are refused from now on"),
    Row("type-narrowed", _ANSWER, "type narrowed", _IMPLEMENTERS,
        "what callers get still fits; implementers may not send larger numbers"),
    Row("binding-changed", _BODIES, "place or name on the wire changed", _BOTH,
        "each side looks for the member where the other does not put it"),
    Row("timestamp-format-changed", _BODIES, "timestamp format changed", _BOTH,
        "each side writes instants in a form the other does not expect"),
    Row("union-gained", _REQUEST, "now a union", _BOTH,
        "requests with more or fewer than one member are refused from now on"),
    Row("union-gained", _ANSWER, "now a union", _IMPLEMENTERS,
        "callers find at most what they found; implementers have to send exactly one member"),
    Row("union-dropped", _REQUEST, "no longer a union", _IMPLEMENTERS,
        "what callers sent still fits; implementers have to accept several members, or none"),
    Row("union-dropped", _ANSWER, "no longer a union", _CALLERS,
        "callers that expect exactly one member may find several, or none"),
    Row("sparse-gained", _REQUEST, "nulls allowed", _IMPLEMENTERS,
        "callers need not send nulls; implementers have to accept them"),
    Row("sparse-gained", _ANSWER, "nulls allowed", _CALLERS,
        "callers may meet nulls among the items"),
    Row("sparse-dropped", _REQUEST, "nulls forbidden", _BOTH,
        "nulls among the items are refused from now on"),
    Row("sparse-dropped", _ANSWER, "nulls forbidden", _IMPLEMENTERS,
        "callers may rely on items; implementers may send no nulls"),
    Row("idempotency-token-gained", _BODIES, "now an idempotency token", _NOBODY,
        "clients fill it in where it is not given"),
    Row("idempotency-token-lost", _BODIES, "no longer an idempotency token", _CALLERS,
        "clients no longer fill it in, so retries may act twice"),
    Row("stream-changed", _BODIES, "streaming changed", _BOTH,
        "one side sends a stream where the other expects a value"),
    Row("deprecated", (*_BODIES, *_WHOLE), "deprecated", _NOBODY,
        "it works as before, and may be removed"),
    Row("undeprecated", (*_BODIES, *_WHOLE), "no longer deprecated", _NOBODY,
        "it works as before"),
    Row("sensitive-gained", _BODIES, "now sensitive", _NOBODY,
        "values are the same; logs are to hide them"),
    Row("sensitive-lost", _BODIES, "no longer sensitive", _NOBODY,
        "values are the same; logs may show them"),
    Row("service-added", _WHOLE, "service added", _NOBODY,
        "nobody called it, and there was no contract to keep"),
    Row("service-removed", _WHOLE, "service removed", _CALLERS,
        "callers lose it; implementers may go on offering it"),
    Row("operation-added", _WHOLE, "operation added", _NOBODY,
        "nobody called it; to an implementation it is unimplemented, which is no violation"),
    Row("operation-removed", _WHOLE, "operation removed", _CALLERS,
        "callers lose it; implementers may go on offering it"),
    Row("error-added", _WHOLE, "error added", _NOBODY,
        "clients have to take codes they do not know; nobody has to answer with it"),
    Row("error-removed", _WHOLE, "error removed", _IMPLEMENTERS,
        "callers never meet it again; implementers that answer with it use an undeclared code"),
    Row("error-status-changed", _WHOLE, "status of an error changed", _BOTH,
        "callers decide by it whether to retry; implementers have to answer with the new one"),
    Row("error-fault-changed", _WHOLE, "whose fault an error is changed", _BOTH,
        "callers decide by it whether to retry; implementers have to answer accordingly"),
    Row("success-status-changed", _WHOLE, "status of success changed", _IMPLEMENTERS,
        "clients take any 2xx; implementers have to answer with the new one"),
    Row("http-changed", _WHOLE, "HTTP method or path changed", _BOTH,
        "requests in the old form reach another operation, or none"),
    Row("host-prefix-changed", _WHOLE, "host prefix changed", _BOTH,
        "requests in the old form go to another host"),
    Row("endpoint-changed", _WHOLE, "endpoint changed", _BOTH,
        "requests in the old form go to another host"),
    Row("signing-changed", _WHOLE, "signing changed", _BOTH,
        "what is signed in the old way is refused"),
    Row("protocol-changed", _WHOLE, "protocol of new clients changed", _IMPLEMENTERS,
        "the old protocol is still named; new clients come with another one"),
    Row("protocol-replaced", _WHOLE, "protocol replaced", _BOTH,
        "the old protocol is not named any more"),
    Row("protocol-gained", _WHOLE, "protocol gained", _IMPLEMENTERS,
        "callers need not speak it; implementers have to understand it"),
    Row("protocol-lost", _WHOLE, "protocol lost", _CALLERS,
        "callers that speak it are not understood; implementers may go on speaking it"),
    Row("wire-changed", _WHOLE, "protocol detail changed", _BOTH,
        "each side writes messages in a form the other does not expect"),
    Row("pagination-gained", _WHOLE, "pagination declared", _NOBODY,
        "it says how to use members that are there"),
    Row("pagination-dropped", _WHOLE, "pagination no longer declared", _CALLERS,
        "clients offer no paginator any more; members stay as they are"),
    Row("pagination-changed", _WHOLE, "pagination changed", _BOTH,
        "walks look for tokens, limits or items elsewhere"),
    Row("api-version-changed", _WHOLE, "API version changed", _NOBODY,
        "what it changes in operations is reported by itself"),
)  # fmt: skip

_BY_KIND = {(row.kind, side): row for row in ROWS for side in row.sides}


def consequence(kind: str, side: Side) -> Consequence:
    """What a kind of change on a side means."""
    row = _BY_KIND[kind, side]
    return Consequence(*row.breaks, row.reason)


def words(kind: str, side: Side) -> str:
    """A kind of change in words."""
    return _BY_KIND[kind, side].words
