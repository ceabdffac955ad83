"""What a target makes up takes the place of what it made up then, wherever a request has it."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.conformance.evidence import Observed, observe
from awsconform.conformance.exchange import (
    Case,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Intent,
    Purpose,
    Trouble,
)
from awsconform.conformance.replaying.playing import with_last_answers
from awsconform.conformance.replaying.renewing import Renewal
from awsconform.conformance.wire.requests import encode
from awsconform.specs.catalog import load
from awsconform.specs.contract import Contract

CREATE = load("deadline", "CreateFarm")
GET = load("deadline", "GetFarm")
STREAM = load("cloudwatch", "GetMetricStream", protocol="rpc-v2-cbor")
JSON = (("Content-Type", "application/json"),)
# An id that is none of the words around it.
IDS = st.from_regex(r"[A-Za-z0-9/+=:_-]{8,40}", fullmatch=True).filter(
    lambda text: text[0].isalnum() and text[-1].isalnum()
)


def made(text: str) -> Observed:
    """CreateFarm, answered with an id."""
    case = Case(CREATE.id, Intent(Purpose.SETUP), {"displayName": "meadow"})
    answer = HTTPResponse(200, JSON, json.dumps({"farmId": text}).encode())
    return observe(CREATE, Exchange(case, encode(CREATE, case), answer))


def asked(contract: Contract, value: dict[str, Any], request: HTTPRequest | None = None) -> Case:
    case = Case(contract.id, Intent(Purpose.VALID), value)
    return replace(case, recorded=request or encode(contract, case))


def renewed(then: str, now: str, contract: Contract, case: Case) -> Case:
    used = observe(contract, Exchange(case, case.recorded, None))
    renewal = Renewal([made(then), used])
    renewal.learn(1, made(now))
    return renewal.case(contract, case)


@settings(max_examples=25)
@given(IDS, IDS)
def test_puts_an_id_into_a_path(then: str, now: str) -> None:
    case = renewed(then, now, GET, asked(GET, {"farmId": then}))
    assert case.value == {"farmId": now}
    assert case.recorded is not None
    assert case.recorded.path == encode(GET, replace(case, recorded=None)).path


@settings(max_examples=25)
@given(IDS, IDS)
def test_puts_an_id_into_every_place_of_a_request(then: str, now: str) -> None:
    body = json.dumps({"a": then, "b": [f"x/{then}"]}).encode()
    digest = base64.b64encode(hashlib.md5(body).digest()).decode()
    headers = (*JSON, ("X-Of", then), ("Content-MD5", digest), ("X-Amz-Checksum-SHA1", "wrong"))
    request = HTTPRequest("POST", f"/a/{quote(then, safe='')}?b=1", headers, body)
    after = renewed(then, now, GET, asked(GET, {"farmId": then}, request)).recorded
    assert after is not None
    assert json.loads(after.body) == {"a": now, "b": [f"x/{now}"]}
    assert after.path == f"/a/{quote(now, safe='')}?b=1"
    told = dict(after.headers)
    assert told["X-Of"] == now
    assert told["Content-MD5"] == base64.b64encode(hashlib.md5(after.body).digest()).decode()
    assert told["X-Amz-Checksum-SHA1"] == "wrong"


def test_makes_a_body_anew_that_says_how_long_its_texts_are() -> None:
    case = renewed("name-of-then", "now", STREAM, asked(STREAM, {"Name": "name-of-then"}))
    assert case.recorded == encode(STREAM, replace(case, value={"Name": "now"}, recorded=None))


def test_leaves_a_request_as_it_is_where_nothing_is_another() -> None:
    case = asked(GET, {"farmId": "farm-of-then"})
    assert renewed("farm-of-then", "farm-of-then", GET, case) is case


def test_leaves_what_the_request_said_itself() -> None:
    case = asked(GET, {"farmId": "meadow"})
    assert renewed("meadow", "another", GET, case).recorded == case.recorded


def test_of_what_is_read_twice_only_the_later_answer_is_known() -> None:
    read, other = made("farm-0001").exchange, made("farm-0002").exchange
    assert with_last_answers([read, other, read]) == [
        replace(read, response=None, parsed=None, trouble=Trouble.UNREACHABLE), other, read
    ]  # fmt: skip
