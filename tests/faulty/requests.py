"""Requests that are accepted against the contract, or rejected against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from awsconform.conformance.emulator.message import Incoming
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.conformance.emulator.service import Value
from awsconform.conformance.running import RunOptions
from awsconform.conformance.selecting import judged_clauses
from awsconform.specs.clauses import OF_STATE, Clause
from awsconform.specs.contract import Contract
from awsconform.specs.validation import Failure
from faulty.breaking import Lax, overlooking, parsed, rejecting, rejecting_bodies
from faulty.fault import CONTRACTS, Fault
from faulty.places import found

CREATE_FARM = "deadline.CreateFarm"
CREATE_SCHEDULER = "lookoutequipment.CreateInferenceScheduler"
START = "deadline.StartSessionsStatisticsAggregation"

# By which keywords of the validator a clause's violation is seen.
SEEN_AS = {"union": ("minProperties", "maxProperties"), "type": ("type", "format")}
ON_THE_WHOLE = ("malformed", "unknown-member", "accepted", *OF_STATE)


def faults() -> Iterator[Fault]:
    once: set[tuple[str, str]] = set()
    for contract in CONTRACTS.values():
        yield from _not_enforced(contract)
        yield from _too_strict(contract, once)
    yield from _enforced_by_half()
    yield from _bodies()


def _not_enforced(contract: Contract) -> Iterator[Fault]:
    """The first place of every keyword: the keyword does not hold there."""
    once: set[str] = set()
    for clause in judged_clauses(contract, RunOptions()):
        taken = clause.apart or clause.kind in once or clause.kind in ON_THE_WHOLE
        if clause.part != "request" or taken or clause.kind.endswith(".accepted"):
            continue
        once.add(clause.kind)
        keywords = SEEN_AS.get(clause.kind, (clause.kind,))

        def overlooks(
            failure: Failure, request: Value, clause: Clause = clause, keywords: Any = keywords
        ) -> bool:
            return failure.path == clause.path and failure.keyword in keywords

        yield Fault(
            contract.id,
            f"request/{'/'.join(clause.path)} is not held to its {clause.kind}",
            overlooking(contract.id, overlooks),
            (_relative(clause),),
            _also_of_limits(contract, clause),
            "accepted",
        )


def _too_strict(contract: Contract, once: set[tuple[str, str]]) -> Iterator[Fault]:
    """The first place in a service of every kind of acceptance: what brings it up is rejected."""
    tokens = contract.pagination.input_token if contract.pagination else ()
    for clause in judged_clauses(contract, RunOptions()):
        skipped = clause.part != "request" or clause.apart or clause.path[:1] == tokens
        if skipped or (contract.service, clause.kind) in once or not clause.path:
            continue
        if clause.kind.endswith("accepted"):
            once.add((contract.service, clause.kind))
            yield _rejected(contract, clause)


def _rejected(contract: Contract, clause: Clause) -> Fault:
    kind, bound = clause.kind.removesuffix(".accepted"), clause.facts.get("value")

    def rejects(request: Value) -> bool:
        return any(_is_the_one(each, kind, bound) for each in found(request, clause.path))

    wrong = "is rejected" if kind == "accepted" else f"is rejected at its {kind}"
    # Requests made for other clauses may hold the value too, and pages may be of the size.
    also = ("request/*accepted", "request#accepted", "request#unknown-member")
    return Fault(
        contract.id,
        f"request/{'/'.join(clause.path)} {wrong}",
        rejecting(contract.id, rejects),
        (_relative(clause),),
        (*also, "pagination/*#page-size-may-change"),
        "rejected",
    )


def _is_the_one(value: Any, kind: str, bound: Any) -> bool:
    match kind:
        case "enum":
            return bool(value == bound[-1])
        case "union":
            return bound[-1] in value
        case "minimum" | "maximum":
            return bool(value == bound)
        case "accepted":
            return True
    return len(value) == bound


def _enforced_by_half() -> Iterator[Fault]:
    """Keywords that are enforced, but not quite."""
    farm = CONTRACTS[CREATE_FARM]
    for kind, bound in (("minimum", -1), ("maximum", 101)):
        yield _overlooked(
            CREATE_FARM, f"costScaleFactor#{kind}", f"may be {bound}", lambda v, b=bound: v == b
        )
    longest = farm.place("request", ("displayName",)).schema["maxLength"]
    yield _overlooked(
        CREATE_FARM, "displayName#maxLength", f"may have {longest + 1} characters",
        lambda value: len(value) == longest + 1,
    )  # fmt: skip
    for path in ("period", "groupBy/*", "statistics/*"):
        yield _overlooked(START, f"{path}#enum", "may be in small letters", str.islower)
        yield _overlooked(START, f"{path}#enum", "may be empty", lambda value: value == "")
        yield _overlooked(START, f"{path}#enum", "may be any word", str.isupper)
    yield _overlooked(START, "groupBy#maxItems", "may be three", lambda value: len(value) == 3)
    yield _overlooked(START, "resourceIds#union", "may be empty", lambda value: not value)
    yield _overlooked(START, "resourceIds#union", "may be two", lambda value: len(value) == 2)
    yield _overlooked(START, "startTime#type", "may be true", lambda v: v in (True, False))
    yield _overlooked(START, "startTime#type", "may be any text", lambda v: isinstance(v, str))
    yield _overlooked(CREATE_FARM, "displayName#type", "may be a number", _is_number)
    yield _overlooked(CREATE_FARM, "displayName#type", "may be true", lambda v: v in (True, False))
    yield _overlooked(CREATE_FARM, "tags#type", "may be a list", lambda v: isinstance(v, list))
    yield _overlooked(CREATE_FARM, "tags/@value#type", "may be a number", _is_number)
    yield _overlooked(
        CREATE_SCHEDULER, "DataDelayOffsetInMinutes#type", "may be a fraction",
        lambda value: isinstance(value, float),
    )  # fmt: skip
    for operation, member in ((CREATE_FARM, "displayName"), (CREATE_SCHEDULER, "ModelName")):
        yield _half_required(operation, member, null=True)
        yield _half_required(operation, member, null=False)


def _overlooked(operation: str, clause: str, wrong: str, overlooked: Any) -> Fault:
    path, _, kind = clause.partition("#")
    keywords, segments = SEEN_AS.get(kind, (kind,)), tuple(path.split("/"))

    def overlooks(failure: Failure, request: Value) -> bool:
        if failure.path != segments or failure.keyword not in keywords:
            return False
        value: Any = request
        for segment in failure.pointer:
            value = value[segment]
        return bool(overlooked(value))

    build = overlooking(operation, overlooks)
    return Fault(
        operation, f"request/{path} {wrong}", build, (f"request/{clause}",), (), "accepted"
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _half_required(operation: str, member: str, *, null: bool) -> Fault:
    """A required member may be null, or may be left out, but not both."""

    class HalfRequired(Lax):
        def decode(
            self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
        ) -> tuple[Value, list[Failure]]:
            body = parsed(incoming.body or b"")
            self.is_null = isinstance(body, dict) and member in body and body[member] is None
            return super().decode(contract, incoming, labels)

        def overlooks(self, failure: Failure, request: Value) -> bool:
            left_out = failure.path == (member,) and failure.keyword == "required"
            return left_out and self.is_null == null

    HalfRequired.operation = operation
    wrong = "may be null" if null else "may be left out, but not null"
    return Fault(
        operation,
        f"request/{member} {wrong}",
        HalfRequired,
        (f"request/{member}#required",),
        (),
        "accepted",
    )


def _bodies() -> Iterator[Fault]:
    """What is wrong about bodies as a whole."""
    for operation in (CREATE_FARM, CREATE_SCHEDULER, "sagemaker-edge.GetDeployments"):
        known = {place.path[0] for place in CONTRACTS[operation].places("request")[1:]}
        yield Fault(
            operation,
            "an unknown member is rejected",
            rejecting_bodies(operation, lambda body, known=known: bool(set(body) - known)),
            ("request#unknown-member",),
            (),
            "rejected",
        )
        yield Fault(
            operation,
            "a malformed body is taken for a good one",
            _reading_anything(operation),
            ("request#malformed",),
            (),
            "accepted",
        )
    yield Fault(
        CREATE_FARM,
        "a small request is rejected",
        rejecting(CREATE_FARM, lambda request: len(request) == 1),
        ("request#accepted",),
        ("request/displayName#*accepted", "request#unknown-member"),
        "rejected",
    )


def _reading_anything(operation: str) -> Any:
    class ReadingAnything(Lax):
        def decode(
            self, contract: Contract, incoming: Incoming, labels: Mapping[str, str]
        ) -> tuple[Value, list[Failure]]:
            try:
                request, misread = super().decode(contract, incoming, labels)
            except Refusal:
                self.overlooked = True
                return {}, []
            return request, misread

        def overlooks(self, failure: Failure, request: Value) -> bool:
            return not request

        def validate(self, contract: Contract, request: Value) -> list[Failure]:
            return [] if self.overlooked else super(Lax, self).validate(contract, request)

    ReadingAnything.operation = operation
    return ReadingAnything


def _relative(clause: Clause) -> str:
    return clause.id.removeprefix(f"{clause.operation}/")


def _also_of_limits(contract: Contract, clause: Clause) -> tuple[str, ...]:
    """A page size beyond its range is judged as a rule of pagination too."""
    pages = contract.pagination
    if pages is None or clause.path != (pages.limit,) or clause.kind not in ("minimum", "maximum"):
        return ()
    return (f"pagination/{pages.limit}#out-of-range-rejected",)
