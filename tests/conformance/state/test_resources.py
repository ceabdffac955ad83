"""Set-up as deep as it goes, its failures, and clean-up, on targets of a few lines."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose, Trouble
from awsconform.conformance.state.resources import SetupFailed
from awsconform.specs.validation import is_valid
from state_bench import Answer, Bench, contract, knowing

ROLE: dict[str, Any] = {
    "create": "CreateRole",
    "unique": ["RoleName"],
    "gives": {"RoleName": ["request", "RoleName"], "RoleArn": ["response", "Role", "Arn"]},
    "values": {"AssumeRolePolicyDocument": {"$json": {"Version": "2012-10-17"}}},
    "delete": ["DeleteRole"],
}
FUNCTION: dict[str, Any] = {
    "create": "CreateFunction",
    "unique": ["FunctionName"],
    "gives": {"FunctionName": ["request", "FunctionName"]},
    "needs": ["iam:role"],
    "binds": {"Role": "iam:role.RoleArn"},
    "values": {"Code": {"ZipFile": {"$zip": {"main.py": "x = 1"}}}},
    "delete": ["DeleteFunction"],
}
LAMBDA = {
    "resources": {"function": FUNCTION},
    "operations": {
        "GetFunction": {"needs": ["function"]},
        "DeleteFunction": {"needs": ["function"], "fresh": True},
    },
}


def role(request: dict[str, Any]) -> dict[str, Any]:
    return {
        "Role": {
            "Path": "/",
            "RoleName": request["RoleName"],
            "RoleId": "AROA1234567890123456",
            "Arn": f"arn:aws:iam::000011112222:role/{request['RoleName']}",
            "CreateDate": "2026-01-01T00:00:00Z",
        }
    }


class Cloud:
    """Roles and functions; `refusals` are answers given instead, by operation, in turn."""

    def __init__(self, **refusals: list[Answer]) -> None:
        self.refusals = refusals
        self.roles: set[str] = set()
        self.functions: dict[str, str] = {}

    def __call__(self, operation: str, request: dict[str, Any]) -> Answer:
        if self.refusals.get(operation):
            return self.refusals[operation].pop(0)
        name = request.get("FunctionName", "")
        if operation == "CreateRole":
            self.roles.add(request["RoleName"])
            return role(request)
        if operation == "DeleteRole":
            if any(used.endswith(f"/{request['RoleName']}") for used in self.functions.values()):
                return "DeleteConflict"
            self.roles.remove(request["RoleName"])
        elif operation == "CreateFunction":
            assert request["Role"].rpartition("/")[2] in self.roles
            self.functions[name] = request["Role"]
            return {"FunctionName": name}
        elif operation == "DeleteFunction" and self.functions.pop(name, None) is None:
            return "ResourceNotFoundException"
        return {}


def at(name: str, service: Cloud, function: dict[str, Any] = LAMBDA) -> Bench:
    known = {"lambda": function, "iam": {"resources": {"role": ROLE}}}
    return Bench(name, service, knowing(**known))


def test_what_an_operation_needs_is_made_as_deep_as_needed_across_services_and_removed() -> None:
    cloud = Cloud()
    bench = at("lambda.GetFunction", cloud)
    bound = bench.resources.bindings()
    assert bench.operations == ["CreateRole", "CreateFunction"]
    assert cloud.functions.keys() == {bound["FunctionName"]}
    creation = dict(bench.sent)["CreateFunction"]
    assert is_valid(contract("lambda.CreateFunction"), "request", creation)
    bench.resources.clean_up()
    assert bench.operations[2:] == ["DeleteFunction", "DeleteRole"]
    assert (cloud.roles, cloud.functions) == (set(), {})
    assert bench.resources.trouble is None


def test_what_is_shared_is_made_once_and_again_when_it_was_deleted_or_state_was_lost() -> None:
    bench = at("lambda.GetFunction", Cloud())
    first = bench.resources.bindings()
    assert bench.resources.bindings() == first
    assert bench.operations.count("CreateFunction") == 1
    bench.resources.call("DeleteFunction", first)
    second = bench.resources.bindings()
    assert second["FunctionName"] != first["FunctionName"]
    assert second["RoleName"] == first["RoleName"]
    bench.resources.forget()
    assert bench.resources.bindings()["RoleName"] != first["RoleName"]


def test_what_is_used_up_is_made_each_time_and_what_it_belongs_to_shared() -> None:
    bench = at("lambda.DeleteFunction", Cloud())
    names = {bench.resources.fresh()["FunctionName"] for _ in range(3)}
    assert len(names) == 3
    assert bench.operations.count("CreateRole") == 1


def test_where_there_is_no_room_for_more_what_it_belongs_to_is_made_anew() -> None:
    cloud = Cloud()
    bench = at("lambda.DeleteFunction", cloud)
    first = bench.resources.fresh()
    cloud.refusals["CreateFunction"] = ["ResourceConflictException"] * 2
    second = bench.resources.fresh()
    assert second["RoleName"] != first["RoleName"]
    assert bench.resources.trouble is None


def test_a_name_that_is_wanted_is_given_in_the_request_that_makes_it() -> None:
    cloud = Cloud()
    bench = at("lambda.DeleteFunction", cloud)
    assert bench.resources.chosen_by_caller("FunctionName")
    assert bench.resources.fresh({"FunctionName": "longest"})["FunctionName"] == "longest"
    assert "longest" in cloud.functions
    cloud.refusals["CreateFunction"] = ["InvalidParameterValueException"] * 2
    assert "FunctionName" not in bench.resources.fresh({"FunctionName": "worse"})
    assert bench.resources.trouble is None


def test_a_smallest_request_that_is_refused_is_followed_by_the_largest() -> None:
    bench = at("lambda.GetFunction", Cloud(CreateRole=["MalformedPolicyDocumentException"]))
    assert "FunctionName" in bench.resources.bindings()
    smallest, largest = (value for name, value in bench.sent if name == "CreateRole")
    assert smallest.keys() < largest.keys()


def test_what_shows_most_is_made_with_the_largest_request_and_apart_from_the_plain() -> None:
    bench = at("lambda.GetFunction", Cloud())
    plain, rich = bench.resources.bindings(), bench.resources.rich()
    assert plain["FunctionName"] != rich["FunctionName"]
    smallest, largest = (value for name, value in bench.sent if name == "CreateFunction")
    assert smallest.keys() < largest.keys()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("MalformedPolicyDocumentException", "CreateRole answered 400 MalformedPolicyDocument"),
        (Trouble.CLIENT_REFUSED, "CreateRole answered refused by the client (told so)"),
        ("UnknownOperationException", "the target does not have CreateRole"),
    ],
)
def test_a_failure_is_told_with_its_chain_and_not_tried_for_ever(answer: Answer, said: str) -> None:
    bench = at("lambda.GetFunction", Cloud(CreateRole=[answer] * 100))
    for _ in range(20):
        assert bench.resources.bindings() == {}
    trouble = bench.resources.trouble or ""
    assert trouble.startswith("GetFunction needs function: CreateFunction needs iam:role: ")
    assert said in trouble
    assert len(bench.sent) <= 4


def test_what_is_not_answered_in_time_is_given_up_though_state_is_lost_each_time() -> None:
    bench = at("lambda.GetFunction", Cloud(CreateRole=[Trouble.TIMEOUT] * 100))
    for _ in range(20):
        assert bench.resources.bindings() == {}
        bench.resources.forget()
    assert bench.operations == ["CreateRole"] * 2
    assert "CreateRole was not answered in time before" in (bench.resources.trouble or "")


def test_what_is_answered_again_was_not_given_up() -> None:
    refused = "MalformedPolicyDocumentException"
    cloud = Cloud(CreateRole=[Trouble.TIMEOUT, refused, Trouble.TIMEOUT])
    bench = at("lambda.GetFunction", cloud)
    for _ in range(2):
        assert bench.resources.bindings() == {}
        bench.resources.forget()
    assert bench.resources.bindings()["FunctionName"] in cloud.functions


def test_an_answer_without_what_it_should_give_is_a_failure_too() -> None:
    function = {
        **FUNCTION,
        "needs": [],
        "binds": {},
        "gives": {"FunctionArn": ["response", "FunctionArn"]},
    }
    only = {"resources": {"function": function}}
    bench = Bench("lambda.GetFunction", lambda *_: {}, knowing(**{"lambda": only}))
    with pytest.raises(SetupFailed, match="CreateFunction answered 201 without FunctionArn"):
        bench.resources.make("function")


@pytest.mark.parametrize("name", ["nothing", "iam:nothing", "noservice:role"])
def test_what_nobody_knows_how_to_make_fails_without_a_request(name: str) -> None:
    bench = at("lambda.GetFunction", Cloud())
    with pytest.raises(SetupFailed):
        bench.resources.make(name)
    assert bench.sent == []


def test_things_that_need_each_other_fail_instead_of_going_round() -> None:
    circular = {**FUNCTION, "needs": ["function"], "binds": {}}
    bench = at("lambda.GetFunction", Cloud(), {**LAMBDA, "resources": {"function": circular}})
    assert bench.resources.bindings() == {}
    assert "function needs itself" in (bench.resources.trouble or "")


def test_what_accepted_requests_made_is_removed_with_what_it_belongs_to_still_there() -> None:
    cloud = Cloud()
    bench = at("lambda.CreateFunction", cloud)
    arn = bench.resources.make("iam:role")["RoleArn"]
    value = {"FunctionName": "f", "Role": arn, "Code": {}, "Timeout": "mistyped"}

    intent = Intent(Purpose.VIOLATES)
    bench.send(bench.contract, Case(bench.contract.id, intent, value))
    bench.resources.clean_up()
    assert bench.operations[-2:] == ["DeleteFunction", "DeleteRole"]
    assert (cloud.roles, cloud.functions) == (set(), {})
    sent = len(bench.sent)
    bench.resources.clean_up()
    assert len(bench.sent) == sent


def test_what_is_made_as_something_nobody_removes_is_removed_as_what_it_is_besides() -> None:
    """As a queue that redrives to another is a queue."""
    special = {**FUNCTION, "gives": {"OtherName": ["request", "FunctionName"]}, "delete": []}
    known = {
        "resources": {"function": FUNCTION, "special-function": special},
        "operations": {"GetFunction": {"needs": ["special-function"]}},
    }
    cloud = Cloud()
    bench = at("lambda.GetFunction", cloud, known)
    assert bench.resources.bindings()["OtherName"] in cloud.functions
    bench.resources.clean_up()
    assert (cloud.roles, cloud.functions) == (set(), {})


def test_what_is_still_in_use_is_tried_once_more_and_what_stays_is_noted_but_no_verdict() -> None:
    cloud = Cloud(DeleteRole=["DeleteConflict"])
    bench = at("lambda.GetFunction", cloud)
    bench.resources.bindings()
    bench.resources.clean_up()
    assert (cloud.roles, bench.resources.trouble) == (set(), None)
    cloud.refusals["DeleteRole"] = ["DeleteConflict"] * 2
    bench.resources.bindings()
    bench.resources.clean_up()
    assert [each.partition(": ")[2] for each in bench.resources.left] == [
        "DeleteRole answered 409 DeleteConflict"
    ]


def test_what_is_gone_already_is_no_trouble() -> None:
    cloud = Cloud()
    bench = at("lambda.GetFunction", cloud)
    bench.resources.bindings()
    cloud.functions.clear()
    bench.resources.clean_up()
    assert bench.resources.trouble is None


def test_a_resource_is_waited_for_by_a_member_deep_in_the_answer() -> None:
    states = iter(["Pending", "Pending", "Active"])

    def service(operation: str, request: dict[str, Any]) -> Answer:
        if operation == "GetFunction":
            return {"Configuration": {"State": next(states)}}
        return {"FunctionName": request["FunctionName"]}

    wait = {
        "operation": "GetFunction",
        "member": ["Configuration", "State"],
        "whileIn": ["Pending"],
    }
    function = {**FUNCTION, "needs": [], "binds": {}, "wait": wait}
    known = {"resources": {"function": function}, "operations": LAMBDA["operations"]}
    bench = Bench("lambda.GetFunction", service, knowing(**{"lambda": known}))
    bench.resources.bindings()
    assert bench.operations == ["CreateFunction", *["GetFunction"] * 3]
