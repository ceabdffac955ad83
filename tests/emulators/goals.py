"""What is run on which implementation, and what is expected of it: the one table of goals.

Shares are of the operations an implementation has: `succeeded` those with at least one success,
`walked`, of those that list what was made for them, the ones walked over three pages or more, or
shown not to be divided into pages. None: no goal.
"""

from __future__ import annotations

from dataclasses import dataclass

SERVICES = (
    "sqs", "dynamodb", "kinesis", "kms", "secretsmanager", "logs", "events", "iam", "ssm", "s3",
    "lambda", "stepfunctions", "sns", "cloudwatch",
)  # fmt: skip
SEED = 1


@dataclass(frozen=True)
class Goal:
    """What is expected of one service on one implementation, or of all of them together."""

    succeeded: float | None = None
    walked: float | None = None


@dataclass(frozen=True)
class Extent:
    """How much is run: services by implementation, and examples drawn for each operation."""

    services: dict[str, tuple[str, ...]]
    examples: int


EXTENTS = {
    "full": Extent(
        {
            "moto": SERVICES,
            "ministack": SERVICES,
            "dynalite": ("dynamodb",),
            "kinesalite": ("kinesis",),
        },
        examples=3,
    ),
    "reduced": Extent(
        {"moto": ("sqs", "secretsmanager"), "ministack": ("sqs", "secretsmanager")}, examples=1
    ),
}

# All services of an implementation together.
OVERALL = {
    "full": Goal(succeeded=0.85, walked=0.80),
    "reduced": Goal(succeeded=0.85, walked=0.80),
}

# One service on one implementation, where another goal than this is right.
USUAL = Goal(succeeded=0.60, walked=None)
GOALS: dict[tuple[str, str], Goal] = {}


def goal(implementation: str, service: str) -> Goal:
    """The goal of one service on one implementation."""
    return GOALS.get((implementation, service), USUAL)
