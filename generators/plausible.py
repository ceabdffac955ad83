"""Values that look like what people write there: identifiers, names, dates near today.

A candidate is chosen by the member's name, and taken only where the contract admits it; otherwise
the value that was drawn for the place stays.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from awsconform.generators.choices import RandomChoices
from awsconform.generators.leaves import BlobLeaf, DocumentLeaf, Leaf, TextLeaf, TimestampLeaf
from awsconform.generators.leaves import admits as text_admits

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HEX = "0123456789abcdef"
_ACCOUNT = "123456789012"
_SECONDS_A_DAY = 86_400
_LATER = re.compile(r"^(end|until|expir|stop|not-after|valid-to)|expir|-(end|until)\b")

# By the member's name in kebab case, the first that fits: what may stand there.
# `{thing}` is the name without its last word, `{name}` the whole, `{hex8}` and the like are drawn.
_BY_NAME: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), candidates)
    for pattern, candidates in (
        (r"role-arn$|^role$", ("arn:aws:iam::{account}:role/example-role",)),
        (r"(kms|key)\b.*arn$", ("arn:aws:kms:us-east-1:{account}:key/{uuid}",)),
        (r"bucket-arn$", ("arn:aws:s3:::example-bucket",)),
        (r"topic-arn$", ("arn:aws:sns:us-east-1:{account}:example-topic",)),
        (r"queue-arn$", ("arn:aws:sqs:us-east-1:{account}:example-queue",)),
        (r"(function|lambda)-arn$", ("arn:aws:lambda:us-east-1:{account}:function:example",)),
        (r"arns?$", ("arn:aws:{service}:us-east-1:{account}:{thing}/example-{thing}",
                     "arn:aws:{service}:us-east-1:{account}:{thing}/{uuid}",
                     "arn:aws:{service}:us-east-1:{account}:example")),
        (r"account(-ids?)?$|^owner$|owner-ids?$", (_ACCOUNT,)),
        (r"regions?$", ("us-east-1",)),
        (r"availability-zones?$", ("us-east-1a",)),
        (r"e?mail(-address(es)?)?$", ("person@example.com",)),
        (r"phone-numbers?$", ("+12025550123",)),
        (r"(url|uri|endpoint|link)s?$", ("https://example.com/{name}", "s3://example-bucket/{name}")),
        (r"bucket(-name)?s?$", ("example-bucket",)),
        (r"(domain|host)(-names?)?$", ("example.com", "example")),
        (r"cidrs?(-block)?s?$", ("192.0.2.0/24", "2001:db8::/56")),
        (r"ip(-address(es)?)?$|ipv4\b", ("192.0.2.10", "2001:db8::10")),
        (r"token$", ("{uuid}",)),
        (r"versions?$", ("1.0", "1.0.0", "1")),
        (r"locale|language(-code)?$", ("en-US", "en")),
        (r"time-?zone$", ("UTC", "Etc/UTC")),
        (r"currency(-code)?$", ("USD",)),
        (r"date$", ("{date}", "{instant}")),
        (r"(time|timestamp|-at)$", ("{instant}", "{date}")),
        (r"description$", ("An example of a {words}.", "An example", "example")),
        (r"(comment|message|reason|notes?|text|summary|title)s?$", ("An example", "example")),
        (r"ids?$|identifiers?$", ("{short}-{hex17}", "{thing}-{hex8}", "{uuid}", "{hex32}",
                                  "{hex17}", "{digits}")),
        (r"names?$", ("example-{thing}", "Example{Thing}", "example_{thing_}", "example")),
        (r"(path|prefix)$", ("/example/", "example/", "example")),
        (r"^ns?$|(count|size|number|quantity)s?$", ("10", "example-{name}", "example")),
        (r".", ("example-{name}", "Example{Name}", "example_{name_}", "example", "Example")),
    )
)  # fmt: skip


def _usual(leaf: TextLeaf, drawn: str) -> str:
    """A drawn text; of an ARN with the usual partition, region and account where they fit."""
    parts = drawn.split(":", 5)
    if parts[0] != "arn" or len(parts) < 6:
        return drawn
    tail = re.compile(r"[^/:]*$")
    for index, usual in ((1, "aws"), (3, "us-east-1"), (4, _ACCOUNT), (5, None)):
        changed = tail.sub("example", parts[5], count=1) if usual is None else usual
        tried = [*parts[:index], changed, *parts[index + 1 :]]
        if parts[index] and text_admits(leaf.text, ":".join(tried)):
            parts = tried
    return ":".join(parts)


@dataclass(frozen=True)
class Sense:
    """What plausible values are made of: the service, the day, and where the rest is drawn."""

    service: str
    today: datetime
    choices: RandomChoices
    met: Counter[tuple[str, str]] = field(default_factory=Counter)

    def value(self, leaf: Leaf, name: str, drawn: Any) -> Any:
        """What stands at a leaf that belongs to a member of that name."""
        kebab = "-".join(word.lower() for word in _WORD.findall(name)) or "value"
        if isinstance(leaf, TextLeaf):
            fitting = (text for text in self._texts(kebab) if text_admits(leaf.text, text))
            told = next(fitting, None)
            return _usual(leaf, drawn) if told is None else self._another(leaf, kebab, told)
        if isinstance(leaf, TimestampLeaf):
            return self._instant(kebab)
        if isinstance(leaf, BlobLeaf):
            return self._blob(leaf, drawn)
        return {"example": True} if isinstance(leaf, DocumentLeaf) else drawn

    def _another(self, leaf: TextLeaf, kebab: str, told: str) -> str:
        """A text that is met again in the same example, with a number where that fits."""
        self.met[kebab, told] += 1
        number = self.met[kebab, told]
        numbered = (f"{told}-{number}", f"{told}{number}") if number > 1 else ()
        if not told.lower().startswith("example"):
            return told
        return next((text for text in numbered if text_admits(leaf.text, text)), told)

    def _texts(self, kebab: str) -> Iterator[str]:
        for pattern, candidates in _BY_NAME:
            if pattern.search(kebab):
                facts = self._facts(kebab)
                yield from (candidate.format(**facts) for candidate in candidates)
                return

    def _facts(self, kebab: str) -> dict[str, str]:
        words = kebab.split("-")
        thing = words[:-1] or words
        hexadecimal = self.choices.text(_HEX, 32)
        return {
            "account": _ACCOUNT,
            "service": self.service,
            "name": kebab,
            "Name": "".join(word.title() for word in words),
            "name_": "_".join(words),
            "thing": "-".join(thing),
            "Thing": "".join(word.title() for word in thing),
            "thing_": "_".join(thing),
            "words": " ".join(thing),
            "short": thing[-1],
            "uuid": f"{hexadecimal[:8]}-{hexadecimal[8:12]}-4{hexadecimal[13:16]}"
            f"-a{hexadecimal[17:20]}-{hexadecimal[20:]}",
            "hex8": hexadecimal[:8],
            "hex17": f"0{hexadecimal[:16]}",
            "hex32": hexadecimal,
            "digits": str(int(hexadecimal, 16))[:12],
            "date": self._instant(kebab)[:10],
            "instant": self._instant(kebab),
        }

    def _instant(self, kebab: str) -> str:
        """A time in the fortnight before today, or after it for what comes to an end."""
        days = 1 + self.choices.integer(0, 13)
        later = _LATER.search(kebab) is not None
        moment = self.today + timedelta(
            days=days if later else -days,
            seconds=60 * self.choices.integer(0, _SECONDS_A_DAY // 60 - 1),
        )
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}"

    def _blob(self, leaf: BlobLeaf, drawn: str) -> str:
        size = len(base64.b64decode(drawn))
        return base64.b64encode((b"example data " * (size // 13 + 1))[:size]).decode()
