"""Requests to bytes and bytes to answers, per protocol, with no leniency."""
