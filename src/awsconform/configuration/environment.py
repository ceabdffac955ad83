"""`AWSCONFORM_<FLAG>`: what the environment says of each flag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from awsconform.configuration.errors import InvalidValue
from awsconform.configuration.values import Origin, Source, Value

PREFIX = "AWSCONFORM_"
CONFIG = "AWSCONFORM_CONFIG"
NO_CONFIG = "AWSCONFORM_NO_CONFIG"
# Those that are no flag of anything.
OTHERS = (CONFIG, NO_CONFIG, "AWSCONFORM_CACHE_DIR", "AWSCONFORM_TRACEBACK")
_TRUE = ("1", "true", "yes", "on", "y", "t")
_FALSE = ("0", "false", "no", "off", "n", "f")


class Form(Enum):
    """How a key is given on the command line."""

    VALUE = "value"
    TRUTH = "truth"
    LINES = "lines"
    WORDS = "words"


def variable(key: str) -> str:
    """The name of a key's variable."""
    return PREFIX + key.upper().replace("-", "_")


def stated(environment: Mapping[str, str], forms: Mapping[str, Form]) -> dict[str, Value]:
    """What the environment says of keys; a variable that is empty says nothing.

    Raises:
        InvalidValue: one that is true or false is neither.
    """
    found = {}
    for key, form in forms.items():
        name = variable(key)
        text = environment.get(name, "")
        if text:
            found[key] = Value(_read(name, text, form), Origin(Source.ENVIRONMENT, name))
    return found


def is_true(environment: Mapping[str, str], name: str) -> bool:
    """What a variable says that is true or false; false where it is not there, or empty.

    Raises:
        InvalidValue: it is neither.
    """
    text = environment.get(name, "")
    return bool(text) and _truth(name, text)


def unknown(environment: Mapping[str, str], forms: Iterable[str]) -> dict[str, str | None]:
    """The variables that begin as ours and are none, each with the one that may be meant."""
    from awsconform.configuration.validating import near

    known = {variable(key) for key in forms} | set(OTHERS)
    plain = {name.lower().replace("_", "-"): name for name in known}
    return {
        name: plain.get(near(name, plain) or "")
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    }


def _read(name: str, text: str, form: Form) -> Any:
    if form is Form.TRUTH:
        return _truth(name, text)
    if form is Form.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if form is Form.WORDS:
        words = text.replace(",", " ").split()
        if any(word.startswith("-") for word in words):
            raise InvalidValue(f"{name} names services and operations, not {text[:80]!r}")
        return words
    return text


def _truth(name: str, text: str) -> bool:
    plain = text.strip().lower()
    if plain not in (*_TRUE, *_FALSE):
        raise InvalidValue(f"{name} has to be true or false (or 1 or 0), not {text[:80]!r}")
    return plain in _TRUE
