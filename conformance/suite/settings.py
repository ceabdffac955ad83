"""What the command line of pytest says: which clauses are judged, how, and on what target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from awsconform.conformance.reports.conditions import Conditions
from awsconform.conformance.reports.endpoints import endpoint_of
from awsconform.conformance.reports.shell import quoted
from awsconform.conformance.running import DEFAULT_EXAMPLES, RunOptions
from awsconform.conformance.suite.handed_on import SPOKEN
from awsconform.conformance.suite.reporting import DEFAULTS
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.target import Target
from awsconform.errors import AwsconformError, UsageError
from awsconform.specs import catalog
from awsconform.specs.clauses import Clause, Level, clauses
from awsconform.specs.contract import Contract

_REPEATED = (
    "protocol",
    "timeout",
    "ca_bundle",
    "no_verify",
    "account_credentials",
    "allow_aws",
    "allow_writes",
)
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
    protocol: str | None = config.getoption("awsconform_protocol")
    contracts = catalog.select(mark.args or services(config), protocol=protocol)
    found = list(_subjects(contracts, options))
    if not found:
        raise UsageError("no clause is left to judge", hint="ask for less with level and k")
    return found


def _subjects(contracts: list[Contract], options: RunOptions) -> Iterator[Subject]:
    for contract in contracts:
        for clause in clauses(contract):
            if options.takes(clause):
                yield Subject(clause, contract, options)


def told(error: AwsconformError) -> str:
    """An error's text, with options of the command line named as pytest knows them."""

    def named(text: str) -> str:
        return re.sub(r"(?<![\w-])--(?=[a-z])", "--awsconform-", text)

    hint = named(error.hint) if error.hint else None
    return str(AwsconformError(named(error.message), hint=hint, location=error.location))


def check(config: pytest.Config) -> None:
    """Finds what is wrong with the options; nothing is contacted, and no code of the user's loaded.

    Raises:
        AwsconformError: a name is unknown, or the target's is malformed or not allowed.
    """
    subjects(pytest.mark.awsconform.mark, config)
    options = target_options(config)
    name: str = config.getoption("awsconform_target")
    if name.partition(":")[0] not in LOADED:
        open_target(name, options=options).close()


def services(config: pytest.Config) -> list[str]:
    """The names `--awsconform-services` holds, none for everything."""
    stated: str = config.getoption("awsconform_services") or ""
    return [name.strip() for name in stated.split(",") if name.strip()]


def target_options(config: pytest.Config) -> Options:
    """How targets are spoken to.

    Raises:
        UsageError: the options contradict each other.
    """

    def stated(name: str) -> Any:
        return config.getoption(f"awsconform_{name}")

    if stated("allow_writes") and not stated("allow_aws"):
        raise UsageError("--allow-writes is about real AWS", hint="say --allow-aws as well")
    more = config.stash.get(SPOKEN, {})
    own = more.get("credentials") is not None
    return Options(
        region=stated("region"),
        timeout=stated("timeout"),
        verify=stated("ca_bundle") or not stated("no_verify"),
        account_credentials=stated("account_credentials") or (stated("allow_aws") and not own),
        allow_aws=stated("allow_aws"),
        allow_writes=stated("allow_writes"),
        **more,
    )


def conditions(config: pytest.Config, options: RunOptions, target: Target) -> Conditions:
    """How an opened target is judged, with the options of `awsconform run` that say the same."""
    spoken = target_options(config)
    stated = {name: config.getoption(f"awsconform_{name}") for name in _REPEATED}
    flags = [
        f"--{name.replace('_', '-')} {quoted(str(value))}".removesuffix(" True")
        for name, value in stated.items()
        if value not in (None, False, DEFAULTS.get(name))
    ]
    endpoint = endpoint_of(
        target.name, region=spoken.region, flags=tuple(flags), options=spoken, opened=target
    )
    return Conditions(target.name, options, endpoint)


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
