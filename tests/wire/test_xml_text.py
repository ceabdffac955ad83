"""XML is printed so that it is read back the same, by others too."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.wire.xml_text import (
    INSTANCE,
    Element,
    NotXML,
    document,
    is_name,
    is_text,
    parse,
)

CHARACTERS = st.characters(codec="utf-8")
TEXTS = st.text(CHARACTERS, max_size=12).filter(is_text)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,6}", fullmatch=True)
ELEMENTS = st.recursive(
    st.builds(Element, NAMES, st.none(), st.dictionaries(NAMES, TEXTS, max_size=3), text=TEXTS),
    lambda below: st.builds(Element, NAMES, children=st.lists(below, max_size=3)),
    max_leaves=8,
).filter(lambda element: not element.name.lower().startswith("xml"))


@given(ELEMENTS)
def test_what_is_printed_is_read_back(root: Element) -> None:
    assert parse(document(root)) == root


@given(TEXTS)
def test_texts_are_those_of_other_readers(text: str) -> None:
    printed = document(Element("a", None, {"b": text}, text=text))
    read = ElementTree.fromstring(printed)
    assert (read.text or "", read.attrib["b"]) == (text, text)


@given(CHARACTERS)
def test_knows_the_characters_xml_has(character: str) -> None:
    try:
        read = ElementTree.fromstring(f"<a>{'&#10;' if character in '<&' else character}</a>")
    except ElementTree.ParseError:
        assert not is_text(character)
    else:
        assert is_text(character)
        assert read.text


def test_half_a_surrogate_pair_is_no_text() -> None:
    assert not is_text("\ud800")


@pytest.mark.parametrize("name", ["a", "_a", "a-b.c", "xsi:type", "A1"])
def test_knows_the_names_xml_has(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "1a", "a b", "a:", ":a", "a:b:c", "-a", "<a", "a/", "\n"])
def test_knows_what_is_no_name(name: str) -> None:
    assert not is_name(name)


def test_names_come_without_prefix_and_with_their_namespace() -> None:
    root = parse(b'<p:a xmlns:p="urn:p" xmlns="urn:d" p:b="1" c="2" xml:lang="en"><e/></p:a>')
    assert (root.name, root.namespace) == ("a", "urn:p")
    assert root.attributes == {"{urn:p}b": "1", "c": "2"}
    assert root.children == [Element("e", "urn:d")]


def test_text_is_in_one_piece() -> None:
    assert parse(b"<a>b<c/>d<!-- e --><![CDATA[<f>]]>&lt;&#x67;<?h?></a>").text == "bd<f><g"


def test_nil_is_xml_schemas() -> None:
    assert parse(f'<a xmlns:x="{INSTANCE}" x:nil="true"/>'.encode()).is_nil()
    assert not parse(f'<a xmlns:x="{INSTANCE}" x:nil="false"/>'.encode()).is_nil()
    assert not parse(b'<a nil="true"/>').is_nil()


def test_the_depth_is_bounded() -> None:
    assert parse(b"<a>" * 200 + b"</a>" * 200).children
    with pytest.raises(NotXML, match="deeper than 200"):
        parse(b"<a>" * 201 + b"</a>" * 201)
