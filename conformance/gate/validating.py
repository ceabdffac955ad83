"""From what a file holds to a baseline: every way to be wrong has its error, with its place."""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs

from awsconform.conformance.gate import errors
from awsconform.conformance.gate.baseline import (
    FORMAT,
    FORMAT_VERSION,
    Baseline,
    Entry,
    FlakySet,
)
from awsconform.conformance.gate.identity import finding_key
from awsconform.conformance.gate.json_file import pointer
from awsconform.conformance.gate.settings import Settings
from awsconform.conformance.outcomes import fingerprint_of
from awsconform.errors import Location

SCHEMA_FILE = Path(__file__).parent / "baseline.schema.json"
MEMBERS = ("format", "version", "extends", "run", "findings", "flaky", "drawn", "clauses")
OF_RUN = ("seed", "examples", "levels", "clauses", "versions")
WRITTEN = ("reason", "issue", "expires")
OF_ENTRY = ("fingerprint", "clause", "observation", "flaky", "drawn", *WRITTEN)
OF_SET = ("findings", "clauses", *WRITTEN)

_COMMENT = re.compile(r"\$.*|x-.*|comments?", re.DOTALL)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# As near to a known name as a slip of the fingers leaves it.
_NEAR = 0.75

Step = str | int


@functools.cache
def baseline_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


