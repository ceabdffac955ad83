"""The statistics an aggregation of Deadline Cloud sessions results in.

They are made up, the same ones each time for the same aggregation, and show every member and
every documented value somewhere.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from awsconform.conformance.emulator.service import Value
from awsconform.conformance.emulator.timestamps import text_of

FEWEST, MOST = 250, 400
USAGE_TYPES = ("COMPUTE", "LICENSE", "PERSISTENT_VOLUME")
PRODUCTS = ("maya", "houdini", "nuke", "cinema4d")
INSTANCES = ("c5.4xlarge", "m6i.8xlarge", "g5.2xlarge", "r6i.16xlarge")


def statistics(
    aggregation_id: str,
    queues: Sequence[str],
    fleets: Sequence[str],
    start: float,
    end: float,
) -> list[Value]:
    """Between 250 and 400 statistics, in order of time, within `start` and `end`.

    Of `queues` and `fleets` the one that was not asked for is made up; times are in seconds since
    1970.
    """
    chance = random.Random(aggregation_id)
    queues = queues or [f"queue-{_identifier(chance)}" for _ in range(2)]
    fleets = fleets or [f"fleet-{_identifier(chance)}" for _ in range(2)]
    jobs = [f"job-{_identifier(chance)}" for _ in range(5)]
    count = chance.randint(FEWEST, MOST)
    step = (end - start) / count
    return [
        _one(chance, n, queues[n % len(queues)], fleets[n % len(fleets)], jobs[n % len(jobs)])
        | {
            "aggregationStartTime": text_of(int(start + n * step)),
            "aggregationEndTime": text_of(int(start + (n + 1) * step)),
        }
        for n in range(count)
    ]


def _one(chance: random.Random, n: int, queue: str, fleet: str, job: str) -> Value:
    usage = USAGE_TYPES[n % len(USAGE_TYPES)]
    count = chance.randint(1, 50)
    value = {
        "queueId": queue,
        "fleetId": fleet,
        "jobId": job,
        "jobName": f"render {job[4:10]}",
        "userId": f"artist-{n % 7}",
        "usageType": usage,
        "count": count,
        "costInUsd": _spread(chance, count, 40.0),
        "runtimeInSeconds": _spread(chance, count, 7200.0),
    }
    if usage == "LICENSE":
        value["licenseProduct"] = chance.choice(PRODUCTS)
    else:
        value["instanceType"] = chance.choice(INSTANCES)
    return value


def _spread(chance: random.Random, count: int, most: float) -> Value:
    low, high = sorted((round(chance.uniform(0, most), 2), round(chance.uniform(0, most), 2)))
    average = round((low + high) / 2, 2)
    return {"min": low, "max": high, "avg": average, "sum": round(average * count, 2)}


def _identifier(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"
