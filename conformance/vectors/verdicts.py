"""The word for a vector that says nothing about a codec."""

from __future__ import annotations


class NotApplicable(Exception):
    """A vector is about something the codec does not do; the message says what."""
