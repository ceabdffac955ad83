"""The clauses of a contract: one testable statement each, with a permanent id.

deadline.GetSessionsStatisticsAggregation/response/statistics/*/usageType#enum
└─ operation ───────────────────────────┘ └─ part and path ────────────┘ └ kind
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from awsconform.specs.contract import Contract, Place, SegmentPath
from awsconform.specs.effects import deletes, only_reads
from awsconform.specs.paging import is_opaque, limits_items
from awsconform.specs.paths import has_other_paths
from awsconform.specs.protocols import CBOR
from awsconform.specs.streams import stream_member

BOUNDS = (
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
)
PROTOCOL = ("protocol",)
INFERRED = ("inferred",)
# The flags beside which a token says that there are more pages, and nothing else.
_FLAGS = ("IsTruncated", "Truncated", "HasMoreStreams")
# Clauses of requests on what they leave behind: no single request keeps or breaks them.
OF_STATE = frozenset(("rejected-changes-nothing", "keeps-reads", "deleted-is-gone"))
NOT_PROVOKED = {
    "server": "a client cannot bring about a server fault that nobody documents",
    "denied": "no document says how to bring about a denial",
    "throttled": "no document says how to bring about throttling",
    "quota": "no document says how to reach the quota",
}


# What is wrong with answers as a whole, apart from status, content type and request id.
WIRE_KINDS = {
    "json": ("json",),
    "rest-json": ("json",),
    "query": ("xml",),
    "ec2": ("xml",),
    "rest-xml": ("xml",),
    "rpc-v2-cbor": ("cbor", "protocol-header"),
}


class Level(StrEnum):
    """How binding a clause is (RFC 2119)."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"


@dataclass(frozen=True)
class Clause:
    """One testable statement of a contract.

    `operation` is `service.Operation`; `part` is request, response, errors, wire, pagination,
    behaviour; `kind` what is stated there; `facts` the stated values; `sources` who states it;
    `apart` why no client can bring the clause up, or None.
    """

    operation: str
    part: str
    path: SegmentPath
    kind: str
    level: Level
    sources: tuple[str, ...] = PROTOCOL
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False)
    apart: str | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """The permanent id."""
        return f"{self.operation}/{'/'.join((self.part, *self.path))}#{self.kind}"

    def __str__(self) -> str:
        return self.id


def clauses(contract: Contract) -> list[Clause]:
    """Every clause of a contract, in an order that never changes for the same contract."""
    return [
        *_request(contract),
        *_response(contract),
        *_errors(contract),
        *_wire(contract),
        *_pagination(contract),
        *_behaviour(contract),
    ]


def stated_keywords(place: Place) -> Iterator[tuple[str, Any]]:
    """The keywords that constrain a place, with their values; a union's two are one: `union`."""
    schema = place.schema
    if "enum" in schema:
        yield "enum", schema["enum"]
    union = place.aws.get("union")
    if union:
        yield "union", list(schema.get("properties", {}))
    for keyword in BOUNDS:
        trivial = keyword in ("minLength", "minItems", "minProperties") and not schema.get(keyword)
        if keyword in schema and not union and not trivial:
            yield keyword, schema[keyword]
    if "pattern" in schema:
        yield "pattern", schema["pattern"]


def _sources(place: Place, keyword: str) -> tuple[str, ...]:
    sources = place.schema.get("sources", {}).get(keyword, ["model"])
    if isinstance(sources, dict):
        return tuple(dict.fromkeys(source for each in sources.values() for source in each))
    return tuple(sources)


def _required_sources(place: Place) -> tuple[str, ...]:
    assert place.parent is not None
    stated = place.parent.schema.get("sources", {}).get("required", {})
    return tuple(stated.get(place.path[-1], ["model"]))


def _keyword_source(place: Place, kind: str) -> tuple[str, ...]:
    return _sources(place, {"union": "maxProperties"}.get(kind, kind))


