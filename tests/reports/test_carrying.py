"""What an answer gives is carried on: reproductions run against a server that gives other ids."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.evidence import observe
from awsconform.conformance.exchange import Case, Exchange, HTTPRequest, HTTPResponse, Intent
from awsconform.conformance.exchange import Purpose as Why
from awsconform.conformance.outcomes import Finding
from awsconform.conformance.reports.carrying import (
    JSON,
    PLAIN,
    URL,
    XML,
    Given,
    Use,
    given_before,
    spelled,
    split,
)
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.reproduction import Reproduction, reproduce_finding
from awsconform.conformance.wire.requests import encode
from awsconform.conformance.wire.responding import write
from awsconform.specs import catalog
from awsconform.specs.clauses import clauses
from reports.hand_made import keeping_server

OLD, NEW = "0ld-1d/of=one thing", "n3w-1d/of=other thing"
SHARP_OLD, SHARP_NEW = """0ld'"$HOME`\\<&>%s""", """n3w'"$PATH`\\<&>%d"""
MAC_OLD, MAC_NEW = b"\x85F recorded\xff", b"\x85G not recorded\x00\xfe"

needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not there")

Sent = tuple[str, dict[str, Any], bytes | None]


def blob(data: bytes) -> str:
    return base64.b64encode(data).decode()


def made(
    name: str, answer: dict[str, Any], value: dict[str, Any], protocol: str | None = None
) -> Exchange:
    contract = catalog.load(*name.split("."), protocol=protocol)
    case = Case(name, Intent(Why.SETUP), value)
    return Exchange(case, encode(contract, case), write(contract, answer))


def again(
    maker: tuple[str, dict[str, Any]],
    asker: Sent,
    answer: dict[str, Any],
    url: str,
    protocol: str | None = None,
) -> tuple[Reproduction, HTTPRequest]:
    """The reproduction of a request after another, and the request as it was recorded."""
    name, value, body = asker
    contract = catalog.load(*name.split("."), protocol=protocol)
    case = Case(name, Intent(Why.VIOLATES, "clause", "label"), value, body)
    request = encode(contract, case)
    asked = Exchange(case, request, HTTPResponse(200, (), b""))
    before = (made(maker[0], answer, maker[1], protocol),)
    finding = Finding(clauses(contract)[0], "accepted", "a 4xx", "it", asked, None, before)
    return reproduce_finding(contract, finding, endpoint_of(url)), request


CREATE_KEY = ("kms.CreateKey", {})
PLAINTEXT = {"Plaintext": blob(b"secret text")}
CASES: list[tuple[tuple[str, dict[str, Any]], Any, Sent]] = [
    (
        CREATE_KEY,
        lambda new: {"KeyMetadata": {"KeyId": new}},
        ("kms.Encrypt", {"KeyId": OLD, "EncryptionAlgorithm": "NONE", **PLAINTEXT}, None),
    ),
    (
        CREATE_KEY,
        lambda new: {"KeyMetadata": {"KeyId": new}},
        ("kms.Encrypt", {"KeyId": OLD}, b'{"KeyId": "' + OLD.encode() + b"\", \x00\xff'%s"),
    ),
    (
        CREATE_KEY,
        lambda new: {"KeyMetadata": {"KeyId": new}},
        ("kms.Encrypt", {"KeyId": OLD, "GrantTokens": "no list", **PLAINTEXT}, None),
    ),
    (
        ("sns.CreateTopic", {"Name": "t"}),
        lambda new: {"TopicArn": new},
        ("sns.Publish", {"TopicArn": OLD, "Message": "m"}, None),
    ),
    (
        ("ec2.CreateVpc", {"CidrBlock": "10.0.0.0/16"}),
        lambda new: {"Vpc": {"VpcId": new}},
        ("ec2.DeleteVpc", {"VpcId": OLD}, None),
    ),
    (
        ("s3.CreateMultipartUpload", {"Bucket": "b", "Key": "k"}),
        lambda new: {"UploadId": new},
        ("s3.ListParts", {"Bucket": "b", "Key": "k", "UploadId": OLD}, None),
    ),
    (
        ("lambda.CreateFunction", {}),
        lambda new: {"RevisionId": new},
        ("lambda.GetFunction", {"FunctionName": OLD}, None),
    ),
]
IDS = [f"{case[2][0]}{'-raw' if case[2][2] else ''}" for case in CASES]
IDS[2] += "-wrong"