def baseline_of(document: Any, file: str) -> Baseline:
    """The baseline that a document states; `file` is where it stands, for errors.

    Raises:
        BaselineError: it is none, or says something that cannot be meant; one class for each way.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise errors.NotABaseline(
            "is no baseline",
            hint="`awsconform baseline update FILE REPORT` writes one",
            location=Location(file),
        )
    version = document.get("version")
    if type(version) is int and version != FORMAT_VERSION:
        raise errors.UnknownVersion(
            f"has version {version}; the one known here is {FORMAT_VERSION}",
            hint="it was written by another awsconform",
            location=Location(file, pointer="/version"),
        )
    _misspelt(document, file)
    for wrong in _validator().iter_errors(document):
        _invalid(wrong, file)
    baseline = Baseline(
        extends=tuple(document.get("extends", ())),
        run=_settings(document["run"]) if "run" in document else None,
        findings=tuple(
            _entry(each, file, "findings", number)
            for number, each in enumerate(document.get("findings", ()))
        ),
        flaky=tuple(_set(name, each, file) for name, each in document.get("flaky", {}).items()),
        drawn=tuple(document.get("drawn", ())),
        clauses=tuple(document.get("clauses", ())),
        written=_others(document, MEMBERS),
    )
    _no_duplicates(document, file)
    return baseline


@functools.cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(baseline_schema())


def _misspelt(document: Mapping[str, Any], file: str) -> None:
    """Members that mean nothing; beside a finding, those that look like known ones."""
    for name in document:
        if name not in MEMBERS and not _COMMENT.fullmatch(name):
            _unknown(name, MEMBERS, file)
    run = document.get("run")
    for name in run if isinstance(run, dict) else ():
        if name not in OF_RUN:
            _unknown(name, OF_RUN, file, "run")
    for steps, entry in _objects(document):
        known = OF_SET if steps[0] == "flaky" and len(steps) == 2 else OF_ENTRY
        for name in entry:
            if name not in known and _near(name, known):
                _unknown(name, known, file, *steps)


def _objects(document: Mapping[str, Any]) -> Iterator[tuple[tuple[Step, ...], dict[str, Any]]]:
    """Everything that is an entry or a set by its place, before their types are known."""
    lists: list[tuple[tuple[Step, ...], Any]] = [(("findings",), document.get("findings"))]
    sets = document.get("flaky")
    for name, each in sets.items() if isinstance(sets, dict) else ():
        if isinstance(each, dict):
            yield ("flaky", name), each
            lists.append((("flaky", name, "findings"), each.get("findings")))
    for steps, entries in lists:
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield (*steps, number), entry


def _near(name: str, known: Iterable[str]) -> str | None:
    plain = name.lower().strip(" _-")
    return next(iter(difflib.get_close_matches(plain, known, n=1, cutoff=_NEAR)), None)


def _unknown(name: str, known: Iterable[str], file: str, *steps: Step) -> NoReturn:
    near = _near(name, known)
    if near is not None:
        hint = f"did you mean {near}?"
    else:
        hint = f"those known are {', '.join(known)}; comments are called comment, or begin with x-"
    place = Location(file, pointer=pointer(*steps, name))
    raise errors.UnknownMember(f"the member {name!r} means nothing here", hint=hint, location=place)


def _invalid(wrong: jsonschema_rs.ValidationError, file: str) -> NoReturn:
    steps = wrong.instance_path
    keyword, last = wrong.schema_path[-1], steps[-1] if steps else None
    kind: type[errors.BaselineError] = errors.InvalidValue
    if keyword == "type":
        kind = errors.WrongType
    elif keyword == "required":
        kind = errors.MissingMember
    elif last == "issue":
        raise _bad_url(str(wrong.instance), file, steps)
    message = wrong.message if len(wrong.message) <= 200 else f"{wrong.message[:200]}…"
    raise kind(message, location=Location(file, pointer=pointer(*steps) or None))


def _bad_url(text: str, file: str, steps: Iterable[Step]) -> errors.BadURL:
    return errors.BadURL(
        f"{text!r} is no address",
        hint="an issue is an address that begins with http:// or https://",
        location=Location(file, pointer=pointer(*steps)),
    )


def _settings(stated: Mapping[str, Any]) -> Settings:
    return Settings(
        int(stated["seed"]),
        int(stated["examples"]),
        tuple(stated["levels"]),
        stated["clauses"],
        stated.get("versions", {}),
    )


def _set(name: str, stated: Mapping[str, Any], file: str) -> FlakySet:
    _dated(stated, file, "flaky", name)
    entries = (
        _entry(each, file, "flaky", name, "findings", number)
        for number, each in enumerate(stated["findings"])
    )
    clauses = tuple(stated.get("clauses", ()))
    return FlakySet(name, tuple(entries), clauses, written=_others(stated, ("findings", "clauses")))


def _entry(stated: Mapping[str, Any], file: str, *steps: Step) -> Entry:
    right = fingerprint_of(stated["clause"], stated["observation"])
    if stated["fingerprint"] != right:
        raise errors.BadFingerprint(
            f"{stated['fingerprint']} is not the fingerprint of this clause and observation",
            hint=f"theirs is {right}",
            location=Location(file, pointer=pointer(*steps, "fingerprint")),
        )
    _dated(stated, file, *steps)
    own = ("fingerprint", "clause", "observation", "flaky", "drawn")
    return Entry(
        stated["clause"],
        stated["observation"],
        stated.get("flaky", False),
        int(stated["drawn"]) if "drawn" in stated else None,
        written=_others(stated, own),
    )


def _dated(stated: Mapping[str, Any], file: str, *steps: Step) -> None:
    text = stated.get("expires")
    if text is None:
        return
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise errors.BadDate(
            f"{text!r} is no date",
            hint="dates are written as 2030-01-31",
            location=Location(file, pointer=pointer(*steps, "expires")),
        ) from None


def _others(stated: Mapping[str, Any], own: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if name not in own}


def _no_duplicates(document: Mapping[str, Any], file: str) -> None:
    findings: dict[str, str] = {}
    for steps, entry in _objects(document):
        if "fingerprint" in entry:
            where = pointer(*steps)
            first = findings.setdefault(finding_key(entry["clause"], entry["observation"]), where)
            if first != where:
                _duplicate(f"the finding {entry['fingerprint']}", first, where, file)
    clauses: dict[str, str] = {}
    for name in ("drawn", "clauses"):
        for number, clause in enumerate(document.get(name, ())):
            where = pointer(name, number)
            first = clauses.setdefault(clause, where)
            if first != where:
                _duplicate(f"the clause {clause}", first, where, file)


def _duplicate(what: str, first: str, second: str, file: str) -> NoReturn:
    raise errors.DuplicateEntry(
        f"{what} is listed already, at {first}",
        hint="take one of them out",
        location=Location(file, pointer=second),
    )
