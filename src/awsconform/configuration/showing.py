"""What holds, for people and for programs: key, value, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from awsconform.configuration.environment import unknown
from awsconform.configuration.holding import Configuration
from awsconform.configuration.schema import is_secret
from awsconform.configuration.values import Origin, Source, Value

if TYPE_CHECKING:
    from rich.console import Console

HIDDEN = "[hidden]"
_NOTHING = Value(None, Origin(Source.DEFAULT))


@dataclass(frozen=True)
class Shown:
    """All that is shown: no secret is in it."""

    configuration: Configuration
    values: Mapping[str, Value]
    notes: tuple[str, ...]


def shown(
    held: Configuration,
    defaults: Mapping[str, Any],
    *,
    environment: Mapping[str, str],
    variables: Iterable[str],
) -> Shown:
    """What holds of each key that has a default, None for nothing; `variables` are the keys that
    the environment may say."""
    values = {}
    for key, default in defaults.items():
        stated = held.values.get(key) or Value(default, Origin(Source.DEFAULT))
        values[key] = Value(_open(key, stated.value), stated.origin)
    return Shown(held, values, tuple(_notes(held, environment, variables)))


def document(seen: Shown) -> dict[str, Any]:
    """The same as JSON."""
    file = seen.configuration.file
    return {
        "file": None if file is None else str(file.path),
        "passedOver": None if file is None or not file.passed_over else str(file.passed_over),
        "values": [
            {
                "key": key,
                "value": each.value,
                "source": each.origin.source.value,
                "name": each.origin.name or None,
                "line": each.origin.line,
            }
            for key, each in seen.values.items()
        ],
        "targets": {}
        if file is None
        else {
            name: {key: _open(key, value) for key, value in table.items()}
            for name, table in file.targets.items()
        },
        "hooks": {} if file is None else dict(file.hooks),
        "notes": list(seen.notes),
    }


def print_shown(console: Console, seen: Shown) -> None:
    """Prints a table, and what is worth knowing besides."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("key", "value", "from"):
        table.add_column(title, overflow="fold")
    for key, each in seen.values.items():
        table.add_row(Text(key), Text(_told(each.value)), Text(_from(each.origin)))
    file = seen.configuration.file
    for name, hook in file.hooks.items() if file is not None else ():
        line = file.line_of("hooks", name) if file is not None else None
        where = Origin(Source.FILE, "", file.path if file else None, line)
        table.add_row(Text(f"hooks.{name}"), Text(hook), Text(str(where)))
    console.print(table)
    for note in seen.notes:
        console.print(Text(note))


def _notes(
    held: Configuration, environment: Mapping[str, str], variables: Iterable[str]
) -> Iterable[str]:
    file = held.file
    if file is None:
        yield "No file is read."
    else:
        yield f"{file.path} is read."
        if file.passed_over is not None:
            yield (
                f"[tool.awsconform] of {file.passed_over} is not: {file.path.name} beside it "
                "stands for it."
            )
        if file.targets:
            yield f"Targets by name: {', '.join(file.targets)}."
    for name, meant in unknown(environment, variables).items():
        yield f"The variable {name} means nothing." + (f" Did you mean {meant}?" if meant else "")


def _from(origin: Origin) -> str:
    # The table of a target says so, since the file may say something else besides.
    named = origin.source is Source.FILE and "." in origin.name
    return f"{origin} ({origin.name})" if named else str(origin)


def _open(key: str, value: Any) -> Any:
    """A value that may be shown."""
    if not is_secret(key) or value in (None, []):
        if isinstance(value, str) and key in ("target", "start"):
            from awsconform.conformance.wire.redaction import redact_text

            return redact_text(value)
        return value
    if isinstance(value, list):
        return [f"{str(each).partition(':')[0]}: {HIDDEN}" for each in value]
    return HIDDEN


def _told(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "-"
    return str(value)
