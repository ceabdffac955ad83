"""Tokens that nobody gave out, but that look as if somebody had."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import string
from collections.abc import Iterator
from typing import Any

from awsconform.generators.choices import RandomChoices
from awsconform.generators.samples import member_value
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
_STANDARD, _URL_SAFE = str.maketrans("-_", "+/"), str.maketrans("+/", "-_")
_LENGTH = 40
# A shorter one, with a letter changed, may well be another real one.
_LONG_ENOUGH = 16


def made_up_tokens(
    contract: Contract, member: str, real: str | None, choices: RandomChoices
) -> Iterator[tuple[str, str]]:
    """Labelled tokens for a member: one all made up, and `real` with a part `altered`.

    A token that is a JSON object in Base64 is altered in there, so that it is the target's own
    reading that is put to the test whatever letter changes; and once with a member `renamed`.
    Each fits the member's own pattern and length: anything else would test validation.
    """
    drafts = [] if real is None or len(real) < _LONG_ENOUGH else [_like(real, choices)]
    letters = "".join(_CLASSES)
    drafts.append("".join(choices.choice(letters) for _ in range(_LENGTH)))
    with contextlib.suppress(Unsatisfiable):
        drafts.append(str(member_value(contract, (member,), choices)))
    fitting = (each for each in drafts if each != real and _fits(contract, member, each))
    made_up = next(fitting, None)
    if made_up is not None:
        yield "made up", made_up
    if real is not None and len(real) >= _LONG_ENOUGH:
        for label, changed in _changed(real, choices):
            if changed != real and _fits(contract, member, changed):
                yield label, changed


def _changed(real: str, choices: RandomChoices) -> Iterator[tuple[str, str]]:
    """A real token with a letter changed, in the longest text of its object if it is one."""
    within = _object_in(real)
    texts = {name: value for name, value in within.items() if isinstance(value, str)}
    name = max(texts, key=lambda each: len(texts[each]), default=next(iter(within), None))
    if name in texts and any(map(_class_of, texts[name])):
        yield "altered", _written({**within, name: _altered(texts[name], choices)}, real)
    else:
        yield "altered", _altered(real, choices)
    if name is not None:
        renamed = {
            (_like(each, choices) if each == name else each): within[each] for each in within
        }
        yield "renamed", _written(renamed, real)


def _object_in(token: str) -> dict[str, Any]:
    """The JSON object that a token is in Base64; an empty one where it is none."""
    with contextlib.suppress(binascii.Error, ValueError, RecursionError):
        padded = token.translate(_STANDARD) + "=" * (-len(token) % 4)
        found = json.loads(base64.b64decode(padded, validate=True))
        if isinstance(found, dict):
            return found
    return {}


def _written(value: dict[str, Any], like: str) -> str:
    """An object as a token, in the variant of Base64 of another."""
    token = base64.b64encode(json.dumps(value).encode()).decode()
    if any(each in like for each in "-_"):
        token = token.translate(_URL_SAFE)
    return token if len(like) % 4 == 0 else token.rstrip("=")


def _altered(text: str, choices: RandomChoices) -> str:
    """A text with the letter or digit nearest to its middle changed; unchanged without any."""
    middle = len(text) // 2
    order = sorted(range(len(text)), key=lambda place: abs(place - middle))
    place = next((each for each in order if _class_of(text[each])), None)
    if place is None:
        return text
    others = _class_of(text[place]).replace(text[place], "")
    return text[:place] + choices.choice(others) + text[place + 1 :]


def _like(real: str, choices: RandomChoices) -> str:
    """A text with a digit for each digit and a letter for each letter; the rest stays."""
    return "".join(choices.choice(_class_of(each) or each) for each in real)


def _class_of(letter: str) -> str:
    return next((each for each in _CLASSES if letter in each), "")


def _fits(contract: Contract, member: str, token: str) -> bool:
    """Whether a token is nothing that its member's own schema refuses."""
    found = failures(contract, "request", {member: token})
    return not any(failure.pointer[:1] == (member,) for failure in found)
