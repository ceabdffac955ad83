"""A baseline as text that is reviewed in a diff: sorted, and one entry a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from awsconform.conformance.atomic_files import write_atomically
from awsconform.conformance.gate.baseline import FORMAT, FORMAT_VERSION, Baseline, Entry, FlakySet
from awsconform.errors import UsageError

STEP = "  "


def baseline_text(baseline: Baseline) -> str:
    """The text of a baseline, the same whatever the order of its entries."""
    return _object(_members(baseline), 0) + "\n"


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Writes a baseline, unless the file has the very same already.

    What people wrote in it is nowhere else: it is there as a whole at any time.

    Raises:
        UsageError: it cannot be written; what was there is as it was.
    """
    text = baseline_text(baseline)
    try:
        is_same = path.exists() and path.read_bytes() == text.encode()
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    if not is_same:
        write_atomically(path, text)


def _members(baseline: Baseline) -> Iterator[tuple[str, str]]:
    """The members that are there, each as text."""
    yield "format", _line(FORMAT)
    yield "version", _line(FORMAT_VERSION)
    for name, value in baseline.written.items():
        yield name, _line(value)
    if baseline.extends:
        # Of two that know the same finding the later one counts: their order means something.
        yield "extends", _array([_line(each) for each in baseline.extends], 1)
    if baseline.run is not None:
        run = baseline.run
        settings: dict[str, Any] = {
            "seed": run.seed,
            "examples": run.examples,
            "levels": list(run.levels),
            "clauses": run.clauses,
        }
        if run.versions:
            settings["versions"] = dict(sorted(run.versions.items()))
        yield "run", _object(((name, _line(value)) for name, value in settings.items()), 1)
    yield "findings", _entries(baseline.findings, 1)
    if baseline.flaky:
        sets = sorted(baseline.flaky, key=lambda each: each.name)
        yield "flaky", _object(((each.name, _object(_of_set(each), 2)) for each in sets), 1)
    if baseline.drawn:
        yield "drawn", _array([_line(each) for each in sorted(baseline.drawn)], 1)
    yield "clauses", _array([_line(each) for each in sorted(baseline.clauses)], 1)


def _of_set(each: FlakySet) -> Iterator[tuple[str, str]]:
    for name, value in each.written.items():
        yield name, _line(value)
    yield "findings", _entries(each.findings, 3)
    if each.clauses:
        yield "clauses", _array([_line(clause) for clause in sorted(each.clauses)], 3)


def _entries(entries: Sequence[Entry], depth: int) -> str:
    ordered = sorted(entries, key=lambda each: each.order)
    return _array([_line(_entry(each)) for each in ordered], depth)


def _entry(entry: Entry) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "fingerprint": entry.fingerprint,
        "clause": entry.clause,
        "observation": entry.observation,
    }
    if entry.flaky:
        found["flaky"] = True
    if entry.drawn is not None:
        found["drawn"] = entry.drawn
    return {**found, **entry.written}


def _array(items: Sequence[str], depth: int) -> str:
    if not items:
        return "[]"
    inner = ",\n".join(f"{STEP * (depth + 1)}{item}" for item in items)
    return f"[\n{inner}\n{STEP * depth}]"


def _object(members: Iterator[tuple[str, str]], depth: int) -> str:
    inner = ",\n".join(f"{STEP * (depth + 1)}{_line(name)}: {text}" for name, text in members)
    return f"{{\n{inner}\n{STEP * depth}}}"


def _line(value: Any) -> str:
    """A value on one line; what a reviewer could not see is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
