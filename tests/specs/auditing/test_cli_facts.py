"""What the CLI's models and arguments say in the terms of its pages, old and new."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.model import OperationModel, ServiceModel

from awsconform.specs.auditing import cli_facts, cli_rendering
from awsconform.specs.auditing.comparing import Disagreement, compare
from awsconform.specs.auditing.explaining import explanation, explanations
from awsconform.specs.auditing.facts import Fact, Facts
from awsconform.specs.auditing.rendering import RenderedPage, audited
from awsconform.specs.auditing.running import audit_page

SHAPES: dict[str, Any] = {
    "Request": {
        "type": "structure",
        "required": ["Bed"],
        "members": {
            "Bed": {"shape": "Bed"},
            "Note": {"shape": "Note", "jsonvalue": True, "location": "header"},
            "Counts": {"shape": "Counts"},
            "Image": {"shape": "Image"},
        },
        "payload": "Image",
    },
    "Response": {
        "type": "structure",
        "required": ["Bed"],
        "members": {"Bed": {"shape": "Bed"}, "Kind": {"shape": "Kind"}},
    },
    "Bed": {
        "type": "structure",
        "required": ["Name"],
        "members": {"Name": {"shape": "Name"}, "Within": {"shape": "Bed"}},
    },
    "Name": {"type": "string", "min": 1, "max": 9, "pattern": "[a-z]+\n  [0-9]"},
    "Kind": {"type": "string", "enum": ["ROSE", "TULIP"]},
    "Note": {"type": "string"},
    "Image": {"type": "blob", "streaming": True},
    "Counts": {"type": "map", "key": {"shape": "Kind"}, "value": {"shape": "Count"}},
    "Count": {"type": "long"},
}


def _operation(
    service: str, name: str = "TendGarden", response: dict[str, Any] | None = None
) -> OperationModel:
    shapes = SHAPES if response is None else {**SHAPES, "Response": response}
    model = {
        "metadata": {"protocol": "rest-json", "endpointPrefix": service, "serviceId": service},
        "operations": {
            name: {
                "name": name,
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "Request"},
                "output": {"shape": "Response"},
            }
        },
        "shapes": shapes,
    }
    return ServiceModel(model, service).operation_model(name)


def _argument(name: str, shape: object = None, **more: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "cli_name": name,
            "cli_type_name": "string",
            "group_name": None,
            "required": False,
            "argument_model": shape,
            **more,
        }
    )


def _expected(
    monkeypatch: pytest.MonkeyPatch,
    operation: OperationModel,
    *,
    version: str = "1.40.1",
    flat: bool = False,
    more: tuple[SimpleNamespace, ...] = (),
) -> Facts:
    """The facts of the page of a command with an argument for each member and some more."""
    made = [
        _argument(
            f"--{name.lower()}", shape, required=name in operation.input_shape.required_members
        )
        for name, shape in operation.input_shape.members.items()
    ]
    arguments = {each.cli_name: each for each in (*made, *more)}
    monkeypatch.setattr(cli_rendering, "version", lambda: version)
    monkeypatch.setattr(
        cli_rendering,
        "command",
        lambda service, name: cli_rendering.Command("", arguments, operation),
    )
    return cli_facts.expected(operation, flat=flat)


def _of(facts: Facts, *kinds: str) -> dict[tuple[str, str], object]:
    return {(fact.kind, fact.path): value for fact, value in facts.items() if fact.kind in kinds}


def test_states_no_more_of_members_than_pages_before_2_31(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = _expected(monkeypatch, _operation("gardens"))
    assert _of(facts, "required", "enum", "min", "max", "pattern", "streaming") == {
        ("required", "request/bed"): True,
        ("enum", "request/counts/@key"): ("ROSE", "TULIP"),
        ("streaming", "request/image"): True,
    }
    assert facts[Fact("type", "request/note")] == "document"
    assert facts[Fact("type", "request/counts/@value")] == "long"


def test_states_constraints_values_and_requirements_from_2_31_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = _expected(monkeypatch, _operation("gardens"), version="2.31.0")
    assert {path for _, path in _of(facts, "required")} == {
        "request/bed",
        "request/bed/Name",
        "request/bed/Within/Name",
        "response/Bed/Name",
        "response/Bed/Within/Name",
    }
    assert _of(facts, "enum")[("enum", "response/Kind")] == ("ROSE", "TULIP")
    assert facts[Fact("min", "response/Bed/Name")] == 1
    assert facts[Fact("max", "response/Bed/Name")] == 9
    assert facts[Fact("pattern", "response/Bed/Name")] == "[a-z]+ [0-9]"


def test_describes_what_recurs_once_more_and_then_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = _expected(monkeypatch, _operation("gardens"))
    recursive = {path for _, path in _of(facts, "recursive")}
    assert recursive == {"request/bed/Within/Within", "response/Bed/Within/Within"}
    assert facts[Fact("type", "request/bed/Within/Within")] == "structure"


def test_numbers_the_members_of_a_response_in_text(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = _expected(monkeypatch, _operation("gardens"), flat=True)
    names = [value for (kind, path), value in _of(facts, "member").items() if "response" in path]
    assert names == ["Bed", "Name", "Within", "Name", "Kind"]
    assert facts[Fact("type", "response[5]")] == "string"


def test_states_the_arguments_that_are_members_of_the_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PageArgument(SimpleNamespace):
        pass

    more = (
        _argument("--cli-input-json"),
        _argument("--hidden", _UNDOCUMENTED=True),
        _argument("outfile"),
        PageArgument(**vars(_argument("--max-items"))),
        _argument("--sunny", cli_type_name="boolean", group_name="light"),
        _argument("--shady", cli_type_name="boolean", group_name="light"),
        _argument("--added", cli_type_name="biginteger", _DOCUMENT_AS_REQUIRED=True),
    )
    facts = _expected(monkeypatch, _operation("gardens"), more=more)
    top = [fact.path for fact in facts if fact.kind == "member" and fact.path.count("/") == 1]
    assert [path for path in top if path.startswith("request")] == [
        "request/bed",
        "request/note",
        "request/counts",
        "request/image",
        "request/sunny",
        "request/added",
    ]
    assert facts[Fact("type", "request/added")] == "long"
    assert facts[Fact("required", "request/added")] is True


EXPIRING = {
    "type": "structure",
    "members": {"Expires": {"shape": "When"}, "Kind": {"shape": "Kind"}},
}


@pytest.mark.parametrize(("service", "added"), [("s3", ["ExpiresString"]), ("gardens", [])])
@pytest.mark.parametrize("flat", [True, False])
def test_expects_the_member_that_the_cli_adds_below_expires(
    monkeypatch: pytest.MonkeyPatch, service: str, added: list[str], flat: bool
) -> None:
    monkeypatch.setitem(SHAPES, "When", {"type": "timestamp"})
    facts = _expected(monkeypatch, _operation(service, response=EXPIRING), flat=flat)
    names = [
        str(value) if flat else path.removeprefix("response/")
        for (_, path), value in _of(facts, "member").items()
        if path.startswith("response")
    ]
    assert names == ["Expires", *added, "Kind"]


def test_expects_no_output_where_the_cli_writes_it_to_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = _expected(monkeypatch, _operation("s3", "SelectObjectContent"))
    assert facts[Fact("response", "response")] is False
    assert not [fact for fact in facts if fact.path.startswith("response/")]


@pytest.mark.parametrize("kind", ["response", "member", "type", "enum", "required"])
@pytest.mark.parametrize("part", ["request", "response"])
def test_explains_no_whole_request_or_response(kind: str, part: str) -> None:
    for path in (part, f"{part}/Zinnia", f"{part}/Zinnia/[*]", f"{part}[3]"):
        found = Disagreement(kind, path, True, None)
        for known in explanations():
            pages = [page.replace("*", "Any") for page in known.pages]
            told = [known.explains(form, page, found) for form in known.formats for page in pages]
            assert not any(told), known.reason


def test_explains_of_pages_of_the_cli_only_one_refusal_each() -> None:
    known = [
        each for each in explanations() if any(form.startswith("cli-") for form in each.formats)
    ]
    assert known
    for each in known:
        assert (each.kind, each.paths) == ("page", ("",))
        assert not any("*" in page for page in each.pages)
        found = Disagreement("page", "", None, "the page is cut off")
        assert explanation("cli-text", each.pages[0], found) is None


def _page(service: str, operation: str) -> tuple[RenderedPage, OperationModel]:
    pytest.importorskip("awscli")
    import botocore.session

    model = botocore.session.get_session().get_service_model(service)
    (page,) = audited("cli-text").pages(service, [operation])
    return page, model.operation_model(operation)


@pytest.mark.parametrize("operation", ["GetObject", "HeadObject"])
@pytest.mark.parametrize("dropped", ["ExpiresString", "Expires", "WebsiteRedirectLocation", "ETag"])
def test_reports_a_member_dropped_from_a_page_the_cli_adds_to(operation: str, dropped: str) -> None:
    page, model = _page("s3", operation)
    lines = page.text.decode().split("\n")
    (at,) = [index for index, line in enumerate(lines) if line.startswith(f"{dropped} -> (")]
    less = RenderedPage(
        "s3", operation, "cli-text", "\n".join(lines[:at] + lines[at + 1 :]).encode()
    )
    whole, found = (audit_page(each, audited("cli-text"), model) for each in (page, less))
    assert not whole.findings
    assert found.findings
    assert [finding.reason for finding in found.findings if finding.reason] == []


def test_reports_an_output_read_where_the_cli_gives_none() -> None:
    page, model = _page("s3", "SelectObjectContent")
    before, _, _ = page.text.decode().rpartition("This command generates no output")
    assert before
    listed = RenderedPage(
        "s3", "SelectObjectContent", "cli-text", f"{before}Payload -> (structure)\n".encode()
    )
    whole, found = (audit_page(each, audited("cli-text"), model) for each in (page, listed))
    assert not whole.findings
    assert {finding.disagreement.kind for finding in found.findings} >= {"response", "member"}
    assert not any(finding.reason for finding in found.findings)


def test_compares_a_dropped_member_of_text_by_its_number() -> None:
    expected: Facts = {Fact("member", "response[1]"): "A", Fact("member", "response[2]"): "B"}
    told: Facts = {Fact("member", "response[1]"): "B"}
    assert len(compare(expected, told).disagreements) == 2
