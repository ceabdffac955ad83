"""From an outcome to what pytest knows: passed, failed, skipped, or an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import pytest

from awsconform.conformance.outcomes import JUDGED, Outcome, Verdict
from awsconform.conformance.suite.failures import failure_text
from awsconform.conformance.suite.gating import (
    Expectation,
    ended_of,
    expectation,
    known_to,
    noted,
    settings_of,
)
from awsconform.conformance.suite.operations import Operations
from awsconform.conformance.suite.settings import Subject, told
from awsconform.conformance.suite.tally import (
    APART,
    CLAUSE,
    LEVEL,
    NOTES,
    OWN_MODULE,
    STOPPED,
    VERDICT,
)
from awsconform.conformance.wire.secrets import Secrets
from awsconform.errors import AwsconformError, TargetUnreachable

OPERATIONS: pytest.StashKey[Operations] = pytest.StashKey()


@dataclass(frozen=True)
class Enforced:
    """The outcome of a clause that was judged, and the report of its violation.

    `expected` is why the item has to fail, by a baseline.
    """

    outcome: Outcome
    failure: str | None
    expected: str | None = None


def enforce(item: pytest.Function, subject: Subject, thing: object) -> Enforced:
    """What is left of an item once its clause's outcome is known.

    `thing` is what the `target` fixture gave.

    Raises:
        pytest.skip.Exception: the clause could not be judged.
        pytest.fail.Exception: the suite or the target could not be made to work.
    """
    operations = item.session.stash.setdefault(OPERATIONS, Operations())
    brought_up = operations.bring_up(item, subject, thing)
    if isinstance(brought_up, AwsconformError):
        _give_up(item, brought_up)
    outcome = brought_up.outcomes[subject.clause.id]
    verdict = outcome.verdict
    apart = outcome.clause.apart is not None and verdict not in JUDGED
    item.user_properties += [
        (CLAUSE, outcome.clause.id),
        (LEVEL, outcome.clause.level.value),
        (VERDICT, APART if apart else verdict.value),
    ]
    stated = _by_the_baseline(item, subject, outcome, brought_up.secrets)
    if verdict is Verdict.ERROR:
        pytest.fail(outcome.reason, pytrace=False)
    if apart:
        pytest.skip(f"apart: {outcome.clause.apart}")
    if verdict not in JUDGED:
        pytest.skip(f"{verdict.value}: {outcome.reason}" if outcome.reason else verdict.value)
    wrong = "\n".join(stated.wrong)
    if verdict is Verdict.CONFORMS:
        return Enforced(outcome, wrong or None, stated.expected)
    region = item.config.getoption("awsconform_region")
    text = failure_text(subject, outcome, brought_up.secrets, name=brought_up.name, region=region)
    return Enforced(outcome, f"{text}\n\n{wrong}" if wrong else text, stated.expected)


def _by_the_baseline(
    item: pytest.Function, subject: Subject, outcome: Outcome, secrets: Secrets
) -> Expectation:
    """What a baseline says of the item, for which it is also noted how its clause ended."""
    try:
        known = known_to(item.config)
    except AwsconformError as error:
        pytest.fail(told(error), pytrace=False)
    if known is None:
        return Expectation()
    ended, settings = ended_of(outcome, secrets), settings_of(subject.options)
    item.stash[NOTES] = noted(ended, settings)
    return expectation(item.config, known, ended, settings)


def _give_up(item: pytest.Function, error: AwsconformError) -> NoReturn:
    """An error of the item; the suite's own run has but one target, so it ends."""
    if item.module.__name__ == OWN_MODULE:
        unreachable = isinstance(error, TargetUnreachable)
        status = error.exit_code if unreachable else int(pytest.ExitCode.USAGE_ERROR)
        item.user_properties.append((STOPPED, (status, told(error))))
    pytest.fail(told(error), pytrace=False)
