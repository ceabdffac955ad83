"""What holds: flags before the environment, before the table of the target, before the file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awsconform.configuration.environment import CONFIG, NO_CONFIG, is_true
from awsconform.configuration.errors import ConfigurationMissing, InvalidValue
from awsconform.configuration.finding import find
from awsconform.configuration.values import Layer, Origin, Source, Value
from awsconform.errors import Location, TargetError, UsageError

if TYPE_CHECKING:
    from awsconform.configuration.reading import File

# What says how a target is named, signed for or trusted takes the place of what is said of that
# more weakly, and otherwise.
_INSTEAD_OF = {
    "target": ("start",),
    "start": ("target",),
    "access-key-id": ("account-credentials", "session-token"),
    "account-credentials": ("access-key-id", "secret-access-key", "session-token"),
    "ca-bundle": ("no-verify",),
    "no-verify": ("ca-bundle",),
}
NAMING = ("target", "start")
_KINDS = ("emulator:", "moto:", "localstack:", "aws-emulator:")


@dataclass(frozen=True)
class Configuration:
    """What holds by key, where nothing is said by default; and the file, if there is one."""

    values: Layer = field(default_factory=dict)
    file: File | None = None
    layers: tuple[Layer, ...] = ()

    def get(self, key: str) -> Any:
        """What holds of a key, None where nobody says anything."""
        found = self.values.get(key)
        return None if found is None else found.value

    def named(self, target: str) -> Mapping[str, Any] | None:
        """What the table of a target says, None where the string is no name of one.

        Raises:
            TargetError: it is no target at all, and near to the name of one, or of a known kind.
        """
        targets = self.file.targets if self.file is not None else {}
        if target in targets:
            return targets[target]
        if ":" in target:
            return None
        from awsconform.configuration.validating import near

        meant = near(target, [*targets, *_KINDS])
        if meant is None and not targets:
            return None
        known = f"targets of {self.file.path} are {', '.join(targets)}" if self.file else ""
        hint = f"did you mean {meant}?" if meant else known
        raise TargetError(f"{target!r} names no target", hint=hint)

    def of_target(self, name: str) -> Configuration:
        """What holds where this target is judged, which may have a table of its own.

        Raises:
            TargetError: see `named`.
        """
        table = self.named(name)
        if table is None or self.file is None:
            return self
        stated = {key: each for key, each in table.items() if key not in NAMING}
        *stronger, own = self.layers
        layers = (*stronger, _layer(self.file, stated, "targets", name), own)
        return Configuration(_settled(layers), self.file, self.layers)


def file_to_read(
    *,
    path: str | None,
    none: bool,
    environment: Mapping[str, str],
    folders: Sequence[Path] | None = None,
) -> File | None:
    """The file that is meant: the one named by flag or variable, or the nearest; None for none.

    `path` and `none` are what flags say. Searched are the `folders` and those above them, by
    default the current one.

    Raises:
        ConfigurationError: it cannot be used.
        UsageError: the flags contradict each other.
    """
    if path is not None and none:
        raise UsageError("--config and --no-config contradict each other", hint="say one of them")
    if none:
        return None
    named = path
    if named is None:
        if is_true(environment, NO_CONFIG):
            return None
        named = environment.get(CONFIG) or None
    if named is not None:
        return _named(named, "--config" if path is not None else CONFIG)
    for folder in folders if folders is not None else _current():
        found = find(folder)
        if found is not None:
            from awsconform.configuration.reading import read_file

            return read_file(found.path, found.passed_over)
    return None


def configuration(
    flags: Layer, environment: Layer, file: File | None, *, several: bool = False
) -> Configuration:
    """What holds of what is said; with the table of its target, where there is one target.

    Raises:
        TargetError: see `Configuration.named`.
    """
    layers = (flags, environment, _layer(file, file.values) if file is not None else {})
    held = Configuration(_settled(layers), file, layers)
    target = held.get("target")
    return held.of_target(target) if isinstance(target, str) and not several else held


def _settled(layers: Sequence[Layer]) -> dict[str, Value]:
    """What the strongest layer says of each key that none above it overrules."""
    found: dict[str, tuple[int, Value]] = {}
    for rank, layer in enumerate(layers):
        for key, value in layer.items():
            found.setdefault(key, (rank, value))
    overruled = {
        other
        for key, (rank, value) in found.items()
        if value.value
        for other in _INSTEAD_OF.get(key, ())
        if other in found and found[other][0] > rank
    }
    return {key: value for key, (_, value) in found.items() if key not in overruled}


def _layer(file: File, stated: Mapping[str, Any], *steps: str) -> dict[str, Value]:
    return {
        key: Value(
            value,
            Origin(Source.FILE, ".".join((*steps, key)), file.path, file.line_of(*steps, key)),
        )
        for key, value in stated.items()
    }


def _named(text: str, by: str) -> File:
    from awsconform.configuration.reading import read_file

    path = Path(text)
    try:
        there = path.is_file()
    except ValueError:
        raise InvalidValue(f"{by}: {text!r} can be no file") from None
    if not there:
        raise ConfigurationMissing(
            f"{by}: there is no such file", location=Location(text or os.curdir)
        )
    return read_file(path)


def _current() -> list[Path]:
    try:
        return [Path.cwd()]
    except OSError:
        return []
