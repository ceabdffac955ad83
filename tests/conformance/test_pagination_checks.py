"""What walked pages say of the pagination clauses."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Purpose
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
    assert story.verdict("pagination/Limit#limit-respected") == "conforms"
    assert story.verdict("pagination/NextToken#end") == "conforms"


def test_a_token_beside_the_word_that_no_more_is_there_is_no_next_page() -> None:
    keys = Contract(compile_contract("kms", "ListKeys"))
    last = ok(keys, {"Keys": [], "NextMarker": "left over", "Truncated": False})
    story = Story(keys).tell(Purpose.PAGE, last, group="whole", owned=True)
    assert story.verdict("pagination/NextMarker#terminates") == "conforms"
