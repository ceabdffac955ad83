"""The suite itself: one item for each clause of what `--awsconform-services` names."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def target(pytestconfig: pytest.Config) -> str:
    """The implementation that `--awsconform-target` names."""
    return str(pytestconfig.getoption("awsconform_target"))


@pytest.mark.awsconform
@pytest.mark.usefixtures("_awsconform_outcome")
def test_clause() -> None:
    """The outcome is enforced before the body, so there is nothing left to do."""


# Collected whatever the names are that `python_functions` asks for.
vars(test_clause)["__test__"] = True
