"""What a run got done: operations implemented, with a success, lists walked, requests a second."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from awsconform.conformance.achieving import achieved
from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.evidence import Evidence
from awsconform.conformance.exchange import Purpose
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.reports.document import report_document, report_schema
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.text_report import print_report
from awsconform.conformance.results import OperationResult
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.specs import catalog
from conformance_exchanges import LIST, Story, error, ok
from faulty.fault import in_process
from faulty.unknown import ANSWERS, losing
from reports.hand_made import CREATE, exchange
from reports.hand_made import run as told

VALIDATOR = jsonschema.Draft202012Validator(report_schema())
PAGE = {"farms": [{"farmId": "a"}], "nextToken": "on"}


def walks(pages: int, **facts: Any) -> Evidence:
    """A list of which so many pages were given in a walk, and a page in another one."""
    story = Story(LIST)
    for number in range(pages):
        story.tell(Purpose.PAGE, ok(LIST, PAGE), label=f"page {number + 1}", group="w", **facts)
    story.tell(Purpose.PAGE, error(LIST, "ValidationException"), group="w", **facts)
    story.tell(Purpose.PAGE, ok(LIST, PAGE), group="other", **facts)
    return story.evidence


def walked(pages: int, **facts: Any) -> OperationResult:
    """The result of such walks."""
    [result] = told(LIST).results
    return resting_on(result, walks(pages, **facts))


def resting_on(result: OperationResult, evidence: Evidence) -> OperationResult:
    return replace(result, achievement=achieved(result.outcomes, evidence))


def document(made: Run) -> dict[str, Any]:
    return report_document(made, endpoint_of(made.target))


def of(*results: OperationResult) -> Run:
    return Run("emulator:", RunOptions(), results, 2.0)


def shown(made: Run) -> str:
    stream = StringIO()
    print_report(Console(file=stream, width=120), document(made))
    return stream.getvalue()


@pytest.mark.parametrize("pages", [1, 2, 3, 7])
def test_the_longest_walk_counts_the_pages_that_were_given(pages: int) -> None:
    done = walked(pages, made=5, owned=True).achievement
    assert done.pages_walked == pages
    assert done.accepted == pages + 1
    assert done.walkable
    total = document(of(walked(pages, made=5, owned=True)))["achievements"]
    assert (total["walkable"], total["walked"]) == (1, int(pages >= 3))


@pytest.mark.parametrize("facts", [{"made": None, "owned": False}, {"made": 2, "owned": True}])
def test_a_list_without_items_for_three_pages_is_not_walkable(facts: dict[str, Any]) -> None:
    assert not walked(5, **facts).achievement.walkable


@pytest.mark.parametrize(
    ("clause", "undivided"), [("#limit-respected", 1), ("#complete", 1), ("#string", 0)]
)
def test_a_list_is_undivided_where_its_pages_are_wrong(clause: str, undivided: int) -> None:
    [violating] = told(LIST, violated=clause, shown=exchange(LIST, {})).results

    def total(pages: int) -> int:
        made = of(resting_on(violating, walks(pages, made=5, owned=True)))
        return int(document(made)["achievements"]["undivided"])

    assert total(1) == undivided
    assert total(3) == 0, "walked all the same"


def test_an_operation_without_pages_walks_none() -> None:
    made = run(
        catalog.select(["deadline.GetFarm"]), in_process(Emulator(), "x"), RunOptions(examples=0)
    )
    done = made.results[0].achievement
    assert done.pages_walked is None
    assert done.implemented
    assert done.accepted > 0


def test_what_the_target_lacks_is_not_implemented_and_has_no_success() -> None:
    [result] = told(LIST, verdict=Verdict.UNIMPLEMENTED).results
    done = achieved(result.outcomes, walks(3))
    assert (done.implemented, done.accepted) == (False, 0)


def test_the_totals_are_in_the_document_and_in_one_line_of_the_text() -> None:
    [lacking] = told(LIST, verdict=Verdict.UNIMPLEMENTED).results
    made = of(walked(4, made=5, owned=True), lacking)
    VALIDATOR.validate(document(made))
    assert document(made)["achievements"] == {
        "operations": 2,
        "implemented": 1,
        "succeeding": 1,
        "walkable": 1,
        "walked": 1,
        "undivided": 0,
        "requests": 24,
        "requestsPerSecond": 12.0,
    }
    [first, _] = document(made)["operations"]
    assert (first["accepted"], first["pagesWalked"], first["walkable"]) == (5, 4, True)
    [line] = [each for each in shown(made).splitlines() if "operations implemented" in each]
    assert line == (
        "1 of 2 operations implemented · 1 of 1 (100%) with a success · "
        "1 of 1 (100%) lists with items walked over 3 pages or more · 12 requests/s"
    )


def flagged(**changes: Any) -> Run:
    """A run with one finding, of which something is otherwise."""
    made = told(LIST, violated="#minimum", shown=exchange(LIST, {"maxResults": 0}))
    [result] = made.results

    def changed(outcome: Outcome) -> Outcome:
        findings = tuple(replace(each, **changes) for each in outcome.findings)
        return replace(outcome, findings=findings)

    return of(replace(result, outcomes=tuple(changed(each) for each in result.outcomes)))


def finding_of(made: Run) -> dict[str, Any]:
    [finding] = [
        finding
        for operation in document(made)["operations"]
        for clause in operation["clauses"]
        for finding in clause["findings"]
    ]
    return dict(finding)


@pytest.mark.parametrize("flaky", [True, False])
def test_a_finding_says_whether_it_came_up_again(flaky: bool) -> None:
    made = flagged(flaky=flaky)
    VALIDATOR.validate(document(made))
    assert finding_of(made)["flaky"] is flaky
    assert ("did not come up again" in shown(made)) is flaky


@pytest.mark.parametrize("drawn", [True, False])
def test_a_finding_says_whether_only_a_drawn_request_shows_it(drawn: bool) -> None:
    request = exchange(LIST, {"maxResults": 0})
    intent = replace(request.case.intent, drawn=drawn)
    made = flagged(exchange=replace(request, case=replace(request.case, intent=intent)))
    VALIDATOR.validate(document(made))
    assert finding_of(made)["drawn"] is drawn
    assert ("only a drawn request" in shown(made)) is drawn


@pytest.mark.parametrize("drawn", [True, False])
def test_a_clause_says_whether_only_drawn_requests_brought_it_to_be_judged(drawn: bool) -> None:
    [result] = told(LIST).results
    outcomes = tuple(replace(each, drawn=drawn) for each in result.outcomes)
    made = document(of(replace(result, outcomes=outcomes)))
    VALIDATOR.validate(made)
    assert {each["drawn"] for each in made["operations"][0]["clauses"]} == {drawn}


def test_a_finding_names_what_was_made_before_and_hides_its_secrets() -> None:
    earlier = exchange(CREATE, {"displayName": "needed"}, secret=True)
    made = flagged(before=(earlier,))
    VALIDATOR.validate(document(made))
    finding = finding_of(made)
    assert [each["value"] for each in finding["before"]] == [{"displayName": "needed"}]
    for text in (shown(made), str(document(made))):
        assert "needed" in text
        assert "0123456789abcdef0123" not in text, "the signature of the earlier request"


def test_a_finding_names_the_exchange_that_shows_it() -> None:
    later = exchange(LIST, {"maxResults": 1}, answer=b'{"farms": "poisoned"}', secret=True)
    made = flagged(shown_by=later)
    VALIDATOR.validate(document(made))
    assert finding_of(made)["shownBy"]["value"] == {"maxResults": 1}
    assert finding_of(flagged())["shownBy"] is None
    for text in (shown(made), str(document(made))):
        assert "poisoned" in text
        assert "0123456789abcdef0123" not in text, "the signature of the later request"


@pytest.mark.parametrize(
    "operation", ["lookoutequipment.ListInferenceSchedulers", "deadline.GetFarm"]
)
def test_a_request_for_what_does_not_exist_can_be_sent_again(operation: str) -> None:
    target = in_process(losing(ANSWERS[0][1])(), "x")
    made = run(catalog.select([operation]), target, RunOptions(examples=0))
    VALIDATOR.validate(document(made))
    finding = finding_of(made)
    assert finding["intent"]["purpose"] == "probe"
    name = finding["operation"].partition(".")[2]
    again = finding["reproduction"]
    asked = (name, name.lower())
    for text in (again["curl"], again["boto3"]):
        assert any(each in text for each in asked), text
    assert again["cli"].startswith("#")
    assert operation in again["awsconform"]
    assert "errors#unknown-operation" in again["awsconform"]
