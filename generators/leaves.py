"""Values without members: text, numbers, instants, bytes, documents."""

from __future__ import annotations

import base64
import functools
import json
import math
import random
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from awsconform.errors import PatternError
from awsconform.generators.choices import Choices, RandomChoices
from awsconform.generators.locations import Location
from awsconform.generators.patterns import fits
from awsconform.generators.strings import Text
from awsconform.specs.contract import Schema

FIRST_SECOND = datetime(2000, 1, 1, tzinfo=UTC)
LAST_SECOND = datetime(2037, 12, 31, 23, 59, 59, tzinfo=UTC)
_SECONDS = int((LAST_SECOND - FIRST_SECOND).total_seconds())
_INTEGERS = {"byte": 2**7, "short": 2**15, "integer": 2**31, "long": 2**63}
# Eighths of up to 2**20 are exact in single precision and in every JSON library.
_EIGHTHS = 8 * 2**20
_BYTES = 24
_DOCUMENTS: tuple[Any, ...] = (
    {}, "text", 0, True, [], {"key": "value"}, 1.5, False, ["one", 2], {"nested": {"list": [1]}},
)  # fmt: skip


class Leaf(ABC):
    """What one kind of value without members may be."""

    def __init__(self, schema: Schema, location: Location) -> None:
        self.schema = schema
        self.location = location

    @property
    def unsatisfiable(self) -> str | None:
        """Why there is no valid value, or None."""
        return None

    @abstractmethod
    def value(self, choices: Choices, *, pooled: bool) -> Any:
        """A valid value; `pooled` asks for few decisions rather than for a unique value."""


class TextLeaf(Leaf):
    """A string without an enumeration."""

    def __init__(self, schema: Schema, location: Location, salt: int = 0) -> None:
        super().__init__(schema, location)
        self.text = text_of(schema, location, salt)
        self._salt = salt

    @property
    def unsatisfiable(self) -> str | None:
        """Why there is no valid value, or None."""
        try:
            found = self.text.ends
        except PatternError as error:
            return str(error)
        if found is not None:
            return None
        if not self.text.within:
            return "no string fits the pattern and the length bounds together"
        return f"no string was found that fits the pattern and that the {self.location} can carry"

    def value(self, choices: Choices, *, pooled: bool) -> str:
        """A valid string."""
        return self.text.pooled(choices) if pooled else self.text.ordinary(choices)

    @functools.cached_property
    def same(self) -> str:
        """One valid string."""
        return self.text.ordinary(RandomChoices(random.Random(0)))

    def one_of_few(self, choices: Choices) -> str:
        """A valid string where it does not matter that it is met again in the same run."""
        if isinstance(choices, RandomChoices):
            return choices.one_of_few(self._salt, self.text.ordinary)
        return self.text.ordinary(choices)


class EnumLeaf(Leaf):
    """A string out of a list."""

    def __init__(self, schema: Schema, location: Location) -> None:
        super().__init__(schema, location)
        text = text_of(schema, location)
        self.options = [each for each in schema["enum"] if admits(text, each)]

    @property
    def unsatisfiable(self) -> str | None:
        """Why there is no valid value, or None."""
        return None if self.options else f"no documented value can be sent in the {self.location}"

    def value(self, choices: Choices, *, pooled: bool) -> Any:
        """A documented value."""
        return choices.choice(self.options)


class JsonTextLeaf(Leaf):
    """A string that holds JSON, in a header or a body."""

    def value(self, choices: Choices, *, pooled: bool) -> str:
        """A document as text."""
        return json.dumps({"key": f"value-{choices.integer(0, 999)}"}, separators=(",", ":"))


class IntegerLeaf(Leaf):
    """An integer of the width its AWS type has; not negative unless a bound says so."""

    def __init__(self, schema: Schema, location: Location) -> None:
        super().__init__(schema, location)
        width = _INTEGERS.get(schema.get("aws", {}).get("type", ""), 2**31)
        high = schema.get("maximum", width - 1)
        low = schema.get("minimum", min(0, high))
        self.low, self.high = max(math.ceil(low), -width), min(math.floor(high), width - 1)

    @property
    def unsatisfiable(self) -> str | None:
        """Why there is no valid value, or None."""
        return "no integer is within the bounds" if self.low > self.high else None

    def value(self, choices: Choices, *, pooled: bool) -> int:
        """A valid integer; without a stated maximum mostly a small one."""
        if pooled or "maximum" in self.schema:
            return choices.integer(self.low, self.high)
        return choices.integer(self.low, min(self.high, self.low + 1000))


