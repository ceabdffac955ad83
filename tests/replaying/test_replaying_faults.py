"""A finding comes up again on the fault that showed it, and is fixed on what is right."""

from __future__ import annotations

import pytest

from faulty.catalog import faults
from faulty.replayed import twice

FAULTS = {str(each): each for each in faults()}
# Of each family of clauses, and of each way in which findings are come to.
SAMPLE = (
    "deadline.CreateFarm: request/displayName is not held to its required",
    "deadline.GetFarm: there is no request id",
    "deadline.GetFarm: response/createdAt is in another form",
    "deadline.GetFarm: errors/ValidationException/message is missing",
    "deadline.GetFarm: an unknown operation is a fault of the server",
    "deadline.GetSessionsStatisticsAggregation: results are kept forever",
    "deadline.ListFarms: tokens never expire",
    "deadline.GetFarm: the operation ends in an exception",
    "deadline.DeleteFarm: it is still there",
    "deadline.CreateFarm: a farm without a name is taken, and no list can be made any more",
    "iam.ListUsers: a made-up token is the start",
    "cloudwatch.GetMetricStream: the body is cut off",
)


@pytest.mark.parametrize("name", SAMPLE)
def test_replays_what_was_found(name: str) -> None:
    made = twice(FAULTS[name])
    assert made.faulty
    assert list(made.wrong) == []
