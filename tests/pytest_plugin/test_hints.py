"""The hook by which a `conftest.py` says how things are made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., pytest.RunResult]

TEST = """
    import pytest
    import awsconform

    @pytest.fixture(scope="session")
    def target():
        return "emulator:"

    @awsconform.clauses("deadline.GetFarm", k="response/farmId#required", examples=0, seed=1)
    def test_contract(target): ...
"""


def test_without_a_hook_what_is_known_is_enough(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile(TEST)
    run().assert_outcomes(passed=1)


def test_a_hook_is_laid_over_what_is_known(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile(TEST)
    pytester.makeconftest(
        """
        def pytest_awsconform_hints(service):
            if service == "deadline":
                return {"resources": {"farm": {"create": "ListFarms"}}}
        """
    )
    run().assert_outcomes(skipped=1)


def test_what_is_wrong_in_a_hook_is_an_error_with_its_place(
    pytester: pytest.Pytester, run: Run
) -> None:
    pytester.makepyfile(TEST)
    pytester.makeconftest(
        """
        def pytest_awsconform_hints(service):
            return {"operations": {"GetFarmhouse": {}}}
        """
    )
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*pytest_awsconform_hints#/*/operations/GetFarmhouse*"])
