"""How a run was made, as far as its report repeats it."""

from __future__ import annotations

from dataclasses import dataclass

from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.shell import quoted
from awsconform.conformance.running import DEFAULT_EXAMPLES, RunOptions
from awsconform.conformance.targets.options import DEFAULT_REGION
from awsconform.specs.clauses import Level


@dataclass(frozen=True)
class Conditions:
    """The target's name, the options, and where requests can be sent again."""

    target: str
    options: RunOptions
    endpoint: Endpoint


def run_command(conditions: Conditions, *, operation: str, clause: str | None = None) -> str:
    """The command that judges an operation, or one clause of it, with the same drawn values."""
    options, endpoint = conditions.options, conditions.endpoint
    words = ["awsconform", "run", operation]
    if conditions.target != "emulator:":
        words += ["--target", quoted(conditions.target)]
    if clause is not None:
        words += ["-k", quoted(clause)]
    if endpoint.aws:
        words.append("--allow-aws")
    words += [flag for flag in endpoint.flags if flag not in words]
    if len(options.levels) < len(Level):
        words += ["--level", options.levels[-1].value.lower()]
    if endpoint.region != DEFAULT_REGION:
        words += ["--region", quoted(endpoint.region)]
    if options.examples != DEFAULT_EXAMPLES:
        words += ["--examples", str(options.examples)]
    return " ".join([*words, "--seed", str(options.seed)])
