"""How known implementations say that they lack an operation or a service, as data.

`lacking.json` has one form each: what an answer has to look like, who answers so, what shows it,
and answers that were seen. Everything a form states has to hold:

- `status`, `code`: the HTTP status, the error's code as a whole (a regular expression). An answer
  whose code the operation declares is meant as declared, unless the form says `declared`.
- `body`, `text`: what the whole body, or a part of what the answer says, matches. `{operation}`,
  `{method}` and `{path}` stand for those of the request.
- `page`: a web server's own page, or nothing at all; `member`: values of members of the error.
- `roots`: names of the root element of an XML answer, where another is due.
- `services`, `otherServices`: the only services the form is for, or those it is not for.

`because` says what happened where a success came back, or another service's answer.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from awsconform.conformance.exchange import Exchange, HTTPResponse
from awsconform.conformance.wire.answer import Answer, AnswerKind
from awsconform.specs.contract import Contract

FILE = Path(__file__).with_name("lacking.json")
_READ_OF_BODY = 10_000

# HTML, XHTML with its declaration too.
_PAGE = re.compile(rb"(?is)(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html)\b")
_ERROR_ROOTS = (b"<Error", b"<Response>", b"<Response ")
_ROOT = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:\w+:)?(\w+)", re.DOTALL)


@dataclass(frozen=True)
class Form:
    """One way of saying that an operation or a service is not there; see the module's text."""

    implementation: str
    lacks: str
    evidence: str
    because: str = ""
    status: tuple[int, ...] = ()
    code: str | None = None
    declared: bool = False
    body: str | None = None
    text: str | None = None
    page: bool = False
    member: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    other_services: tuple[str, ...] = ()
    examples: tuple[Mapping[str, Any], ...] = ()

    def fits(self, contract: Contract, exchange: Exchange, answer: Answer) -> bool:
        """Whether an answer to a request has this form."""
        return (
            self._speaks_of(contract)
            and (not self.status or answer.status in self.status)
            and self._has_code(contract, answer)
            and self._is_success_if_due(answer)
            and self._has_members(answer)
            and self._has_body(contract, exchange, answer)
        )

    def _speaks_of(self, contract: Contract) -> bool:
        if self.services and contract.service not in self.services:
            return False
        return contract.service not in self.other_services

    def _has_code(self, contract: Contract, answer: Answer) -> bool:
        if answer.code in contract.errors and not self.declared:
            return False
        if self.code is None:
            return True
        return answer.code is not None and bool(re.fullmatch(self.code, answer.code))

    def _is_success_if_due(self, answer: Answer) -> bool:
        """Only a form that names a status of success is one of successes."""
        return answer.kind is not AnswerKind.SUCCESS or 200 in self.status

    def _has_members(self, answer: Answer) -> bool:
        value = answer.value or {}
        return all(
            isinstance(value.get(name), str) and re.fullmatch(pattern, value[name])
            for name, pattern in self.member.items()
        )

    def _has_body(self, contract: Contract, exchange: Exchange, answer: Answer) -> bool:
        response = exchange.response
        if self.page and (answer.code or response is None or not is_web_page(response)):
            return False
        said = _said(response, answer)
        if self.roots and not self._has_root(answer, said):
            return False
        if self.body is not None and not re.fullmatch(self.body, said):
            return False
        if self.text is None:
            return True
        pattern = _filled(self.text, contract, exchange)
        return pattern is not None and re.search(pattern, said) is not None

    def _has_root(self, answer: Answer, said: str) -> bool:
        found = _ROOT.match(said)
        wrong = answer.kind is AnswerKind.UNREADABLE or any(
            problem.kind in ("xml", "json") for problem in answer.problems
        )
        return wrong and found is not None and found[1] in self.roots


@functools.cache
def forms() -> tuple[Form, ...]:
    """All forms, in the order of the file."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_form(each) for each in document["forms"])


def form_of(contract: Contract, exchange: Exchange, answer: Answer) -> Form | None:
    """The first form an answer has, None where it says nothing of the kind."""
    return next((form for form in forms() if form.fits(contract, exchange, answer)), None)


@functools.cache
def says_so(code: str) -> bool:
    """Whether a code alone says that something is not there."""
    return any(
        form.code is not None and re.fullmatch(form.code, code) is not None for form in forms()
    )


def is_web_page(response: HTTPResponse) -> bool:
    """Whether a response is a web server's own page, or empty: no error form AWS has."""
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if "json" in kind or "cbor" in kind or response.header("x-amzn-errortype") is not None:
        return False
    text = response.body.lstrip()
    if _PAGE.match(text):
        return True
    # Errors in XML come with all sorts of content types, pages also in pieces.
    return not ("xml" in kind and text) and not text.startswith((b"{", b"<?xml", *_ERROR_ROOTS))


def _form(stated: Mapping[str, Any]) -> Form:
    plain = ("implementation", "lacks", "evidence", "because", "code", "declared", "body", "text")
    return Form(
        **{key: stated[key] for key in (*plain, "page", "member") if key in stated},
        status=tuple(stated.get("status", ())),
        roots=tuple(stated.get("roots", ())),
        services=tuple(stated.get("services", ())),
        other_services=tuple(stated.get("otherServices", ())),
        examples=tuple(stated.get("examples", ())),
    )


def _said(response: HTTPResponse | None, answer: Answer) -> str:
    """The body as text; in the SDK's view what the error's members say."""
    if response is not None:
        return response.body[:_READ_OF_BODY].decode("utf-8", "replace")
    return " ".join(each for each in (answer.value or {}).values() if isinstance(each, str))


def _filled(pattern: str, contract: Contract, exchange: Exchange) -> str | None:
    """A pattern with what was asked in it; None where that is not known."""
    filled = pattern.replace("{operation}", re.escape(contract.operation))
    if "{method}" not in filled and "{path}" not in filled:
        return filled
    request = exchange.request
    if request is None:
        return None
    path = request.path.partition("?")[0]
    either = "|".join(dict.fromkeys((re.escape(path), re.escape(unquote(path)))))
    return filled.replace("{method}", re.escape(request.method)).replace("{path}", f"(?:{either})")
