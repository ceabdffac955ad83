"""Which targets a scoreboard is of, and what each is called."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence

from awsconform.commands.configured import held_configuration
from awsconform.commands.target_options import DEFAULT_TARGET
from awsconform.configuration.holding import NAMING
from awsconform.configuration.values import Source
from awsconform.errors import UsageError

_LABEL = re.compile(r"([\w@.+ -]+)=(.+)", re.DOTALL)


def given_targets(targets: Sequence[str], starts: Sequence[str]) -> list[str]:
    """The targets that are meant: those that are named, or all that the file has a name for."""
    held = held_configuration()
    named = [held.values[key].origin.source for key in NAMING if key in held.values]
    if held.file is not None and held.file.targets and set(named) <= {Source.FILE}:
        return list(held.file.targets)
    return [*targets, *(f"start:{each}" for each in starts)] or [DEFAULT_TARGET]


def labelled(given: Sequence[str]) -> dict[str, str]:
    """The targets by what they are called.

    Raises:
        UsageError: two are called the same.
    """
    pairs = []
    for each in given:
        match = _LABEL.fullmatch(each)
        pairs.append((match[1].strip(), match[2]) if match else (_short(each), each))
    counted = Counter(label for label, _ in pairs)
    twice = next((label for label, number in counted.items() if number > 1), None)
    if twice is not None:
        raise UsageError(f"two targets are called {twice}", hint="call them: --target NAME=TARGET")
    return dict(pairs)


def _short(target: str) -> str:
    """What a target is called that nobody named: what is started, or the name itself."""
    kind, _, rest = target.partition(":")
    words = rest.split()
    started = next((word for word in words if "=" not in word), "") if kind == "start" else ""
    return os.path.basename(started) or target.rstrip(":")
