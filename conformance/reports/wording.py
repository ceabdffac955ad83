"""Numbers with what they count."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """`1 clause`, `2 clauses`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
