"""How a target identifies itself: headers of its answers, and pages known as data."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Sequence
from dataclasses import dataclass

from awsconform.conformance.exchange import HTTPResponse
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.presets import Identity, Preset, presets
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.conformance.targets.target import Target

# A page of an implementation's own; kinesalite's is a refusal.
_PAGE_STATUSES = (200, 201, 403)
_NAMING_HEADERS = ("server", "x-powered-by")
_PACKAGES = {"emulator:": "awsconform", "moto:": "moto"}


@dataclass(frozen=True)
class Identified:
    """Which implementation answers; `shown_by` says what shows it, empty where nothing does."""

    name: str | None = None
    version: str | None = None
    shown_by: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def identified(target: Target, answers: Sequence[HTTPResponse]) -> Identified:
    """What a target's answers and pages say of it; a few pages are asked for."""
    headers = _naming_headers(answers)
    package = _PACKAGES.get(target.name)
    if package is not None:
        return Identified(package, _installed(package), "it runs in this process", headers)
    for known in presets().values():
        value = next(
            (told for each in answers if known.header and (told := each.header(known.header))), None
        )
        if value is not None:
            return Identified(known.name, value, f"the header {known.header}", headers)
    if isinstance(target, HTTPTarget | StartedTarget) and not _is_aws(target):
        for known in presets().values():
            for page in known.identity:
                found = _shown(target, known, page, headers)
                if found is not None:
                    return found
    if isinstance(target, StartedTarget) and target.command.preset is not None:
        return Identified(target.command.preset.name, None, "its command", headers)
    return Identified(headers=headers)


def _shown(
    target: HTTPTarget | StartedTarget,
    known: Preset,
    page: Identity,
    headers: tuple[tuple[str, str], ...],
) -> Identified | None:
    response = target.fetch(page.path)
    if response is None or response.status not in _PAGE_STATUSES:
        return None
    text = response.body.decode("utf-8", "replace")
    if page.has not in text:
        return None
    version = None
    if page.version is not None:
        try:
            told = json.loads(text).get(page.version)
        except (ValueError, AttributeError, RecursionError):
            told = None
        version = told if isinstance(told, str) and told else None
    return Identified(known.name, version, f"its page {page.path}", headers)


def _naming_headers(answers: Sequence[HTTPResponse]) -> tuple[tuple[str, str], ...]:
    """The values of headers that name software, each once."""
    found: dict[tuple[str, str], None] = {}
    for answer in answers:
        for name, value in answer.headers:
            if name.lower() in _NAMING_HEADERS and value:
                found[name.lower(), value] = None
    return tuple(found)


def _installed(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _is_aws(target: HTTPTarget | StartedTarget) -> bool:
    return isinstance(target, HTTPTarget) and target.is_aws
