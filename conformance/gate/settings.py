"""How a run was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """How a run was made; two runs with equal settings draw the same requests.

    `clauses` is the pattern clause ids had to fit; `versions` are those of what decides the draws.
    """

    seed: int
    examples: int
    levels: tuple[str, ...]
    clauses: str | None
    versions: Mapping[str, str] = field(default_factory=dict)


def differing(before: Settings, after: Settings) -> Iterator[tuple[str, str, str]]:
    """The options that were other ones: each with what it was before and after."""
    for name, earlier, later in (
        ("--examples", before.examples, after.examples),
        ("--level", before.levels[-1:], after.levels[-1:]),
        ("-k", before.clauses, after.clauses),
        ("--seed", before.seed, after.seed),
    ):
        if earlier != later:
            yield name, _said(earlier), _said(later)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return str(value[0]).lower() if value else "none"
    return "not given" if value is None else str(value)
