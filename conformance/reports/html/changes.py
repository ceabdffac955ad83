"""How later reports differ from the first, as whoever compared them says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ClauseChange:
    """What became of a clause; `uncertain` says why that may say nothing of the targets."""

    kind: str
    uncertain: str | None = None


@dataclass(frozen=True)
class Changes:
    """The kinds there are, the gravest first, each with what it means.

    Each report after the first has the clauses that ended otherwise there, by their ids.
    """

    kinds: Mapping[str, str]
    reports: Sequence[Mapping[str, ClauseChange]]
