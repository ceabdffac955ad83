"""Timestamps, held against Python's and botocore's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.emulator.timestamps import (
    LAST_SECOND,
    from_http_date,
    from_number,
    seconds_of,
    text_of,
    to_http_date,
    to_number,
)

zones = st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(timezones=zones)
seconds = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(moments)
def test_any_offset_is_read_as_python_reads_it(moment: datetime) -> None:
    assert seconds_of(moment.isoformat()) == (moment - datetime(1970, 1, 1, tzinfo=UTC)) / (
        timedelta(seconds=1)
    )


@given(seconds)
def test_number_and_http_date_come_back_as_they_went(moment: datetime) -> None:
    text = text_of(moment.timestamp())
    assert datetime.fromisoformat(text) == moment
    assert from_number(to_number(text)) == text
    assert from_http_date(to_http_date(text)) == text


@given(seconds)
def test_botocore_reads_what_is_written(moment: datetime) -> None:
    text = text_of(moment.timestamp())
    forms: list[Any] = [text, to_number(text), to_http_date(text)]
    for written in forms:
        assert parse_timestamp(written) == moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01t00:00:00.25z", 0.25),
        ("2016-12-31T23:59:60Z", 1483228800),
        ("0000-12-31T00:00:00Z", (datetime(1, 1, 1) - datetime(1970, 1, 2)).total_seconds()),
        ("0000-02-29T00:00:00Z", (datetime(1, 1, 1) - datetime(1970, 11, 4)).total_seconds()),
        ("2026-01-01T00:00:00.123456789Z", 1767225600.123456),
    ],
)
def test_unusual_texts_are_read(text: str, expected: float) -> None:
    assert seconds_of(text) == expected


@pytest.mark.parametrize("number", [LAST_SECOND + 1, -1e18, 1e300, float("nan"), float("inf")])
def test_a_number_beyond_the_calendar_is_no_timestamp(number: float) -> None:
    assert from_number(number) is None


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-01T00:00:00Z", "\ud800"])
def test_what_is_no_http_date_is_not_read(text: str) -> None:
    assert from_http_date(text) is None


def test_what_lies_beyond_the_calendar_is_written_as_its_end() -> None:
    assert text_of(1e30) == text_of(LAST_SECOND) == "9999-12-31T23:59:59Z"
    assert text_of(-1e30) == "0001-01-01T00:00:00Z"
