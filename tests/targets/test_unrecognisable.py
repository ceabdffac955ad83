"""Nothing in a request tells the probe from any other client, nor one run from the next."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest

from awsconform.conformance.exchange import HTTPRequest
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.wire.signing import FAKE, FAKE_TOKEN
from awsconform.specs import catalog
from awsconform.specs.contract import Contract
from reports.hand_made import keeping_server

OPERATIONS = (
    "sqs.CreateQueue",
    "sqs.ListQueues",
    "sns.Subscribe",
    "deadline.CreateFarm",
    "sagemaker-edge.SendHeartbeat",
    "lookoutequipment.ListInferenceSchedulers",
    # It waits, and moves the clock of whoever has one.
    "deadline.GetSessionsStatisticsAggregation",
)
SEEDS = (11, 12)
# Text that is long enough to be known by: letters and digits, or letters that are no word.
WORD = re.compile(r"[A-Za-z0-9]{6,}")


@functools.cache
def sent(seed: int) -> tuple[HTTPRequest, ...]:
    """All that a target gets in a run."""
    with keeping_server() as (url, kept):
        target = open_target(url)
        run(catalog.select(OPERATIONS), target, RunOptions(seed=seed, examples=3))
        target.close()
        return tuple(kept)


def said(request: HTTPRequest) -> str:
    headers = " ".join(f"{name} {value}" for name, value in request.headers)
    return f"{request.method} {request.path} {headers} {request.body.decode('latin-1')}"


def documented(contract: Contract) -> Iterator[str]:
    """The words a contract itself has: names, values, patterns."""
    yield from WORD.findall(str(contract.document))


def given(request: HTTPRequest) -> str:
    """What is made up in a request: its path and body, without what the protocol has."""
    return unquote_plus(f"{request.path} {request.body.decode('latin-1')}")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_request_names_the_suite(seed: int) -> None:
    assert len(sent(seed)) > 50
    for request in sent(seed):
        for word in ("awsconform", "conformance", "hypothesis", "made-up", "nonsense", "probe"):
            assert word not in said(request).lower()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_request_has_the_headers_of_an_sdk(seed: int) -> None:
    for request in sent(seed):
        names = {name.lower(): value for name, value in request.headers}
        assert names["user-agent"].startswith("Botocore/")
        assert names["accept-encoding"] == "identity"
        assert names["authorization"].startswith("AWS4-HMAC-SHA256 Credential=")
        assert not [name for name in names if name.startswith("x-") and not name.startswith("x-am")]


def test_two_runs_share_no_made_up_word() -> None:
    known: set[str] = set()
    for each in OPERATIONS:
        service, _, _ = each.partition(".")
        for name in catalog.operations(service):
            known.update(documented(catalog.load(service, name)))
    first, second = (
        {word for request in sent(seed) for word in WORD.findall(given(request))} for seed in SEEDS
    )
    shared = {word for word in first & second if not _is_known(word, known)}
    assert {word for word in shared if _is_made_up(word)} == set()


def _is_known(word: str, known: set[str]) -> bool:
    return word in known or any(word.swapcase() == each for each in known)


def _is_made_up(word: str) -> bool:
    """Digits among letters, or letters no word has: four consonants in a row."""
    mixed = bool(re.search(r"[A-Za-z]", word)) and bool(re.search(r"\d", word))
    return mixed or bool(re.search(r"(?i)[bcdfghjklmnpqrstvwxz]{5,}", word))


def test_two_runs_ask_for_other_operations_that_do_not_exist() -> None:
    first, second = (
        {
            value.partition(".")[2]
            for request in sent(seed)
            for name, value in request.headers
            if name == "X-Amz-Target"
        }
        for seed in SEEDS
    )
    services = ("sqs", "lookoutequipment", "kms")
    real = {name for service in services for name in catalog.operations(service)}
    assert first - real
    assert second - real
    assert not (first & second) - real


def test_the_made_up_credentials_are_nobodys() -> None:
    assert FAKE.access_key.endswith("EXAMPLE")
    assert "awsconform" not in FAKE_TOKEN
    assert len(FAKE_TOKEN) > 20
