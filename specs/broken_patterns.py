"""Patterns of service models that no value can match, or that say something else than is meant.

They are left out of contracts: the strings are then bound by their lengths alone. Each entry names
the pattern as the model states it, the shapes that state it, and why; `bounds` are the lengths it
cannot meet, where it is good with others.
"""

from __future__ import annotations

from dataclasses import dataclass

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class BrokenPattern:
    """A pattern that is not enforced as it is written, by anybody."""

    pattern: str
    shapes: tuple[str, ...]
    why: str
    bounds: Bounds | None = None


_INSIDE = "an anchor in the middle: nothing comes before a beginning or after an end"

BROKEN_PATTERNS = (
    BrokenPattern(
        "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}",
        ("apprunner.ServiceId",),
        "36 characters where 32 are allowed: the service's ids have no hyphens",
        (32, 32),
    ),
    BrokenPattern(
        r"/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$/",
        ("connect.Password",),
        f"{_INSIDE}; the slashes are those of another language",
    ),
    BrokenPattern(
        r".*/^[\d]{12}$/.*",
        ("dataexchange.AwsAccountId",),
        f"{_INSIDE}; the slashes are those of another language",
    ),
    BrokenPattern(
        r"^arn:aws([a-z-]+)?:ec2:[a-z\d-]+:\d{12}:placement-group/^.{1,255}$",
        ("ec2.PlacementGroupArn",),
        _INSIDE,
    ),
    BrokenPattern(
        r"^\\d{12}$",
        ("osis.AwsAccountId",),
        "a backslash too many: it asks for one and 12 letters d where 12 characters are allowed",
    ),
    BrokenPattern(r"\P{C}*$}", ("qbusiness.MessageBody",), _INSIDE),
    BrokenPattern(
        r"^arn:\S+:rbin:[a-z\-0-9]{0,63}:[0-9]{12}:rule/[0-9a-zA-Z]{11}{0,1011}$",
        ("rbin.RuleArn",),
        "two quantifiers in a row, which engines refuse or read as something else",
    ),
    BrokenPattern(
        r"^([\-]?\d{4}(?!\d{2}\b))((-?)((0[1-9]|1[0-2])(\3([12]\d|0[1-9]|3[01]))?"
        r"|W([0-4]\d|5[0-2])(-?[1-7])?|(00[1-9]|0[1-9]\d|[12]\d{2}|3([0-5]\d|6[1-6])))"
        r"([T\s]((([01]\d|2[0-3])((:?)[0-5]\d)?|24\:?00)([\.,]\d(?!:))?)?"
        r"(\17[0-5]\d([\.,]\d)?)?([zZ]|([\-])([01]\d|2[0-3]):?([0-5]\d)?)?)?)?$",
        ("ssm.StringDateTime",),
        "its plus signs are lost: no fraction of a second has more than one digit, no zone is east "
        "of Greenwich, and AWS's own examples do not match",
    ),
)


def broken(pattern: str, bounds: Bounds = (None, None)) -> BrokenPattern | None:
    """The entry of a pattern that stands beside these lengths (at least, at most), or None."""
    return next(
        (
            each
            for each in BROKEN_PATTERNS
            if each.pattern == pattern and each.bounds in (None, bounds)
        ),
        None,
    )
