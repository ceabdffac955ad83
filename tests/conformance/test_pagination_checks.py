"""What walked pages say of the pagination clauses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Case, Exchange, Intent, Parsed, Purpose, Trouble, View
from awsconform.conformance.wire.responding import write
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract
from conformance_exchanges import GET, LIST, Story, error, ok

REFUSED = error(LIST, "ValidationException", 400, reason="OTHER")


def farms(*names: str) -> list[dict[str, Any]]:
    return [{"farmId": f"farm-{name * 32}"} for name in names]


def walk(story: Story, name: str, *pages: Any, sizes: Any = None, **facts: Any) -> Story:
    """Pages are (items, token) or an answer; facts of every step are owned data."""
    for number, page in enumerate(pages):
        answer = page
        if isinstance(page, tuple):
            items, token = page
            answer = ok(
                LIST, {"farms": farms(*items), **({} if token is ... else {"nextToken": token})}
            )
        size = sizes[number] if sizes else None
        story.tell(Purpose.PAGE, answer, group=name, **{"owned": True, "size": size, **facts})
    return story


def whole(*items: str) -> Story:
    return walk(Story(LIST), "whole", (items, ...))


TOKEN = "pagination/nextToken#"
LIMIT = "pagination/maxResults#"


def test_a_walk_in_order_conforms_in_everything() -> None:
    story = whole("a", "b", "c")
    walk(story, "limited:2", ("ab", "t1"), ("c", None), sizes=[2, 2])
    walk(story, "changing", ("ab", "t2"), ("c", ...), sizes=[2, 1])
    kinds = [TOKEN + kind for kind in ("accepted", "terminates", "complete", "string", "unique")]
    for clause in (
        *kinds,
        TOKEN + "end",
        LIMIT + "limit-respected",
        LIMIT + "page-size-may-change",
    ):
        assert story.verdict(clause) == "conforms", clause


@pytest.mark.parametrize(
    ("pages", "clause"),
    [
        ([("abc", ...)], LIMIT + "limit-respected"),
        ([("ab", "t"), REFUSED], TOKEN + "accepted"),
        ([("ab", "t"), ("c", "t")], TOKEN + "terminates"),
        ([("ab", "t"), ("c", "t")], TOKEN + "unique"),
        ([("ab", "t"), ("bc", ...)], TOKEN + "complete"),
        ([("ab", "t"), ("d", ...)], TOKEN + "complete"),
        ([("ab", "t"), ("", ...)], TOKEN + "complete"),
        ([("ab", 5), ("c", ...)], TOKEN + "string"),
        ([("ab", "t"), ("c", "")], TOKEN + "end"),
    ],
)
def test_each_fault_is_found_by_its_clause(pages: list[Any], clause: str) -> None:
    story = walk(whole("a", "b", "c"), "limited:2", *pages, sizes=[2] * len(pages))
    assert story.verdict(clause) == "violates"


def test_a_walk_that_never_ends_is_a_violation_on_owned_data_only() -> None:
    endless = [("a", f"t{number}") for number in range(10)]
    owned = walk(Story(LIST), "limited:1", *endless)
    others = walk(Story(LIST), "limited:1", *endless, owned=False)
    assert owned.verdict(TOKEN + "terminates") == "violates"
    assert others.verdict(TOKEN + "terminates") == "inconclusive"


def test_short_and_empty_pages_with_a_token_are_allowed() -> None:
    story = walk(whole("a", "b"), "limited:2", ("", "t1"), ("a", "t2"), ("b", ...), sizes=[2] * 3)
    for kind in ("accepted", "terminates", "complete"):
        assert story.verdict(TOKEN + kind) == "conforms"


def test_fewer_items_than_were_made_are_not_complete() -> None:
    story = walk(Story(LIST), "whole", ("ab", ...), made=3)
    assert story.verdict(TOKEN + "complete") == "violates"


@pytest.mark.parametrize(("status", "verdict"), [("a", "violates"), ("b", "inconclusive")])
def test_items_that_change_on_their_own_may_move_from_page_to_page(
    status: str, verdict: str
) -> None:
    """As executions do that end while their list is walked, which is in the order of their end."""

    def page(*statuses: str) -> Any:
        made = zip(farms("a", "b"), statuses, strict=True)
        return ok(LIST, {"farms": [{**farm, "displayName": each} for farm, each in made]})

    own: Any = {"marks": [[each["farmId"]] for each in farms("a", "b")], "made": 2}
    story = walk(Story(LIST), "whole", page("a", "a"), **own)
    walk(story, "limited:1", ("b", "t"), ("", ...), sizes=[1, 1], **own)
    walk(story, "whole:again", page("a", status), **own)
    assert story.verdict(TOKEN + "complete") == verdict


@pytest.mark.parametrize(
    ("listed", "pages", "size", "verdict"),
    [
        ("a", [("a", ...)], 1, "inconclusive"),
        ("a", [("a", ...)], 1000, "inconclusive"),
        ("abc", [("abc", ...)], 3, "inconclusive"),
        ("abc", [("ab", "t"), ("c", ...)], 2, "conforms"),
        ("ab", [("ab", ...)], 1, "violates"),
        ("", [("", ...)], 1, "inconclusive"),
    ],
)
def test_a_limit_is_respected_only_where_there_is_more_than_it_allows(
    listed: str, pages: list[Any], size: int, verdict: str
) -> None:
    story = walk(whole(*listed), f"limited:{size}", *pages, sizes=[size] * len(pages))
    assert story.verdict(LIMIT + "limit-respected") == verdict


def test_a_page_size_that_must_not_change_is_a_violation() -> None:
    story = walk(whole("a", "b"), "changing", ("a", "t"), REFUSED, sizes=[1, 2])
    assert story.verdict(LIMIT + "page-size-may-change") == "violates"


def test_without_pages_nothing_is_judged() -> None:
    for kind in ("accepted", "terminates", "complete", "string", "end"):
        assert Story(LIST).verdict(TOKEN + kind) == "unexercised"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (error(GET, "ValidationException", 400, reason="OTHER"), "conforms"),
        (error(GET, "ValidationException", 404, reason="OTHER"), "violates"),
        (error(GET, "InvalidParameterException", 400), "violates"),
        (error(GET, "ResourceNotFoundException", 404), "violates"),
        (error(GET, "AccessDeniedException", 403), "inconclusive"),
        (error(GET, "ThrottlingException", 429), "inconclusive"),
        (ok(GET, {"status": "COMPLETED"}), "violates"),
        (ok(GET, b"boom", 500), "violates"),
    ],
)
def test_a_made_up_token_gets_the_documented_status_and_code(answer: Any, verdict: str) -> None:
    clause = TOKEN + "invalid-rejected"
    story = Story(GET).tell(Purpose.VIOLATES, answer, clause, label="made up")
    assert story.verdict(clause) == verdict


def test_an_expired_token_has_to_be_refused() -> None:
    clause = TOKEN + "expires"
    for answer, verdict in (
        (REFUSED, "conforms"),
        (ok(LIST, {"farms": []}), "violates"),
        (error(LIST, "ThrottlingException", 429), "inconclusive"),
    ):
        story = Story(LIST).tell(Purpose.SCENARIO, answer, clause, label="expired")
        assert story.verdict(clause) == verdict


def test_a_limit_out_of_range_is_judged_by_the_violations_of_its_bounds() -> None:
    story = Story(LIST).tell(Purpose.VIOLATES, REFUSED, "request/maxResults#maximum")
    assert story.verdict(LIMIT + "out-of-range-rejected") == "conforms"
    story.tell(Purpose.VIOLATES, ok(LIST, {"farms": []}), "request/maxResults#minimum")
    assert story.verdict(LIMIT + "out-of-range-rejected") == "violates"


def test_a_token_that_comes_back_on_data_of_others_is_no_violation() -> None:
    pages = [("a", "t"), ("a", "t")]
    assert walk(Story(LIST), "whole", *pages).verdict(TOKEN + "terminates") == "violates"
    others = walk(Story(LIST), "whole", *pages, owned=False)
    assert others.verdict(TOKEN + "terminates") == "inconclusive"


def test_what_an_undocumented_made_up_token_gets_counts_on_owned_data_only() -> None:
    schedulers = catalog.load("lookoutequipment", "ListInferenceSchedulers")
    clause = "pagination/NextToken#invalid-rejected"
    for owned, verdict in ((True, "violates"), (False, "inconclusive")):
        story = Story(schedulers)
        story.tell(Purpose.VIOLATES, ok(schedulers, {}), clause, label="made up", owned=owned)
        assert story.verdict(clause) == verdict


def test_the_limit_holds_for_each_list_of_a_page_by_itself() -> None:
    streams = Contract(compile_contract("kinesis", "ListStreams"))
    names = ["a", "b"]
    summaries = [
        {"StreamName": name, "StreamARN": "arn:aws:kinesis:::x", "StreamStatus": "ACTIVE"}
        for name in names
    ]
    page = {"StreamNames": names, "StreamSummaries": summaries, "HasMoreStreams": False}
    story = Story(streams).tell(Purpose.PAGE, ok(streams, page), group="limited:2", size=2)
    longer = {**page, "StreamNames": [*names, "c"]}
    story.tell(Purpose.PAGE, ok(streams, longer), group="whole")
    assert story.verdict("pagination/Limit#limit-respected") == "conforms"
    assert story.verdict("pagination/NextToken#end") == "conforms"


def test_a_token_beside_the_word_that_no_more_is_there_is_no_next_page() -> None:
    keys = Contract(compile_contract("kms", "ListKeys"))
    last = ok(keys, {"Keys": [], "NextMarker": "left over", "Truncated": False})
    story = Story(keys).tell(Purpose.PAGE, last, group="whole", owned=True)
    assert story.verdict("pagination/NextMarker#terminates") == "conforms"


KEYS = Contract(compile_contract("kms", "ListKeys"))
FLAG = "pagination/Truncated#implies-token"
PAGINATOR = "pagination#paginator"


def keys(*pages: tuple[str, dict[str, Any]], name: str = "whole", owned: bool = True) -> Story:
    """A walk over keys; each page is the letters of its keys and what else is on it."""
    story = Story(KEYS)
    for letters, rest in pages:
        body = {"Keys": [{"KeyId": letter * 36} for letter in letters], **rest}
        story.tell(Purpose.PAGE, ok(KEYS, body), group=name, owned=owned)
    return story


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ({"Truncated": True, "NextMarker": "x"}, "conforms"),
        ({"Truncated": True}, "violates"),
        ({"Truncated": True, "NextMarker": ""}, "violates"),
        ({"Truncated": False}, "conforms"),
        ({"Truncated": False, "NextMarker": ""}, "conforms"),
        ({"Truncated": False, "NextMarker": "x"}, "violates"),
        ({"NextMarker": "x"}, "unexercised"),
        ({}, "unexercised"),
    ],
)
def test_the_flag_for_more_goes_with_a_token(page: dict[str, Any], verdict: str) -> None:
    assert keys(("ab", page)).verdict(FLAG) == verdict


def test_a_name_to_go_on_after_may_stand_on_the_last_page() -> None:
    parts = Contract(compile_contract("s3", "ListParts"))
    last = write(parts, {"IsTruncated": False, "NextPartNumberMarker": 3, "Parts": []})
    story = Story(parts).tell(Purpose.PAGE, last, group="whole", owned=True)
    assert story.verdict("pagination/IsTruncated#implies-token") == "conforms"
    without = write(parts, {"IsTruncated": True, "Parts": []})
    story.tell(Purpose.PAGE, without, group="limited:1", owned=True)
    assert story.verdict("pagination/IsTruncated#implies-token") == "violates"


MORE, LAST = {"Truncated": True, "NextMarker": "x"}, {"Truncated": False}


@pytest.mark.parametrize(
    ("pages", "observation"),
    [
        ([("ab", MORE), ("c", LAST)], None),
        ([("ab", {"NextMarker": "x"}), ("c", LAST)], "items missing"),
        ([("a", MORE), ("b", MORE)], "PaginationError"),
        ([("a", MORE), ("b", {**MORE, "NextMarker": "y"}), ("c", MORE)], "no end"),
        ([("a", {"NextMarker": "x"}), ("", LAST)], None),
    ],
)
def test_the_sdks_own_paginator_yields_what_the_pages_hold(
    pages: list[tuple[str, dict[str, Any]]], observation: str | None
) -> None:
    outcome = keys(*pages).outcome(PAGINATOR)
    assert [finding.observation for finding in outcome.findings] == (
        [] if observation is None else [observation]
    )
    assert outcome.verdict.value == ("conforms" if observation is None else "violates")


def test_the_paginator_is_judged_on_whole_walks_only() -> None:
    assert keys(("ab", MORE)).verdict(PAGINATOR) == "unexercised"
    assert keys(("a", MORE), ("b", MORE), owned=False).verdict(PAGINATOR) == "unexercised"
    assert keys(("", LAST)).verdict(PAGINATOR) == "inconclusive"
    story = keys(("ab", MORE)).tell(Purpose.PAGE, error(KEYS, "KMSInternalException", 500),
                                    group="whole", owned=True)  # fmt: skip
    assert story.verdict(PAGINATOR) == "unexercised"


def test_a_page_the_sdk_cannot_read_is_a_finding_of_the_paginator() -> None:
    users = Contract(compile_contract("iam", "ListUsers"))
    page = write(users, {"Users": [], "IsTruncated": False})
    date = page.body.replace(
        b"<Users></Users>", b"<Users><member><CreateDate>soon</CreateDate></member></Users>"
    ).replace(b"<Users/>", b"<Users><member><CreateDate>soon</CreateDate></member></Users>")
    assert date != page.body
    story = Story(users).tell(Purpose.PAGE, replace(page, body=date), group="whole", owned=True)
    # Its schema is broken as well, and that is what is to be said of it.
    assert story.verdict(PAGINATOR) == "inconclusive"


def test_a_page_of_an_sdk_is_taken_as_the_sdk_has_read_it() -> None:
    case = Case(KEYS.id, Intent(Purpose.PAGE, group="whole", facts={"owned": True}), {})
    value = {"Keys": [{"KeyId": "a"}], "Truncated": False}
    exchange = Exchange(case, None, None, view=View.SDK, parsed=Parsed(value))
    story = Story(KEYS)
    story.evidence.add(observe(KEYS, exchange))
    assert story.verdict(PAGINATOR) == "conforms"


@pytest.mark.parametrize(
    ("answer", "owned", "verdict"),
    [
        (ok(KEYS, b"boom", 500), False, "violates"),
        (error(KEYS, "KMSInternalException", 500), False, "violates"),
        (Trouble.DROPPED, False, "violates"),
        (error(KEYS, "InvalidMarkerException", 400), False, "conforms"),
        (error(KEYS, "ValidationException", 400), True, "conforms"),
        (error(KEYS, "NotFoundException", 400), True, "conforms"),
        (error(KEYS, "ThrottlingException", 400), True, "inconclusive"),
        (error(KEYS, "AccessDeniedException", 403), True, "inconclusive"),
        (ok(KEYS, b"<html>no</html>", 400), True, "inconclusive"),
        (ok(KEYS, {"Keys": []}), False, "inconclusive"),
        (ok(KEYS, {"Keys": []}), True, "violates"),
    ],
)
def test_a_made_up_token_where_nobody_documents_an_error(
    answer: Any, owned: bool, verdict: str
) -> None:
    clause = "pagination/NextMarker#invalid-rejected"
    story = Story(KEYS).tell(Purpose.VIOLATES, answer, clause, label="made up", owned=owned)
    assert story.verdict(clause) == verdict


def test_an_altered_token_is_held_against_a_target_that_begins_anew_with_it() -> None:
    clause = "pagination/NextMarker#invalid-rejected"
    for letters, verdict in (("ab", "violates"), ("cd", "inconclusive")):
        story = keys(("ab", MORE), ("cd", LAST))
        page = ok(KEYS, {"Keys": [{"KeyId": letter * 36} for letter in letters]})
        story.tell(Purpose.VIOLATES, page, clause, label="altered", owned=True, altered=True)
        assert story.verdict(clause) == verdict


def test_a_made_up_name_to_go_on_after_may_be_taken() -> None:
    tables = Contract(compile_contract("dynamodb", "ListTables"))
    clause = "pagination/LastEvaluatedTableName#invalid-rejected"
    for answer, verdict in (
        (ok(tables, {"TableNames": []}), "inconclusive"),
        (ok(tables, b"boom", 500), "violates"),
    ):
        story = Story(tables).tell(Purpose.VIOLATES, answer, clause, label="made up", owned=True)
        assert story.verdict(clause) == verdict


def test_other_lists_of_a_page_may_be_the_same_on_each() -> None:
    events = Contract(compile_contract("logs", "FilterLogEvents"))
    story = Story(events)
    for number, token in ((1, {"nextToken": "x"}), (2, {})):
        page = {
            "events": [{"eventId": str(number)}],
            "searchedLogStreams": [{"logStreamName": "a"}, {"logStreamName": "b"}],
            **token,
        }
        story.tell(Purpose.PAGE, ok(events, page), group="limited:1", owned=True, size=1)
    assert story.verdict("pagination/nextToken#complete") == "conforms"
    assert story.verdict("pagination/limit#limit-respected") == "conforms"


def test_a_log_that_gives_the_same_token_is_not_taken_for_a_list() -> None:
    assert Contract(compile_contract("logs", "GetLogEvents")).pagination is None


def test_a_long_walk_that_brings_new_items_all_the_time_is_no_endless_one() -> None:
    long = [(letter, f"t{letter}") for letter in "abcdefghij"]
    story = walk(Story(LIST), "limited:1", *long)
    assert story.verdict(TOKEN + "terminates") == "inconclusive"


def test_an_empty_token_at_the_end_is_a_fault_only_where_a_page_says_null() -> None:
    assert walk(Story(LIST), "whole", ("a", "")).verdict(TOKEN + "end") == "violates"
    tables = Contract(compile_contract("ssm", "ListDocuments"))
    page = ok(tables, {"DocumentIdentifiers": [], "NextToken": ""})
    story = Story(tables).tell(Purpose.PAGE, page, group="whole", owned=True)
    assert story.verdict("pagination/NextToken#end") == "inconclusive"