def _request(contract: Contract) -> Iterator[Clause]:
    def clause(path: SegmentPath, kind: str, **more: Any) -> Clause:
        return Clause(contract.id, "request", path, kind, more.pop("level", Level.MUST), **more)

    yield clause((), "accepted")
    for place in contract.places("request")[1:]:
        if place.required:
            yield clause(place.path, "required", sources=_required_sources(place))
        elif place.is_member():
            yield clause(place.path, "accepted", sources=_sources(place, "type"))
        if place.kind != "document":
            yield clause(place.path, "type", sources=_sources(place, "type"))
        for kind, value in stated_keywords(place):
            sources, facts = _keyword_source(place, kind), {"value": value}
            yield clause(place.path, kind, sources=sources, facts=facts)
            if kind != "pattern":
                yield clause(place.path, f"{kind}.accepted", sources=sources, facts=facts)
    yield clause((), "malformed")
    yield clause((), "unknown-member")
    yield clause((), "rejected-changes-nothing")
    if not only_reads(contract):
        yield clause((), "keeps-reads")
    if deletes(contract):
        yield clause((), "deleted-is-gone", level=Level.SHOULD)


def _response(contract: Contract) -> Iterator[Clause]:
    for place in contract.places("response"):
        if _is_stream(place):
            continue
        if place.aws.get("event"):
            # Some models require a kind of event; no event can be more than one.
            place = replace(place, required=False)
        yield from _shape_clauses(contract, "response", place)
        if place.kind == "structure":
            yield Clause(contract.id, "response", place.path, "members", Level.SHOULD)


def _is_stream(place: Place) -> bool:
    """Whether a place is, or lies in, something that is not read as a value.

    That is a stream of bytes, a stream of events itself, and in one the exceptions, which are
    answers of their own; events are read.
    """
    if place.aws.get("eventstream"):
        return True
    here: Place | None = place
    while here is not None:
        around = here.parent
        if here.aws.get("streaming"):
            return True
        if around is not None and around.aws.get("eventstream") and not here.aws.get("event"):
            return True
        here = around
    return False


def _shape_clauses(
    contract: Contract, part: str, place: Place, apart: str | None = None
) -> Iterator[Clause]:
    """What holds of a place in something the target sends."""

    def clause(kind: str, level: Level, sources: tuple[str, ...], **facts: Any) -> Clause:
        prefix = () if part == "response" else (part,)
        family = "response" if part == "response" else "errors"
        return Clause(
            contract.id, family, (*prefix, *place.path), kind, level, sources, facts, apart
        )

    if not place.path:
        return
    if place.required:
        yield clause("required", Level.MUST, _required_sources(place))
    if place.kind != "document":
        yield clause("type", Level.MUST, _sources(place, "type"), value=place.kind)
    if place.kind in ("timestamp", "blob"):
        blob = "a byte string" if contract.protocol in CBOR else "base64"
        form = place.aws.get("timestampFormat", blob)
        yield clause(place.kind, Level.MUST, PROTOCOL, value=form)
    for kind, value in stated_keywords(place):
        level = Level.MUST if kind == "enum" else Level.SHOULD
        yield clause(kind, level, _keyword_source(place, kind), value=value)


def _errors(contract: Contract) -> Iterator[Clause]:
    for kind in ("no-server-fault", "status", "discriminator", "code"):
        yield Clause(contract.id, "errors", (), kind, Level.MUST)
    yield Clause(contract.id, "errors", (), "discriminator-place", Level.SHOULD)
    if has_other_paths(contract):
        yield Clause(contract.id, "errors", (), "unknown-operation", Level.MUST)
    brought_about = {
        rule["code"]
        for rule in contract.rules("error-while")
        if rule["operation"] == contract.operation
    }
    for code, error in contract.errors.items():
        apart = None if code in brought_about else _apart(code, error.fault)
        yield Clause(contract.id, "errors", (code,), "status", Level.MUST, error.sources,
                     {"value": error.status}, apart)  # fmt: skip
        for place in contract.places(code):
            yield from _shape_clauses(contract, code, place, apart)


