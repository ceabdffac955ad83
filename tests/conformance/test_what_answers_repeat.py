"""Answers that repeat what was sent: whose fault it is if that does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.checks.reading import breakage
from awsconform.conformance.echoes import Echoes
from awsconform.conformance.evidence import Observed
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract
from conformance_exchanges import Story, ok

LONG = "n" * 300


def contract(name: str) -> Contract:
    return Contract(compile_contract(*name.split(".")))


@pytest.mark.parametrize(
    ("sent", "answered", "verdict"),
    [
        (LONG, LONG, "inconclusive"),
        ("short", LONG, "violates"),
        ("short", "short", "conforms"),
    ],
)
def test_a_length_that_was_valid_in_the_request_is_no_fault_of_the_answer(
    sent: str, answered: str, verdict: str
) -> None:
    story = Story(contract("secretsmanager.CreateSecret"))
    answer = ok(story.evidence.contract, {"Name": answered})
    story.tell(Purpose.VALID, answer, "request#accepted", label="minimal", value={"Name": sent})
    assert story.verdict("response/Name#maxLength") == verdict


def test_an_arn_made_of_a_long_name_is_no_fault_of_the_answer() -> None:
    story = Story(contract("dynamodb.CreateBackup"))
    arn = f"arn:aws:dynamodb:us-east-1:123456789012:table/{'t' * 1024}/backup/1"
    answer = ok(story.evidence.contract, {"BackupDetails": {"BackupArn": arn}})
    story.tell(Purpose.VALID, answer, "request#accepted", value={"TableName": "t" * 1024})
    assert story.verdict("response/BackupDetails/BackupArn#maxLength") == "inconclusive"


def described(description: Any) -> Observed:
    story = Story(contract("kms.DescribeKey"))
    body = {"KeyMetadata": {"KeyId": "k", "Description": description}}
    story.tell(Purpose.SCENARIO, ok(story.evidence.contract, body))
    return story.evidence.own()[0]


def test_a_read_is_broken_by_another_type_and_not_by_a_length() -> None:
    fine = described("d")
    assert breakage([fine], described("d" * 9000)) is None
    broken = breakage([fine], described(99))
    assert broken is not None
    assert broken.text.endswith("Description#type")


@pytest.mark.parametrize(("wrong", "text"), [(579, "579"), (True, "True"), (0.5, "0.5")])
def test_a_wrong_value_that_is_kept_as_a_text_is_known_again(wrong: Any, text: str) -> None:
    echoes = Echoes()
    enabling = contract("kinesis.EnableEnhancedMonitoring")
    clause = f"{enabling.id}/request/ShardLevelMetrics/*#type"
    intent = Intent(Purpose.VIOLATES, clause, "number")
    case = Case(enabling.id, intent, {"ShardLevelMetrics": [wrong]})
    assert not echoes.has(enabling, text, ("ShardLevelMetrics", "*"))
    echoes.learn(enabling, case)
    assert echoes.has(enabling, text, ("ShardLevelMetrics", "*"))
