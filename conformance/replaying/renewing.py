"""Requests among what the target makes up this time: ids and tokens take the place of those then.

Which texts those are is decided by `reports/carrying.py`, as for the commands and programs of a
report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, HTTPRequest
from awsconform.conformance.reports.carrying import (
    PLAIN,
    URL,
    Given,
    Use,
    context_of,
    given_before,
    repeated,
    spelled,
    split,
)
from awsconform.conformance.wire.checksums import with_checksums_of
from awsconform.conformance.wire.expressing import NotExpressible
from awsconform.conformance.wire.requests import encode
from awsconform.specs.contract import Contract

# How texts stand in a URL whose form does not show it.
_USUAL = {URL: f"{URL}~"}


class Renewal:
    """What answers gave then, by the requests of a course, and what they give now."""

    def __init__(self, then: Sequence[Observed]) -> None:
        # What the last answer gives is in no request.
        self._given = given_before(then)[-1] if then else ()
        self._now: dict[str, str] = {}

    def learn(self, step: int, observed: Observed) -> None:
        """Takes the answer to the request of a number, from 1."""
        for given in self._given:
            found = _at(observed.value, given.path) if given.step == step else None
            if isinstance(found, str) and found and observed.accepted:
                self._now[given.text] = found

    @property
    def changed(self) -> tuple[Given, ...]:
        """The texts that are others now."""
        now = self._now
        return tuple(each for each in self._given if now.get(each.text, each.text) != each.text)

    def case(self, contract: Contract, case: Case) -> Case:
        """A case with what there is now."""
        changed = self.changed
        if not changed:
            return case
        value = self._value(case.value, changed)
        intent = replace(case.intent, facts=self._fact(case.intent.facts))
        made = replace(case, value=value, intent=intent)
        if case.recorded is None:
            return made
        return replace(made, recorded=self._request(contract, case, made, changed))

    def _request(
        self, contract: Contract, then: Case, now: Case, changed: tuple[Given, ...]
    ) -> HTTPRequest:
        request = then.recorded
        assert request is not None
        context = context_of(request)
        # Where lengths are said, texts do not stand alone.
        if context is not None and not repeated(request, changed):
            return request
        if context is None:
            body = _encoded_anew(contract, then, now)
        else:
            # Any bytes are a text of as many characters.
            text = request.body.decode("latin-1")
            body = b"".join(
                each.encode("latin-1")
                if isinstance(each, str)
                else self._spelled(each, context).encode()
                for each in split(text, changed, context)
            )
        headers = tuple((name, self._text(told, changed, PLAIN)) for name, told in request.headers)
        path = self._text(request.path, changed, URL)
        prefix = self._text(request.host_prefix, changed, PLAIN)
        made = replace(request, path=path, headers=headers, body=body, host_prefix=prefix)
        return with_checksums_of(made, request.body)

    def _text(self, text: str, changed: tuple[Given, ...], context: str) -> str:
        pieces = split(text, changed, context)
        return "".join(e if isinstance(e, str) else self._spelled(e, context) for e in pieces)

    def _spelled(self, use: Use, context: str) -> str:
        # A text that is spelled as it is may have needed nothing else; that of now may.
        spelling = use.spelling if use.spelling != PLAIN else _USUAL.get(context, context)
        return spelled(self._now[use.given.text], spelling)

    def _value(self, value: Any, changed: tuple[Given, ...]) -> Any:
        if isinstance(value, str):
            return self._text(value, changed, PLAIN)
        if isinstance(value, dict):
            return {name: self._value(each, changed) for name, each in value.items()}
        if isinstance(value, list):
            return [self._value(each, changed) for each in value]
        return value

    def _fact(self, value: Any) -> Any:
        """What was noted of a request, in which a name may be the last part of a text given."""
        if isinstance(value, str):
            return self._marks.get(value, value)
        if isinstance(value, dict):
            return {name: self._fact(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._fact(each) for each in value]
        return value

    @property
    def _marks(self) -> Mapping[str, str]:
        whole = self._now
        return {**{_last(then): _last(now) for then, now in whole.items()}, **whole}


def _last(text: str) -> str:
    """The last part of an ARN or an address."""
    return text.rstrip("/").replace("/", ":").rpartition(":")[2]


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for each in path:
        if isinstance(value, dict) and isinstance(each, str):
            value = value.get(each)
        elif isinstance(value, list) and isinstance(each, int) and each < len(value):
            value = value[each]
        else:
            return None
    return value


def _encoded_anew(contract: Contract, then: Case, now: Case) -> bytes:
    """A body that says how long its texts are: made anew, if making it gives what was sent."""
    assert then.recorded is not None
    body = then.recorded.body
    try:
        if encode(contract, replace(then, recorded=None)).body != body:
            return body
        return encode(contract, replace(now, recorded=None)).body
    except NotExpressible:
        return body
