"""Every point in time survives the way through each wire form."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.wire import timestamps

validate_rfc3339 = importlib.import_module("rfc3339_validator").validate_rfc3339
LOOK_ALIKES = r"\A\d{4}-[01]\d-[0-3]\d[Tt ][0-2]\d(:[0-6]\d){2}(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?\Z"

YEARS = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1), timezones=st.timezones())
MODERN = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(
    lambda when: when.replace(tzinfo=UTC)
)


@given(YEARS)
def test_keeps_a_datetime(when: datetime) -> None:
    # In UTC, since Python finds no time of a clock's gap equal to any in another zone.
    assert timestamps.to_datetime(timestamps.rfc3339(when)) == when.astimezone(UTC)


@given(YEARS)
def test_keeps_a_timestamp_in_text_forms(when: datetime) -> None:
    text = timestamps.rfc3339(when)
    assert timestamps.to_wire(text, timestamps.ISO8601) == text
    date = timestamps.to_wire(text, timestamps.HTTP_DATE)
    assert isinstance(date, str)
    assert timestamps.from_http_date(date) == text


@given(MODERN)
def test_keeps_a_timestamp_in_epoch_seconds(when: datetime) -> None:
    text = timestamps.rfc3339(when)
    seconds = timestamps.to_wire(text, timestamps.EPOCH)
    assert isinstance(seconds, int | float)
    assert seconds == when.timestamp()
    assert timestamps.from_epoch(seconds) == text


@pytest.mark.parametrize(
    ("text", "form", "wire"),
    [
        ("2014-04-29T18:30:38Z", "rfc822", "Tue, 29 Apr 2014 18:30:38 GMT"),
        ("2014-04-29T18:30:38Z", "unixTimestamp", 1398796238),
        ("2014-04-29t18:30:38.120z", "iso8601", "2014-04-29T18:30:38.12Z"),
        ("2014-04-29T18:30:38-01:30", "iso8601", "2014-04-29T20:00:38Z"),
        ("2016-12-31T23:59:60Z", "unixTimestamp", 1483228799),
    ],
)
def test_writes_the_forms_smithy_describes(text: str, form: str, wire: str | int) -> None:
    assert timestamps.to_wire(text, form) == wire


@given(st.from_regex(LOOK_ALIKES) | st.text(max_size=30))
def test_takes_for_a_timestamp_what_rfc_3339_does(text: str) -> None:
    taken = timestamps.is_rfc3339(text)
    assert taken == (timestamps.to_datetime(text) is not None)
    if taken and ":60" not in text:
        assert validate_rfc3339(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 29 Apr 2014 18:30:38 GMT",
        "Tue, 29 Apr 2014 18:30:38 UTC",
        "Tue, 29 Apr 2014 18:30:38",
        "Tuesday, 29-Apr-14 18:30:38 GMT",
        "Tue, 31 Feb 2014 18:30:38 GMT",
        "2014-04-29T18:30:38Z",
        "",
    ],
)
def test_refuses_what_is_no_http_date(text: str) -> None:
    assert timestamps.from_http_date(text) is None


@pytest.mark.parametrize("seconds", [1e300, -1e300, 10**400, float("nan"), float("inf")])
def test_refuses_seconds_beyond_the_calendar(seconds: float) -> None:
    assert timestamps.from_epoch(seconds) is None
