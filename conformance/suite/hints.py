"""The hints that a `conftest.py` gives: the hook is called for a service when it is first met."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.own_hints import stated_of, together
from awsconform.conformance.suite.handed_on import HINTED
from awsconform.specs.hints import Hints, overlay

HOOK = "pytest_awsconform_hints"


def knowledge_at(item: pytest.Item) -> Knowledge:
    """What is known at an item, whose own `conftest.py` files are asked.

    Raises:
        AwsconformError: when it is used, a hook has given what is no document of hints.
    """

    @functools.cache
    def documents(service: str) -> list[Any]:
        configured = item.config.stash.get(HINTED, lambda service: [])(service)
        # The nearest to the test is called first, and laid over all others.
        return [*configured, *reversed(item.ihook.pytest_awsconform_hints(service=service))]

    def unchecked(service: str) -> Hints | None:
        several = [stated_of(service, each, HOOK) for each in documents(service)]
        return functools.reduce(overlay, several) if several else None

    @functools.cache
    def own(service: str) -> Hints | None:
        return together(service, documents(service), HOOK, unchecked)

    return Knowledge(own)
