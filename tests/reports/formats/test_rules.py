"""Rules in general words: one for each kind of clause there is."""

from __future__ import annotations

import pytest

from awsconform.conformance.reports.formats.rules import rules
from awsconform.specs import catalog
from awsconform.specs.clauses import Level, clauses

KNOWN = {rule.id: rule for rule in rules()}
LEVELS = list(Level)


@pytest.mark.parametrize(
    ("operation", "protocol"),
    [
        ("deadline.GetSessionsStatisticsAggregation", None),
        ("lookoutequipment.ListInferenceSchedulers", None),
        ("sqs.SendMessageBatch", None),
        ("sns.ListTopics", None),
        ("dynamodb.TransactWriteItems", None),
        ("dynamodb.DeleteTable", None),
        ("lambda.InvokeWithResponseStream", None),
        ("lambda.CreateFunction", None),
        ("s3.ListObjectsV2", None),
        ("s3.SelectObjectContent", None),
        ("ec2.DescribeInstances", None),
        ("cloudwatch.DescribeAlarms", "rpc-v2-cbor"),
        ("cloudwatch.GetMetricData", "rpc-v2-cbor"),
    ],
)
def test_every_clause_has_a_rule_and_is_no_graver(operation: str, protocol: str | None) -> None:
    [contract] = catalog.select([operation], protocol=protocol)
    for clause in clauses(contract):
        rule = KNOWN[f"{clause.part}#{clause.kind}"]
        assert LEVELS.index(Level(rule.level)) <= LEVELS.index(clause.level)


def test_rules_name_nothing_twice_and_are_sentences() -> None:
    assert len(KNOWN) == len(rules())
    for rule in rules():
        assert rule.sentence.endswith(".")
        assert rule.sentence[0].isupper()
        assert "{" not in rule.sentence + rule.judged
