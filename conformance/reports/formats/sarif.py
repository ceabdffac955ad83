"""SARIF 2.1.0, as GitHub's code scanning reads it: a result a finding, a rule a kind of clause.

Code scanning wants a place in the repository for each result and refuses whole files whose places
are addresses of servers. A finding is made over the wire and knows no source file, so its place is
a path made of service and operation, the same in every run and for every target; `path` says which
file of your own implements them.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from awsconform.conformance.reports.formats.parts import (
    COULD_NOT_JUDGE,
    DRAWN,
    FLAKY,
    Document,
    Found,
    conclusion,
    gravest_first,
    is_complete,
)
from awsconform.conformance.reports.formats.rules import Rule, rules, unnamed_rule
from awsconform.conformance.reports.formats.web_messages import (
    web_request,
    web_response,
    without_surrogates,
)
from awsconform.conformance.reports.messages import printable, shortened
from awsconform.errors import UsageError

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
DEFAULT_PATH = "{service}/{operation}"
# Code scanning refuses files with more results; it keeps the gravest 5,000 of them.
MOST_RESULTS = 25_000
LONGEST_SENTENCE = 200
LONGEST_TEXT = 500
LONGEST_CODE = 4000
_LEVELS = {"MUST": "error", "SHOULD": "warning", "MAY": "note"}
_SEVERITIES = {"MUST": "error", "SHOULD": "warning", "MAY": "recommendation"}
_HELP = (
    "Each result has the request, the answer and commands that send the request again. "
    "`awsconform explain CLAUSE` says what its clause states and who says so."
)
_ROOT = "%SRCROOT%"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def sarif(document: Document, *, path: str = DEFAULT_PATH, limit: int = MOST_RESULTS) -> str:
    """The SARIF log of a report: ASCII, ending with a line's end.

    `path` is the place of a finding in the repository, with `{service}` and `{operation}` where
    these belong. `limit` is the largest number of results: the gravest are kept, and a notification
    says how many are not.

    Raises:
        UsageError: the path is none of a repository.
    """
    check_path(path)
    found = gravest_first(document)
    known = _known(found)
    places = {rule.id: number for number, rule in enumerate(known)}
    results = [_result(each, places, path) for each in found[:limit]]
    run = {
        "tool": {"driver": {**_driver(document), "rules": [_descriptor(each) for each in known]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(document, left_out=len(found) - len(results))],
        "results": results,
        "properties": _numbers(document),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(without_surrogates(log), indent=1) + "\n"


def check_path(path: str) -> None:
    """Finds out whether places in a repository can be made of a path.

    Raises:
        UsageError: they cannot.
    """
    hint = f"a path below the repository's root, such as src/{DEFAULT_PATH}.py"
    plain = path.replace("{service}", "").replace("{operation}", "")
    if not path or path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise UsageError(f"{path!r} is no path below the root of a repository", hint=hint)
    if _SCHEME.match(path):
        raise UsageError(f"{path!r} is an address: code scanning refuses these", hint=hint)
    if "{" in plain or "}" in plain:
        raise UsageError(f"{path!r} has a placeholder nobody fills in", hint=hint)


def _known(found: Iterable[Found]) -> list[Rule]:
    """All rules there are, and those of kinds that only the document knows."""
    known = {rule.id: rule for rule in rules()}
    for each in found:
        rule = unnamed_rule(each.clause)
        known.setdefault(rule.id, rule)
    return list(known.values())


def _driver(document: Document) -> Document:
    version = document["versions"]["awsconform"]
    semantic = {"semanticVersion": version} if _SEMANTIC.fullmatch(version) else {}
    return {"name": "awsconform", "version": version, **semantic}


def _descriptor(rule: Rule) -> Document:
    text = f"{rule.sentence} {rule.judged}"
    help_text = f"{text}\n\n{_HELP}"
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": _literal(rule.sentence)},
        "fullDescription": {"text": _literal(text)},
        "help": {
            "text": _literal(help_text.replace("`", "")),
            "markdown": _literal(help_text),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {
            "tags": ["conformance", rule.part],
            "precision": "high",
            "problem.severity": _SEVERITIES[rule.level],
        },
    }


def _result(found: Found, places: Mapping[str, int], path: str) -> Document:
    operation, clause, finding = found
    rule = f"{clause['part']}#{clause['kind']}"
    fingerprint = finding["fingerprint"]
    return {
        "ruleId": rule,
        "ruleIndex": places[rule],
        "kind": "fail",
        "level": _LEVELS[clause["level"]],
        "message": {"text": _message(found)},
        "locations": [_location(operation, clause, path)],
        # Code scanning tells results apart by the first, though that speaks of a line.
        "partialFingerprints": {
            "primaryLocationLineHash": fingerprint,
            "awsconform/v1": fingerprint,
        },
        **web_request(finding),
        **web_response(finding),
        "properties": _properties(found),
    }


def _message(found: Found) -> str:
    """The same first sentence in every run, since it is the title; then what this run saw."""
    operation, clause, finding = found
    said = [
        f"{operation['id']}: {_sentence(clause)}",
        f"Expected: {finding['expected']}",
        f"Came: {shortened(finding['observed'], LONGEST_TEXT)}",
    ]
    if finding["flaky"]:
        said.append(f"Flaky: {FLAKY}")
    if finding["drawn"]:
        said.append(f"Drawn: {DRAWN}")
    return _literal(" ".join(f"{printable(each).rstrip('.')}." for each in said))


def _sentence(clause: Document) -> str:
    """The statement; where that would be read for more than text, as patterns are, the clause."""
    stated = shortened(clause["statement"], LONGEST_SENTENCE).replace("`", "")
    return stated if stated and _literal(stated) == stated else f"{clause['id']} is violated"


def _literal(text: str) -> str:
    """Text for a message: braces and links mean something in these."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(operation: Document, clause: Document, path: str) -> Document:
    named = path.replace("{service}", operation["service"])
    named = named.replace("{operation}", operation["operation"])
    at_once = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    return {
        "physicalLocation": {
            # Quoted, so that nothing before a colon is taken for the name of a scheme.
            "artifactLocation": {"uri": quote(named, errors="replace"), "uriBaseId": _ROOT},
            "region": at_once,
        },
        "logicalLocations": [
            {
                "name": clause["id"].rpartition("/")[2],
                "fullyQualifiedName": clause["id"],
                "kind": "clause",
            }
        ],
    }


