"""Rules are recognised from their wording, and sentences that resemble them are pointed at."""

from __future__ import annotations

import pytest

from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member, Page
from reference_pages import WRITERS, Sheet, structure

RULES = [
    (
        "nextToken",
        "Here nextToken is a unique pagination token for each page.",
        {"rule": "token-unique-per-page", "member": "nextToken"},
    ),
    (
        "nextToken",
        "Do keep all other arguments unchanged.",
        {"rule": "keep-arguments", "member": "nextToken"},
    ),
    (
        "nextToken",
        "If no more results remain, nextToken is null.",
        {"rule": "end-token-null", "member": "nextToken"},
    ),
    (
        "nextToken",
        "A token, or null if there are no more results.",
        {"rule": "end-token-null", "member": "nextToken"},
    ),
    (
        "nextToken",
        "The value of nextToken is null when there are no more results to return.",
        {"rule": "end-token-null", "member": "nextToken"},
    ),
    (
        "nextToken",
        "The pagination token expires in twenty-four hours.",
        {"rule": "token-expires", "member": "nextToken", "hours": 24},
    ),
    (
        "nextToken",
        "A token expires after 90 minutes.",
        {"rule": "token-expires", "member": "nextToken", "hours": 1.5},
    ),
    (
        "nextToken",
        "Each token expires after two days.",
        {"rule": "token-expires", "member": "nextToken", "hours": 48},
    ),
    (
        "nextToken",
        "The token expires after 1800 seconds.",
        {"rule": "token-expires", "member": "nextToken", "hours": 0.5},
    ),
    (
        "farmId",
        "The value of NextToken is a unique pagination token for each page.",
        {"rule": "token-unique-per-page", "member": "nextToken"},
    ),
    (
        "nextToken",
        "If you provide a token that isn\u2019t valid, you get an HTTP 400 ValidationException.",
        {
            "rule": "invalid-token-rejected",
            "member": "nextToken",
            "status": 400,
            "code": "ValidationException",
        },
    ),
    (
        "nextToken",
        "Using an expired token returns an HTTP 400 InvalidToken error.",
        {
            "rule": "invalid-token-rejected",
            "member": "nextToken",
            "status": 400,
            "code": "InvalidToken",
            "when": "expired",
        },
    ),
    (
        None,
        "Before you call the TendGarden operation, you must call the DigGarden operation.",
        {"rule": "requires-call", "operation": "DigGarden"},
    ),
    (
        None,
        "Flowers are available for 3 hours after you call the DigGarden operation.",
        {"rule": "available-for", "after": "DigGarden", "hours": 3},
    ),
    (
        "farmId",
        "It must be the same as the farm ID used in the call to the DigGarden operation.",
        {"rule": "same-argument", "member": "farmId", "operation": "DigGarden"},
    ),
    (
        "farmId",
        "The ID returned by the DigGarden operation.",
        {"rule": "produced-by", "member": "farmId", "operation": "DigGarden"},
    ),
    (
        "status",
        "If you call the DigGarden operation while the status is BUSY, you get a"
        " ThrottlingException.",
        {
            "rule": "error-while",
            "operation": "DigGarden",
            "member": "status",
            "value": "BUSY",
            "code": "ThrottlingException",
        },
    ),
]


def _read(member: str | None, sentence: str, format: str = "boto3-text") -> Page:
    request = structure(Member("farmId", "string", 0, required=True))
    response = structure(
        Member("status", "string", 0, enum=("BUSY", "EMPTY")), Member("nextToken", "string", 0)
    )
    sheet = Sheet(request, response, prose=((member, sentence),))
    return read_page(WRITERS[format](sheet), name="page")


def _rules(page: Page) -> list[dict[str, object]]:
    return [{"rule": rule.name, **dict(rule.parameters)} for rule in page.rules]


@pytest.mark.parametrize("format", ["boto3-rst", "boto3-text"])
@pytest.mark.parametrize(("member", "sentence", "rule"), RULES)
def test_recognises_a_rule(
    member: str | None, sentence: str, rule: dict[str, object], format: str
) -> None:
    page = _read(member, sentence, format)
    assert _rules(page) == [rule]
    assert page.warnings == ()
    assert {type(hours) for hours in [rule.get("hours")]} <= {int, float, type(None)}


def test_gives_the_line_of_a_rule() -> None:
    page = _read("nextToken", "Keep all other arguments unchanged.")
    below = dict((m.name, m.line) for m in page.response.members) if page.response else {}
    assert [rule.line for rule in page.rules] == [below["nextToken"] + 2]


def test_reads_through_markup_and_capitals() -> None:
    sentence = "KEEP all **other**\n    arguments ``unchanged``."
    assert _rules(_read("farmId", sentence, "boto3-rst")) == [
        {"rule": "keep-arguments", "member": "farmId"}
    ]


@pytest.mark.parametrize(("member", "sentence", "rule"), RULES)
def test_points_at_a_rule_that_one_damaged_word_hides(
    member: str | None, sentence: str, rule: dict[str, object]
) -> None:
    words = sentence.split()
    for index, word in enumerate(words):
        damaged = " ".join([*words[:index], f"{word[:1]}\u00a4{word[1:]}", *words[index + 1 :]])
        page = _read(member, damaged)
        if _rules(page) != [rule] and len(sentence) > 50:
            assert page.warnings, damaged


@pytest.mark.parametrize(
    "sentence",
    [
        "The token for the next set of results, or null to start from the beginning.",
        "Use this parameter with nextToken to get results in pages.",
        "If this happens, you can call the DigGarden operation after you dig less.",
        "The name of the garden.",
    ],
)
def test_says_nothing_of_sentences_that_state_no_rule(sentence: str) -> None:
    page = _read("nextToken", sentence)
    assert page.rules == ()
    assert page.warnings == ()


@pytest.mark.parametrize(
    ("member", "sentence", "doubt"),
    [
        ("nextToken", "Each token expires after 42 hour.", "disagree"),
        (
            "status",
            "If you call the DigGarden operation when the status is BUSSY, you receive a"
            " ThrottlingException.",
            "not a documented value",
        ),
        (
            "status",
            "If you call the DigGarden operation when the status is BUSY, you receive a"
            " ThrottledException.",
            "not among the page's exceptions",
        ),
        (
            None,
            "Before you call the WaterGarden operation, you must call the DigGarden operation.",
            "not this page's operation",
        ),
        ("nextToken", "The value of nextTken is a unique token for each page.", "no member"),
        (
            "farmId",
            "The ID returned by the DigGarden operation. Call the DigGardne operation.",
            "misspelt",
        ),
        (
            "farmId",
            "It must be the same as the barn ID used in the call to the DigGarden operation.",
            "may not be",
        ),
    ],
)
def test_doubts_a_rule_the_rest_of_the_page_does_not_bear_out(
    member: str | None, sentence: str, doubt: str
) -> None:
    page = _read(member, sentence)
    assert page.rules
    assert [w for w in page.warnings if doubt in w.message]
