"""Which check judges a clause."""

from __future__ import annotations

from collections.abc import Callable

from awsconform.conformance.checks import (
    behaviour,
    errors,
    page_tokens,
    pagination,
    requests,
    responses,
    sdk_paginator,
    state,
    unknown_operations,
    wire,
)
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.specs.clauses import Clause

Check = Callable[[Clause, Evidence], Outcome]

STATE: dict[str, Check] = {
    "rejected-changes-nothing": state.rejected_changes_nothing,
    "keeps-reads": state.keeps_reads,
    "deleted-is-gone": state.deleted_is_gone,
}
ERRORS: dict[str, Check] = {
    "no-server-fault": errors.no_server_fault,
    "status": errors.status,
    "discriminator": errors.discriminator,
    "discriminator-place": errors.discriminator,
    "code": errors.code,
    "unknown-operation": unknown_operations.unknown_operation,
}
PAGINATION: dict[str, Check] = {
    "limit-respected": pagination.limit_respected,
    "out-of-range-rejected": pagination.out_of_range_rejected,
    "page-size-may-change": pagination.page_size_may_change,
    "accepted": pagination.accepted,
    "terminates": pagination.terminates,
    "complete": pagination.complete,
    "string": page_tokens.string,
    "unique": page_tokens.unique,
    "end": page_tokens.end,
    "invalid-rejected": page_tokens.invalid_rejected,
    "implies-token": page_tokens.implies_token,
    "paginator": sdk_paginator.paginator,
    "expires": page_tokens.expires,
}
BEHAVIOUR: dict[str, Check] = {
    "requires-call": behaviour.requires_call,
    "same-argument": behaviour.same_argument,
    "available-for": behaviour.available_for,
    "error-while": behaviour.error_while,
    "documented-values": behaviour.documented_values,
}
SHAPES: dict[str, Check] = {
    "required": responses.required,
    "members": responses.known_members,
    "timestamp": responses.wire_form,
    "blob": responses.wire_form,
}


def check_for(clause: Clause) -> Check:
    """The check of a clause's family and kind."""
    if clause.part == "request":
        if clause.kind in STATE:
            return STATE[clause.kind]
        tolerated = clause.kind.endswith("accepted") or clause.kind == "unknown-member"
        return requests.accepted if tolerated else requests.rejected
    if clause.part == "wire":
        return wire.wire
    if clause.part == "pagination":
        return PAGINATION[clause.kind]
    if clause.part == "behaviour":
        return BEHAVIOUR[clause.kind]
    if clause.part == "errors" and len(clause.path) < 2:
        return ERRORS[clause.kind]
    return SHAPES.get(clause.kind, responses.keyword)


def judge(clause: Clause, evidence: Evidence) -> Outcome:
    """The outcome of one clause; a check that fails itself is the outcome `error`."""
    try:
        return check_for(clause)(clause, evidence)
    except Exception as error:  # a bug of the suite must not hide the other outcomes
        return Outcome(clause, Verdict.ERROR, f"the check failed: {type(error).__name__}: {error}")
