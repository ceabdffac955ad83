"""What counts as the same message, and what does not."""

from __future__ import annotations

import pytest

from awsconform.conformance.vectors.comparing import (
    parameters,
    same_answer,
    same_body,
    same_header,
    same_path,
)

JSON, XML, FORM, CBOR = (
    "application/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/cbor",
)


@pytest.mark.parametrize(
    ("media", "first", "second"),
    [
        (JSON, b'{"a": 1, "b": [2]}', b'{"b":[2.0],"a":1}'),
        (JSON, b'"\\u00e9"', '"é"'.encode()),
        (JSON, b"7.7", b"7.699999809265137"),
        (JSON, b"", b"  "),
        (XML, b"<a><b>1</b><c/></a>", b"<a>\n  <c></c>\n  <b>1</b>\n</a>\n"),
        (XML, b"<p:a xmlns:p='u'/>", b"<a xmlns='u'/>"),
        (XML, b'<?xml version="1.0"?><a x="1" y="2"/>', b'<a y="2" x="1"/>'),
        (FORM, b"a=1&b=2", b"b=2&a=1"),
        (FORM, b"a=x%20y", b"a=x+y"),
        (CBOR, b"\xa2\x61a\x01\x61b\x02", b"\xbf\x61b\x02\x61a\x01\xff"),
        (CBOR, b"\xc1\x1a\x65\x53\xf1\x00", b"\xc1\xfb\x41\xd9\x54\xfc\x40\x00\x00\x00"),
        (CBOR, b"\xf9\x7e\x00", b"\xfb\x7f\xf8\x00\x00\x00\x00\x00\x00"),
        ("text/plain", b"same", b"same"),
    ],
)
def test_these_say_the_same(media: str, first: bytes, second: bytes) -> None:
    assert same_body(media, first, second)
    assert same_body(f"{media}; charset=utf-8", second, first)


@pytest.mark.parametrize(
    ("media", "first", "second"),
    [
        (JSON, b'{"a": 1}', b'{"a": true}'),
        (JSON, b'{"a": 1}', b'{"a": "1"}'),
        (JSON, b'{"a": null}', b"{}"),
        (JSON, b"[1, 2]", b"[2, 1]"),
        (JSON, b"[1]", b"[1, 2]"),
        (JSON, b"{}", b""),
        (JSON, b"{}", b"{"),
        (JSON, b"1398796238.123", b"1398796238"),
        (JSON, b"1398796238.0", b"1398796239"),
        (JSON, b"0.1", b"0.10000001"),
        (CBOR, b"\xc1\xfb\x41\xd4\xd7\xfb\x23\x87\xdf\x3b", b"\xc1\x1a\x53\x5f\xec\x8e"),
        (XML, b"<a><b>1</b><b>2</b></a>", b"<a><b>2</b><b>1</b></a>"),
        (XML, b"<a xmlns='u'/>", b"<a xmlns='v'/>"),
        (XML, b"<a> </a>", b"<a></a>"),
        (XML, b"<a x='1'/>", b"<a/>"),
        (XML, b"<a/>", b"<a>"),
        (FORM, b"a=1&a=2", b"a=1"),
        (FORM, b"a=", b"a=1"),
        (CBOR, b"\x42hi", b"\x62hi"),
        (CBOR, b"\xc1\x01", b"\x01"),
        (CBOR, b"\xa1\x61a\x01", b"\xa1\x61a"),
        ("text/plain", b"a", b"b"),
    ],
)
def test_these_do_not(media: str, first: bytes, second: bytes) -> None:
    assert not same_body(media, first, second)
    assert not same_body(media, second, first)


@pytest.mark.parametrize(
    ("name", "first", "second", "same"),
    [
        ("Content-Type", "application/json", "Application/JSON; charset=UTF-8", True),
        ("Content-Type", "text/xml", "application/xml", True),
        ("Content-Type", "application/json", "application/x-amz-json-1.1", False),
        ("Content-Type", "text/plain; charset=latin-1", "text/plain", False),
        ("X-List", "a, b,c", "a,b, c", True),
        ("X-List", "a, b", "b, a", False),
        ("X-Text", "a b", "a  b", False),
        ("X-List", '"a, b", c', '"a, b",c', True),
        ("X-List", '"a, b"', '"a,b"', False),
        ("X-Date", "Mon, 16 Dec 2019 23:48:18 GMT", "Mon,16 Dec 2019 23:48:18 GMT", False),
        (
            "X-Dates",
            "Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT",
            "Mon, 16 Dec 2019 23:48:18 GMT,Tue, 17 Dec 2019 23:48:18 GMT",
            True,
        ),
    ],
)
def test_headers_are_the_same_but_for_spaces_in_lists_and_a_charset(
    name: str, first: str, second: str, same: bool
) -> None:
    assert same_header(name, first, second) is same


def test_paths_are_the_same_but_for_letters_of_escapes() -> None:
    assert same_path("/a%2fb", "/a%2Fb")
    assert not same_path("/a%2Fb", "/a/b")
    assert not same_path("/A", "/a")


def test_parameters_count_how_often_they_occur() -> None:
    assert parameters(["a=1", "a=1", "b=%20"]) == {("a", "1"): 2, ("b", " "): 1}
    assert parameters(["flag"]) == parameters(["flag="])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (b"<R><x>1</x></R>", b"<R xmlns='u'><x>1</x><requestId>7</requestId></R>", True),
        (b"<R>\n <requestId>1</requestId>\n</R>", b"<R><requestId>2</requestId></R>", True),
        (b"<R><x>1</x></R>", b"<R><x>2</x></R>", False),
        (b"<R><x><RequestId>1</RequestId></x></R>", b"<R><x/></R>", False),
        (b"<R/>", b"<R", False),
    ],
)
def test_answers_are_the_same_but_for_request_ids(first: bytes, second: bytes, same: bool) -> None:
    assert same_answer(first, second) is same
