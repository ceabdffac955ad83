"""The order of set-up and clean-up over the resources of one or more services."""

from __future__ import annotations

from awsconform.specs.hints import Hints, Resource
from awsconform.specs.producing.chains import Step, chain, clean_up

FARMS = Hints(
    {
        "farm": Resource(
            "farm", "CreateFarm", {"farmId": ("response", "farmId")}, delete=("DeleteFarm",)
        ),
        "queue": Resource(
            "queue",
            "CreateQueue",
            {"queueId": ("response", "queueId")},
            needs=("farm", "iam:role"),
            then=("StartQueue",),
            delete=("StopQueue", "DeleteQueue"),
            written=True,
        ),
        "job": Resource("job", "CreateJob", {}, needs=("farm", "queue")),
        "odd": Resource("odd", "CreateOdd", {}, needs=("odder",)),
        "round": Resource("round", "CreateRound", {}, needs=("about",)),
        "about": Resource("about", "CreateAbout", {}, needs=("round",)),
        "borrowed": Resource("borrowed", "iam.CreateUser", {}),
    }
)
ROLES = Hints({"role": Resource("role", "CreateRole", {"RoleArn": ("response", "Role", "Arn")})})
SERVICES = {"deadline": FARMS, "iam": ROLES}


def steps(*needs: str) -> list[Step]:
    return chain("deadline", needs, lambda service: SERVICES.get(service, Hints()))


def test_what_is_needed_comes_first_and_everything_once() -> None:
    assert [step.made for step in steps("job", "farm")] == [
        "deadline.CreateFarm",
        "iam.CreateRole",
        "deadline.CreateQueue",
        "deadline.CreateJob",
    ]


def test_clean_up_goes_the_other_way() -> None:
    assert clean_up(steps("job")) == [
        "deadline.StopQueue",
        "deadline.DeleteQueue",
        "deadline.DeleteFarm",
    ]


def test_a_step_tells_all_that_is_known_of_it() -> None:
    assert steps("queue")[-1] == Step(
        "deadline:queue",
        "deadline.CreateQueue",
        ("queueId",),
        ("deadline.StartQueue",),
        ("deadline.StopQueue", "deadline.DeleteQueue"),
        written=True,
    )


def test_what_nobody_makes_is_told_and_ends_nothing() -> None:
    assert [(step.resource, step.made) for step in steps("odd")] == [
        ("deadline:odder", None),
        ("deadline:odd", "deadline.CreateOdd"),
    ]
    assert steps("sqs:queue") == [Step("sqs:queue", None)]


def test_a_circle_that_somebody_wrote_ends() -> None:
    assert {step.resource for step in steps("round")} == {"deadline:round", "deadline:about"}


def test_a_resource_may_be_made_by_another_service() -> None:
    assert [step.made for step in steps("borrowed")] == ["iam.CreateUser"]