def _apart(code: str, fault: str) -> str | None:
    if fault == "server":
        return NOT_PROVOKED["server"]
    if "AccessDenied" in code:
        return NOT_PROVOKED["denied"]
    if "Throttl" in code or "TooManyRequests" in code:
        return NOT_PROVOKED["throttled"]
    if "Quota" in code or "LimitExceeded" in code:
        return NOT_PROVOKED["quota"]
    return None


def _wire(contract: Contract) -> Iterator[Clause]:
    streams = stream_member(contract, contract.output_shape) is not None
    kinds = (*WIRE_KINDS[contract.protocol], *(("eventstream",) if streams else ()))
    for kind in ("status", "content-type", *kinds):
        yield Clause(contract.id, "wire", (), kind, Level.MUST)
    yield Clause(contract.id, "wire", (), "request-id", Level.SHOULD)


def _pagination(contract: Contract) -> Iterator[Clause]:
    pages = contract.pagination
    if pages is None:
        return
    stated = tuple(contract.aws["pagination"]["sources"])
    # What only looks like pages binds less.
    usual = Level.SHOULD if stated == INFERRED else Level.MUST
    if pages.limit:
        kinds = ("limit-respected", "out-of-range-rejected", "page-size-may-change")
        for kind in kinds if limits_items(contract) else kinds[1:]:
            yield Clause(contract.id, "pagination", (pages.limit,), kind, usual, stated)
    token = pages.output_token[0]

    def clause(kind: str, rule: str | None = None) -> Clause:
        rules = [each for each in contract.rules(rule or "") if _of_token(each, token)]
        sources = tuple(rules[0].get("sources", ["page"])) if rules else stated
        level = Level.MUST if rules else usual if rule is None else Level.SHOULD
        facts = rules[0] if rules else {}
        return Clause(contract.id, "pagination", (token,), kind, level, sources, facts)

    for kind in ("accepted", "terminates", "complete"):
        yield clause(kind)
    yield clause("end", "end-token-null")
    sent = contract.place("request", (pages.input_token[0],))
    if sent is not None and sent.kind == "string":
        # Some tokens are keys, with members: DynamoDB's LastEvaluatedKey.
        yield clause("string")
        yield clause("invalid-rejected", "invalid-token-rejected")
    for kind, rule in (("unique", "token-unique-per-page"), ("expires", "token-expires")):
        if any(_of_token(each, token) for each in contract.rules(rule)):
            yield clause(kind, rule)
    if pages.more_results:
        # A name to go on after may be there on any page; so may the token of a log's end.
        both = {"both": is_opaque(contract) and pages.more_results.endswith(_FLAGS)}
        flag = (pages.more_results,)
        yield Clause(contract.id, "pagination", flag, "implies-token", usual, stated, both)
    if pages.result and stated != INFERRED:
        yield Clause(contract.id, "pagination", (), "paginator", usual, stated)


def _of_token(rule: Mapping[str, Any], token: str) -> bool:
    """Whether a rule is on the tokens a page gives; some are on expired ones alone."""
    return rule["member"] == token and "when" not in rule


def _behaviour(contract: Contract) -> Iterator[Clause]:
    for rule in contract.aws.get("rules", []):
        sources = tuple(rule.get("sources", ["page"]))
        if rule["rule"] in ("requires-call", "error-while"):
            path, level = (rule["operation"],), Level.MUST
        elif rule["rule"] == "available-for":
            path, level = (rule["after"],), Level.MUST
        elif rule["rule"] == "same-argument":
            path, level = (rule["member"],), Level.SHOULD
        else:
            continue
        yield Clause(contract.id, "behaviour", path, rule["rule"], level, sources, rule)
        if rule["rule"] == "error-while":
            member = (rule["member"],)
            yield Clause(
                contract.id, "behaviour", member, "documented-values", Level.MUST, sources, rule
            )
