"""From an outcome to what pytest knows: passed, failed, skipped, an error, the end of the session."""

from __future__ import annotations

from typing import NoReturn

import pytest

from awsconform.conformance.outcomes import JUDGED, Outcome, Verdict
from awsconform.conformance.suite.failures import failure_text
from awsconform.conformance.suite.operations import Operations, outcome_of
from awsconform.conformance.suite.settings import Subject
from awsconform.conformance.suite.tally import APART, CLAUSE, LEVEL, STOPPED, VERDICT
from awsconform.errors import AwsconformError, TargetUnreachable

OPERATIONS: pytest.StashKey[Operations] = pytest.StashKey()
FAILURE: pytest.StashKey[str] = pytest.StashKey()
OWN_MODULE = "awsconform.conformance.suite.test_clauses"


def enforce(item: pytest.Function, subject: Subject, thing: object) -> Outcome:
    """The outcome of an item's clause; a violation is kept for the item's call.

    Raises:
        pytest.skip.Exception: the clause could not be judged.
        pytest.fail.Exception: the suite or the target could not be made to work.
    """
    operations = item.session.stash.setdefault(OPERATIONS, Operations())
    try:
        brought_up = operations.bring_up(item, subject, thing)
    except AwsconformError as error:
        _give_up(item, error)
    outcome = outcome_of(brought_up, subject)
    verdict = outcome.verdict
    apart = outcome.clause.apart is not None and verdict not in JUDGED
    item.user_properties += [
        (CLAUSE, outcome.clause.id),
        (LEVEL, outcome.clause.level.value),
        (VERDICT, APART if apart else verdict.value),
    ]
    if verdict is Verdict.ERROR:
        pytest.fail(outcome.reason, pytrace=False)
    if apart:
        pytest.skip(f"apart: {outcome.clause.apart}")
    if verdict not in JUDGED:
        pytest.skip(f"{verdict.value}: {outcome.reason}" if outcome.reason else verdict.value)
    if verdict is Verdict.VIOLATES:
        region = item.config.getoption("awsconform_region")
        item.stash[FAILURE] = failure_text(
            subject, outcome, target=brought_up.target, region=region
        )
    return outcome


def _give_up(item: pytest.Function, error: AwsconformError) -> NoReturn:
    """An error of the item; the suite's own run has but one target, so it ends."""
    if item.module.__name__ == OWN_MODULE:
        unreachable = isinstance(error, TargetUnreachable)
        status = error.exit_code if unreachable else int(pytest.ExitCode.USAGE_ERROR)
        item.user_properties.append((STOPPED, (status, str(error))))
    pytest.fail(str(error), pytrace=False)