def changed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: changed(each, old, new) for key, each in value.items()}
    return value.replace(old, new) if isinstance(value, str) else value


def sharp(case: tuple[Any, Any, Sent]) -> tuple[Any, Any, Sent]:
    """The case with an id that is hard to quote."""
    maker, answer, (name, value, body) = case
    return maker, answer, (name, changed(value, OLD, SHARP_OLD), body)


def said(request: HTTPRequest) -> tuple[str, list[tuple[str, str]], bytes]:
    """What a request says, without the ways of quoting it."""
    path, _, query = request.path.partition("?")
    body = request.body
    if b"=" in body and not body.startswith((b"{", b"<")):
        body = unquote_plus(body.decode()).encode()
    return unquote(path), sorted(parse_qsl(query, keep_blank_values=True)), body


def shell(program: str, folder: Path) -> str:
    """What a program for bash says; `aws` is the installed AWS CLI."""
    aws = folder / "aws"
    aws.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m awscli "$@"\n')
    aws.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    ended = subprocess.run(
        ["bash", "-c", program], env=environment, capture_output=True, timeout=120, check=False
    )
    assert b"Traceback" not in ended.stderr
    return ended.stdout.decode(errors="replace")


@needs_curl
@pytest.mark.parametrize("old", [OLD, SHARP_OLD], ids=["plain", "sharp"])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_curl_names_what_was_made_this_time(case: Any, old: str, tmp_path: Path) -> None:
    new = NEW if old == OLD else SHARP_NEW
    maker, answer, asker = case if old == OLD else sharp(case)
    if asker[2] and old != OLD:
        pytest.skip("the body is not JSON")
    first = write(catalog.load(*maker[0].split(".")), answer(new))
    with keeping_server([first]) as (url, kept):
        code, _ = again(maker, asker, answer(old), url)
        assert new in shell(code.curl, tmp_path) or old != OLD
    name, value, body = asker
    wanted = again(
        maker,
        (name, changed(value, old, new), body and body.replace(old.encode(), new.encode())),
        answer(new),
        url,
    )[1]
    assert len(kept) == 2
    assert said(kept[1]) == said(wanted)


@pytest.mark.parametrize("old", [OLD, SHARP_OLD], ids=["plain", "sharp"])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_boto3_names_what_was_made_this_time(case: Any, old: str) -> None:
    new = NEW if old == OLD else SHARP_NEW
    maker, answer, asker = case if old == OLD else sharp(case)
    first = write(catalog.load(*maker[0].split(".")), answer(new))
    with keeping_server([first]) as (url, kept):
        code, _ = again(maker, asker, answer(old), url)
        exec(compile(code.boto3, "reproduction", "exec"), {})
    assert len(kept) == 2
    told = "".join(map(str, said(kept[1])))
    if old == OLD:
        assert NEW in told
        assert OLD not in told
    elif not asker[2]:
        text = spelled(new, JSON) if kept[1].body.startswith(b"{") else new
        assert any(each in told for each in (text, repr(text)[1:-1], repr(text.encode())[2:-1]))


@pytest.mark.parametrize("case", [CASES[0], CASES[4]], ids=[IDS[0], IDS[4]])
def test_the_aws_cli_names_what_was_made_this_time(case: Any, tmp_path: Path) -> None:
    maker, answer, asker = case
    first = write(catalog.load(*maker[0].split(".")), answer(NEW))
    with keeping_server([first]) as (url, kept):
        code, _ = again(maker, asker, answer(OLD), url)
        shell(code.cli, tmp_path)
    assert len(kept) == 2
    told = "".join(map(str, said(kept[1])))
    assert NEW in told
    assert OLD not in told


@needs_curl
def test_bytes_of_an_answer_are_carried_too(tmp_path: Path) -> None:
    maker = ("kms.GenerateMac", {"Message": blob(b"x"), "KeyId": "k", "MacAlgorithm": "H"})
    value = {**maker[1], "Mac": blob(MAC_OLD)}
    for wrong in ({}, {"GrantTokens": "no list"}):
        first = write(catalog.load("kms", "GenerateMac"), {"Mac": blob(MAC_NEW)})
        with keeping_server([first, HTTPResponse(200, (), b"{}"), first]) as (url, kept):
            asker = ("kms.VerifyMac", {**value, **wrong}, None)
            code, _ = again(maker, asker, {"Mac": blob(MAC_OLD)}, url)
            exec(compile(code.boto3, "reproduction", "exec"), {})
            shell(code.curl, tmp_path)
        assert len(kept) == 4
        assert blob(MAC_NEW).encode() in kept[1].body
        assert blob(MAC_NEW).encode() in kept[3].body
        assert blob(MAC_OLD) not in code.boto3 + code.curl


