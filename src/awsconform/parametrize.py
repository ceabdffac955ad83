"""The decorator that makes a test function judge clauses, one item for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

T = TypeVar("T", bound=Callable[..., Any] | type)


def clauses(
    *names: str,
    level: str | None = None,
    seed: int | None = None,
    examples: int | None = None,
    k: str | None = None,
) -> Callable[[T], T]:
    """Makes a test function one item for each clause of services and operations.

        @pytest.fixture(scope="session")
        def target():
            return my_wsgi_application

        @awsconform.clauses("deadline", "sagemaker-edge.SendHeartbeat", level="should")
        def test_contract(target): ...

    The fixture `target` gives the implementation: a target's name, a WSGI application, a boto3
    client, a `Target`, or a function that takes nothing and returns one of these. Every operation
    is brought up once (in each process) for an instance of that fixture, before its first item; a
    function-scoped fixture is set up for every item as always, but only the first instance an
    operation meets is sent anything.

    An item whose clause is violated fails before the function's body runs; one that could not be
    judged is skipped with the reason. The body may ask the fixture `outcome` for more.

    `names` are those of botocore, `service` or `service.Operation`; none are all that are known.
    `level` is the weakest that is judged, "must", "should" or "may"; `seed` decides every drawn
    value; `examples` is how many requests a round of fuzzing draws; `k` is a part of the clause
    ids wanted, or a glob over the whole of them. What is left out, the options
    `--awsconform-services`, `-level`, `-seed`, `-examples` and `-clauses` say.

    An unknown name or level is an error of the collection.
    """
    stated = {"level": level, "seed": seed, "examples": examples, "k": k}
    given = {name: value for name, value in stated.items() if value is not None}

    def mark(function: T) -> T:
        marked: T = pytest.mark.awsconform(*names, **given)(function)
        brought_up: T = pytest.mark.usefixtures("_awsconform_outcome")(marked)
        return brought_up

    return mark
