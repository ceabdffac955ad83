"""Token rules of models: known wordings are read, everything else is left alone."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from awsconform.specs import catalog, installed
from awsconform.specs.model_prose import is_token, token_rules

UNIQUE, KEEP, END = "token-unique-per-page", "keep-arguments", "end-token-null"
EXPIRES, REJECTED = "token-expires", "invalid-token-rejected"


def rules_of(
    *,
    operation: str = "",
    request: dict[str, str] | None = None,
    response: dict[str, str] | None = None,
    shape: str = "",
) -> list[dict[str, Any]]:
    """The rules of an operation with these documentations."""

    def structure(members: dict[str, str] | None) -> dict[str, Any]:
        named = {
            name: {"shape": "Token", "documentation": text}
            for name, text in (members or {"NextToken": ""}).items()
        }
        return {"type": "structure", "members": named}

    model = {
        "operations": {
            "ListThings": {
                "documentation": operation,
                "input": {"shape": "Request"},
                "output": {"shape": "Response"},
            }
        },
        "shapes": {
            "Request": structure(request),
            "Response": structure(response),
            "Token": {"type": "string", "documentation": shape},
        },
    }
    return token_rules(model, "ListThings")


def told(text: str, member: str = "NextToken") -> list[dict[str, Any]]:
    """The rules of one response member's documentation, without where they come from."""
    return [
        {key: value for key, value in rule.items() if key not in ("member", "sources", "at")}
        for rule in rules_of(response={member: text})
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The value of <code>NextToken</code> is a unique pagination token for each page.", UNIQUE),
        ("A unique pagination token for each page of results.", UNIQUE),
        ("Make the call again using the returned token, keeping all other arguments unchanged.",
         KEEP),
        ("Call again using the returned token with all other arguments unchanged.", KEEP),
        ("All other parameter values must be identical to the ones specified in the initial"
         " request.", KEEP),
        ("The token must be passed in with the same parameters as the previous call.", KEEP),
        ("The other parameters must be the same as the initial call.", KEEP),
        ("Subsequent requests that use the token must use the same request parameters as the"
         " request that generated the token.", KEEP),
        ("This value is <code>null</code> when there are no more results to return.", END),
        ("If there are no additional results, this value is null.", END),
        ("The token for the next set, or <b>null</b> if there are no more results.", END),
        ("The token for the next set, or ''null'' if there are no additional results.", END),
        ("The value is &#8220;null&#8221; when there are no more results to return.", END),
        ("If the request returns all results, <code>NextToken</code> is set to"
         " <code>null</code>.", END),
        ("Null if there are no more results to retrieve.", END),
        ("It is returned when there is more, and is null when there are no more results.", END),
        ("This value is null when there are no more pages of export jobs to return.", END),
        ("&lt;code&gt;null&lt;/code&gt; if there are no more items", END),
    ],
)  # fmt: skip
def test_a_wording_is_a_rule(text: str, rule: str) -> None:
    assert told(f"<p>{text}</p>") == [{"rule": rule}]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Each pagination token expires after 24 hours.", 24),
        ("Tokens expire after 24 hours.", 24),
        ("The pagination tokens expire after 24 hours.", 24),
        ("The token will expire in 24 hours, and cannot be shared with other accounts.", 24),
        ("Each token is valid for 24 hours.", 24),
        ("A NextToken expires 24 hours after it's returned.", 24),
        ("A token expires one hour after it\u2019s issued.", 1),
        ("The token expires after 90 minutes.", 1.5),
        ("Tokens expire after 300 seconds.", 300 / 3600),
    ],
)
def test_an_expiry_is_read_in_hours(text: str, hours: float) -> None:
    assert told(text) == [{"rule": EXPIRES, "hours": hours}]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("If you provide a token that isn't valid, then you receive an HTTP 400"
         " <code>ValidationException</code> error.",
         {"status": 400, "code": "ValidationException"}),
        ("Using an expired pagination token results in an <code>HTTP 400 InvalidToken</code>"
         " error.", {"status": 400, "code": "InvalidToken", "when": "expired"}),
        ("If you try to make a ListThings API call with an expired token, you will receive a"
         " <code>HTTP 400 InvalidNextTokenException</code> error.",
         {"status": 400, "code": "InvalidNextTokenException", "when": "expired"}),
    ],
)  # fmt: skip
def test_a_rejection_is_read_with_status_and_code(text: str, facts: dict[str, Any]) -> None:
    assert told(text) == [{"rule": REJECTED, **facts}]


@pytest.mark.parametrize(
    "text",
    [
        "This value is an empty string (\"\") or null when there are no more items to return.",
        "The token for the next set, or an empty or null value if there are no more results.",
        "If there are no more results, this field will be null or an empty string.",
        "Pagination token, null or empty if no more results.",
        "If this value is null, there are no more results.",
        "If null, there are no more results to retrieve.",
        "If not null, more results are available.",
        "This is always returned as null in the response.",
        "The service does not paginate at this time and returns null.",
        "Unless it is null there are no more results.",
        "Set to null to start from the beginning.",
        "The token is valid for up to 24 hours.",
        "A client token is valid for 8 hours after the first request that uses it completes.",
        "The session token expires after 12 hours.",
        "The export token expires after 30 days.",
        "The unique token expires after 24 hours.",
        "Using an expired pagination token will return a Validation Exception error.",
        "The unique pagination token returned for you to pass to a subsequent request.",
        "If you retry with the same parameters, the result is the same.",
    ],
)  # fmt: skip
def test_what_says_something_else_is_no_rule(text: str) -> None:
    assert told(f"<p>{text}</p>") == []


