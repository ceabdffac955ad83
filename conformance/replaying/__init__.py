"""Replaying findings of a report: what was sent is sent again, and judged by the same check."""