class StatusLeaf(Leaf):
    """The HTTP status of a response."""

    def value(self, choices: Choices, *, pooled: bool) -> int:
        """The status a success has where nothing else is stated."""
        return 200


class FloatLeaf(Leaf):
    """A finite number that survives JSON, and single precision where that is the type."""

    def __init__(self, schema: Schema, location: Location) -> None:
        super().__init__(schema, location)
        high = schema.get("maximum", 2**20)
        low = schema.get("minimum", min(0, high))
        if low > high:
            high = low + 2**20 if "maximum" not in schema else high
        self.low, self.high = low, high
        self._first, self._last = math.ceil(low * 8), math.floor(min(high, low + 2**20) * 8)

    @property
    def unsatisfiable(self) -> str | None:
        """Why there is no valid value, or None."""
        return "no number is within the bounds" if self.low > self.high else None

    def value(self, choices: Choices, *, pooled: bool) -> float:
        """A valid number, in eighths where the bounds allow."""
        if self._first > self._last:
            return float(self.low)
        return choices.integer(self._first, self._last) / 8


class BooleanLeaf(Leaf):
    """True or false."""

    def value(self, choices: Choices, *, pooled: bool) -> bool:
        """Either."""
        return choices.choice((False, True))


class TimestampLeaf(Leaf):
    """An instant from 2000 to 2037, to the second or, one in ten, to the millisecond."""

    def value(self, choices: Choices, *, pooled: bool) -> str:
        """An RFC 3339 text in UTC."""
        number = choices.integer(0, _SECONDS)
        instant = FIRST_SECOND + timedelta(seconds=number)
        # RFC 822 dates have whole seconds, and botocore puts no others into headers.
        whole = self.schema.get("aws", {}).get("timestampFormat") == "rfc822"
        if number % 10 == 9 and not whole and self.location is not Location.HEADER:
            return f"{instant:%Y-%m-%dT%H:%M:%S}.{number % 997 + 1:03}Z"
        return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


class BlobLeaf(Leaf):
    """Bytes, as base64; bounds count the bytes."""

    def value(self, choices: Choices, *, pooled: bool) -> str:
        """Base64 text."""
        aws = self.schema.get("aws", {})
        low = aws.get("min", 0)
        high = max(low, min(aws.get("max", low + _BYTES), low + _BYTES))
        plain = choices.plain()
        if self.location is Location.RAW:
            low = max(low, 1)
        size = plain.integer(low, max(low, high))
        return base64.b64encode(bytes(plain.integer(0, 255) for _ in range(size))).decode()


class DocumentLeaf(Leaf):
    """Any JSON."""

    def value(self, choices: Choices, *, pooled: bool) -> Any:
        """One of a few documents, made anew."""
        return json.loads(json.dumps(choices.choice(_DOCUMENTS)))


_KINDS: Mapping[str, type[Leaf]] = {
    "byte": IntegerLeaf,
    "short": IntegerLeaf,
    "integer": IntegerLeaf,
    "long": IntegerLeaf,
    "float": FloatLeaf,
    "double": FloatLeaf,
    "bigdecimal": FloatLeaf,
    "boolean": BooleanLeaf,
    "timestamp": TimestampLeaf,
    "blob": BlobLeaf,
    "document": DocumentLeaf,
}


def text_of(schema: Schema, location: Location, salt: int = 0) -> Text:
    """The strings a schema describes, apart from an enumeration."""
    return Text(
        schema.get("pattern"),
        schema.get("minLength", 0),
        schema.get("maxLength"),
        location,
        salt,
    )


def leaf(schema: Schema, location: Location, salt: int = 0) -> Leaf:
    """The leaf for a resolved schema without members."""
    aws = schema.get("aws", {})
    kind = aws.get("type", "document")
    if location is Location.STATUS:
        return StatusLeaf(schema, location)
    if aws.get("jsonvalue"):
        return JsonTextLeaf(schema, location)
    if "enum" in schema:
        return EnumLeaf(schema, location)
    if kind in ("string", "character"):
        return TextLeaf(schema, location, salt)
    return _KINDS.get(kind, DocumentLeaf)(schema, location)


def admits(text: Text, value: str) -> bool:
    """Whether a string fits the bounds and the pattern, and can be sent."""
    too_long = text.high is not None and len(value) > text.high
    if too_long or len(value) < text.low or not text.location.carries(value):
        return False
    return text.pattern is None or fits(text.pattern, value) is True