@needs_curl
def test_a_text_that_only_a_header_gives_is_taken_from_it(tmp_path: Path) -> None:
    maker = ("s3.PutObject", {"Bucket": "b", "Key": "k"})
    first = write(catalog.load("s3", "PutObject"), {"ETag": '"new-etag"'})
    with keeping_server([first]) as (url, kept):
        asker = ("s3.GetObject", {"Bucket": "b", "Key": "k", "IfMatch": '"old-etag"'}, None)
        shell(again(maker, asker, {"ETag": '"old-etag"'}, url)[0].curl, tmp_path)
    assert dict(kept[1].headers)["If-Match"] == '"new-etag"'


def test_says_of_a_text_that_cannot_be_taken_that_it_is_the_recorded_one() -> None:
    maker = ("kms.CreateKey", {"Unknown": 1})
    asker = ("kms.Encrypt", {"KeyId": OLD, **PLAINTEXT}, None)
    code, _ = again(maker, asker, {"KeyMetadata": {"KeyId": OLD}}, "http://127.0.0.1:1")
    assert OLD in code.cli
    assert "# KeyId is the one that was recorded" in code.cli
    assert OLD not in code.curl
    assert "recorded:" not in code.curl


def test_each_text_has_a_variable_of_its_own() -> None:
    key = {"TagKey": "first of them", "TagValue": "second of them"}
    answer = {"Tags": [key, {"TagKey": "third of them", "TagValue": "fourth of them"}]}
    listed = made("kms.ListResourceTags", answer, {"KeyId": "k"})
    _, second = given_before([observe(catalog.load("kms", "ListResourceTags"), listed)] * 2)
    assert [each.variable for each in second] == [
        "tag_key_1", "tag_value_1", "tag_key_2_1", "tag_value_2_1"
    ]  # fmt: skip


def test_bytes_that_say_how_long_a_text_is_stay_as_they_were_and_a_comment_says_so() -> None:
    maker = ("cloudwatch.PutMetricStream", {"Name": "n"})
    asker = ("cloudwatch.UntagResource", {"ResourceARN": OLD, "TagKeys": ["k"]}, None)
    code, _ = again(maker, asker, {"Arn": OLD}, "http://127.0.0.1:1", protocol="rpc-v2-cbor")
    for text in (code.curl, code.boto3):
        assert OLD in text
        assert "# Arn is the one that was recorded" in text


def test_neither_what_a_request_said_itself_nor_a_documented_value_is_carried() -> None:
    answer = {"KeyMetadata": {"KeyId": "id-of-it", "Description": "mine own", "KeyUsage":
              "ENCRYPT_DECRYPT", "AWSAccountId": "12345"}}  # fmt: skip
    one = made("kms.CreateKey", answer, {"Description": "mine own"})
    first, second = given_before([observe(catalog.load("kms", "CreateKey"), one)] * 2)
    assert first == ()
    assert [(each.text, each.variable, each.step) for each in second] == [
        ("id-of-it", "key_id_1", 1)
    ]


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.text(min_size=6, max_size=20).filter(str.strip), TEXTS)
def test_pieces_are_the_text_again(before: str, text: str, after: str) -> None:
    if any("\ud800" <= each <= "\udfff" for each in text):
        return
    given_text = Given(text, 1, ("Id",), "Id", "id_1")
    for context in (PLAIN, JSON, XML, URL):
        spelling = "url/" if context == URL else context
        whole = f"{before}|{spelled(text, spelling)}|{after}"
        pieces = split(whole, [given_text], context)
        assert any(isinstance(each, Use) for each in pieces)
        joined = [
            spelled(each.given.text, each.spelling) if isinstance(each, Use) else each
            for each in pieces
        ]
        assert "".join(joined) == whole


def test_a_text_within_a_longer_word_is_not_taken_out() -> None:
    known = [Given("abcdef", 1, ("Id",), "Id", "id_1")]
    assert split("xabcdef abcdefx", known, PLAIN) == ["xabcdef abcdefx"]
    assert split("a%2Fabcdef%2Fb", known, URL) == ["a%2F", Use(known[0]), "%2Fb"]
