"""Secret headers are hidden in whatever is told after they were met."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from awsconform.conformance.exchange import Case, Exchange, HTTPRequest, Intent, Purpose
from awsconform.conformance.reports.document import report_document, to_text
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.secrets import secrets_of
from awsconform.conformance.reports.text_report import print_report
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.scoreboard.board import Board, column
from awsconform.conformance.scoreboard.document import scoreboard_document
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.secrets import Secrets, hide, hide_bytes
from awsconform.conformance.wire.signing import Credentials
from awsconform.specs import catalog
from reports.repeating import Repeating

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

KEYS = Credentials("AKIDREALREAL", "s3cr3t/s3cr3t/s3cr3t", "IQoJb3JpZ2luX2VjEXAMPLE/token+==")
COOKIE = "af3d0c11b2e94f70"

# Few letters, so that they have beginnings in common, and a sign of being cut off.
texts = st.text("ab0…", max_size=40)
values = st.text("ab0", min_size=12, max_size=16)
signatures = st.text("0123456789abcdef", min_size=64, max_size=64)


def exchange(headers: Iterable[str], body: bytes = b"") -> Exchange:
    request = HTTPRequest("GET", "/", tuple(("X-Api-Key", each) for each in headers), body)
    return Exchange(Case("deadline.ListFarms", Intent(Purpose.VALID), {}), request, None)


@given(st.lists(st.one_of(texts, values), max_size=6), st.lists(values, max_size=90))
def test_a_text_is_without_every_secret_that_is_known(parts: list[str], known: list[str]) -> None:
    secrets = Secrets([exchange(known)])
    text = " ".join(parts)
    told = secrets.text(text)
    assert not [each for each in known if each in told]
    assert told == hide(text, frozenset(each for each in known if each in text or "…" in text))


@given(st.sets(signatures, min_size=1), st.sets(signatures))
def test_signatures_are_told_from_other_digests(known: set[str], others: set[str]) -> None:
    secrets = Secrets([exchange(known)])
    for each in known | others:
        told = "[hidden]" if each in known else each
        assert secrets.text(f"came '{each}'") == f"came '{told}'"
        assert secrets.content(f"came '{each}'".encode()) == f"came '{told}'".encode()


@given(signatures, st.integers(12, 63))
def test_so_is_the_beginning_of_one_that_was_cut(known: str, kept: int) -> None:
    secrets = Secrets([exchange([known])])
    assert secrets.text(f"came {known[:kept]}… (too long)") == "came [hidden]… (too long)"
    other = ("0" if known[0] != "0" else "1") + known[1:kept]
    assert secrets.text(f"came {other}…") == f"came {other}…"


@given(st.lists(st.one_of(texts, values), max_size=6), st.lists(values, max_size=90))
def test_so_is_a_body(parts: list[str], known: list[str]) -> None:
    body = b"\xff ".join(part.encode() for part in parts)
    told = Secrets([exchange(known)]).content(body)
    assert told == hide_bytes(body, frozenset(known))


def test_what_is_secret_in_a_header_is_hidden_by_itself_too() -> None:
    signature = "0123456789abcdef" * 4
    headers = (
        ("Authorization", f"AWS4-HMAC-SHA256 Credential=AKID/x, Signature={signature}"),
        ("Cookie", f"a=1; session={COOKIE}"),
    )
    sent = exchange([])
    assert sent.request is not None
    known = Secrets([Exchange(sent.case, sent.request.with_headers(headers), None)])
    assert known.text(f"provided {signature}, in {COOKIE}") == "provided [hidden], in [hidden]"
    assert known.value([{COOKIE: 1}]) == [{"[hidden]": 1}]


HEAD = "AWS4-HMAC-SHA256 Credential=AKID/20250101/us-east-1/deadline/aws4_request, Signature="


@given(st.lists(signatures, min_size=1, max_size=3), st.data())
def test_a_signed_header_is_hidden_whole_and_where_it_was_cut(
    known: list[str], data: st.DataObject
) -> None:
    secrets = Secrets()
    for each in known:
        sent = exchange([])
        assert sent.request is not None
        signed = sent.request.with_headers((("Authorization", f"{HEAD}{each}"),))
        secrets.learn(Exchange(sent.case, signed, None))
    header = f"{HEAD}{data.draw(st.sampled_from(known))}"
    assert secrets.text(f"came {header}; {header}") == "came [hidden]; [hidden]"
    assert secrets.content(f"came {header};".encode()) == b"came [hidden];"
    cut = data.draw(st.integers(4, len(header)))
    assert secrets.text(f"came {header[:cut]}… (too long)") == "came [hidden]… (too long)"


def test_words_in_the_parameters_of_a_signature_are_not_taken_for_secrets() -> None:
    headers = (("Authorization", "AWS4-HMAC-SHA256 SignedHeaders=content-type;host, Signature=0"),)
    sent = exchange([])
    assert sent.request is not None
    known = Secrets([Exchange(sent.case, sent.request.with_headers(headers), None)])
    assert known.text("the content-type is wrong") == "the content-type is wrong"


def test_a_target_tells_which_secrets_it_sent_though_its_requests_do_not_show_them() -> None:
    target = echo()
    contract = catalog.load("lookoutequipment", "ListInferenceSchedulers")
    seen = target.send(contract, Case(contract.id, Intent(Purpose.VALID), {}))
    assert seen.request is not None
    assert seen.response is not None
    assert b"IQoJb3JpZ2luX2Vj" in seen.response.body
    assert "IQoJb3JpZ2luX2Vj" not in repr(seen.request)
    assert KEYS.token in secrets_of([seen])
    assert KEYS.token not in repr({**vars(seen), "response": None, "secrets": None})


def test_nothing_secret_is_in_the_report_of_a_run_on_a_server_that_echoes_headers() -> None:
    target = echo()
    contracts = catalog.select(["lookoutequipment.ListInferenceSchedulers"])
    made = run(contracts, target, RunOptions(seed=1, examples=0))
    document = report_document(made, endpoint_of("wsgi:package.module:app"))
    text = to_text(document)
    assert any(clause["findings"] for clause in document["operations"][0]["clauses"])
    for secret in (KEYS.token, KEYS.access_key, "AKIDREAL", COOKIE, "user-made-secret"):
        assert str(secret) not in text
        assert json.dumps(secret)[1:-1] not in text


@pytest.mark.parametrize("crashes", [False, True])
def test_what_was_met_in_set_up_alone_is_in_no_report(crashes: bool) -> None:
    """Set-up is no evidence, and its exchanges are not in any report."""
    server = Repeating(crashes=crashes)
    contracts = catalog.select(["deadline.GetFarm"])
    target = WSGITarget(server, name="wsgi:package.module:app")
    made = run(contracts, target, RunOptions(seed=1, examples=0))
    document = report_document(made, endpoint_of("wsgi:package.module:app"))
    [result] = made.results
    assert any(outcome.findings for outcome in result.outcomes)
    assert bool(result.left) is crashes, "they tell of answers too"
    text = StringIO()
    print_report(Console(file=text, width=120), document, verbose=True)
    board = scoreboard_document(Board((column("a", target.name, made),)), made.options)
    told = [to_text(document), text.getvalue(), json.dumps(board)]
    assert all("[hidden]" in each for each in told[: 3 if crashes else 2])
    assert len(server.secrets) > 4
    for secret in server.secrets:
        assert not [each for each in told if secret in each]


def echo() -> WSGITarget:
    """A server whose every answer repeats the request's headers and sets a cookie."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        headers: dict[str, Any] = {
            name: value for name, value in environ.items() if name.startswith("HTTP_")
        }
        cookie = ("Set-Cookie", f"session={COOKIE}; Path=/")
        start_response("200 OK", [("Content-Type", "application/json"), cookie])
        return [json.dumps({"InferenceSchedulerSummaries": headers, "made": COOKIE}).encode()]

    options = Options(credentials=KEYS, headers=(("X-Session-Id", "user-made-secret"),))
    return WSGITarget(application, name="echo", options=options)