@pytest.mark.parametrize("name", ["clientToken", "sessionToken", "Token", "MaxResults", "pageSize"])
def test_a_member_that_is_no_pagination_token_has_no_rules(name: str) -> None:
    assert not is_token(name)
    assert told("The token expires after 24 hours.", name) == []


@pytest.mark.parametrize(
    "name", ["nextToken", "NextMarker", "Marker", "nextPageToken", "PaginationToken", "cursor"]
)
def test_a_pagination_token_is_known_by_its_name(name: str) -> None:
    assert is_token(name)
    [rule] = rules_of(response={name: "Each token expires after 24 hours."}) or [{}]
    assert rule["member"] == name


def test_a_rule_says_whose_documentation_states_it() -> None:
    text = "The token expires after 24 hours."
    assert [rule["at"] for rule in rules_of(response={"NextToken": text})] == ["response/NextToken"]
    assert [rule["at"] for rule in rules_of(request={"NextToken": text})] == ["request/NextToken"]
    both = rules_of(request={"NextToken": text}, response={"NextToken": text})
    assert [(rule["at"], rule["sources"]) for rule in both] == [("response/NextToken", ["model"])]


def test_a_sentence_elsewhere_counts_for_the_token_it_names() -> None:
    text = "When there are no more records to return, <code>NextToken</code> will be null."
    [rule] = rules_of(operation=text)
    assert (rule["member"], rule["at"]) == ("NextToken", "operation")
    members = {"nextToken": "", "maxResults": text}
    [rule] = rules_of(request=members, response={"nextToken": ""})
    assert (rule["member"], rule["at"]) == ("nextToken", "request/maxResults")
    assert rules_of(operation="Tokens expire after 24 hours.") == []


def test_what_is_copied_to_the_token_to_send_is_no_rule_on_the_end() -> None:
    text = "The token for the next set of results, or null if there are no more results."
    assert rules_of(request={"NextToken": text}) == []
    assert [rule["rule"] for rule in rules_of(response={"NextToken": text})] == [END]


def test_a_member_without_documentation_has_that_of_its_shape() -> None:
    [rule] = rules_of(shape="Each pagination token expires after 24 hours.")
    assert rule["hours"] == 24


def test_paragraphs_are_apart() -> None:
    assert told("<p>This value is null</p><p>when there are no more results.</p>") == []


# The sentences that state a rule, as one expression each over text without markup.
FOUND_BY_EXPRESSION = {
    UNIQUE: r"unique (?:pagination )?token for each page",
    KEEP: r"other arguments unchanged|other parameter values must be identical",
    EXPIRES: r"(?:pagination|the|\. ) ?tokens? (?:will )?expires? (?:after|in) \d+ hours?",
    REJECTED: r"(?:expired pagination token|token that isn't valid).{0,40}HTTP 4",
}


@pytest.mark.parametrize("service", ["deadline", "mgh", "events", "logs", "schemas", "apprunner"])
def test_a_plain_search_of_the_documentation_finds_the_same_operations(service: str) -> None:
    model = installed.models().model(service)
    assert model is not None
    expected: dict[str, set[str]] = {rule: set() for rule in FOUND_BY_EXPRESSION}
    read: dict[str, set[str]] = {rule: set() for rule in FOUND_BY_EXPRESSION}
    for name, operation in model["operations"].items():
        text = " ".join(_documented(model, operation)).replace("\u2019", "'")
        for rule, expression in FOUND_BY_EXPRESSION.items():
            if re.search(expression, text, re.IGNORECASE):
                expected[rule].add(name)
        for stated in token_rules(model, name):
            if stated["rule"] in read:
                read[stated["rule"]].add(name)
    assert read == expected
    assert any(read.values())


def _documented(model: Any, operation: Any) -> list[str]:
    shapes = [model["shapes"][operation[key]["shape"]] for key in ("input", "output")
              if key in operation]  # fmt: skip
    return [
        html.unescape(re.sub(r"<[^>]+>", "", member.get("documentation")
                             or model["shapes"][member["shape"]].get("documentation", "")))
        for shape in shapes
        for name, member in shape.get("members", {}).items()
        if is_token(name)
    ]  # fmt: skip


def test_contracts_have_the_rules() -> None:
    rules = catalog.load("appfabric", "ListAppBundles").rules
    assert [rule["member"] for rule in rules(UNIQUE)] == ["nextToken"]
    assert [rule["hours"] for rule in rules(EXPIRES)] == [24]
    assert [rule["code"] for rule in rules(REJECTED)] == ["InvalidToken"]
