"""Whether a target has an operation at all: found out before anything is said of it.

Many implementations say that they lack something (`wire/lacking.json`). Others only crash, reject,
or answer with whatever they have: moto's server answers an operation it lacks with the web server's
500 page. So each target is asked for an operation that cannot exist, of the same service, in the
same protocol and, in the REST protocols, at a path of the same form. An operation whose every
answer is like the answer to that, whatever it is sent, is not there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from awsconform.conformance.evidence import Evidence, Observed
from awsconform.conformance.exchange import Case, Intent, Purpose, Trouble, View
from awsconform.conformance.misrouting import flag_of, misrouted
from awsconform.conformance.wire.answer import AnswerKind
from awsconform.conformance.wire.classification import Reaction
from awsconform.conformance.wire.codes import COMMON, REFUSAL, THROTTLING
from awsconform.conformance.wire.lacking import form_of, is_web_page
from awsconform.generators.overlay import texts
from awsconform.specs.contract import Contract
from awsconform.specs.paths import fixed_segment, has_other_paths

ALIKE_BEFORE_BELIEVING = 6
LABEL = "an operation that cannot exist"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_READ_OF_BODY = 4_000
# What is another one in each answer: identifiers of requests, long names, hexadecimals, numbers.
_CHANGING = re.compile(
    r"(?i)<(requestid|hostid)>[^<]*|(?=[a-z+/=_]*\d)[a-z0-9+/=_]{24,}"
    r"|\b[0-9a-f]{8}[0-9a-f-]*\b|0x[0-9a-f]+|\d+"
)
_SHORTEST_ECHO = 4
_UNROUTED = (404, 405)
_NO_SUCH_METHOD = re.compile(r"MethodNotAllowed(Exception)?")
_NOT_SUPPORTED = 501
_REDIRECTS = range(300, 400)
_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_ADDRESS = 200

Signature = tuple[str, str, str, str]


def nonsense(contract: Contract, choices: random.Random) -> tuple[Contract, Case] | None:
    """An operation of the same service that cannot exist, with a name drawn at random.

    None where every path leads to some operation: below S3's root all names are those of buckets.
    """
    return nonsense_called(contract, _name(choices))


def _nonsense_of(observed: Observed, choices: random.Random) -> tuple[Contract, Case] | None:
    """One that cannot exist on a part of just what was asked for: `POST /a-bucket?nonsense`.

    Only POST leads nowhere without a part that is known; GET, PUT and DELETE lead to the whole.
    """
    contract, request = observed.contract, observed.exchange.request
    fixed = "{" not in contract.uri
    if contract.method != "POST" or request is None or not (fixed or flag_of(contract)):
        return None
    name = _name(choices)
    uri = "" if fixed else f"{request.path.partition('?')[0]}?"
    return _called(contract, name, f"{uri or '/'}{name.lower()}")


def _name(choices: random.Random) -> str:
    return "".join(choices.choice(_LETTERS) for _ in range(16)).capitalize()


def nonsense_called(contract: Contract, name: str) -> tuple[Contract, Case] | None:
    """The operation that cannot exist, by its name, and the case that asks for it."""
    if not has_other_paths(contract):
        return None
    uri = contract.uri
    place = fixed_segment(contract)
    if place is not None:
        segments = uri.partition("?")[0].split("/")
        segments[place] = name.lower()
        label = name[::-1].lower()
        uri = "/".join(label if "{" in segment else segment for segment in segments)
    return _called(contract, name, uri)


def nonsense_again(contract: Contract, operation: str) -> Contract:
    """The contract of an operation that cannot exist and was asked for before, by its id."""
    name = operation.partition(".")[2]
    made = nonsense_called(contract, name) or _called(contract, name, "/")
    return made[0]


def _called(contract: Contract, name: str, uri: str) -> tuple[Contract, Case]:
    prefix = contract.aws["hostPrefix"] or ""
    aws = {
        **contract.aws,
        "operation": name,
        "hostPrefix": None if "{" in prefix else prefix or None,
        "http": {"method": contract.method, "uri": uri, "status": 200},
        "input": None,
        "output": None,
        "errors": {},
        "pagination": None,
    }
    made = Contract({**contract.document, "aws": aws}, origin="nonsense")
    return made, Case(made.id, Intent(Purpose.PROBE, label=LABEL), {})


@dataclass
class Probes:
    """What one target answers to operations that cannot exist; each form is asked for once."""

    _answers: dict[tuple[str, ...], Observed | None] = field(default_factory=dict)

    def ask(
        self, observed: Observed, seed: int, send: Callable[[Contract, Case], Observed]
    ) -> Observed | None:
        """The answer that tells of an operation's absence, None where nothing can be asked.

        `observed` is the operation's own first answer; `send` is called where the form was not
        asked for before.
        """
        contract = observed.contract
        form = _form_of_request(contract)
        if form not in self._answers:
            choices = random.Random(f"{seed} {' '.join(form)} nonsense")
            made = nonsense(contract, choices) or _nonsense_of(observed, choices)
            self._answers[form] = send(*made) if made is not None else None
        return self._answers[form]


def _form_of_request(contract: Contract) -> tuple[str, ...]:
    """What decides how a router sees a request: service and protocol, else method and path too."""
    if not contract.protocol.startswith("rest-"):
        return (contract.service, contract.protocol)
    segments = contract.uri.partition("?")[0].split("/")
    place = fixed_segment(contract)
    if place is not None:
        segments[place] = "*"
    labels = ("{}" if "{" in segment else segment for segment in segments)
    path = "/".join(labels) + ("?" if flag_of(contract) else "")
    return (contract.service, contract.protocol, contract.method, path)


def contrary(contract: Contract) -> list[Case]:
    """Requests to the operation itself that it would hardly answer like any other."""
    empty = Intent(Purpose.PROBE, label="a request without members")
    broken = Intent(Purpose.PROBE, label="a request with a broken body")
    cases = [Case(contract.id, empty, {})]
    # Where the body names the operation, a broken one asks for none.
    named_elsewhere = contract.protocol not in ("query", "ec2")
    if named_elsewhere and contract.method not in ("GET", "HEAD", "DELETE"):
        cases.append(Case(contract.id, broken, {}, body=b"{\x00"))
    return cases


def worth_asking(observed: Observed) -> bool:
    """Whether an answer came that an answer to nonsense could be like."""
    exchange = observed.exchange
    there = exchange.response is not None or exchange.trouble is Trouble.CRASHED
    return there and exchange.view is View.WIRE and observed.purpose is not Purpose.PROBE


def signature(observed: Observed, *, deep: bool = False) -> Signature | None:
    """What tells one answer from another, without what was sent; None where nothing answered.

    With `deep`, what was sent below the request's own members is left out as well.
    """
    exchange = observed.exchange
    if exchange.trouble is Trouble.CRASHED:
        return "crash", "", "", _without_echoes(exchange.detail, observed, deep=deep)
    response, answer = exchange.response, observed.answer
    if response is None or answer is None:
        return None
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    said = response.body[:_READ_OF_BODY].decode("utf-8", "replace")
    return str(response.status), kind, answer.code or "", _without_echoes(said, observed, deep=deep)


def _without_echoes(said: str, observed: Observed, *, deep: bool) -> str:
    exchange = observed.exchange
    operation = exchange.case.operation.partition(".")[2]
    sent = {operation: "OPERATION", _snake(operation): "OPERATION"}
    path = exchange.request.path.partition("?")[0] if exchange.request else ""
    for text in (path, unquote(path), *unquote(path).split("/")):
        if len(text) >= _SHORTEST_ECHO:
            sent.setdefault(text, "PATH")
    value = exchange.case.value
    for text in texts(value) if deep else value.values():
        if isinstance(text, str) and len(text) >= _SHORTEST_ECHO:
            sent.setdefault(text, "VALUE")
    for text in sorted(sent, key=len, reverse=True):
        said = said.replace(text, sent[text])
    return _CHANGING.sub("#", said)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _is_telling(contract: Contract, probe: Observed) -> bool:
    """Whether an operation that gets the same answer as nonsense need not be there for it.

    Who may not ask, or asks too often, is refused whatever it asks for; and what a declared code
    says, or a typed fault, an operation that is there may say of every request.
    """
    code = probe.answer.code if probe.answer is not None else None
    if code is None or _NO_SUCH_METHOD.fullmatch(code):
        return True
    if COMMON.fullmatch(code) or THROTTLING.fullmatch(code) or code in contract.errors:
        return False
    found = signature(probe)
    named = found is not None and ("OPERATION" in found[3] or "PATH" in found[3])
    return named or not (REFUSAL.fullmatch(code) or probe.reaction is Reaction.SERVER_FAULT)


def _answered(observed: Observed) -> str:
    """What came back in few words; of what no AWS API answers, what that is."""
    response, answer = observed.exchange.response, observed.answer
    if response is None or answer is None or answer.code:
        return observed.describe()
    to = response.header("location")
    if to and response.status in _REDIRECTS:
        return f"{response.status}, redirected to {to[:_LONGEST_ADDRESS]}"
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if kind in _PAGES and is_web_page(response):
        return f"{response.status} with a page of {kind}"
    return observed.describe()


def _probe(evidence: Evidence) -> Observed | None:
    probes = (each for each in evidence.observed if each.purpose is Purpose.PROBE)
    return next((each for each in probes if each.exchange.case.intent.label == LABEL), None)


def gone(evidence: Evidence) -> str | None:
    """What shows, while requests are sent, that it is no use to send more; None to go on.

    What the target says of itself is believed at once where it says it of nonsense too. All else
    has to come again and again, whatever was sent.
    """
    own, probe = evidence.own(), _probe(evidence)
    why = absent(evidence)
    if why is None or misrouted(evidence) is not None or len(own) >= ALIKE_BEFORE_BELIEVING:
        return why
    says_so = own[-1].reaction is Reaction.UNIMPLEMENTED
    if not says_so or _may_be_the_path(evidence):
        return None
    asked = probe is not None or own[-1].exchange.view is View.SDK
    agrees = probe is None or probe.reaction is Reaction.UNIMPLEMENTED
    return why if asked and agrees else None


def _may_be_the_path(evidence: Evidence) -> bool:
    """Whether it may be the values in the path, not the operation, that a router does not know."""
    response = evidence.own()[-1].exchange.response
    if "{" not in evidence.contract.uri or response is None:
        return False
    return response.status in _UNROUTED and is_web_page(response)


def absent(evidence: Evidence) -> str | None:
    """What shows that the target lacks the operation, None where it has it."""
    own = [each for each in evidence.own() if each.reaction is not Reaction.CLIENT_REFUSED]
    if not own:
        return None
    wrong = misrouted(evidence)
    if wrong is not None:
        return wrong
    if all(each.reaction is Reaction.UNIMPLEMENTED for each in own):
        return f"{_answered(own[0])}{_because(own[0])}"
    probe = _probe(evidence)
    if probe is None or not _is_telling(evidence.contract, probe):
        return _misrouted(own)
    wanted = signature(probe)
    # A mock that answers whatever is asked with what this operation answers stands for it.
    answered = any(own[0].answer.present - {()}) if own[0].accepted and own[0].answer else False
    if wanted is not None and not answered and all(signature(each) == wanted for each in own):
        return f"{_answered(own[0])}, as for {LABEL}"
    return _misrouted(own)


def _misrouted(own: list[Observed]) -> str | None:
    """Whether another operation answers what is there, and only refuses what is not."""
    wrong = [each for each in own if each.reaction is Reaction.UNIMPLEMENTED and _because(each)]
    others = {each.reaction for each in own} - {Reaction.UNIMPLEMENTED, Reaction.REFUSED}
    return f"{wrong[0].describe()}{_because(wrong[0])}" if wrong and not others else None


def _because(observed: Observed) -> str:
    """What happened to a request that another operation or service answered."""
    if observed.answer is None:
        return ""
    form = form_of(observed.contract, observed.exchange, observed.answer)
    return f", {form.because}" if form is not None and form.because else ""


def present_after_all(evidence: Evidence, observed: Observed) -> Observed:
    """An exchange as it is to be read once it is known that the target has the operation.

    A web server's page is then no sign of absence, but an error without a type.
    """
    response = observed.exchange.response
    if observed.reaction is not Reaction.UNIMPLEMENTED or response is None:
        return observed
    if observed.answer is not None and observed.answer.kind is AnswerKind.SUCCESS:
        return observed
    there = any(each.reaction is not Reaction.UNIMPLEMENTED for each in evidence.own())
    if there and is_web_page(response) and response.status != _NOT_SUPPORTED:
        return replace(observed, reaction=Reaction.UNTYPED)
    return observed
