"""Requests in which hints were followed."""

from __future__ import annotations

from awsconform.conformance.state.fitting import Fitting
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract

CREATE_QUEUE = Contract(compile_contract("sqs", "CreateQueue"))
ADD_PERMISSION = Contract(compile_contract("sqs", "AddPermission"))


def test_a_name_of_its_own_is_not_what_lives_already() -> None:
    live = {"QueueName": "living"}
    fitting = Fitting(CREATE_QUEUE, {"QueueName": "new"})
    fitting.bind(live, {}, apart=["QueueName"])
    assert fitting.value == {"QueueName": "new"}
    fitting.bind(live, {})
    assert fitting.value == {"QueueName": "living"}


def test_what_a_hint_gives_is_not_taken_for_a_name_nobody_knows() -> None:
    value = {"QueueUrl": "u", "Label": "l", "AWSAccountIds": ["1"], "Actions": ["a"]}
    accounts = ("AWSAccountIds", "*")

    def nothing_known(fitting: Fitting) -> list[str]:
        fitting.refer([accounts], lambda named: False, lambda path: ())
        return list(fitting.value["AWSAccountIds"])

    laid = Fitting(ADD_PERMISSION, value)
    laid.lay({"AWSAccountIds": ["123456789012"]}, {}, lambda: "x")
    assert nothing_known(laid) == ["123456789012"]
    assert nothing_known(Fitting(ADD_PERMISSION, value)) == []
