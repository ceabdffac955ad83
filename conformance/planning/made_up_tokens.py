"""Tokens that nobody gave out, but that look as if somebody had."""

from __future__ import annotations

import contextlib
import string
from collections.abc import Iterator

from awsconform.generators.choices import RandomChoices
from awsconform.generators.samples import member_value
from awsconform.generators.shapes import Unsatisfiable
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures

_CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
_LENGTH = 40
# A shorter one, with a letter changed, may well be another real one.
_LONG_ENOUGH = 16


def made_up_tokens(
    contract: Contract, member: str, real: str | None, choices: RandomChoices
) -> Iterator[tuple[str, str]]:
    """Labelled tokens for a member: one all made up, one that is `real` but for a letter.

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
        middle = len(real) // 2
        order = sorted(range(len(real)), key=lambda place: abs(place - middle))
        place = next((each for each in order if _class_of(real[each])), None)
        if place is not None:
            others = _class_of(real[place]).replace(real[place], "")
            altered = real[:place] + choices.choice(others) + real[place + 1 :]
            if _fits(contract, member, altered):
                yield "altered", altered


def _like(real: str, choices: RandomChoices) -> str:
    """A text with a digit for each digit and a letter for each letter; the rest stays."""
    return "".join(choices.choice(_class_of(each) or each) for each in real)


def _class_of(letter: str) -> str:
    return next((each for each in _CLASSES if letter in each), "")


def _fits(contract: Contract, member: str, token: str) -> bool:
    """Whether a token is nothing that its member's own schema refuses."""
    found = failures(contract, "request", {member: token})
    return not any(failure.pointer[:1] == (member,) for failure in found)
