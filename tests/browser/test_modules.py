"""Scripts that only compute, one by one, in the browser that runs them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from awsconform.conformance.reports.html.scripts import bundle
from browser.view import View

Call = Callable[..., Any]
Load = Callable[[str], Call]

few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)


@pytest.fixture
def module(view: View, tmp_path: Path) -> Load:
    """Loads a module and what it needs into an empty page; gives a way to call what it exports."""

    def load(name: str) -> Call:
        page = tmp_path / f"{name}.html"
        script = f"{bundle(name)}\nglobalThis.tested = {name}_js;"
        page.write_text(f"<!DOCTYPE html><meta charset=utf-8><script>{script}</script>", "utf-8")
        view.load(page)

        def call(exported: str, *arguments: Any) -> Any:
            return view.run(f"return tested.{exported}(...arguments)", *arguments)

        return call

    return load


def exact(text: str) -> Any:
    """JSON with its numbers as they are written and all members, also those that come twice."""
    return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=list)


def leaves(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(value, dict) and value:
        return {leaf for name, each in value.items() for leaf in leaves(each, (*path, name))}
    if isinstance(value, list) and value:
        return {leaf for at, each in enumerate(value) for leaf in leaves(each, (*path, str(at)))}
    return {path}


def paths(lines: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {tuple(str(step) for step in line["path"]) for line in lines}


def test_json_in_lines_says_the_same_and_each_leaf_has_a_line(module: Load) -> None:
    call = module("body_text")

    @few
    @given(
        st.lists(values, max_size=4) | st.dictionaries(texts, values, max_size=4),
        st.sampled_from([None, 0, 3]),
        st.booleans(),
    )
    def holds(value: Any, indent: int | None, ascii_only: bool) -> None:
        text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
        lines = call("laidOut", text)
        assert exact("".join(line["text"] for line in lines)) == exact(text)
        assert leaves(value) <= paths(lines)

    holds()


@pytest.mark.parametrize(
    "text", ['{"a":1e400,"a":[9007199254740993,-0.0],"b":{}}', '[[],[[]],{"":{"x":[]}}]', "[]"]
)
def test_json_in_lines_keeps_what_browsers_would_round_or_drop(module: Load, text: str) -> None:
    lines = module("body_text")("laidOut", text)
    assert exact("".join(line["text"] for line in lines)) == exact(text)


@pytest.mark.parametrize("text", ["", "plain", "{", '{"a":}', "[1,2", "=", "a b=c&d"])
def test_what_is_no_known_form_is_left_as_it_came(module: Load, text: str) -> None:
    assert module("body_text")("laidOut", text) is None


@pytest.mark.parametrize("text", ["[" * 20_000 + "]" * 20_000, "<a>" * 20_000])
def test_what_is_very_deep_is_left_as_it_came(module: Load, text: str) -> None:
    assert module("body_text")("laidOut", text) is None


def test_xml_and_forms_lose_no_character(module: Load) -> None:
    call = module("body_text")
    xml = '<?xml version="1.0"?><A><B>x</B><Cs><member>1</member><member/></Cs>\n</A>'
    lines = call("laidOut", xml)
    assert ElementTree.canonicalize("".join(each["text"] for each in lines)) == (
        ElementTree.canonicalize(xml.replace("\n", ""))
    )
    assert ("A", "B") in paths(lines)
    assert ("A", "Cs") in paths(lines)
    form = "Action=ListQueues&Tags.member.1.Key=a%20b&Version=2012-11-05"
    lines = call("laidOut", form)
    assert "".join(each["text"] for each in lines) == form
    assert ("Tags", "0", "Key") in paths(lines)


def test_a_difference_is_in_words_and_leaves_nothing_out(module: Load) -> None:
    call = module("difference")
    words = st.lists(st.sampled_from(["one", "of", "A,", '"A"', "is", "not", "\n"]), max_size=12)

    @few
    @given(words.map(" ".join), words.map(" ".join))
    @example("one of A, B", '/x: "C" is not one of "A" or "B"')
    @example("", "")
    def holds(expected: str, observed: str) -> None:
        due, came = call("compared", expected, observed)
        assert "".join(part["text"] for part in due) == expected
        assert "".join(part["text"] for part in came) == observed
        if expected == observed:
            assert not any(part["differs"] for part in [*due, *came])

    holds()
    due, came = call("compared", "one of A, B", '"C" is not one of "A" or "B"')
    assert [part["text"] for part in due if part["differs"]] == []
    assert [part["text"].strip() for part in came if part["differs"]] == ['"C" is not', "or"]


def test_any_route_is_read_back_from_its_fragment(module: Load) -> None:
    call = module("route")
    lists = st.lists(st.sampled_from(["MUST", "SHOULD", "MAY"]), unique=True)

    @few
    @given(
        st.sampled_from(["operations", "clauses", "operation", "clause", "finding"]),
        texts,
        texts,
        lists,
        lists,
    )
    def holds(view: str, name: str, query: str, level: list[str], outcome: list[str]) -> None:
        filters = {**call("noFilters"), "q": query, "level": level, "outcome": outcome}
        route = {"view": view, "id": name, "filters": filters}
        assert call("routeOf", call("fragmentOf", route)) == route

    holds()


def test_clause_ids_stay_readable_in_fragments(module: Load) -> None:
    clause = "sqs.Send/request/A/*/@value/B#type"
    fragment = module("route")("fragmentOf", {"view": "clause", "id": clause})
    assert fragment == "#clause/sqs.Send/request/A/*/@value/B%23type"


def test_places_are_found_in_what_is_observed(module: Load) -> None:
    call = module("places")
    answer = {"response": {"status": 200}, "intent": {"purpose": "valid", "clause": None}}

    def marks(tail: str, observed: str, **exchange: Any) -> Any:
        return call("marksOf", {"family": "", "tail": tail}, {**answer, **exchange}, observed, "")

    assert marks("/response/A/*/B#enum", 'minimal: /A/3/B: "x" is none')["response"] == [
        ["A", "3", "B"]
    ]
    assert marks("/response/A/*/B#enum", "none")["response"] == [["A", "*", "B"]]
    assert marks("/response/A#members", "undocumented member X, Y")["response"] == [
        ["A", "X"],
        ["A", "Y"],
    ]
    assert marks("/request/A#type", "accepted with 200")["status"] is True
    assert marks("/request/A#type", "2000 items")["status"] is False
    violated = {"purpose": "violates", "clause": "sqs.Send/request/Tags/@value#type"}
    assert marks("/errors#code", "400", intent=violated)["request"] == [["Tags", "*"]]


def test_what_is_not_seen_is_written_out_and_the_rest_is_not_touched(module: Load) -> None:
    call = module("visible")

    @few
    @given(st.text(max_size=40))
    def holds(text: str) -> None:
        parts = call("visible", text)
        shown = "".join(part["text"] for part in parts if not part["escape"])
        written = "".join(part["text"] for part in parts if part["escape"])
        assert shown == "".join(each for each in text if not unseen(each))
        assert written.count("\\u") == sum(unseen(each) for each in text)
        assert not any(unseen(each) for part in parts for each in part["text"])

    holds()


def unseen(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Zl", "Zp", "Cs") and character not in "\n\t"
