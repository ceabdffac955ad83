"""Timestamps between RFC 3339 text, the logical form, and seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_SECOND = int((datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - EPOCH).total_seconds())
FIRST_SECOND = int((datetime(1, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
_LEAP_SECOND = re.compile(r"^(.{17})60")
_CALENDAR_CYCLE = timedelta(days=146_097)


def seconds_of(text: str) -> float:
    """Seconds since 1970 of any RFC 3339 text.

    Raises:
        ValueError: the text is no RFC 3339 date and time.
    """
    plain, leaps = _LEAP_SECOND.subn(r"\g<1>59", text.upper().replace("Z", "+00:00"))
    shift = timedelta(seconds=leaps)
    if plain.startswith("0000"):
        # RFC 3339 has a year 0, Python has none; the calendar repeats after 400 years.
        plain, shift = f"0400{plain[4:]}", shift - _CALENDAR_CYCLE
    return (datetime.fromisoformat(plain) - EPOCH + shift).total_seconds()


def text_of(seconds: float) -> str:
    """RFC 3339 text of seconds since 1970, in UTC; the first or last second beyond the calendar."""
    inside = min(max(seconds, FIRST_SECOND), LAST_SECOND)
    return f"{(EPOCH + timedelta(seconds=inside)).isoformat().removesuffix('+00:00')}Z"


def from_number(number: float) -> str | None:
    """The logical form of epoch seconds; None where they lie outside the years 1 to 9999."""
    return text_of(number) if FIRST_SECOND <= number <= LAST_SECOND else None


def to_number(text: str) -> int | float:
    """Epoch seconds of the logical form, to the millisecond.

    Raises:
        ValueError: the text is no RFC 3339 date and time.
    """
    seconds = round(seconds_of(text), 3)
    return int(seconds) if seconds.is_integer() else seconds


def from_http_date(text: str) -> str | None:
    """The logical form of an RFC 822 date; None where it is none."""
    try:
        return text_of((parsedate_to_datetime(text) - EPOCH).total_seconds())
    except (TypeError, ValueError):
        return None


def to_http_date(text: str) -> str:
    """The RFC 822 date of the logical form.

    Raises:
        ValueError: the text is no RFC 3339 date and time.
    """
    inside = min(max(seconds_of(text), FIRST_SECOND), LAST_SECOND)
    return format_datetime(EPOCH + timedelta(seconds=inside), usegmt=True)
