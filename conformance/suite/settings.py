"""What the command line of pytest says: which clauses are judged, how, and on what target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from awsconform.conformance.running import DEFAULT_EXAMPLES, RunOptions
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.options import Options
from awsconform.errors import UsageError
from awsconform.specs import catalog
from awsconform.specs.clauses import Clause, Level, clauses
from awsconform.specs.contract import Contract

# The kinds of targets for which a name's meaning is found out by importing something.
LOADED = ("emulator", "moto", "wsgi", "client")


@dataclass(frozen=True)
class Subject:
    """What one item is about: a clause, its operation's contract, and how that is run."""

    clause: Clause
    contract: Contract
    options: RunOptions


def subjects(mark: pytest.Mark, config: pytest.Config) -> list[Subject]:
    """What a mark asks for, operation by operation; options fill in what it leaves open.

    Raises:
        UsageError: a name, a level or another argument is none, or no clause is left to judge.
    """
    stated = dict(mark.kwargs)
    level, seed = stated.pop("level", None), stated.pop("seed", None)
    examples, wanted = stated.pop("examples", None), stated.pop("k", None)
    if stated:
        raise UsageError(f"awsconform.clauses takes no argument {', '.join(stated)}")
    options = RunOptions(
        seed=config.getoption("awsconform_seed") if seed is None else seed,
        examples=_examples(config, examples),
        levels=_levels(level or config.getoption("awsconform_level")),
        clauses=wanted or config.getoption("awsconform_clauses"),
    )
    contracts = catalog.select(mark.args or services(config))
    found = list(_subjects(contracts, options))
    if not found:
        raise UsageError("no clause is left to judge", hint="ask for less with level and k")
    return found


def _subjects(contracts: list[Contract], options: RunOptions) -> Iterator[Subject]:
    for contract in contracts:
        for clause in clauses(contract):
            if options.takes(clause):
                yield Subject(clause, contract, options)


def check(config: pytest.Config) -> None:
    """Finds what is wrong with the options; nothing is contacted, and no code of the user's loaded.

    Raises:
        AwsconformError: a name is unknown, or the target's is malformed or not allowed.
    """
    subjects(pytest.mark.awsconform.mark, config)
    name: str = config.getoption("awsconform_target")
    if name.partition(":")[0] not in LOADED:
        open_target(name, options=target_options(config)).close()


def services(config: pytest.Config) -> list[str]:
    """The names `--awsconform-services` holds, none for everything."""
    stated: str = config.getoption("awsconform_services") or ""
    return [name.strip() for name in stated.split(",") if name.strip()]


def target_options(config: pytest.Config) -> Options:
    """How targets are spoken to."""
    return Options(
        region=config.getoption("awsconform_region"),
        timeout=config.getoption("awsconform_timeout"),
        account_credentials=config.getoption("awsconform_account_credentials"),
        allow_aws=config.getoption("awsconform_allow_aws"),
        allow_writes=config.getoption("awsconform_allow_writes"),
    )


def _examples(config: pytest.Config, stated: int | None) -> int:
    given: int | None = config.getoption("awsconform_examples") if stated is None else stated
    return DEFAULT_EXAMPLES if given is None else given


def _levels(lowest: str) -> tuple[Level, ...]:
    """The level of that name and all that bind more."""
    levels = list(Level)
    try:
        return tuple(levels[: levels.index(Level(lowest.upper())) + 1])
    except ValueError:
        raise UsageError(
            f"no level is called {lowest!r}", hint="levels are must, should, may"
        ) from None
