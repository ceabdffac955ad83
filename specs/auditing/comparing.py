"""Facts against facts: what agrees, and everything that does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from awsconform.specs.auditing.facts import KINDS, Facts


@dataclass(frozen=True)
class Disagreement:
    """A fact of which model and page say different things; None where one says nothing."""

    kind: str
    path: str
    expected: object
    read: object

    def __str__(self) -> str:
        if self.kind == "page":
            return str(self.read) if self.expected is None else f"read as {self.read}"
        if self.read is None:
            return f"{self.kind} of {self.path}: {_shown(self.expected)} was not read"
        if self.expected is None:
            return f"{self.kind} of {self.path}: {_shown(self.read)} was read, there is none"
        return (
            f"{self.kind} of {self.path}: {_shown(self.read)} was read, "
            f"the model has {_shown(self.expected)}"
        )


@dataclass(frozen=True)
class Comparison:
    """Facts compared by kind, and those that disagree."""

    compared: Counter[str]
    disagreements: tuple[Disagreement, ...]


def compare(expected: Facts, told: Facts) -> Comparison:
    """Hold every fact of the two against one another, in the order of the kinds."""
    compared: Counter[str] = Counter()
    found = []
    for fact in {**expected, **told}:
        compared[fact.kind] += 1
        wanted, read = expected.get(fact), told.get(fact)
        if wanted != read:
            found.append(Disagreement(fact.kind, fact.path, wanted, read))
    found.sort(key=lambda each: KINDS.index(each.kind))
    return Comparison(compared, tuple(found))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(repr, value))
    return "it" if value is True else repr(value)
