"""The hints that a `conftest.py` gives: the hook is called for a service when it is first met."""

from __future__ import annotations

import functools

import pytest

from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.own_hints import together
from awsconform.specs.hints import Hints

HOOK = "pytest_awsconform_hints"


def knowledge_at(item: pytest.Item) -> Knowledge:
    """What is known at an item, whose own `conftest.py` files are asked.

    Raises:
        AwsconformError: when it is used, a hook has given what is no document of hints.
    """

    @functools.cache
    def own(service: str) -> Hints | None:
        documents = item.ihook.pytest_awsconform_hints(service=service)
        # The nearest to the test is called first, and laid over all others.
        return together(service, reversed(documents), HOOK)

    return Knowledge(own)
