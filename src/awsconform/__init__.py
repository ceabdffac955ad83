"""awsconform: does this implementation keep the contract that AWS documents?

    import awsconform

    target = awsconform.open_target("http://localhost:5000")
    run = awsconform.run(awsconform.select(["deadline"]), target, awsconform.RunOptions(seed=1))

Public names are imported when they are first used, so that none costs what is not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awsconform import strategies as strategies
    from awsconform.conformance.running import RunOptions as RunOptions
    from awsconform.conformance.running import run as run
    from awsconform.conformance.targets.locator import open_target as open_target
    from awsconform.errors import AwsconformError as AwsconformError
    from awsconform.parametrize import clauses as clauses
    from awsconform.specs.catalog import select as select

    __version__: str

__all__ = [
    "AwsconformError",
    "RunOptions",
    "__version__",
    "clauses",
    "open_target",
    "run",
    "select",
    "strategies",
]

_HOMES = {
    "AwsconformError": "awsconform.errors",
    "RunOptions": "awsconform.conformance.running",
    "clauses": "awsconform.parametrize",
    "open_target": "awsconform.conformance.targets.locator",
    "run": "awsconform.conformance.running",
    "select": "awsconform.specs.catalog",
}

# Type checkers read the imports above instead, and so still see that a name does not exist.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        import importlib

        if name == "__version__":
            from awsconform.conformance.reports.versions import version_of

            return version_of("awsconform")
        if name == "strategies":
            return importlib.import_module("awsconform.strategies")
        if name not in _HOMES:
            raise AttributeError(f"module 'awsconform' has no attribute {name!r}")
        return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
