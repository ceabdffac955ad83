"""Timestamps: RFC 3339 inside the suite, three other forms on the wire.

The forms are Smithy's `timestampFormat`: date-time (`iso8601`), epoch-seconds (`unixTimestamp`)
and http-date (`rfc822`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

ISO8601, EPOCH, HTTP_DATE = "iso8601", "unixTimestamp", "rfc822"

_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_HTTP_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" (\d{4}) (\d\d):(\d\d):(\d\d)(\.\d{1,6})? GMT",
    re.ASCII,
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def is_rfc3339(text: str) -> bool:
    """Whether `text` is an RFC 3339 timestamp of a day that exists."""
    if _RFC3339.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        # Python has no leap seconds and no small letters; these take the longer way.
        return _whole_seconds(text) is not None
    return True


def from_epoch(seconds: int | float) -> str | None:
    """The RFC 3339 form of epoch seconds; None outside the years 1 to 9999."""
    try:
        return rfc3339(_BEGINNING + timedelta(seconds=seconds))
    except (OverflowError, ValueError):
        return None


def from_http_date(text: str) -> str | None:
    """The RFC 3339 form of `Tue, 29 Apr 2014 18:30:38 GMT`; None for anything else."""
    match = _HTTP_DATE.fullmatch(text)
    if match is None:
        return None
    weekday, day, month, year, hour, minute, second, fraction = match.groups()
    number = _MONTHS.index(month) + 1
    try:
        when = datetime(int(year), number, int(day), int(hour), int(minute), int(second))
    except ValueError:
        return None
    if _DAYS[when.weekday()] != weekday:
        return None
    return f"{when.isoformat()}{fraction or ''}Z"


def rfc3339(when: datetime) -> str:
    """A point in time as RFC 3339 in UTC, with as much of a fraction as it has.

    A naive `when` is taken as UTC.
    """
    aware = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    text = aware.replace(tzinfo=None, microsecond=0).isoformat()
    fraction = f".{aware.microsecond:06d}".rstrip("0") if aware.microsecond else ""
    return f"{text}{fraction}Z"


def to_datetime(text: str) -> datetime | None:
    """The point in time of an RFC 3339 timestamp, to the microsecond; None for anything else."""
    parts = _whole_seconds(text)
    if parts is None:
        return None
    when, fraction = parts
    return when + timedelta(microseconds=int(f"{fraction[1:]:0<6}"[:6]) if fraction else 0)


def to_wire(text: str, form: str) -> str | int | float | None:
    """An RFC 3339 timestamp in a wire form; None where `text` is no such timestamp.

    The fraction of a second is kept: in full in both text forms, as far as a double goes in epoch
    seconds.
    """
    parts = _whole_seconds(text)
    if parts is None:
        return None
    when, fraction = parts
    fraction = fraction.rstrip("0").rstrip(".")
    if form == EPOCH:
        seconds = (when - _BEGINNING) // timedelta(seconds=1)
        return seconds + float(f"0{fraction}") if fraction else seconds
    if form == HTTP_DATE:
        return (
            f"{_DAYS[when.weekday()]}, {when.day:02d} {_MONTHS[when.month - 1]} {when.year:04d}"
            f" {when:%H:%M:%S}{fraction} GMT"
        )
    return f"{when.replace(tzinfo=None).isoformat()}{fraction}Z"


def _whole_seconds(text: str) -> tuple[datetime, str] | None:
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    date, minutes, seconds, fraction, zone = match.groups()
    # A leap second has no datetime; the second before it stands in.
    seconds = "59" if seconds == "60" else seconds
    zone = "+00:00" if zone in "Zz" else zone
    try:
        when = datetime.fromisoformat(f"{date}T{minutes}:{seconds}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return when, fraction or ""