def _properties(found: Found) -> Document:
    _, clause, finding = found
    again = finding["reproduction"]
    told: Document = {
        "clause": clause["id"],
        "level": clause["level"],
        "sources": clause["sources"],
        "statement": clause["statement"],
        "expected": finding["expected"],
        "observed": shortened(finding["observed"], LONGEST_CODE),
        "observation": finding["observation"],
        "fingerprint": finding["fingerprint"],
        "flaky": finding["flaky"],
        "drawn": finding["drawn"],
        "view": clause["view"],
        "reproduction": {name: _code(text) for name, text in again.items() if text},
    }
    tags = [name for name in ("flaky", "drawn") if finding[name]]
    if finding["shownBy"] is not None:
        told["shownBy"] = {**web_request(finding["shownBy"]), **web_response(finding["shownBy"])}
    return {"tags": tags, **told} if tags else told


def _code(text: str) -> str:
    """Commands whole or not at all: half of one does something else."""
    if len(text) <= LONGEST_CODE:
        return text
    return f"# {len(text)} characters long: the JSON report has it whole."


def _invocation(document: Document, *, left_out: int) -> Document:
    told = []
    if document["exitCode"] == COULD_NOT_JUDGE or not is_complete(document):
        told.append(_notification("error", conclusion(document)))
    if left_out:
        told.append(
            _notification("warning", f"{left_out} more findings are in the JSON report alone.")
        )
    made = datetime.datetime.fromisoformat(document["made"]).astimezone(datetime.UTC)
    return {
        "executionSuccessful": document["exitCode"] != COULD_NOT_JUDGE,
        "exitCode": document["exitCode"],
        "exitCodeDescription": conclusion(document),
        "endTimeUtc": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **({"toolExecutionNotifications": told} if told else {}),
    }


def _notification(level: str, text: str) -> Document:
    return {"level": level, "message": {"text": _literal(text)}}


def _numbers(document: Document) -> dict[str, Any]:
    return {
        "target": document["target"],
        "seed": document["seed"],
        "complete": is_complete(document),
        "conformance": document["conformance"],
        "coverage": document["coverage"],
        "apart": document["apart"],
        "verdicts": document["verdicts"],
    }
