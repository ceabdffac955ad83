"""Hints that users write themselves, for services the suite knows less of than they do.

A document has hints by service: `{"sqs": {"resources": {…}, "operations": {…}}}`, each in the form
of the committed ones. They are checked against the contracts before anything is sent.
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from awsconform.conformance.state.checking_hints import Own, check
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.errors import AwsconformError, Location, UsageError
from awsconform.specs import catalog
from awsconform.specs.hints import Hints, overlay, parse


def read(file: Path) -> Knowledge:
    """What a file of hints says, laid over all that is known without it.

    Raises:
        UsageError: it cannot be read, or is no JSON.
        AwsconformError: it says something that cannot be used; the place in it is told.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        location = Location(str(file), line=error.lineno)
        raise UsageError(f"not JSON: {error.msg}", location=location) from None
    except RecursionError:
        raise UsageError("nested too deeply to be hints", location=Location(str(file))) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"hints cannot be read: {error}", location=Location(str(file))) from None
    return Knowledge(parsed(document, str(file)).get)


def parsed(document: Any, file: str) -> dict[str, Hints]:
    """The hints of a document by service; `file` is what it is called in errors.

    Raises:
        AwsconformError: it says something that cannot be used; the place in it is told.
    """
    if not isinstance(document, dict):
        raise UsageError("hints are one JSON object, by service", location=Location(file))
    stated = {service: stated_of(service, each, file) for service, each in document.items()}
    for service, hints in stated.items():
        with _placed(service, file):
            check(service, hints, stated.get)
    return stated


def stated_of(service: str, document: Any, file: str) -> Hints:
    """The hints of one service, which nobody has held against contracts.

    Raises:
        AwsconformError: the form is wrong, or there is no such service; the place is told.
    """
    with _placed(service, file):
        catalog.operations(service)
        return parse(document, file)


def together(
    service: str, documents: Iterable[Any], file: str, others: Own = lambda service: None
) -> Hints | None:
    """Several documents on one service, each laid over those before; None where there is none.

    `others` gives what is written for other services.

    Raises:
        AwsconformError: one says something that cannot be used; the place in it is told.
    """
    several = [stated_of(service, each, file) for each in documents]
    if not several:
        return None
    whole = functools.reduce(overlay, several)
    with _placed(service, file):
        for each in several:
            check(service, each, lambda name: whole if name == service else others(name))
    return whole


@contextlib.contextmanager
def _placed(service: str, file: str) -> Iterator[None]:
    """Names file and service in what is wrong with the hints of one service."""
    try:
        yield
    except AwsconformError as error:
        below = (error.location and error.location.pointer) or ""
        location = Location(file, pointer=f"/{service}{below.rstrip('/')}")
        raise UsageError(error.message, hint=error.hint, location=location) from None
