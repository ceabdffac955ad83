"""The hooks that users of the pytest plugin may implement in a `conftest.py`."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookspec
def pytest_awsconform_hints(service: str) -> dict[str, Any] | None:
    """Your hints how a service is brought into a state where its operations have an answer.

    They have the form of the committed ones, `{"resources": {…}, "operations": {…}}`, and are laid
    over them; return None for services you have none for. It is called once a service and target.
    """
