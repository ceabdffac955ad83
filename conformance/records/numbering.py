"""What was written down by which number, of things that nobody keeps for the sake of that."""

from __future__ import annotations

import weakref


class Numbers:
    """The number of each thing, by its identity, for as long as anybody else has it."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[weakref.ref[object], int]] = {}

    def note(self, thing: object, number: int) -> None:
        """Takes the number of a thing."""
        name, numbers = id(thing), self._of

        def forget(_: object) -> None:
            del numbers[name]

        numbers[name] = (weakref.ref(thing, forget), number)

    def of(self, thing: object) -> int | None:
        """The number of a thing, None where it has none."""
        _, number = self._of.get(id(thing), (None, None))
        return number

    def __len__(self) -> int:
        return len(self._of)
